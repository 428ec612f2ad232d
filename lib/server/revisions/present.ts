import { z } from 'zod'
import type { RevisionSummary, RevisionView, ScopeChangeView } from '@/lib/domain/documents/schema'
import { fitContent } from '@/lib/domain/text/cut-content'
import type { RevisionOrigin } from '../db/generated/sqlite/client'
import { presentScopeChange, type ScopeChangeRow } from './scope-changes'

/** The columns a revision's summary is presented from. */
export const revisionSummaryColumns = {
  id: true,
  number: true,
  sha256: true,
  wordCount: true,
  sentenceCount: true,
  checkableCount: true,
  origin: true,
  createdAt: true,
  original: { select: { mediaType: true, encoding: true, fileName: true, sha256: true } },
  fetch: { select: { requestedUrl: true, url: true, status: true, headers: true, fetchedAt: true } },
} as const

/** A row read with `revisionSummaryColumns`. */
export interface RevisionSummaryRow {
  id: string
  number: number
  sha256: string
  wordCount: number
  sentenceCount: number
  checkableCount: number
  origin: RevisionOrigin
  createdAt: Date
  original: Omit<NonNullable<RevisionSummary['original']>, 'byteLength'> | null
  fetch: { requestedUrl: string; url: string; status: number; headers: unknown; fetchedAt: Date } | null
}

/** A row of a whole revision. */
export interface RevisionRow {
  id: string
  documentId: string
  number: number
  content: unknown
  text: string
  sha256: string
  sentences: unknown
  wordCount: number
  origin: RevisionOrigin
  createdAt: Date
  scopeChanges: ScopeChangeRow[]
}

const headersSchema = z.record(z.string(), z.string())
const sentencesSchema = z.array(z.number().int())

/** A revision as a document's history lists it. `byteLength` is that of its original. */
export function presentRevisionSummary(
  { fetch, original, ...row }: RevisionSummaryRow,
  byteLength: number,
): RevisionSummary {
  const fetched = fetch && {
    ...fetch,
    headers: headersSchema.parse(fetch.headers),
    fetchedAt: fetch.fetchedAt.toISOString(),
  }
  return {
    ...row,
    original: original && { ...original, byteLength },
    fetched,
    createdAt: row.createdAt.toISOString(),
  }
}

/**
 * A whole revision. Its content was checked against the schema of its time when it was stored; what the schema of today does not know is shown as plain
 * text and named in `leftOut`. Only kinds are looked at: checking 150,000 words again at each opening would cost more than reading them.
 */
export function presentRevision(row: RevisionRow): RevisionView {
  const scopeChanges: ScopeChangeView[] = row.scopeChanges.map(presentScopeChange)
  return {
    id: row.id,
    documentId: row.documentId,
    number: row.number,
    ...fitContent(row.content, row.text),
    text: row.text,
    sha256: row.sha256,
    sentences: sentencesSchema.parse(row.sentences),
    wordCount: row.wordCount,
    scopeChanges,
    origin: row.origin,
    createdAt: row.createdAt.toISOString(),
  }
}
