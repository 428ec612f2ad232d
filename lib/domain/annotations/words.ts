import type { Rating } from './rating'

/** What a rating is called in the interface. */
export const ratingNames: Record<Rating, string> = {
  sourced: 'Sourced',
  unsourced: 'Unsourced',
  contradicted: 'Contradicted',
  not_checkable: 'Not checkable',
}
