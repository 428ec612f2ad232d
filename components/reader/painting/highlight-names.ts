/** The fixed set of highlights used for all drawing; `highlights.css` styles each by name. */
import { ratings, type Rating } from '@/lib/domain/annotations/rating'

/** The number of spans over a place: one, two, three or more. */
export type Depth = 1 | 2 | 3

/** Reviewers' own marks have a background and a line, others' marks the line alone. */
export type Owner = 'own' | 'other'

export function ratingHighlight(rating: Rating, owner: Owner, depth: Depth): string {
  return ratingNames[rating][owner][depth]
}

// A table, because names are looked up thousands of times a second while the text scrolls.
const ratingNames: Record<Rating, Record<Owner, Record<Depth, string>>> = {
  sourced: namesOf('sourced'),
  unsourced: namesOf('unsourced'),
  contradicted: namesOf('contradicted'),
  not_checkable: namesOf('not_checkable'),
}

function namesOf(rating: Rating): Record<Owner, Record<Depth, string>> {
  const byDepth = (owner: Owner) => ({
    1: `sm-${rating}-${owner}-1`,
    2: `sm-${rating}-${owner}-2`,
    3: `sm-${rating}-${owner}-3`,
  })
  return { own: byDepth('own'), other: byDepth('other') }
}

/** The second line under words where a mark of another rating is beneath the first. */
export function secondHighlight(rating: Rating): string {
  return `sm-${rating}-second`
}

/** The open mark, which keeps its rating's colour. */
export function activeHighlight(rating: Rating): string {
  return `sm-active-${rating}`
}

export const decidedHighlight = 'sm-decided'
/** The words of open discussions, and those of the discussion that is shown. */
export const commentedHighlight = 'sm-commented'
export const commentedNowHighlight = 'sm-commented-now'
export const foundHighlight = 'sm-found'
export const foundNowHighlight = 'sm-found-now'
export const sentenceHighlight = 'sm-sentence'
export const pendingHighlight = 'sm-pending'

/** All names, lowest first: later ones are drawn over earlier ones. */
export const highlightNames: readonly string[] = [
  sentenceHighlight,
  decidedHighlight,
  ...ratings.flatMap((rating) =>
    (['other', 'own'] as const).flatMap((owner) =>
      ([1, 2, 3] as const).map((depth) => ratingHighlight(rating, owner, depth)),
    ),
  ),
  ...ratings.map(secondHighlight),
  ...ratings.map(activeHighlight),
  commentedHighlight,
  commentedNowHighlight,
  foundHighlight,
  foundNowHighlight,
  pendingHighlight,
]
