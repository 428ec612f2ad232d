import type { Actor } from '../access/gate'
import { database } from '../db/client'

/**
 * The actor of a member who asked for something that is done later: with the role that they have now, in the way that they came in by. Null for who is
 * no active member any more.
 */
export async function actorOfMember({
  workspaceId,
  memberId,
  via,
}: Pick<Actor, 'workspaceId' | 'memberId' | 'via'>): Promise<Actor | null> {
  const { read } = await database()
  const member = await read.member.findFirst({
    where: { id: memberId, workspaceId, status: 'active' },
    select: { role: true, userId: true, user: { select: { name: true } } },
  })
  if (member === null) return null
  const { role, userId, user } = member
  // A token needed this scope to ask.
  return {
    workspaceId,
    memberId,
    userId,
    name: user.name,
    role,
    via,
    scopes: via === 'token' ? ['read', 'manage'] : 'all',
  }
}
