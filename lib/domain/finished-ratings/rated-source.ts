import type { Interval, ShareEstimate } from '../statistics/intervals'
import type { RatingsAgreement } from './ratings-agreement'
import type { FinishedRating } from './read-ratings'

/**
 * How ratings are counted. `renamed`: ratings that are counted under another name, several of them together where they share it. `leftOut`: ratings, by the name
 * that they are counted under, that are in no share, such as “no factual content”. `ignored`: entries that are no ratings, such as “skipped”. `alike`: what
 * makes items alike, which widens intervals: their document alone, or the day.
 */
export interface RatingChoices {
  renamed: ReadonlyMap<string, string>
  leftOut: readonly string[]
  ignored?: readonly string[]
  alike: 'nothing' | 'date'
}

/**
 * One rating of a source: how many items have it and its share. There is no share where the rating is in none, or where a gate withholds shares. `plain` is
 * Wilson’s interval for items that are independent of each other.
 */
export interface RatedShare {
  rating: string
  count: number
  estimate: ShareEstimate | null
  plain: Interval | null
}

/** What withholds the shares of a source, or asks for care. */
export interface RatingsGate {
  code: 'too-few-items' | 'too-few-documents' | 'small-sample'
  says: string
}

/** Between which days the rated items are dated, and how many have no day of the form 2026-11-30. Null where none has one. */
export interface RatedPeriod {
  from: string
  to: string
  undated: number
}

/**
 * What finished ratings say of one source. An item is what was rated: a document, or something in it. Items on whose rating their raters do not agree by
 * plurality are `tied`, and in no share.
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

/** What was rated, with all ratings that it got, under the names that they are counted by. `rating` is null where none leads. */
export interface RatedItem {
  document: string
  date: string
  rating: string | null
  ratings: string[]
}

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
