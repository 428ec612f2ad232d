import { uuidv7 } from 'uuidv7'
import type { Anchored, AnchorState } from '@/lib/domain/anchoring/anchor-spans'
import type { AnchorCounts } from '@/lib/domain/revisions/schema'
import type { Permit } from '../access/gate'
import { citationRows, insertCitations } from '../annotations/citations'
import { contentOf, type AnnotationRow } from '../annotations/present'
import { selectAnnotations } from '../annotations/rows'
import type { Reader, Transaction } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'
import { inChunks } from '../db/parameters'
import type { WriteContext } from '../db/write'
import { anchorApart } from '../reading/read-apart'
import { setAnnotationTags } from '../tags/mutations'
import { seesAnnotation, viewerOf, type Viewer } from '../visibility/marks'

/** The revision that annotations are carried over to. */
export interface Target {
  revisionId: string
  documentId: string
  text: string
}

/** The revision with its number, which tells which revisions are earlier. */
export interface NumberedTarget extends Target {
  number: number
}

/** An annotation of an earlier revision that has no place in a later one yet. */
interface Candidate {
  id: string
  revisionId: string
  start: number
  end: number
  version: number
  /** 1 when the current member may see it, else 0. */
  seen: number | bigint
}

/** A candidate with its re-anchored place in the target. */
interface Placed {
  candidate: Candidate
  anchored: Anchored
}

/**
 * The condition on `a` (Annotation), `v` (its Revision) and `c` (its carried annotation, if any) that an annotation is still to be carried over to a
 * revision. Marks of a session that is not closed are left out: the session goes on with the revision it began with, and its marks may be hidden.
 */
function isCandidate({ revisionId, documentId, number }: Omit<NumberedTarget, 'text'>): Prisma.Sql {
  return Prisma.sql`v."documentId" = ${documentId} AND v."number" < ${number} AND a."deletedAt" IS NULL
    AND (a."sessionId" IS NULL OR EXISTS (
      SELECT 1 FROM "ReviewSession" y
      WHERE y."workspaceId" = a."workspaceId" AND y."id" = a."sessionId" AND y."state" = 'closed' AND y."deletedAt" IS NULL))
    AND (c."id" IS NULL OR (c."outcome" = 'waiting' AND c."revisionId" <> ${revisionId}))`
}

const joins = Prisma.sql`FROM "Annotation" a
    JOIN "Revision" v ON v."workspaceId" = a."workspaceId" AND v."id" = a."revisionId"
    LEFT JOIN "CarriedAnnotation" c ON c."workspaceId" = a."workspaceId" AND c."fromId" = a."id"`

/** Re-anchors each annotation that is still to be carried over, whether the member may see it or not. Stores nothing. */
export async function placeCandidates(reader: Reader, permit: Permit, target: NumberedTarget): Promise<Placed[]> {
  const { workspaceId, actor } = permit
  const candidates = await reader.$queryRaw<Candidate[]>`
    SELECT a."id", a."revisionId", a."start", a."end", a."version",
      CASE WHEN ${seesAnnotation(viewerOf(permit))} THEN 1 ELSE 0 END AS "seen" ${joins}
    WHERE a."workspaceId" = ${workspaceId} AND ${isCandidate(target)}
    ORDER BY v."number", a."start", a."id"`
  const texts = await reader.revision.findMany({
    where: { workspaceId, id: { in: [...new Set(candidates.map(({ revisionId }) => revisionId))] } },
    orderBy: { number: 'asc' },
    select: { id: true, text: true },
  })
  const placed: Placed[] = []
  for (const { id, text } of texts) {
    const some = candidates.filter(({ revisionId }) => revisionId === id)
    const places = await anchorApart({ before: text, after: target.text, spans: some }, actor.memberId)
    some.forEach((candidate, at) => {
      const anchored = places[at]
      if (anchored !== undefined) placed.push({ candidate, anchored })
    })
  }
  return placed
}

/** Counts the annotations still to be carried over that a viewer may see: their session was closed after the revision was stored. */
export async function countCandidates(
  reader: Reader,
  { target, viewer }: { target: Omit<NumberedTarget, 'text'>; viewer: Viewer },
): Promise<number> {
  const [row] = await reader.$queryRaw<{ count: number | bigint }[]>`
    SELECT COUNT(*) AS "count" ${joins}
    WHERE a."workspaceId" = ${viewer.workspaceId} AND ${isCandidate(target)} AND ${seesAnnotation(viewer)}`
  return Number(row?.count ?? 0)
}

/** Counts the annotations in each state, of those the member may see. */
export function countStates(placed: readonly Placed[]): AnchorCounts {
  const counts = { same: 0, moved: 0, changed: 0, lost: 0 }
  for (const { candidate, anchored } of placed) if (Number(candidate.seen) === 1) counts[anchored.state] += 1
  return counts
}

