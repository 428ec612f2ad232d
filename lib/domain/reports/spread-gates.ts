/** The gates that depend on how many claims there are and how they are spread over documents: all that sums can tell. */
import type { Coverage, Gate } from './schema'

/** Below these a report shows counts and claims and no shares. */
export const minimumClaims = 30
/** See `minimumClaims`; documents as `effectiveDocuments` counts them. */
export const minimumDocuments = 5
/** Below this many documents with assessed claims a report says that its sample is small. */
const smallSampleBelow = 10
/** Below this share of decided sentences the report warns before anything else. */
export const minimumCoverage = 0.8

/** How the assessed claims of a source are spread over its documents. */
export interface ClaimSpread {
  coverage: Coverage
  reviewedDocuments: number
  assessed: number
  documentsWithClaims: number
  /** As `effectiveDocuments` counts them. */
  effectiveDocuments: number
  /** The assessed claims of the document that has the most. */
  mostAssessed: number
}

/** A number below `minimumDocuments` with one decimal, or with two where one would make it that limit. */
function belowMinimum(documents: number): string {
  const rounded = documents.toFixed(1)
  return Number(rounded) < minimumDocuments ? rounded : (Math.floor(documents * 100) / 100).toFixed(2)
}

/** Documents count by the claims that were assessed in them: five of which one has nearly all are hardly more than one. */
function tooFewDocuments({ documentsWithClaims, effectiveDocuments }: ClaimSpread): Gate[] {
  if (effectiveDocuments >= minimumDocuments) return []
  const says =
    documentsWithClaims < minimumDocuments
      ? `Too few documents for shares: ${documentsWithClaims} of at least ${minimumDocuments} have assessed claims.`
      : `Too few documents for shares: the claims of ${documentsWithClaims} documents are spread so unevenly that they weigh like ${belowMinimum(effectiveDocuments)} of equal size; at least ${minimumDocuments} are needed.`
  return [{ code: 'too-few-documents', says }]
}

/** What forbids shares, as one sentence each: too few claims, too few documents. */
export function withholdingGates(spread: ClaimSpread): Gate[] {
  const { assessed } = spread
  const tooFewClaims: Gate = {
    code: 'too-few-claims',
    says: `Too few claims for shares: ${assessed} of at least ${minimumClaims} are assessed.`,
  }
  return [...(assessed < minimumClaims ? [tooFewClaims] : []), ...tooFewDocuments(spread)]
}

/** Says that too few sentences of the documents that were opened are decided. */
export function lowCoverage({ coverage: { decided, checkable } }: ClaimSpread): Gate[] {
  if (checkable === 0 || decided / checkable >= minimumCoverage) return []
  const says = `Only ${decided} of ${checkable} checkable sentences are decided in the documents that were opened; the rest could change every figure.`
  return [{ code: 'low-coverage', says }]
}

/** Says that most of the claims come from one document, so that the figures speak of it more than of the others. */
export function oneDocument({ assessed, mostAssessed, reviewedDocuments }: ClaimSpread): Gate[] {
  if (reviewedDocuments < 2 || mostAssessed * 2 <= assessed) return []
  const says = `${mostAssessed} of ${assessed} assessed claims stand in one document: the figures speak of it more than of all the others together.`
  return [{ code: 'one-document', says }]
}

/** Says that there are shares, of few documents. */
export function smallSample({ documentsWithClaims }: ClaimSpread): Gate[] {
  if (documentsWithClaims < minimumDocuments || documentsWithClaims >= smallSampleBelow) return []
  const says = `Small sample: with claims from ${documentsWithClaims} documents the intervals are widened accordingly.`
  return [{ code: 'small-sample', says }]
}
