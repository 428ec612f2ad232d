import { estimateShare, wilsonInterval, type Cluster, type Interval, type ShareEstimate } from '../statistics/intervals'
import type { FinishedRating } from './read-ratings'

/** How ratings are counted. `renamed`: ratings that are counted under another name, several of them together where they share it. `leftOut`: ratings that are in no share, such as “no factual content”. `alike`: what makes documents alike, which widens intervals. */
export interface RatingChoices {
  renamed: ReadonlyMap<string, string>
  leftOut: readonly string[]
  alike: 'nothing' | 'date'
}

/** One rating of a source: how many documents have it and, where it is in the shares, its share. `plain` is Wilson’s interval for independent documents. */
export interface RatedShare {
  rating: string
  count: number
  estimate: ShareEstimate | null
  plain: Interval | null
}

/** What finished ratings say of one source. Documents on whose rating their raters do not agree by plurality are `tied`, and in no share. */
export interface RatedSource {
  source: string
  documents: number
  inShares: number
  tied: number
  shares: RatedShare[]
}

/** A report from finished ratings: what they support, and in sentences what they do not. */
export interface RatingsReport {
  sources: RatedSource[]
  cannotSay: string[]
}

interface RatedDocument {
  date: string
  /** Null when no rating leads. */
  rating: string | null
  raters: number
}

function pluralityOf(ratings: readonly string[]): string | null {
  const counts = new Map<string, number>()
  for (const rating of ratings) counts.set(rating, (counts.get(rating) ?? 0) + 1)
  const most = Math.max(...counts.values())
  const leading = [...counts].filter(([, count]) => count === most)
  return leading.length === 1 ? (leading[0]?.[0] ?? null) : null
}

function addTo<T>(groups: Map<string, T[]>, key: string, item: T): void {
  const group = groups.get(key)
  if (group === undefined) groups.set(key, [item])
  else group.push(item)
}

function documentsOf(ratings: readonly FinishedRating[], { renamed }: RatingChoices): RatedDocument[] {
  const byDocument = new Map<string, FinishedRating[]>()
  for (const rating of ratings) addTo(byDocument, rating.document, rating)
  return [...byDocument.values()].map((own) => ({
    date: own[0]?.date ?? '',
    rating: pluralityOf(own.map(({ rating }) => renamed.get(rating) ?? rating)),
    raters: own.length,
  }))
}

function clustersOf(documents: readonly RatedDocument[], is: string, alike: RatingChoices['alike']): Cluster[] {
  const clusters = new Map<string, Cluster>()
  for (const [place, { rating, date }] of documents.entries()) {
    const key = alike === 'date' && date !== '' ? date : `document ${place}`
    const cluster = clusters.get(key) ?? { count: 0, of: 0 }
    clusters.set(key, { count: cluster.count + (rating === is ? 1 : 0), of: cluster.of + 1 })
  }
  return [...clusters.values()]
}

function reportSource(
  source: string,
  documents: readonly RatedDocument[],
  { leftOut, alike }: RatingChoices,
): RatedSource {
  const settled = documents.filter(({ rating }) => rating !== null)
  const inShares = settled.filter(({ rating }) => rating !== null && !leftOut.includes(rating))
  const names = [...new Set(settled.flatMap(({ rating }) => rating ?? []))].sort()
  return {
    source,
    documents: documents.length,
    inShares: inShares.length,
    tied: documents.length - settled.length,
    shares: names.map((rating) => {
      const count = settled.filter((document) => document.rating === rating).length
      if (leftOut.includes(rating) || inShares.length === 0) return { rating, count, estimate: null, plain: null }
      return {
        rating,
        count,
        estimate: estimateShare(clustersOf(inShares, rating, alike)),
        plain: wilsonInterval(count / inShares.length, inShares.length),
      }
    }),
  }
}

function cannotSay(documents: readonly RatedDocument[], { alike }: RatingChoices): string[] {
  const twice = documents.filter(({ raters }) => raters > 1).length
  return [
    twice === 0
      ? 'No agreement data: every document has one rating, so nothing says how another person would have rated it.'
      : `${twice} of ${documents.length} documents have more than one rating: how far raters agree is not computed here.`,
    'No evidence: the file says what was rated, and not why.',
    'No coverage and no sample: the file does not say which documents could have been rated, or how these were chosen.',
    alike === 'date'
      ? 'Documents of one day are taken for alike, which widens the intervals.'
      : 'Documents are taken for independent of each other: where they are alike, the intervals are too narrow.',
  ]
}

/** What finished ratings support, source by source in the order of their names: counts, and shares each with its n and interval. */
export function reportRatings(ratings: readonly FinishedRating[], choices: RatingChoices): RatingsReport {
  const bySource = new Map<string, FinishedRating[]>()
  for (const rating of ratings) addTo(bySource, rating.source, rating)
  const rated = [...bySource]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([source, own]) => ({ source, documents: documentsOf(own, choices) }))
  return {
    sources: rated.map(({ source, documents }) => reportSource(source, documents, choices)),
    cannotSay: cannotSay(
      rated.flatMap(({ documents }) => documents),
      choices,
    ),
  }
}