/** Makes a copy of an annotation in a later revision, by the same author, in open reading. */
export function copyOf(
  from: AnnotationRow,
  { workspaceId, target, now }: { workspaceId: string; target: Target; now: Date },
  span: { start: number; end: number },
) {
  const { authorId, rating, disputed, partial, note } = from
  const id = uuidv7()
  return {
    id,
    annotation: {
      id,
      workspaceId,
      revisionId: target.revisionId,
      sessionId: null,
      authorId,
      start: span.start,
      end: span.end,
      exact: target.text.slice(span.start, span.end),
      rating,
      disputed,
      partial,
      note,
      phase: 'open',
      createdAt: now,
      updatedAt: now,
    },
    citations: citationRows({
      workspaceId,
      annotationId: id,
      citations: from.citations.map((citation) => ({ ...citation, id: uuidv7() })),
    }),
  }
}

/**
 * Stores copies of annotations in a later revision with their citations and tags, and records each as carried over.
 * @param copies each with the row it was made from
 */
export async function storeCopies(
  context: WriteContext,
  { workspaceId, target }: { workspaceId: string; target: Target },
  copies: readonly { from: AnnotationRow; copy: ReturnType<typeof copyOf>; state: AnchorState; score: number }[],
): Promise<void> {
  await context.insert(
    'Annotation',
    copies.map(({ copy }) => copy.annotation),
  )
  await insertCitations(
    context,
    copies.flatMap(({ copy }) => copy.citations),
  )
  for (const { from, copy, state, score } of copies) {
    if (from.tags.length > 0) await setAnnotationTags(context, { workspaceId, annotationId: copy.id, names: from.tags })
    const { start, end, exact } = copy.annotation
    context.record({
      type: 'annotation.carried',
      subjectId: copy.id,
      documentId: target.documentId,
      data: {
        revisionId: target.revisionId,
        from: { id: from.id, revisionId: from.revisionId },
        state,
        score,
        after: contentOf({ ...from, start, end, exact }),
      },
    })
  }
}

/**
 * Stores the places of annotations in the target: those whose words are the same in their place are carried over, the others wait for a person. An
 * annotation that was changed or deleted since it was placed is left out, and is placed again next time.
 * @returns how many were carried over
 */
export async function storePlaced(
  context: WriteContext,
  { workspaceId, target }: { workspaceId: string; target: NumberedTarget },
  placed: readonly Placed[],
): Promise<number> {
  const { tx, now } = context
  let carried = 0
  await inChunks(placed, async (some) => {
    const rows = await readUnchanged(tx, { workspaceId, target }, some)
    const copies = some.flatMap(({ candidate, anchored }) => {
      const from = rows.get(candidate.id)
      if (from === undefined || anchored.state !== 'same') return []
      return [
        {
          from,
          state: anchored.state,
          score: anchored.score,
          copy: copyOf(from, { workspaceId, target, now }, anchored),
        },
      ]
    })
    await storeCopies(context, { workspaceId, target }, copies)
    const copyOfId = new Map(copies.map(({ from, copy }) => [from.id, copy.id]))
    const stored = some.filter(({ candidate }) => rows.has(candidate.id))
    await tx.carriedAnnotation.deleteMany({
      where: { workspaceId, outcome: 'waiting', fromId: { in: stored.map(({ candidate }) => candidate.id) } },
    })
    await tx.carriedAnnotation.createMany({
      data: stored.map(({ candidate, anchored }) => {
        const toId = copyOfId.get(candidate.id) ?? null
        return {
          id: uuidv7(),
          workspaceId,
          fromId: candidate.id,
          revisionId: target.revisionId,
          state: anchored.state,
          score: anchored.score,
          start: anchored.state === 'lost' ? null : anchored.start,
          end: anchored.state === 'lost' ? null : anchored.end,
          outcome: toId === null ? ('waiting' as const) : ('carried' as const),
          toId,
          createdAt: now,
          updatedAt: now,
        }
      }),
    })
    carried += copies.length
  })
  return carried
}

/** Rows of candidates that have not changed since they were placed, and are still to be carried over. */
async function readUnchanged(
  tx: Transaction,
  { workspaceId, target }: { workspaceId: string; target: NumberedTarget },
  placed: readonly Placed[],
): Promise<ReadonlyMap<string, AnnotationRow>> {
  const ids = placed.map(({ candidate }) => candidate.id)
  if (ids.length === 0) return new Map()
  const open = await tx.$queryRaw<{ id: string }[]>`
    SELECT a."id" ${joins}
    WHERE a."workspaceId" = ${workspaceId} AND a."id" IN (${Prisma.join(ids)}) AND ${isCandidate(target)}`
  const isOpen = new Set(open.map(({ id }) => id))
  const rows = await selectAnnotations(tx, {
    workspaceId,
    condition: Prisma.sql`a."id" IN (${Prisma.join(ids)}) AND a."deletedAt" IS NULL`,
    limit: ids.length,
  })
  const versionOf = new Map(placed.map(({ candidate }) => [candidate.id, candidate.version]))
  return new Map(
    rows.filter(({ id, version }) => isOpen.has(id) && versionOf.get(id) === version).map((row) => [row.id, row]),
  )
}
