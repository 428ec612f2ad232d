import pino from 'pino'
import { settings } from './env'
import { perProcess } from './per-process'

const held = perProcess('log', (): { logger: pino.Logger | null } => ({ logger: null }))

/** The log of this process, as JSON lines on standard output. Never given a password, a token, a link or the text of a document. */
export function logger(): pino.Logger {
  held.logger ??= pino({ level: settings().LOG_LEVEL })
  return held.logger
}

/** Replaces the log of this process: for tests. */
export function useLogger(replacement: pino.Logger): void {
  held.logger = replacement
}
