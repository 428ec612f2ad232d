import { missingEvidence, type Rating } from '../annotations/rating'
import type { ReportAnnotation, ReportCitation } from './input-schema'

/** What a claim comes to: a rating its reviewers share, or why it has none. */
export type ClaimOutcome = Rating | 'open' | 'incomplete'

/**
 * Whether a rating carries the evidence that a report asks for: what law 5 wants and, for `contradicted`, the words that contradict the claim. Nobody
 * is said to be contradicted by a record that is not quoted.
 */
export function carriesEvidence(
  rating: Rating,
  citations: readonly Pick<ReportCitation, 'stance' | 'quote'>[],
): boolean {
  const stances = citations.map(({ stance }) => stance)
  if (missingEvidence(rating, stances) !== null) return false
  return (
    rating !== 'contradicted' || citations.some(({ stance, quote }) => stance === 'contradicts' && quote.trim() !== '')
  )
}

/** Whether an annotation carries the evidence that its rating needs. */
export function isComplete({ rating, citations }: ReportAnnotation): boolean {
  return carriesEvidence(rating, citations)
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
