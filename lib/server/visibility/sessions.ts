import { leadsSessions, maySeeSession } from '@/lib/domain/review-sessions/access'
import type { SessionState } from '@/lib/domain/review-sessions/states'
import { notFound } from '@/lib/domain/errors'
import type { Actor } from '../access/gate'
import type { Reader, Transaction } from '../db/client'
import type { Prisma } from '../db/generated/sqlite/client'

/** The columns a session is presented from. */
export const sessionColumns = {
  id: true,
  name: true,
  question: true,
  guidelines: true,
  protocol: true,
  sample: true,
  isTemplate: true,
  state: true,
  dueAt: true,
  version: true,
  createdAt: true,
  updatedAt: true,
  activatedAt: true,
  blindEndedAt: true,
  closedAt: true,
  deletedAt: true,
} as const

/** A row read with `sessionColumns`; `protocol` and `sample` are JSON as stored. */
export interface SessionRow {
  id: string
  name: string
  question: string
  guidelines: string
  protocol: unknown
  sample: unknown
  isTemplate: boolean
  state: SessionState
  dueAt: Date | null
  version: number
  createdAt: Date
  updatedAt: Date
  activatedAt: Date | null
  blindEndedAt: Date | null
  closedAt: Date | null
  deletedAt: Date | null
}

/** The condition that an actor may see a session, without deleted ones: `maySeeSession` for a query. */
export function visibleSessions({ workspaceId, memberId, role }: Actor): Prisma.ReviewSessionWhereInput {
  const live = { workspaceId, deletedAt: null }
  if (leadsSessions(role)) return live
  if (role === 'viewer') return { ...live, state: 'closed' }
  return { ...live, OR: [{ state: 'closed' }, { state: { not: 'draft' }, members: { some: { memberId } } }] }
}

/**
 * A session that the actor may see.
 * @throws DomainError `not-found` for one that is unknown, deleted, another workspace's or hidden from them, which they cannot tell apart.
 */
export async function visibleSession(reader: Reader | Transaction, actor: Actor, id: string): Promise<SessionRow> {
  const { workspaceId, memberId, role } = actor
  const row = await reader.reviewSession.findFirst({
    where: { id, workspaceId, deletedAt: null },
    select: sessionColumns,
  })
  if (row === null) throw notFound('review session')
  const part = await reader.sessionMember.findFirst({
    where: { sessionId: id, memberId, workspaceId },
    select: { memberId: true },
  })
  if (!maySeeSession({ role, isMember: part !== null }, row.state)) throw notFound('review session')
  return row
}

/** Locks a session's row: other writes to it wait until this one ends, so that checked conditions still hold. */
export async function lockSession(
  tx: Transaction,
  { workspaceId, id }: { workspaceId: string; id: string },
): Promise<SessionRow> {
  await tx.reviewSession.updateMany({ where: { id, workspaceId }, data: { version: { increment: 0 } } })
  const row = await tx.reviewSession.findFirst({ where: { id, workspaceId }, select: sessionColumns })
  if (row === null) throw notFound('review session')
  return row
}

/** `lockSession` of one that is not deleted. @throws DomainError `not-found`. */
export async function lockLiveSession(tx: Transaction, key: { workspaceId: string; id: string }): Promise<SessionRow> {
  const row = await lockSession(tx, key)
  if (row.deletedAt !== null) throw notFound('review session')
  return row
}
