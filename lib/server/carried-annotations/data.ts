import type { AnchorState } from '@/lib/domain/anchoring/anchor-spans'
import { notFound } from '@/lib/domain/errors'
import type { CarriedAnnotationView, CarryOutcome } from '@/lib/domain/revisions/schema'
import { mayDo, type Permit } from '../access/gate'
import { presentAnnotation, type AnnotationRow } from '../annotations/present'
import { selectAnnotations } from '../annotations/rows'
import { database, type Reader, type Transaction } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'
import { revisionFacts } from '../marking/revision-facts'
import { seesAnnotation, viewerOf } from '../visibility/marks'

/** An annotation of an earlier revision with its outcome in a later one. */
export interface CarriedRow {
  id: string
  revisionId: string
  from: AnnotationRow
  state: AnchorState
  score: number
  start: number | null
  end: number | null
  outcome: CarryOutcome
  toId: string | null
  decidedById: string | null
  decidedByName: string | null
  decidedAt: Date | null
  version: number
}

/** Whether the member may decide an annotation's outcome: its author and leads may. */
export function mayDecide({ actor }: Permit, from: AnnotationRow): boolean {
  return (
    mayDo(actor, 'carried-annotation.decide') && (from.authorId === actor.memberId || mayDo(actor, 'revision.create'))
  )
}

/** Presents a row. `text` is the text of the later revision. */
export function presentCarried(
  { from, decidedById, decidedByName, decidedAt, ...row }: CarriedRow,
  { permit, text }: { permit: Permit; text: string },
): CarriedAnnotationView {
  const { id, revisionId, state, score, start, end, outcome, toId, version } = row
  return {
    id,
    revisionId,
    from: presentAnnotation(from, permit.actor),
    state,
    score,
    start,
    end,
    words: start === null || end === null ? null : text.slice(start, end),
    outcome,
    toId,
    decidedBy: decidedById === null ? null : { id: decidedById, name: decidedByName ?? '' },
    decidedAt: decidedAt?.toISOString() ?? null,
    version,
    may: { decide: mayDecide(permit, from) },
  }
}

/** The most annotations one answer holds. */
export const maxCarried = 1_000

interface RawCarried {
  id: string
  fromId: string
  revisionId: string
  state: AnchorState
  score: number
  start: number | null
  end: number | null
  outcome: CarryOutcome
  toId: string | null
  decidedById: string | null
  decidedByName: string | null
  decidedAt: Date | string | null
  version: number
}

/**
 * Rows of annotations of earlier revisions with their outcome, in the order of the later text. Lost ones have no place there and come first, in the
 * order of the text they were made on. Those that the viewer may not see are left out.
 * @param which.condition over the table `c` (CarriedAnnotation)
 */
async function selectCarried(
  reader: Reader | Transaction,
  permit: Permit,
  which: { condition: Prisma.Sql; limit: number },
): Promise<CarriedRow[]> {
  const { workspaceId } = permit
  const rows = await reader.$queryRaw<RawCarried[]>`
    SELECT c."id", c."fromId", c."revisionId", c."state", c."score", c."start", c."end", c."outcome", c."toId", c."decidedById",
      u."name" AS "decidedByName", c."decidedAt", c."version"
    FROM "CarriedAnnotation" c
    JOIN "Annotation" a ON a."workspaceId" = c."workspaceId" AND a."id" = c."fromId"
    JOIN "Revision" v ON v."workspaceId" = a."workspaceId" AND v."id" = a."revisionId"
    LEFT JOIN "Member" m ON m."workspaceId" = c."workspaceId" AND m."id" = c."decidedById"
    LEFT JOIN "User" u ON u."id" = m."userId"
    WHERE c."workspaceId" = ${workspaceId} AND a."deletedAt" IS NULL AND ${seesAnnotation(viewerOf(permit))} AND ${which.condition}
    ORDER BY COALESCE(c."start", -1), a."start", c."id"
    LIMIT ${which.limit}`
  if (rows.length === 0) return []
  const annotations = await selectAnnotations(reader, {
    workspaceId,
    condition: Prisma.sql`a."id" IN (${Prisma.join(rows.map(({ fromId }) => fromId))})`,
    limit: rows.length,
  })
  const fromOf = new Map(annotations.map((row) => [row.id, row]))
  return rows.flatMap(({ fromId, decidedAt, ...row }) => {
    const from = fromOf.get(fromId)
    return from === undefined ? [] : [{ ...row, from, decidedAt: decidedAt === null ? null : new Date(decidedAt) }]
  })
}

/** The outcomes of annotations of earlier revisions in a revision. @throws DomainError `not-found` for the revision. */
export async function listCarried(
  permit: Permit<'carried-annotation.read'>,
  { revisionId, outcome }: { revisionId: string; outcome?: CarryOutcome | undefined },
): Promise<CarriedAnnotationView[]> {
  const { text } = await revisionFacts(permit, revisionId)
  const { read } = await database()
  const withOutcome = outcome === undefined ? Prisma.empty : Prisma.sql`AND CAST(c."outcome" AS TEXT) = ${outcome}`
  const rows = await selectCarried(read, permit, {
    condition: Prisma.sql`c."revisionId" = ${revisionId} ${withOutcome}`,
    limit: maxCarried,
  })
  return rows.map((row) => presentCarried(row, { permit, text }))
}

/** Counts the annotations that wait for a person in a revision, of those the member may see. */
export async function countWaiting(permit: Permit<'carried-annotation.read'>, revisionId: string): Promise<number> {
  const { read } = await database()
  const [row] = await read.$queryRaw<{ count: number | bigint }[]>`
    SELECT COUNT(*) AS "count"
    FROM "CarriedAnnotation" c
    JOIN "Annotation" a ON a."workspaceId" = c."workspaceId" AND a."id" = c."fromId"
    JOIN "Revision" v ON v."workspaceId" = a."workspaceId" AND v."id" = a."revisionId"
    WHERE c."workspaceId" = ${permit.workspaceId} AND c."revisionId" = ${revisionId} AND c."outcome" = 'waiting'
      AND a."deletedAt" IS NULL AND ${seesAnnotation(viewerOf(permit))}`
  return Number(row?.count ?? 0)
}

/** One row. @throws DomainError `not-found`, also when the member may not see the annotation. */
export async function findCarried(reader: Reader | Transaction, permit: Permit, id: string): Promise<CarriedRow> {
  const [row] = await selectCarried(reader, permit, { condition: Prisma.sql`c."id" = ${id}`, limit: 1 })
  if (row === undefined) throw notFound('carried annotation')
  return row
}
