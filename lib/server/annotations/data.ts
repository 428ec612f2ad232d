import { z } from 'zod'
import type { Rating } from '@/lib/domain/annotations/rating'
import type { AnnotationView } from '@/lib/domain/annotations/schema'
import { notFound } from '@/lib/domain/errors'
import type { Permit } from '../access/gate'
import { database, type Reader, type Transaction } from '../db/client'
import type { Prisma } from '../db/generated/sqlite/client'
import { decodeCursor, pageOf, type Page } from '../http/pagination'
import { revisionFacts } from '../revisions/facts'
import { annotationColumns, presentAnnotation, type AnnotationRow } from './present'

/** The most annotations one page of a list holds. */
export const maxAnnotationPage = 1_000

const cursorKey = z.tuple([z.number().int(), z.string()])

/** Which annotations the actor may see: every list, count and look-up of annotations goes through this. */
export function visibleAnnotations(permit: Permit): Prisma.AnnotationWhereInput {
  return { workspaceId: permit.workspaceId, deletedAt: null, revision: { document: { deletedAt: null } } }
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
  const rows = await read.annotation.findMany({
    where: {
      ...visibleAnnotations(permit),
      revisionId,
      ...(authorId === undefined ? {} : { authorId }),
      ...(rating === undefined ? {} : { rating }),
      ...(key === null ? {} : { OR: [{ start: { gt: key[0] } }, { start: key[0], id: { gt: key[1] } }] }),
    },
    orderBy: [{ start: 'asc' }, { id: 'asc' }],
    take: limit + 1,
    select: annotationColumns,
  })
  return pageOf(rows, limit, {
    key: ({ start, id }) => [start, id],
    present: (row) => presentAnnotation(row, permit.actor),
  })
}

/** An annotation's row, hidden or not; null when it is unknown or another workspace's. */
export async function findAnnotationRow(
  reader: Reader | Transaction,
  workspaceId: string,
  id: string,
): Promise<AnnotationRow | null> {
  return reader.annotation.findFirst({
    where: { id, workspaceId, revision: { document: { deletedAt: null } } },
    select: annotationColumns,
  })
}

/** One annotation. @throws DomainError `not-found`, also when it is deleted. */
export async function readAnnotation(permit: Permit<'annotation.read'>, id: string): Promise<AnnotationView> {
  const { read } = await database()
  const row = await read.annotation.findFirst({
    where: { id, ...visibleAnnotations(permit) },
    select: annotationColumns,
  })
  if (row === null) throw notFound('annotation')
  return presentAnnotation(row, permit.actor)
}
