import { missingEvidence, type Rating, type Stance } from '@/lib/domain/annotations/rating'
import type { AnnotationView, CitationInput, CitationView } from '@/lib/domain/annotations/schema'
import { isSameJson } from '@/lib/domain/audit/changes'
import type { ScriptRun } from '@/lib/domain/text/quotation'
import { readDifferences } from '@/lib/domain/text/typography'
import { mayDo, type Actor } from '../access/gate'
import { presentReferenceSummary, type ReferenceSummaryRow } from '../references/present'

/** A citation's row with its reference. */
export interface CitationRow {
  id: string
  stance: Stance
  quote: string
  locator: string
  quoteStart: number | null
  quoteEnd: number | null
  quoteDifferences: string
  reference: ReferenceSummaryRow
}

/** An annotation's row with its author's name and its citations in order. */
export interface AnnotationRow {
  id: string
  revisionId: string
  authorId: string
  start: number
  end: number
  exact: string
  script?: ScriptRun[]
  rating: Rating
  disputed: boolean
  partial: boolean
  note: string
  tags: string[]
  version: number
  createdAt: Date
  updatedAt: Date
  deletedAt: Date | null
  author: { user: { name: string } }
  citations: CitationRow[]
}

function presentCitation({ reference, ...row }: CitationRow): CitationView {
  const { id, stance, quote, locator, quoteStart, quoteEnd } = row
  const differences = readDifferences(row.quoteDifferences)
  return {
    id,
    stance,
    quote,
    locator,
    quoteStart,
    quoteEnd,
    ...(differences.length === 0 ? {} : { quoteDifferences: differences }),
    reference: presentReferenceSummary(reference),
  }
}

/** Presents an annotation's row to the actor, with the evidence that its rating lacks. */
export function presentAnnotation(row: AnnotationRow, actor: Actor): AnnotationView {
  const own = row.authorId === actor.memberId
  return {
    id: row.id,
    revisionId: row.revisionId,
    author: { id: row.authorId, name: row.author.user.name },
    start: row.start,
    end: row.end,
    exact: row.exact,
    ...(row.script === undefined ? {} : { script: row.script }),
    rating: row.rating,
    disputed: row.disputed,
    partial: row.partial,
    note: row.note,
    tags: row.tags,
    citations: row.citations.map(presentCitation),
    missing: missingEvidence(
      row.rating,
      row.citations.map(({ stance }) => stance),
    ),
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    may: { update: own && mayDo(actor, 'annotation.update'), delete: own && mayDo(actor, 'annotation.delete') },
  }
}

/** The parts of an annotation that its author writes. */
export interface AnnotationContent {
  start: number
  end: number
  exact: string
  rating: string
  disputed: boolean
  partial: boolean
  note: string
  tags: readonly string[]
  citations: readonly RecordedCitation[]
}

/** A citation as the audit trail stores it. */
interface RecordedCitation {
  id: string
  referenceId: string
  stance: string
  quote: string
  locator: string
}

/** Citations as the audit trail stores them. */
export function recordedCitations(citations: readonly CitationRow[]): RecordedCitation[] {
  return citations.map(({ id, stance, quote, locator, reference }) => ({
    id,
    referenceId: reference.id,
    stance,
    quote,
    locator,
  }))
}

/** The parts of a row that its author writes, for comparing and for the audit trail. */
export function contentOf(
  row: Omit<AnnotationContent, 'citations'> & { citations: readonly CitationRow[] },
): AnnotationContent {
  const { start, end, exact, rating, disputed, partial, note, tags, citations } = row
  return { start, end, exact, rating, disputed, partial, note, tags, citations: recordedCitations(citations) }
}

/** Whether two lists of citations are equal. An id is compared only where the caller gave one. Where a quote was taken from is not recorded. */
export function sameCitations(stored: readonly RecordedCitation[], sent: readonly CitationInput[]): boolean {
  if (stored.length !== sent.length) return false
  return stored.every(({ id: storedId, ...rest }, place) => {
    const { id, quoteStart: _quoteStart, ...citation } = sent[place] ?? {}
    return isSameJson(rest, citation) && (id === undefined || id === storedId)
  })
}
