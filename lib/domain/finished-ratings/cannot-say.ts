import type { FinishedRating } from './read-ratings'
import type { RatedItem, RatedSource, RatingChoices } from './rated-source'

function plural(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`
}

/** What can be said of agreement. */
function aboutAgreement(ratings: readonly FinishedRating[], items: readonly RatedItem[]): string[] {
  const twice = items.filter((item) => item.ratings.length > 1).length
  const raters = new Set(ratings.flatMap(({ rater }) => (rater === '' ? [] : [rater])))
  if (twice === 0) {
    return [
      raters.size === 1
        ? 'No agreement data: one rater rated everything, so nothing says how another person would have rated it.'
        : 'No agreement data: everything has one rating, so nothing says how another person would have rated it.',
    ]
  }
  const unnamed = ratings.filter(({ rater }) => rater === '').length
  const says = [
    'The file does not say whether raters knew each other’s ratings. Where they did, the agreement says nothing of how alike they judge.',
  ]
  if (unnamed > 0) {
    says.push(
      `${plural(unnamed, 'rating names', 'ratings name')} no rater. Several such ratings of one item are taken for those of different people.`,
    )
  }
  return says
}

/** What the ratings of a file do not say, in sentences. */
export function cannotSay({
  ratings,
  items,
  sources,
  choices: { alike, renamed },
}: {
  ratings: readonly FinishedRating[]
  items: readonly RatedItem[]
  sources: readonly RatedSource[]
  choices: RatingChoices
}): string[] {
  const says = [
    ...aboutAgreement(ratings, items),
    'No evidence: the file says what was rated, and not why.',
    'No coverage and no sample: the file does not say which documents could have been rated, or how these were chosen.',
    alike === 'date'
      ? 'Documents of one day are taken for alike, which widens the intervals.'
      : 'Documents are taken for independent of each other: where they are alike, the intervals are too narrow.',
  ]
  const undated = sources.reduce((sum, source) => sum + (source.period?.undated ?? source.items), 0)
  if (undated > 0) {
    says.push(
      undated === items.length
        ? 'No period: the file has no dates of the form 2026-11-30.'
        : `${plural(undated, 'item has', 'items have')} no date of the form 2026-11-30 and may lie outside of the period.`,
    )
  }
  if ([...renamed].some(([from, to]) => from !== to)) {
    says.push('Ratings were given other names here. What their raters meant by their own words can differ.')
  }
  return says
}
