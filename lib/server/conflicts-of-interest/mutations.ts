import { uuidv7 } from 'uuidv7'
import type { ConflictInput, ConflictView } from '@/lib/domain/conflicts-of-interest/schema'
import { DomainError, notFound } from '@/lib/domain/errors'
import { leadsSessions } from '@/lib/domain/review-sessions/access'
import { idTaken } from '@/lib/domain/versions'
import type { Permit } from '../access/gate'
import type { Transaction } from '../db/client'
import { write } from '../db/write'
import { findConflict, viewsOf } from './data'
import { mayWithdraw, type ConflictRow } from './present'

async function viewOf(tx: Transaction, permit: Permit, row: ConflictRow | null): Promise<ConflictView> {
  const [view] = row === null ? [] : await viewsOf(tx, permit, [row])
  if (view === undefined) throw notFound('conflict of interest')
  return view
}

/**
 * Declares a conflict of interest: one's own, or, by a lead, anyone's. What was declared before answers as it is. Assignments that go against it
 * stay until a lead gives them to someone else; the answer counts them.
 * @throws DomainError `not-found` for a member, source or document of nowhere; `forbidden` for another's without leading; `conflict` for an id
 * that is taken.
 */
export async function declareConflict(
  permit: Permit<'conflict-of-interest.declare'>,
  input: ConflictInput,
): Promise<{ conflict: ConflictView; created: boolean }> {
  const { workspaceId, actor } = permit
  const { id = uuidv7(), memberId = actor.memberId, sourceId = null, documentId = null, reason } = input
  if (memberId !== actor.memberId && !leadsSessions(actor.role))
    throw new DomainError('forbidden', 'Declare your own conflicts of interest; a lead declares those of others.')
  return write(permit, async ({ tx, now, record }) => {
    const taken = await tx.conflictOfInterest.count({ where: { workspaceId, id } })
    const before =
      taken === 0
        ? await tx.conflictOfInterest.findFirst({
            where: { workspaceId, memberId, sourceId, documentId },
            select: { id: true },
          })
        : { id }
    if (before !== null) {
      const row = await findConflict(tx, { workspaceId, id: before.id })
      const same = row?.memberId === memberId && row.sourceId === sourceId && row.documentId === documentId
      if (!same) throw idTaken('conflict of interest', null)
      return { conflict: await viewOf(tx, permit, row), created: false }
    }
    if ((await tx.member.count({ where: { id: memberId, workspaceId } })) === 0) throw notFound('member')
    if (sourceId !== null && (await tx.source.count({ where: { id: sourceId, workspaceId, deletedAt: null } })) === 0)
      throw notFound('source')
    if (
      documentId !== null &&
      (await tx.document.count({ where: { id: documentId, workspaceId, deletedAt: null } })) === 0
    )
      throw notFound('document')
    const values = { memberId, sourceId, documentId, reason }
    await tx.conflictOfInterest.create({
      data: { id, workspaceId, ...values, createdById: actor.memberId, createdAt: now },
      select: { id: true },
    })
    record({ type: 'conflict-of-interest.declared', subjectId: id, documentId, data: { after: values } })
    return { conflict: await viewOf(tx, permit, await findConflict(tx, { workspaceId, id })), created: true }
  })
}

/**
 * Takes a declaration back; one that is gone is gone. Leads may take back any; others what they declared of themselves.
 * @throws DomainError `not-found` for one that never was or is not theirs to know; `forbidden` for one that a lead declared.
 */
export async function withdrawConflict(permit: Permit<'conflict-of-interest.declare'>, id: string): Promise<void> {
  const { workspaceId, actor } = permit
  await write(permit, async ({ tx, record }) => {
    const row = await findConflict(tx, { workspaceId, id })
    if (row === null) {
      const before = await tx.event.count({
        where: { workspaceId, subjectId: id, type: 'conflict-of-interest.withdrawn', actorId: actor.memberId },
      })
      if (before === 0) throw notFound('conflict of interest')
      return
    }
    if (!mayWithdraw(row, actor)) {
      if (row.memberId !== actor.memberId) throw notFound('conflict of interest')
      throw new DomainError('forbidden', 'A lead declared this. Ask a lead to take it back.')
    }
    const { memberId, sourceId, documentId, reason } = row
    const { count } = await tx.conflictOfInterest.deleteMany({ where: { id, workspaceId } })
    if (count > 0)
      record({
        type: 'conflict-of-interest.withdrawn',
        subjectId: id,
        documentId,
        data: { before: { memberId, sourceId, documentId, reason } },
      })
  })
}
