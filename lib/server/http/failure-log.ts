import pino from 'pino'
import { settings } from '../env'

let logger: pino.Logger | undefined

/** Logs a failure that nobody expected, with its stack and the place it happened; never a body, a header or a query. */
export function logFailure(error: unknown, place: { method: string; path: string }): void {
  logger ??= pino({ level: settings().LOG_LEVEL })
  logger.error({ err: error, ...place }, 'An API request failed unexpectedly')
}
