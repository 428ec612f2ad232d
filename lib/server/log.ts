import pino from 'pino'
import { settings } from './env'

let made: pino.Logger | undefined

/** The log of this process, as JSON lines on standard output. Never given a password, a token, a link or the text of a document. */
export function logger(): pino.Logger {
  made ??= pino({ level: settings().LOG_LEVEL })
  return made
}
