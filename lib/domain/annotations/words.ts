import type { SentenceOutcome } from './coverage'
import type { Rating } from './rating'

/** What a rating is called in the interface. */
export const ratingNames: Record<Rating, string> = {
  sourced: 'Sourced',
  unsourced: 'Unsourced',
  contradicted: 'Contradicted',
  not_checkable: 'Not checkable',
}

/** What a sentence came to, in words. */
export const outcomeNames: Record<SentenceOutcome, string> = {
  sourced: 'sourced',
  unsourced: 'unsourced',
  contradicted: 'contradicted',
  not_checkable: 'not checkable',
  no_claim: 'no claim',
}
