import { z } from 'zod'
import { notFound } from '@/lib/domain/errors'
import type { SourceView } from '@/lib/domain/sources/schema'
import { mayDo, type Actor, type Permit } from '../access/gate'
import { database } from '../db/client'
import { decodeCursor, pageOf, type Page } from '../http/pagination'
import { findSourceIds } from '../search/data'

const cursorKey = z.tuple([z.string(), z.string()])

/** The workspace's sources by name; `q` searches name and homepage. */
export async function listSources(
  permit: Permit<'source.read'>,
  { cursor, limit, q }: { cursor?: string | undefined; limit: number; q?: string | undefined },
): Promise<Page<SourceView>> {
  const { read } = await database()
  const key = decodeCursor(cursor, cursorKey)
  const ids = q === undefined || q === '' ? null : await findSourceIds(permit, q)
  const rows = await read.source.findMany({
    where: {
      workspaceId: permit.workspaceId,
      deletedAt: null,
      ...(ids === null ? {} : { id: { in: ids } }),
      ...(key === null ? {} : { OR: [{ name: { gt: key[0] } }, { name: key[0], id: { gt: key[1] } }] }),
    },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: limit + 1,
    select: sourceColumns,
  })
  return pageOf(rows, limit, { key: ({ name, id }) => [name, id], present: (row) => presentSource(row, permit.actor) })
}

/** Names of sources, by id. Deleted sources are left out. */
export async function readSourceNames(
  permit: Permit<'source.read'>,
  ids: readonly string[],
): Promise<{ id: string; name: string }[]> {
  if (ids.length === 0) return []
  const { read } = await database()
  return read.source.findMany({
    where: { workspaceId: permit.workspaceId, deletedAt: null, id: { in: [...ids] } },
    select: { id: true, name: true },
  })
}

/** One source. @throws DomainError `not-found`, also when it is deleted. */
export async function readSource(permit: Permit<'source.read'>, id: string): Promise<SourceView> {
  const { read } = await database()
  const row = await read.source.findFirst({
    where: { id, workspaceId: permit.workspaceId, deletedAt: null },
    select: sourceColumns,
  })
  if (row === null) throw notFound('source')
  return presentSource(row, permit.actor)
}

/** The columns a source is presented from. `_count` counts documents that are not deleted. */
export const sourceColumns = {
  id: true,
  name: true,
  kind: true,
  homepage: true,
  description: true,
  version: true,
  createdAt: true,
  updatedAt: true,
  deletedAt: true,
  _count: { select: { documents: { where: { deletedAt: null } } } },
} as const

/** A row read with `sourceColumns`. */
export interface SourceRow {
  id: string
  name: string
  kind: string
  homepage: string
  description: string
  version: number
  createdAt: Date
  updatedAt: Date
  deletedAt: Date | null
  _count: { documents: number }
}

/** Presents a source's row to the actor. */
export function presentSource(row: SourceRow, actor: Actor): SourceView {
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    homepage: row.homepage,
    description: row.description,
    documentCount: row._count.documents,
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    may: { update: mayDo(actor, 'source.update'), delete: mayDo(actor, 'source.delete') },
  }
}
