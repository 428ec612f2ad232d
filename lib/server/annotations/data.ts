import { z } from 'zod'
import type { Rating } from '@/lib/domain/annotations/rating'
import type { AnnotationView } from '@/lib/domain/annotations/schema'
import { findTwins, type MarkOrigin } from '@/lib/domain/annotations/span'
import { DomainError, notFound } from '@/lib/domain/errors'
import type { Permit } from '../access/gate'
import { database, type Reader, type Transaction } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'
import { decodeCursor, pageOf, type Page } from '../http/pagination'
import { readMarkContext, type MarkContext } from '../marking/lock-assignment'
import { revisionFacts } from '../marking/revision-facts'
import { seesAnnotation, viewerOf, visibleAnnotations, type Viewer } from '../visibility/marks'
import { presentAnnotation, type AnnotationRow } from './present'
import { selectAnnotations } from './rows'

/** The most annotations one page of a list holds. */
export const maxAnnotationPage = 1_000

const cursorKey = z.tuple([z.number().int(), z.string()])

/** The filters of a list of annotations. */
export interface AnnotationFilter {
  authorId?: string | undefined
  rating?: Rating | undefined
  /** Only annotations of this review session; null for those made outside any session. */
  sessionId?: string | null | undefined
}

/** A page of a revision's annotations in the order of the text. @throws DomainError `not-found` for the revision. */
export async function listAnnotations(
  permit: Permit<'annotation.read'>,
  {
    revisionId,
    authorId,
    rating,
    sessionId,
    cursor,
    limit,
  }: AnnotationFilter & { revisionId: string; cursor?: string | undefined; limit: number },
): Promise<Page<AnnotationView>> {
  await revisionFacts(permit, revisionId)
  const key = decodeCursor(cursor, cursorKey)
  const { read } = await database()
  const conditions = [visibleAnnotations(viewerOf(permit)), Prisma.sql`a."revisionId" = ${revisionId}`]
  if (authorId !== undefined) conditions.push(Prisma.sql`a."authorId" = ${authorId}`)
  if (sessionId !== undefined)
    conditions.push(sessionId === null ? Prisma.sql`a."sessionId" IS NULL` : Prisma.sql`a."sessionId" = ${sessionId}`)
  // PostgreSQL compares its enum with text only after a cast.
  if (rating !== undefined) conditions.push(Prisma.sql`CAST(a."rating" AS TEXT) = ${rating}`)
  if (key !== null)
    conditions.push(Prisma.sql`(a."start" > ${key[0]} OR (a."start" = ${key[0]} AND a."id" > ${key[1]}))`)
  const rows = await selectAnnotations(read, {
    workspaceId: permit.workspaceId,
    condition: Prisma.join(conditions, ' AND '),
    limit: limit + 1,
  })
  return pageOf(rows, limit, {
    key: ({ start, id }) => [start, id],
    present: (row) => presentAnnotation(row, permit.actor),
  })
}

/**
 * An annotation's row, deleted or not. Null when it is unknown, belongs to another workspace, its document was deleted, or the viewer may not see it:
 * the viewer cannot tell these apart.
 */
export async function findAnnotationRow(
  reader: Reader | Transaction,
  viewer: Viewer,
  id: string,
): Promise<AnnotationRow | null> {
  const condition = Prisma.sql`a."id" = ${id} AND d."deletedAt" IS NULL AND ${seesAnnotation(viewer)}`
  const [row] = await selectAnnotations(reader, { workspaceId: viewer.workspaceId, condition, limit: 1 })
  return row ?? null
}

/** One annotation. @throws DomainError `not-found`, also when it is deleted. */
export async function readAnnotation(permit: Permit<'annotation.read'>, id: string): Promise<AnnotationView> {
  const { read } = await database()
  const condition = Prisma.sql`${visibleAnnotations(viewerOf(permit))} AND a."id" = ${id}`
  const [row] = await selectAnnotations(read, { workspaceId: permit.workspaceId, condition, limit: 1 })
  if (row === undefined) throw notFound('annotation')
  return presentAnnotation(row, permit.actor)
}

