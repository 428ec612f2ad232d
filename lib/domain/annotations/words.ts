import type { SentenceOutcome } from './coverage'
import type { Rating } from './rating'

/** The name of each rating in the interface. */
export const ratingNames: Record<Rating, string> = {
  sourced: 'Sourced',
  unsourced: 'Unsourced',
  contradicted: 'Contradicted',
  not_checkable: 'Not checkable',
}

/** The outcome of a sentence, in words. */
export const outcomeNames: Record<SentenceOutcome, string> = {
  sourced: 'sourced',
  unsourced: 'unsourced',
  contradicted: 'contradicted',
  not_checkable: 'not checkable',
  no_claim: 'no claim',
}
