import type { ReportCitation } from '@/lib/domain/reports/input-schema'
import { checkOfQuote } from '@/lib/domain/references/quote-check'
import { readDifferences } from '@/lib/domain/text/typography'

/** The columns of a mark's citation that a report reads. */
export const annotationCitationColumns = {
  id: true,
  annotationId: true,
  referenceId: true,
  stance: true,
  quote: true,
  locator: true,
  quoteStart: true,
  quoteDifferences: true,
} as const

interface CitationRow extends Pick<ReportCitation, 'id' | 'stance' | 'quote' | 'locator' | 'quoteStart'> {
  annotationId: string
  referenceId: string
  quoteDifferences: string
}

type ReferenceRow = Omit<ReportCitation['reference'], 'snapshotAt'> & { snapshotAt: Date | null }

/** Citations as a report reads them, by the mark that they belong to. One whose reference is not among `references` is left out. */
export function citationsByAnnotation({
  citations,
  references,
}: {
  citations: readonly CitationRow[]
  references: readonly ReferenceRow[]
}): ReadonlyMap<string, ReportCitation[]> {
  const referenceOf = new Map(references.map((reference) => [reference.id, reference]))
  const found = new Map<string, ReportCitation[]>()
  for (const { id, annotationId, referenceId, stance, quote, locator, quoteStart, quoteDifferences } of citations) {
    const known = referenceOf.get(referenceId)
    if (known === undefined) continue
    const reference = { ...known, snapshotAt: known.snapshotAt?.toISOString() ?? null }
    const place = quoteStart === null ? null : { differences: readDifferences(quoteDifferences) }
    const quoteCheck = checkOfQuote({ quote, hasSnapshot: known.snapshotSha256 !== null, place })
    const citation = { id, stance, quote, locator, quoteCheck, quoteStart, reference }
    const own = found.get(annotationId)
    if (own === undefined) found.set(annotationId, [citation])
    else own.push(citation)
  }
  return found
}