interface RawCount {
  revisionId: string
  count: number | bigint
}

/** How many annotations of each revision the viewer may see, also when its document is deleted. A revision without annotations has no entry. */
export async function countAnnotations(
  reader: Reader | Transaction,
  viewer: Viewer,
  revisionIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (revisionIds.length === 0) return new Map()
  const rows = await reader.$queryRaw<RawCount[]>`
    SELECT a."revisionId", COUNT(*) AS "count"
    FROM "Annotation" a
    JOIN "Revision" v ON v."workspaceId" = a."workspaceId" AND v."id" = a."revisionId"
    WHERE a."revisionId" IN (${Prisma.join([...revisionIds])}) AND a."workspaceId" = ${viewer.workspaceId}
      AND a."deletedAt" IS NULL AND ${seesAnnotation(viewer)}
    GROUP BY a."revisionId"`
  return new Map(rows.map(({ revisionId, count }) => [revisionId, Number(count)]))
}

/** The most marks of a revision searched for twins. */
const maxMarks = 20_000

/**
 * How many of their own annotations on a revision a member does not see while reviewing it in a session: those made in open reading and in other
 * sessions, because a session starts afresh. They show again when the session is no longer active.
 */
export async function countPutAside(
  permit: Permit<'annotation.read'>,
  { revisionId, sessionId }: { revisionId: string; sessionId: string },
): Promise<number> {
  const { read } = await database()
  return read.annotation.count({
    where: {
      workspaceId: permit.workspaceId,
      revisionId,
      authorId: permit.actor.memberId,
      deletedAt: null,
      OR: [{ sessionId: null }, { sessionId: { not: sessionId } }],
    },
  })
}

/**
 * Annotations that their author made more than once on the same words of a revision, of those the member may see. Each comes with true when it was
 * made in a session, false when it was made in open reading.
 */
export async function readTwins(
  permit: Permit<'annotation.read'>,
  revisionId: string,
): Promise<Record<string, boolean>> {
  const { read } = await database()
  const marks = await read.$queryRaw<MarkOrigin[]>`
    SELECT a."id", a."authorId", a."sessionId", a."start", a."end"
    FROM "Annotation" a JOIN "Revision" v ON v."workspaceId" = a."workspaceId" AND v."id" = a."revisionId"
    WHERE a."workspaceId" = ${permit.workspaceId} AND a."revisionId" = ${revisionId} AND a."deletedAt" IS NULL
      AND ${seesAnnotation(viewerOf(permit))}
    LIMIT ${Prisma.sql`${maxMarks}`}`
  const twins = findTwins(marks)
  return Object.fromEntries(
    marks.filter(({ id }) => twins.has(id)).map(({ id, sessionId }) => [id, sessionId !== null]),
  )
}

/** The row of one of the actor’s own annotations, deleted or not. @throws DomainError `not-found`; `forbidden` for another’s. */
export async function ownRow(permit: Permit, id: string): Promise<AnnotationRow> {
  const { read } = await database()
  const row = await findAnnotationRow(read, viewerOf(permit), id)
  if (row === null) throw notFound('annotation')
  if (row.authorId !== permit.actor.memberId) {
    throw new DomainError(
      'forbidden',
      `Only ${row.author.user.name || 'its author'} may change this annotation. Make one of your own beside it.`,
    )
  }
  return row
}

/** Where the member's annotation is. @throws DomainError `conflict` when its review session has locked it. */
export async function contextOf({ workspaceId }: Permit, id: string): Promise<MarkContext> {
  const { read } = await database()
  const markContext = await readMarkContext(read, { workspaceId, table: 'Annotation', id })
  if (markContext === null) throw notFound('annotation')
  return markContext
}
