/** The fixed handful of highlights that everything is drawn with; `reader.css` styles each by name. */
import { ratings, type Rating } from '@/lib/domain/annotations/rating'

/** How many spans lie over a place: one, two, three or more. */
export type Depth = 1 | 2 | 3

/** Reviewers' own marks have a ground and a line, others' marks the line alone. */
export type Owner = 'own' | 'other'

export function ratingHighlight(rating: Rating, owner: Owner, depth: Depth): string {
  return `sm-${rating}-${owner}-${String(depth)}`
}

/** The line above the words where a second rating lies under the first. */
export function secondHighlight(rating: Rating): string {
  return `sm-${rating}-second`
}

export const decidedHighlight = 'sm-decided'
export const sentenceHighlight = 'sm-sentence'
export const activeHighlight = 'sm-active'
export const pendingHighlight = 'sm-pending'

/** Every name, lowest first: later ones are drawn over earlier ones. */
export const highlightNames: readonly string[] = [
  sentenceHighlight,
  decidedHighlight,
  ...ratings.flatMap((rating) =>
    (['other', 'own'] as const).flatMap((owner) =>
      ([1, 2, 3] as const).map((depth) => ratingHighlight(rating, owner, depth)),
    ),
  ),
  ...ratings.map(secondHighlight),
  activeHighlight,
  pendingHighlight,
]
