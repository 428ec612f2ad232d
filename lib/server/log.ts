import pino from 'pino'
import { DomainError } from '@/lib/domain/errors'
import { settings } from './env'
import { perProcess } from './per-process'

const held = perProcess('log', (): { logger: pino.Logger | null } => ({ logger: null }))

/** The log of this process: JSON lines on standard output. Passwords, tokens, links and the text of documents are never logged. */
export function logger(): pino.Logger {
  held.logger ??= pino({ level: settings().LOG_LEVEL })
  return held.logger
}

/** Replaces the log of this process: for tests. */
export function useLogger(replacement: pino.Logger): void {
  held.logger = replacement
}

/** Successful security events, logged at level `info` (OWASP ASVS 5.0, 16.3). */
type Welcome =
  'sign-in' | 'sign-out' | 'password-changed' | 'sessions-ended' | 'session-ended' | 'token-made' | 'token-revoked'

/** Refusals, logged at level `warn` so that an operator can be alerted. */
const unwelcome = [
  'sign-in-failed',
  'sign-in-refused',
  'throttled',
  'token-refused',
  'link-refused',
  'refused',
] as const

/** An event in the `security` field of a log line. */
type SecurityEvent = Welcome | (typeof unwelcome)[number]

/** The fields of a log line: ids, addresses, methods, paths and reasons. Never a password, a token, a link, or an address that someone typed. */
type SecurityFacts = Partial<
  Record<
    'userId' | 'memberId' | 'workspaceId' | 'address' | 'method' | 'path' | 'action' | 'via' | 'reason' | 'id',
    string
  >
>

/** Writes one line with the event in `security`. */
export function logSecurity(event: SecurityEvent, facts: SecurityFacts): void {
  const level = unwelcome.some((name) => name === event) ? 'warn' : 'info'
  logger()[level]({ security: event, ...facts }, `Security: ${event}`)
}

// A refusal passes through several layers; the innermost one with enough context logs it.
const logged = new WeakSet<Error>()

/** The fields of an actor that are logged. */
interface Refused {
  memberId: string
  workspaceId: string
  via: string
}

/** Logs that an actor was refused, once per error. Other failures are ignored. */
export function logRefusal(error: unknown, facts: SecurityFacts & { actor?: Refused | null | undefined }): void {
  if (!(error instanceof DomainError) || error.code !== 'forbidden' || logged.has(error)) return
  logged.add(error)
  const { actor, ...told } = facts
  const who = actor == null ? {} : { memberId: actor.memberId, workspaceId: actor.workspaceId, via: actor.via }
  logSecurity('refused', { ...who, ...told, reason: error.message })
}
