import { z } from 'zod'
import { notFound } from '@/lib/domain/errors'
import type { ReferenceSummary, ReferenceView } from '@/lib/domain/references/schema'
import type { Permit } from '../access/gate'
import { database } from '../db/client'
import { decodeCursor, pageOf, type Page } from '../http/pagination'
import { findReferenceIds } from '../search/data'
import { presentReference, presentReferenceSummary, referenceColumns, referenceSummaryColumns } from './present'

const cursorKey = z.tuple([z.iso.datetime(), z.string()])

/** The workspace's references, the last made first; `q` finds them by title, author, publisher, address or DOI. */
export async function listReferences(
  permit: Permit<'reference.read'>,
  { cursor, limit, q }: { cursor?: string | undefined; limit: number; q?: string | undefined },
): Promise<Page<ReferenceSummary>> {
  const { read } = await database()
  const key = decodeCursor(cursor, cursorKey)
  const ids = q === undefined || q === '' ? null : await findReferenceIds(permit, q)
  const rows = await read.reference.findMany({
    where: {
      workspaceId: permit.workspaceId,
      deletedAt: null,
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
