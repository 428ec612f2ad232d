import type { QuotePlace } from '@/lib/domain/references/locate-quote'
import { DomainError } from '@/lib/domain/errors'
import { keptFileSchema, maxPageStarts, type KeptFile, type ReadText } from '@/lib/domain/references/kept-file'
import { cslSchema, maxSnapshotLength, type ReferenceSummary, type ReferenceView } from '@/lib/domain/references/schema'
import type { StorableDocument } from '../reading/storable-document'
import { mayDo, type Actor } from '../access/gate'

/** The parts of a cited reference that a report prints. */
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

/** The columns a reference's summary is presented from; the snapshot's text is not read. */
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
  snapshotFile: true,
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
  snapshotFile: unknown
  version: number
  createdAt: Date
  updatedAt: Date
  deletedAt: Date | null
  citationCount: number
}

/** Presents a reference for lists and citations. */
export function presentReferenceSummary({ snapshotSha256, ...row }: ReferenceSummaryRow): ReferenceSummary {
  const { id, type, title, author, publisher, issued, doi, url } = row
  return { id, type, title, author, publisher, issued, doi, url, hasSnapshot: snapshotSha256 !== null }
}

/** The file that the kept text of a row was read from; null when the text was typed or pasted, or there is none. */
export function readKeptFile({ snapshotFile }: Pick<ReferenceRow, 'snapshotFile'>): KeptFile | null {
  return snapshotFile === null ? null : keptFileSchema.parse(snapshotFile)
}

/**
 * Turns a file that was read into the kept text of a reference.
 * @throws DomainError `too-large` for more text than a reference keeps.
 */
export function presentReadText({ text, pages, original, ...read }: StorableDocument): ReadText {
  if (text.length > maxSnapshotLength) {
    const most = maxSnapshotLength.toLocaleString('en-GB')
    throw new DomainError(
      'too-large',
      `The file holds ${text.length.toLocaleString('en-GB')} characters; a reference keeps at most ${most}. Keep the part that you quote.`,
    )
  }
  const { title, author, publishedOn, language, notices } = read
  return {
    text,
    file: {
      name: original.fileName ?? '',
      mediaType: original.mediaType,
      sha256: original.sha256,
      pages: pages.slice(0, maxPageStarts),
    },
    title,
    author,
    publishedOn,
    language,
    notices,
  }
}

/** Presents a whole reference to the actor. */
export function presentReference(row: ReferenceRow, actor: Actor): ReferenceView {
  return {
    ...presentReferenceSummary(row),
    csl: cslSchema.parse(row.csl),
    snapshotText: row.snapshotText,
    snapshotSha256: row.snapshotSha256,
    snapshotAt: row.snapshotAt?.toISOString() ?? null,
    snapshotFile: readKeptFile(row),
    citationCount: row.citationCount,
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    may: { update: mayDo(actor, 'reference.update'), delete: mayDo(actor, 'reference.delete') },
  }
}

/** The columns for the place of a quote in its reference's snapshot; null where it was not found. */
export function quotePlaceColumns(place: QuotePlace | null) {
  return {
    quoteStart: place?.start ?? null,
    quoteEnd: place?.end ?? null,
    quoteDifferences: place?.differences.join(' ') ?? '',
  }
}
