import { z } from 'zod'
import type { Rating } from '@/lib/domain/annotations/rating'
import type { AnnotationView } from '@/lib/domain/annotations/schema'
import { notFound } from '@/lib/domain/errors'
import type { Permit } from '../access/gate'
import { database, type Reader, type Transaction } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'
import { decodeCursor, pageOf, type Page } from '../http/pagination'
import { revisionFacts } from '../revisions/facts'
import { presentAnnotation, type AnnotationRow } from './present'
import { selectAnnotations } from './rows'

/** The most annotations one page of a list holds. */
export const maxAnnotationPage = 1_000

const cursorKey = z.tuple([z.number().int(), z.string()])

/**
 * Which annotations the actor may see: every list, count and look-up of annotations goes through this, or its twin for raw queries below.
 */
export function visibleAnnotations(permit: Permit): Prisma.AnnotationWhereInput {
  return { workspaceId: permit.workspaceId, deletedAt: null, revision: { document: { deletedAt: null } } }
}

/** `visibleAnnotations` over the tables of `selectAnnotations`. */
function visibleRows(permit: Permit): Prisma.Sql {
  return Prisma.sql`a."workspaceId" = ${permit.workspaceId} AND a."deletedAt" IS NULL AND d."deletedAt" IS NULL`
}

/** What a list of annotations is narrowed to. */
export interface AnnotationFilter {
  authorId?: string | undefined
  rating?: Rating | undefined
}

/** A page of a revision's annotations in the order of the text. @throws DomainError `not-found` for the revision. */
export async function listAnnotations(
  permit: Permit<'annotation.read'>,
  {
    revisionId,
    authorId,
    rating,
    cursor,
    limit,
  }: AnnotationFilter & { revisionId: string; cursor?: string | undefined; limit: number },
): Promise<Page<AnnotationView>> {
  await revisionFacts(permit, revisionId)
  const key = decodeCursor(cursor, cursorKey)
  const { read } = await database()
  const conditions = [visibleRows(permit), Prisma.sql`a."revisionId" = ${revisionId}`]
  if (authorId !== undefined) conditions.push(Prisma.sql`a."authorId" = ${authorId}`)
  // PostgreSQL compares its enum with text only when told to.
  if (rating !== undefined) conditions.push(Prisma.sql`CAST(a."rating" AS TEXT) = ${rating}`)
  if (key !== null)
    conditions.push(Prisma.sql`(a."start" > ${key[0]} OR (a."start" = ${key[0]} AND a."id" > ${key[1]}))`)
  const rows = await selectAnnotations(read, Prisma.join(conditions, ' AND '), limit + 1)
  return pageOf(rows, limit, {
    key: ({ start, id }) => [start, id],
    present: (row) => presentAnnotation(row, permit.actor),
  })
}

/** An annotation's row, hidden or not; null when it is unknown, another workspace's, or its document was deleted. */
export async function findAnnotationRow(
  reader: Reader | Transaction,
  workspaceId: string,
  id: string,
): Promise<AnnotationRow | null> {
  const condition = Prisma.sql`a."id" = ${id} AND a."workspaceId" = ${workspaceId} AND d."deletedAt" IS NULL`
  const [row] = await selectAnnotations(reader, condition, 1)
  return row ?? null
}

/** One annotation. @throws DomainError `not-found`, also when it is deleted. */
export async function readAnnotation(permit: Permit<'annotation.read'>, id: string): Promise<AnnotationView> {
  const { read } = await database()
  const [row] = await selectAnnotations(read, Prisma.sql`${visibleRows(permit)} AND a."id" = ${id}`, 1)
  if (row === undefined) throw notFound('annotation')
  return presentAnnotation(row, permit.actor)
}
