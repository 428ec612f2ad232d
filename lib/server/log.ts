import pino from 'pino'
import { settings } from './env'

// Next loads server code once a bundle; a replacement must be heard of in all of them.
const shared = globalThis as typeof globalThis & { sourcemarkLogger?: pino.Logger }

/** The log of this process, as JSON lines on standard output. Never given a password, a token, a link or the text of a document. */
export function logger(): pino.Logger {
  shared.sourcemarkLogger ??= pino({ level: settings().LOG_LEVEL })
  return shared.sourcemarkLogger
}

/** Replaces the log of this process: for tests. */
export function useLogger(replacement: pino.Logger): void {
  shared.sourcemarkLogger = replacement
}
