import type { Interval, ShareEstimate } from '../statistics/intervals'
import type { RatingsAgreement } from './ratings-agreement'

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
