import { z } from 'zod'
import type { Rating, Stance } from '@/lib/domain/annotations/rating'
import { notFound } from '@/lib/domain/errors'
import type { ReferenceSummary, ReferenceView } from '@/lib/domain/references/schema'
import type { Permit } from '../access/gate'
import { visibleAnnotations } from '../annotations/data'
import { database } from '../db/client'
import { decodeCursor, pageOf, type Page } from '../http/pagination'
import { findReferenceIds } from '../search/data'
import { presentReference, presentReferenceSummary, referenceColumns, referenceSummaryColumns } from './present'

const cursorKey = z.tuple([z.iso.datetime(), z.string()])

/** The workspace's references, the last made first; `q` finds them by title, author, publisher, address or DOI, `type` is a CSL type. */
export async function listReferences(
  permit: Permit<'reference.read'>,
  {
    cursor,
    limit,
    q,
    type,
  }: { cursor?: string | undefined; limit: number; q?: string | undefined; type?: string | undefined },
): Promise<Page<ReferenceSummary>> {
  const { read } = await database()
  const key = decodeCursor(cursor, cursorKey)
  const ids = q === undefined || q === '' ? null : await findReferenceIds(permit, q)
  const rows = await read.reference.findMany({
    where: {
      workspaceId: permit.workspaceId,
      deletedAt: null,
      ...(type === undefined ? {} : { type }),
      ...(ids === null ? {} : { id: { in: ids } }),
      ...(key === null
        ? {}
        : { OR: [{ createdAt: { lt: new Date(key[0]) } }, { createdAt: new Date(key[0]), id: { lt: key[1] } }] }),
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit + 1,
    select: { ...referenceSummaryColumns, createdAt: true },
  })
  return pageOf(rows, limit, {
    key: ({ createdAt, id }) => [createdAt.toISOString(), id],
    present: presentReferenceSummary,
  })
}

/** One reference. @throws DomainError `not-found`, also when it is deleted. */
export async function readReference(permit: Permit<'reference.read'>, id: string): Promise<ReferenceView> {
  const { read } = await database()
  const row = await read.reference.findFirst({
    where: { id, workspaceId: permit.workspaceId, deletedAt: null },
    select: referenceColumns,
  })
  if (row === null) throw notFound('reference')
  return presentReference(row, permit.actor)
}

/** One citation of a reference with the words it stands for and the document they stand in. */
export interface CitedPlace {
  citationId: string
  stance: Stance
  quote: string
  locator: string
  /** Where the quote stands in the snapshot, in UTF-16 code units; null when it was not found. */
  quoteStart: number | null
  quoteEnd: number | null
  annotation: { id: string; exact: string; rating: Rating; author: string }
  document: { id: string; title: string; source: string }
}

/** The last citations of a reference that the actor may see, the newest annotation first, at most `limit`. */
export async function listCitedPlaces(
  permit: Permit<'annotation.read'>,
  { referenceId, limit }: { referenceId: string; limit: number },
): Promise<CitedPlace[]> {
  const { read } = await database()
  const rows = await read.citation.findMany({
    where: { workspaceId: permit.workspaceId, referenceId, annotation: visibleAnnotations(permit) },
    orderBy: [{ annotation: { createdAt: 'desc' } }, { id: 'asc' }],
    take: limit,
    select: {
      id: true,
      stance: true,
      quote: true,
      locator: true,
      quoteStart: true,
      quoteEnd: true,
      annotation: {
        select: {
          id: true,
          exact: true,
          rating: true,
          author: { select: { user: { select: { name: true } } } },
          revision: {
            select: { document: { select: { id: true, title: true, source: { select: { name: true } } } } },
          },
        },
      },
    },
  })
  return rows.map(({ id, annotation, ...citation }) => ({
    citationId: id,
    ...citation,
    annotation: {
      id: annotation.id,
      exact: annotation.exact,
      rating: annotation.rating,
      author: annotation.author.user.name,
    },
    document: {
      id: annotation.revision.document.id,
      title: annotation.revision.document.title,
      source: annotation.revision.document.source.name,
    },
  }))
}
