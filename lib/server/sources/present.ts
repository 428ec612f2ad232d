import type { SourceView } from '@/lib/domain/sources/schema'
import { mayDo, type Actor } from '../access/gate'

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

/** A source's row as answers show it to the actor. */
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
