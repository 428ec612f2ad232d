import { missingEvidence, type Rating } from '../annotations/rating'
import type { ReportAnnotation } from './input-schema'

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
