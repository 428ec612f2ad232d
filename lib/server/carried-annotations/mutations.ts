import { checkSpan } from '@/lib/domain/annotations/span'
import { DomainError } from '@/lib/domain/errors'
import type { CarriedAnnotationView, CarryDecision } from '@/lib/domain/revisions/schema'
import { versionMismatch } from '@/lib/domain/versions'
import type { Permit } from '../access/gate'
import { database } from '../db/client'
import { write, type WriteContext } from '../db/write'
import { revisionFacts, type RevisionFacts } from '../marking/revision-facts'
import { copyOf, storeCopies } from './carry'
import { findCarried } from './data'
import { mayDecide, presentCarried, type CarriedRow } from './present'

type Decide = Permit<'carried-annotation.decide'>

/**
 * Says what becomes of an annotation whose words are not the same in a later revision: it is carried over where it was found, carried over elsewhere, or
 * retired; `reopen` takes that back, and with it the copy as long as nobody has changed it. The row must be at `version`.
 * @throws DomainError `not-found`, `forbidden` for anyone but the author and leads, `invalid` for a span that does not hold, `conflict` for what the
 * row's outcome does not allow, `version-mismatch` with the stored row.
 */
export async function decideCarried(
  permit: Decide,
  { id, version, decision }: { id: string; version: number; decision: CarryDecision },
): Promise<CarriedAnnotationView> {
  const { read } = await database()
  const row = await findCarried(read, permit, id)
  if (!mayDecide(permit, row.from))
    throw new DomainError(
      'forbidden',
      `Only ${row.from.author.user.name || 'its author'} and leads may decide what becomes of this annotation.`,
    )
  const facts = await revisionFacts(permit, row.revisionId)
  const present = (shown: CarriedRow) => presentCarried(shown, { permit, text: facts.text })
  if (row.version !== version) throw versionMismatch('carried annotation', { expected: version, current: present(row) })
  const span = spanFor(row, decision, facts.text)
  return write(permit, async (context) => {
    // Once more, so that what is copied is the annotation as it is now, and none that was deleted since.
    const current = await findCarried(context.tx, permit, id)
    const asked: Asked = { permit, row: { ...current, version }, facts }
    if (decision.decision === 'reopen') await reopen(context, asked)
    else if (span === null) await retire(context, asked)
    else await carry(context, asked, span)
    return present(await findCarried(context.tx, permit, id))
  })
}

interface Asked {
  permit: Decide
  row: CarriedRow
  facts: RevisionFacts
}

/** Where the annotation is carried over to; null when it is not. @throws DomainError `conflict`, `invalid`. */
function spanFor(row: CarriedRow, decision: CarryDecision, text: string): { start: number; end: number } | null {
  if (decision.decision === 'reopen') {
    if (row.outcome === 'waiting') throw new DomainError('conflict', 'This annotation waits already.')
    if (row.decidedById === null)
      throw new DomainError(
        'conflict',
        'Its words are the same, so nobody had to decide. Delete the annotation of the later revision if it does not apply.',
      )
    return null
  }
  if (row.outcome !== 'waiting')
    throw new DomainError('conflict', `This annotation was ${row.outcome} already. Reopen it first.`)
  if (decision.decision === 'retire') return null
  if (decision.decision === 'correct') return checked(text, decision)
  if (row.start === null || row.end === null)
    throw new DomainError('conflict', 'Its words are lost. Select where it belongs, or retire it.')
  return checked(text, { start: row.start, end: row.end })
}

function checked(text: string, { start, end }: { start: number; end: number }): { start: number; end: number } {
  const span = checkSpan(text, { start, end })
  if (!span.ok) throw new DomainError('invalid', span.problem.message, { fields: [span.problem] })
  return { start, end }
}

type RowChange =
  { outcome: 'waiting' | 'retired'; toId: null } | { outcome: 'carried'; toId: string; start: number; end: number }

async function change({ tx, now }: WriteContext, { permit, row, facts }: Asked, to: RowChange): Promise<void> {
  const decided = to.outcome !== 'waiting'
  const { count } = await tx.carriedAnnotation.updateMany({
    where: { id: row.id, workspaceId: permit.workspaceId, version: row.version },
    data: {
      ...to,
      decidedById: decided ? permit.actor.memberId : null,
      decidedAt: decided ? now : null,
      version: row.version + 1,
      updatedAt: now,
    },
  })
  if (count === 1) return
  const current = presentCarried(await findCarried(tx, permit, row.id), { permit, text: facts.text })
  throw versionMismatch('carried annotation', { expected: row.version, current })
}

async function carry(context: WriteContext, asked: Asked, span: { start: number; end: number }): Promise<void> {
  const { permit, row, facts } = asked
  const { workspaceId } = permit
  const { id: revisionId, documentId, text } = facts
  const place = { workspaceId, target: { revisionId, documentId, text } }
  const copy = copyOf(row.from, { ...place, now: context.now }, span)
  await storeCopies(context, place, [{ from: row.from, copy, state: row.state, score: row.score }])
  await change(context, asked, { outcome: 'carried', toId: copy.id, ...span })
}

async function retire(context: WriteContext, asked: Asked): Promise<void> {
  await change(context, asked, { outcome: 'retired', toId: null })
  tell(context, asked, 'annotation.retired')
}

async function reopen(context: WriteContext, asked: Asked): Promise<void> {
  const { permit, row } = asked
  await change(context, asked, { outcome: 'waiting', toId: null })
  if (row.toId !== null) {
    const { count } = await context.tx.annotation.updateMany({
      where: { id: row.toId, workspaceId: permit.workspaceId, version: 1, deletedAt: null },
      data: { deletedAt: context.now, version: 2, updatedAt: context.now },
    })
    if (count === 0)
      throw new DomainError(
        'conflict',
        'The annotation that it was carried over as has been changed or deleted since. Change that one instead.',
      )
  }
  tell(context, asked, 'annotation.reopened')
}

function tell(
  { record }: WriteContext,
  { row, facts }: Asked,
  type: 'annotation.retired' | 'annotation.reopened',
): void {
  record({
    type,
    subjectId: row.from.id,
    documentId: facts.documentId,
    data: { revisionId: row.revisionId, state: row.state, before: { outcome: row.outcome } },
  })
}
