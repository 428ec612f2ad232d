import type { QuotePlace } from '@/lib/domain/references/locate-quote'
import { cslSchema, type ReferenceSummary, type ReferenceView } from '@/lib/domain/references/schema'
import { mayDo, type Actor } from '../access/gate'

/** What a report states of a reference that a claim cites. */
export const citedReferenceColumns = {
  id: true,
  title: true,
  author: true,
  publisher: true,
  issued: true,
  url: true,
  doi: true,
  snapshotSha256: true,
  snapshotAt: true,
} as const

/** The columns a reference's summary is presented from; its snapshot's text stays where it is. */
export const referenceSummaryColumns = {
  id: true,
  type: true,
  title: true,
  author: true,
  publisher: true,
  issued: true,
  doi: true,
  url: true,
  snapshotSha256: true,
} as const

/** A row read with `referenceSummaryColumns`. */
export interface ReferenceSummaryRow {
  id: string
  type: string
  title: string
  author: string
  publisher: string
  issued: string
  doi: string
  url: string
  snapshotSha256: string | null
}

/** The columns a whole reference is presented from. */
export const referenceColumns = {
  ...referenceSummaryColumns,
  csl: true,
  snapshotText: true,
  snapshotAt: true,
  version: true,
  createdAt: true,
  updatedAt: true,
  deletedAt: true,
} as const

/** A row read with `referenceColumns`, and how many citations of it the reader may see. */
export interface ReferenceRow extends ReferenceSummaryRow {
  csl: unknown
  snapshotText: string | null
  snapshotAt: Date | null
  version: number
  createdAt: Date
  updatedAt: Date
  deletedAt: Date | null
  citationCount: number
}

/** A reference as lists and citations show it. */
export function presentReferenceSummary({ snapshotSha256, ...row }: ReferenceSummaryRow): ReferenceSummary {
  const { id, type, title, author, publisher, issued, doi, url } = row
  return { id, type, title, author, publisher, issued, doi, url, hasSnapshot: snapshotSha256 !== null }
}

/** A whole reference as answers show it to the actor. */
export function presentReference(row: ReferenceRow, actor: Actor): ReferenceView {
  return {
    ...presentReferenceSummary(row),
    csl: cslSchema.parse(row.csl),
    snapshotText: row.snapshotText,
    snapshotSha256: row.snapshotSha256,
    snapshotAt: row.snapshotAt?.toISOString() ?? null,
    citationCount: row.citationCount,
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    may: { update: mayDo(actor, 'reference.update'), delete: mayDo(actor, 'reference.delete') },
  }
}

/** The columns that say where a quote stands in its reference's snapshot; null for nowhere. */
export function quotePlaceColumns(place: QuotePlace | null) {
  return {
    quoteStart: place?.start ?? null,
    quoteEnd: place?.end ?? null,
    quoteDifferences: place?.differences.join(' ') ?? '',
  }
}
