import pino from 'pino'
import { DomainError } from '@/lib/domain/errors'
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

/** What is logged at level `info` of who comes in (OWASP ASVS 5.0, 16.3). */
type Welcome =
  'sign-in' | 'sign-out' | 'password-changed' | 'sessions-ended' | 'session-ended' | 'token-made' | 'token-revoked'

/** What is logged at level `warn` of who is kept out: an operator may want to be told of it. */
const unwelcome = [
  'sign-in-failed',
  'sign-in-refused',
  'throttled',
  'token-refused',
  'link-refused',
  'refused',
] as const

/** A kind of line in the log that has the field `security`. */
type SecurityEvent = Welcome | (typeof unwelcome)[number]

/** What a line may tell: ids, addresses, methods, paths and reasons. Never a password, a token, a link, or an address that someone typed. */
type SecurityFacts = Partial<
  Record<
    'userId' | 'memberId' | 'workspaceId' | 'address' | 'method' | 'path' | 'action' | 'via' | 'reason' | 'id',
    string
  >
>

/** Writes one line: `security` says what happened. */
export function logSecurity(event: SecurityEvent, facts: SecurityFacts): void {
  const level = unwelcome.some((name) => name === event) ? 'warn' : 'info'
  logger()[level]({ security: event, ...facts }, `Security: ${event}`)
}

// A refusal passes several layers; the innermost that knows enough of it logs it.
const logged = new WeakSet<Error>()

/** As much of an actor as the log tells. */
interface Refused {
  memberId: string
  workspaceId: string
  via: string
}

/** Logs that an actor was refused something, once an error; failures of another kind are left alone. */
export function logRefusal(error: unknown, facts: SecurityFacts & { actor?: Refused | null | undefined }): void {
  if (!(error instanceof DomainError) || error.code !== 'forbidden' || logged.has(error)) return
  logged.add(error)
  const { actor, ...told } = facts
  const who = actor == null ? {} : { memberId: actor.memberId, workspaceId: actor.workspaceId, via: actor.via }
  logSecurity('refused', { ...who, ...told, reason: error.message })
}
