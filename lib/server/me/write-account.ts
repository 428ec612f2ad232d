import { DomainError } from '@/lib/domain/errors'
import type { EventType } from '@/lib/domain/audit/events'
import { type Permit, permitOfLink } from '../access/gate'
import { database } from '../db/client'
import { write, type WriteContext } from '../db/write'

/** Refuses a token: it must not take over the account it belongs to. @throws DomainError `forbidden`. */
export function assertPerson(permit: Permit): void {
  if (permit.actor.via === 'token') {
    throw new DomainError('forbidden', 'A token cannot change the account. Sign in and change it under Settings.')
  }
}

/**
 * Runs a change of a user's own account, and tells of it, with `data`, in every workspace they belong to: an account spans workspaces, an event
 * belongs to one. @throws DomainError `conflict` when they belong to none.
 */
export async function writeAccount<T>(
  userId: string,
  type: EventType,
  body: (context: WriteContext) => Promise<{ result: T; data: Record<string, unknown> }>,
): Promise<T> {
  const { read } = await database()
  const members = await read.member.findMany({
    where: { userId },
    select: { id: true, workspaceId: true, role: true, user: { select: { name: true } } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  })
  const [first, ...others] = members
  if (first === undefined)
    throw new DomainError('conflict', 'This account belongs to no workspace. Accept an invitation first.')
  const { id: memberId, workspaceId, role, user } = first
  return write(permitOfLink({ workspaceId, memberId, userId, name: user.name, role }), async (context) => {
    const { result, data } = await body(context)
    context.record({ type, subjectId: memberId, data })
    for (const member of others) {
      const as = { workspaceId: member.workspaceId, memberId: member.id }
      context.record({ type, subjectId: member.id, data }, as)
    }
    return result
  })
}
