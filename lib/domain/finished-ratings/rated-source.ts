import type { Interval, ShareEstimate } from '../statistics/intervals'
import type { RatingsAgreement } from './ratings-agreement'
import type { FinishedRating } from './read-ratings'

/**
 * How ratings are counted. `renamed`: ratings counted under another name; those given the same name are merged. `leftOut`: ratings in no share, such
 * as “no factual content”, by the name under which they are counted. `ignored`: entries that are not ratings, such as “skipped”. `alike`: the
 * clusters that widen intervals: documents alone, or days.
 */
export interface RatingChoices {
  renamed: ReadonlyMap<string, string>
  leftOut: readonly string[]
  ignored?: readonly string[]
  alike: 'nothing' | 'date'
}

/**
 * One rating of a source: its number of items and its share. There is no share where the rating is left out of shares, or where a gate withholds
 * them. `plain` is Wilson’s interval for items that are independent of each other.
 */
export interface RatedShare {
  rating: string
  count: number
  estimate: ShareEstimate | null
  plain: Interval | null
}

/** Why shares of the source are withheld or must be read with care. */
export interface RatingsGate {
  code: 'too-few-items' | 'too-few-documents' | 'small-sample'
  says: string
}

/** The first and the last day of the rated items, and how many have no day of the form 2026-11-30. Null where none has one. */
export interface RatedPeriod {
  from: string
  to: string
  undated: number
}

/**
 * The figures of one source from finished ratings. An item is a document, or something in it. Items whose raters have no plurality are `tied`, and in
 * no share.
 */
export interface RatedSource {
  source: string
  documents: number
  items: number
  inShares: number
  tied: number
  period: RatedPeriod | null
  shares: RatedShare[]
  gates: RatingsGate[]
  /** Null where nothing was rated twice. */
  agreement: RatingsAgreement | null
}

/** An item with all ratings that it got, under the names by which they are counted. `rating` is null where no rating leads. */
export interface RatedItem {
  document: string
  date: string
  rating: string | null
  ratings: string[]
}

function plural(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`
}

/** Statements about agreement. */
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

/** Sentences on what a file's ratings do not show. */
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
