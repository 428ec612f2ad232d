import { missingEvidence, type Rating, type Stance } from '../annotations/rating'
import type { QuoteCheck } from '../references/quote-check'
import type { RatedSpan } from '../claims/match-claims'

/** An annotation as a report reads it. */
export interface ReportAnnotation extends RatedSpan {
  exact: string
  rating: Rating
  disputed: boolean
  partial: boolean
  note: string
  citations: ReportCitation[]
}

/** A citation as a report reads it. */
export interface ReportCitation {
  id: string
  stance: Stance
  quote: string
  locator: string
  quoteCheck: QuoteCheck
  /** Where the quote stands in the reference's kept text, in UTF-16 code units; null when it was not found there. */
  quoteStart: number | null
  reference: { id: string; title: string; author: string; publisher: string; issued: string; url: string; doi: string }
}

/** What a claim comes to: a rating its reviewers share, or why it has none. */
export type ClaimOutcome = Rating | 'open' | 'incomplete'

/** Whether an annotation carries the evidence that its rating needs (law 5). */
export function isComplete(annotation: ReportAnnotation): boolean {
  return (
    missingEvidence(
      annotation.rating,
      annotation.citations.map((citation) => citation.stance),
    ) === null
  )
}

/**
 * The outcome of a matched claim. Annotations without the needed evidence do not speak; when none speaks the claim is `incomplete`,
 * when they differ it is `open`: no majority decides, that is for an adjudicator.
 */
export function assessClaim(annotations: readonly ReportAnnotation[]): ClaimOutcome {
  const [first, ...others] = annotations.filter(isComplete)
  if (first === undefined) return 'incomplete'
  return others.every((other) => other.rating === first.rating) ? first.rating : 'open'
}
