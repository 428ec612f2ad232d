import { isSameJson } from '@/lib/domain/audit/changes'
import { DomainError, notFound } from '@/lib/domain/errors'
import { maxSessionMembers, type SessionMemberView, type SessionPart } from '@/lib/domain/review-sessions/schema'
import type { Permit } from '../access/gate'
import type { Transaction } from '../db/client'
import { write } from '../db/write'
import { findPart, presentPart } from './data'
import { lockLiveSession } from '../visibility/sessions'

interface Place {
  workspaceId: string
  sessionId: string
  memberId: string
}

/** The name of a member who may take part. @throws DomainError `not-found`, or `conflict` for one who is suspended or a viewer. */
async function nameOfAble(tx: Transaction, { workspaceId, memberId }: Place): Promise<string> {
  const member = await tx.member.findFirst({
    where: { id: memberId, workspaceId },
    select: { status: true, role: true, user: { select: { name: true } } },
  })
  if (member === null) throw notFound('member')
  const { name } = member.user
  if (member.status === 'suspended') {
    throw new DomainError('conflict', `${name} is suspended. Reinstate them first, or choose another member.`)
  }
  if (member.role === 'viewer') {
    throw new DomainError('conflict', `${name} is a viewer and cannot review. Make them a reviewer first.`)
  }
  return name
}

/** How many assignments a member has in a session, without withdrawn ones. */
async function countStanding(tx: Transaction, { workspaceId, sessionId, memberId }: Place): Promise<number> {
  return tx.assignment.count({ where: { workspaceId, sessionId, memberId, state: { not: 'withdrawn' } } })
}

function assignedStill(count: number, wish: string): DomainError {
  const documents = count === 1 ? 'one document' : `${String(count)} documents`
  return new DomainError(
    'conflict',
    `This member is assigned ${documents} in this session. Reassign or withdraw that work before you ${wish}; what was done is kept.`,
    { current: { assignments: count } },
  )
}

/**
 * Adds a member to a session, or changes their part. Setting the current part again changes nothing.
 * @throws DomainError `not-found`; `conflict` for a closed session, someone who may not work, a reviewer with assignments who is to review no more,
 * and one member too many.
 */
export async function setSessionMember(
  permit: Permit<'review-session.update'>,
  { sessionId, memberId, part }: { sessionId: string; memberId: string; part: SessionPart },
): Promise<SessionMemberView> {
  const { workspaceId } = permit
  const place = { workspaceId, sessionId, memberId }
  return write(permit, async ({ tx, now, record }) => {
    const { state } = await lockLiveSession(tx, { workspaceId, id: sessionId })
    const name = await nameOfAble(tx, place)
    const before = await findPart(tx, place)
    const was = before === null ? null : partOf(before)
    if (before !== null && isSameJson(was, part)) return presentPart(before, name)
    if (state === 'closed')
      throw new DomainError('conflict', 'This session is closed. Reopen it to change its members.')
    if (before === null) {
      if ((await tx.sessionMember.count({ where: { workspaceId, sessionId } })) >= maxSessionMembers) {
        throw new DomainError('conflict', `A session has at most ${maxSessionMembers} members.`)
      }
      await tx.sessionMember.create({ data: { ...place, ...part, createdAt: now }, select: { memberId: true } })
    } else {
      const count = part.reviews ? 0 : await countStanding(tx, place)
      if (count > 0) throw assignedStill(count, 'end their part as a reviewer')
      await tx.sessionMember.updateMany({ where: place, data: part })
    }
    record({ type: 'session-member.set', subjectId: memberId, sessionId, data: { before: was, after: part } })
    return presentPart({ memberId, ...part, createdAt: before?.createdAt ?? now }, name)
  })
}

function partOf({ reviews, adjudicates, weight, quotaDocuments, quotaWords }: SessionPart): SessionPart {
  return { reviews, adjudicates, weight, quotaDocuments, quotaWords }
}

/**
 * Removes a member from a session; removing them again changes nothing. In a draft, the assignments planned for them are removed as well.
 * @throws DomainError `not-found` for an unknown session or member; `conflict` for a closed session, and while they have assignments in one that was
 * active.
 */
export async function removeSessionMember(
  permit: Permit<'review-session.update'>,
  { sessionId, memberId }: { sessionId: string; memberId: string },
): Promise<void> {
  const { workspaceId } = permit
  const place = { workspaceId, sessionId, memberId }
  await write(permit, async ({ tx, record }) => {
    const { state } = await lockLiveSession(tx, { workspaceId, id: sessionId })
    if ((await tx.member.count({ where: { id: memberId, workspaceId } })) === 0) throw notFound('member')
    const before = await findPart(tx, place)
    if (before === null) return
    if (state === 'closed')
      throw new DomainError('conflict', 'This session is closed. Reopen it to change its members.')
    if (state === 'draft') {
      const planned = await tx.assignment.findMany({ where: place, select: { id: true, documentId: true } })
      await tx.assignment.deleteMany({ where: place })
      for (const { id, documentId } of planned) {
        record({ type: 'assignment.removed', subjectId: id, sessionId, documentId, data: { before: { memberId } } })
      }
    } else {
      const count = await countStanding(tx, place)
      if (count > 0) throw assignedStill(count, 'take them out')
    }
    await tx.sessionMember.deleteMany({ where: place })
    record({ type: 'session-member.removed', subjectId: memberId, sessionId, data: { before: partOf(before) } })
  })
}
