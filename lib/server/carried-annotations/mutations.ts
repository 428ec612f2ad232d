import { uuidv7 } from 'uuidv7'
import { checkSpan } from '@/lib/domain/annotations/span'
import { DomainError } from '@/lib/domain/errors'
import type { CarriedAnnotationView, CarriedDecisions, CarryDecision } from '@/lib/domain/revisions/schema'
import type { SentenceSpan } from '@/lib/domain/text/sentences'
import { versionMismatch } from '@/lib/domain/versions'
import type { Permit } from '../access/gate'
import { database, type Reader } from '../db/client'
import { inChunks } from '../db/parameters'
import { write, type WriteContext } from '../db/write'
import { revisionFacts, type RevisionFacts } from '../marking/revision-facts'
import { anchorApart } from '../reading/read-apart'
import { seesDecision, viewerOf } from '../visibility/marks'
import { copyOf, storeCopies, type Target } from './carry'
import { findCarried, mayDecide, presentCarried, type CarriedRow } from './data'

type Decide = Permit<'carried-annotation.decide'>

/**
 * Decides the outcome of an annotation whose words are not the same in a later revision: carried over where it was found, carried over elsewhere, or
 * retired. `reopen` reverses that, and removes the copy as long as nobody has changed it. The row must be at `version`.
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
    // Read again, so that the current annotation is copied, and a deleted one is not.
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

/** Where to carry the annotation over to; null when it is not carried over. @throws DomainError `conflict`, `invalid`. */
function spanFor(row: CarriedRow, decision: CarryDecision, text: string): { start: number; end: number } | null {
  if (decision.decision === 'reopen') {
    if (row.outcome === 'waiting')
      throw new DomainError('conflict', 'This annotation is already waiting for a decision.')
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
        'Its copy in the later revision has been changed or deleted since. Change the copy instead.',
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

/** The text that decisions are carried over from, and the later text with its sentences. */
interface Texts {
  before: { id: string; text: string }
  target: Pick<Target, 'text'>
  sentences: readonly SentenceSpan[]
}

interface Decision {
  id: string
  authorId: string
  start: number
  end: number
  /** 1 when the current member may see it, else 0. */
  seen: number | bigint
}

/** A decision and the sentence of the later text with the same words; null when there is none. */
interface PlacedDecision {
  decision: Decision
  sentence: { start: number; end: number } | null
}

/**
 * Finds for each "no claim here" of a revision the sentence of a later text with exactly its words, in its place. Decisions of open reading and of
 * closed sessions count; a session that is not closed goes on with its own revision. Stores nothing.
 */
export async function placeDecisions(
  reader: Reader,
  permit: Permit,
  { before, target, sentences }: Texts,
): Promise<PlacedDecision[]> {
  const decisions = await reader.$queryRaw<Decision[]>`
    SELECT s."id", s."authorId", s."start", s."end", CASE WHEN ${seesDecision(viewerOf(permit))} THEN 1 ELSE 0 END AS "seen"
    FROM "SentenceDecision" s JOIN "Revision" v ON v."workspaceId" = s."workspaceId" AND v."id" = s."revisionId"
    WHERE s."workspaceId" = ${permit.workspaceId} AND s."revisionId" = ${before.id}
      AND (s."sessionId" IS NULL OR EXISTS (
        SELECT 1 FROM "ReviewSession" y
        WHERE y."workspaceId" = s."workspaceId" AND y."id" = s."sessionId" AND y."state" = 'closed' AND y."deletedAt" IS NULL))
    ORDER BY s."start", s."id"`
  const places = await anchorApart({ before: before.text, after: target.text, spans: decisions }, permit.actor.memberId)
  const endOf = new Map(sentences.map(({ start, end }) => [start, end]))
  const taken = new Set<string>()
  return decisions.map((decision, at) => {
    const place = places[at]
    if (place?.state !== 'same' || endOf.get(place.start) !== place.end) return { decision, sentence: null }
    // A member may have made one in open reading and one in a session. Only the first is carried over, because they say the same.
    const key = `${decision.authorId} ${String(place.start)}`
    if (taken.has(key)) return { decision, sentence: null }
    taken.add(key)
    return { decision, sentence: { start: place.start, end: place.end } }
  })
}

/** Counts the decisions carried over and those dropped, of those the member may see. */
export function countDecisions(placed: readonly PlacedDecision[]): CarriedDecisions {
  const seen = placed.filter(({ decision }) => Number(decision.seen) === 1)
  const carried = seen.filter(({ sentence }) => sentence !== null).length
  return { carried, dropped: seen.length - carried }
}

/** Stores decisions in the later revision, by the same authors, in open reading. A decision that was taken back since it was placed is left out. */
export async function storeDecisions(
  { tx, now, insert, record }: WriteContext,
  { workspaceId, target }: { workspaceId: string; target: Pick<Target, 'revisionId' | 'documentId'> },
  placed: readonly PlacedDecision[],
): Promise<void> {
  const kept = placed.flatMap(({ decision, sentence }) => (sentence === null ? [] : [{ decision, sentence }]))
  await inChunks(kept, async (some) => {
    const still = await tx.sentenceDecision.findMany({
      where: { workspaceId, id: { in: some.map(({ decision }) => decision.id) } },
      select: { id: true },
    })
    const ids = new Set(still.map(({ id }) => id))
    const rows = some
      .filter(({ decision }) => ids.has(decision.id))
      .map(({ decision, sentence }) => ({
        from: decision.id,
        row: {
          id: uuidv7(),
          workspaceId,
          revisionId: target.revisionId,
          sessionId: null,
          sessionKey: '',
          authorId: decision.authorId,
          start: sentence.start,
          end: sentence.end,
          createdAt: now,
        },
      }))
    await insert(
      'SentenceDecision',
      rows.map(({ row }) => row),
    )
    for (const { from, row } of rows)
      record({
        type: 'sentence-decision.carried',
        subjectId: row.id,
        documentId: target.documentId,
        data: { revisionId: target.revisionId, from, after: { start: row.start, end: row.end } },
      })
  })
}
