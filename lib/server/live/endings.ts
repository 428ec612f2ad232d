import { z } from 'zod'
import type { RuleEvent } from './visibility-cache'

/** Events that end sessions or tokens. */
const endings: ReadonlySet<string> = new Set([
  'member.suspended',
  'member.role-changed',
  'member.sessions-ended',
  'member.session-ended',
  'member.password-changed',
  'token.revoked',
])

const revokedSchema = z.object({ before: z.object({ memberId: z.string() }) })

/** The members whose sessions or tokens an event may have ended: they are asked at once who they are. */
export function endedBy({ type, subjectId, actorId, data }: RuleEvent): string[] {
  if (!endings.has(type)) return []
  const revoked = revokedSchema.safeParse(data)
  return [subjectId, actorId, ...(revoked.success ? [revoked.data.before.memberId] : [])]
}
