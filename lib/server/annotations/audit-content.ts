import type { CitationInput } from '@/lib/domain/annotations/schema'
import { isSameJson } from '@/lib/domain/audit/changes'
import type { CitationRow } from './present'

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

/** A citation as the audit trail keeps it. */
export interface RecordedCitation {
  id: string
  referenceId: string
  stance: string
  quote: string
  locator: string
}

/** Citations as the audit trail keeps them. */
export function recordedCitations(citations: readonly CitationRow[]): RecordedCitation[] {
  return citations.map(({ id, stance, quote, locator, reference }) => ({
    id,
    referenceId: reference.id,
    stance,
    quote,
    locator,
  }))
}

/** The author's parts of a row, for comparing and for the audit trail. */
export function contentOf(
  row: Omit<AnnotationContent, 'citations'> & { citations: readonly CitationRow[] },
): AnnotationContent {
  const { start, end, exact, rating, disputed, partial, note, tags, citations } = row
  return { start, end, exact, rating, disputed, partial, note, tags, citations: recordedCitations(citations) }
}

/** Whether two lists of citations say the same; an id counts only where the caller gave one. Where a quote was taken from is not recorded. */
export function sameCitations(stored: readonly RecordedCitation[], sent: readonly CitationInput[]): boolean {
  if (stored.length !== sent.length) return false
  return stored.every(({ id: storedId, ...rest }, place) => {
    const { id, quoteStart: _quoteStart, ...citation } = sent[place] ?? {}
    return isSameJson(rest, citation) && (id === undefined || id === storedId)
  })
}
