import { claimsOfDocument, countClaims, coverageOfDocument } from '../report-claims'
import type { DocumentAdjudication } from '../input-schema'
import { defaultChoices, type AssessedRating, type ClaimCounts, type Coverage } from '../schema'

/** What a closed session settled about one document, as numbers. None is open: a session is closed when all of its claims are settled. */
export type KeptCounts = Omit<ClaimCounts, 'assessed' | 'open'> & Coverage

/** Counts what a session settled about a document, by the rules of a report that nobody chose anything for. */
export function keptCountsOf(adjudication: DocumentAdjudication): KeptCounts {
  const document = { annotations: [], decisions: [], checkable: [], adjudication }
  const { assessed: _assessed, open: _open, ...counts } = countClaims(claimsOfDocument(document), defaultChoices)
  return { ...counts, ...coverageOfDocument(document) }
}

/**
 * The sums of a source's `KeptCounts` over its documents. `documents` are those in which something was settled. Squares and products are of m claims
 * assessed in a document and y of a rating: Σ m², Σ y², Σ y m.
 */
export interface SourceSums extends KeptCounts {
  documents: number
  documentsWithClaims: number
  /** The assessed claims of the document that has the most. */
  mostAssessed: number
  assessedSquares: number
  squares: Record<AssessedRating, number>
  products: Record<AssessedRating, number>
}
