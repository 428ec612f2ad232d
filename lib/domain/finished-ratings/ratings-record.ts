import { sha256 } from '../frozen-reports/sha256'
import { writeCsv, type Cell } from '../interchange/csv'
import {
  cannotSay,
  type RatingChoices,
  type RatedItem,
  type RatedPeriod,
  type RatedSource,
  type RatingsGate,
} from './rated-source'
import { measureRatingsAgreement, type RatingsAgreement, type ComparedItem } from './ratings-agreement'
import {
  ratingFields,
  type ReadRatings,
  type RatingColumns,
  type UnusableRow,
  type FinishedRating,
} from './read-ratings'
import {
  effectiveDocuments,
  estimateShare,
  wilsonInterval,
  minimumClaims,
  minimumDocuments,
  type Cluster,
} from '../statistics/intervals'
import { groupBy } from './group-by'

/** A report from finished ratings: the figures that they support, and sentences on what they do not show. */
interface RatingsReport {
  sources: RatedSource[]
  /** Agreement over all sources together; null where nothing was rated twice. */
  agreement: RatingsAgreement | null
  ignored: number
  cannotSay: string[]
}

function pluralityOf(ratings: readonly string[]): string | null {
  const counts = [...groupBy(ratings, (rating) => rating)].map(([rating, { length }]) => ({ rating, length }))
  const most = Math.max(...counts.map(({ length }) => length))
  const leading = counts.filter(({ length }) => length === most)
  return leading.length === 1 ? (leading[0]?.rating ?? null) : null
}

function itemsOf(ratings: readonly FinishedRating[], { renamed }: RatingChoices): RatedItem[] {
  const keyOf = ({ document, item }: FinishedRating) => `${document.length}:${document}${item}`
  return [...groupBy(ratings, keyOf).values()].map((own) => {
    const counted = own.map(({ rating }) => renamed.get(rating) ?? rating)
    const date = own.find((rating) => rating.date !== '')?.date ?? ''
    return { document: own[0]?.document ?? '', date, rating: pluralityOf(counted), ratings: counted }
  })
}

/** The key of an item's cluster. */
function clusterOf({ document, date }: RatedItem, alike: RatingChoices['alike']): string {
  return alike === 'date' && date !== '' ? `day ${date}` : `document ${document}`
}

function clustersOf(items: readonly RatedItem[], is: string, alike: RatingChoices['alike']): Cluster[] {
  return [...groupBy(items, (item) => clusterOf(item, alike)).values()].map((own) => {
    return { count: own.filter(({ rating }) => rating === is).length, of: own.length }
  })
}

function periodOf(items: readonly RatedItem[]): RatedPeriod | null {
  const days = items.flatMap(({ date }) => /^\d{4}(-\d{2}(-\d{2})?)?(?=$|[T ])/.exec(date)?.[0] ?? []).sort()
  const [from] = days
  const to = days.at(-1)
  return from === undefined || to === undefined ? null : { from, to, undated: items.length - days.length }
}

/** Withholds shares as in a report on a review: with few items, or items of few documents, there are counts only. */
function gatesOf(inShares: readonly RatedItem[]): RatingsGate[] {
  const sizes = [...groupBy(inShares, ({ document }) => document).values()].map(({ length }) => length)
  const gates: RatingsGate[] = []
  if (inShares.length < minimumClaims) {
    const says = `Too few items for shares: ${inShares.length} of at least ${minimumClaims}. Their counts are given instead.`
    gates.push({ code: 'too-few-items', says })
  }
  const effective = effectiveDocuments(sizes)
  if (effective < minimumDocuments) {
    const uneven = sizes.length < minimumDocuments ? '' : ` that weigh like ${effective.toFixed(1)} of equal size`
    const says = `Too few documents for shares: ${sizes.length}${uneven}, and at least ${minimumDocuments} are needed.`
    gates.push({ code: 'too-few-documents', says })
  }
  if (gates.length === 0 && sizes.length < 10) {
    const says = `Small sample: the intervals are widened because the items come from ${sizes.length} documents.`
    gates.push({ code: 'small-sample', says })
  }
  return gates
}

function comparedOf(items: readonly RatedItem[], { alike }: RatingChoices): RatingsAgreement | null {
  if (items.every(({ ratings }) => ratings.length < 2)) return null
  const compared = items.map((item): ComparedItem => ({ cluster: clusterOf(item, alike), ratings: item.ratings }))
  return measureRatingsAgreement(
    compared,
    alike === 'date' ? { one: 'day', many: 'days' } : { one: 'document', many: 'documents' },
  )
}

function reportSource(source: string, items: readonly RatedItem[], choices: RatingChoices): RatedSource {
  const { leftOut, alike } = choices
  const settled = items.filter(({ rating }) => rating !== null)
  const inShares = settled.filter(({ rating }) => rating !== null && !leftOut.includes(rating))
  const names = [...new Set(settled.flatMap(({ rating }) => rating ?? []))].sort()
  const gates = gatesOf(inShares)
  const isWithheld = gates.some(({ code }) => code !== 'small-sample')
  return {
    source,
    documents: new Set(items.map(({ document }) => document)).size,
    items: items.length,
    inShares: inShares.length,
    tied: items.length - settled.length,
    period: periodOf(items),
    shares: names.map((rating) => {
      const count = settled.filter((item) => item.rating === rating).length
      if (leftOut.includes(rating) || isWithheld) return { rating, count, estimate: null, plain: null }
      return {
        rating,
        count,
        estimate: estimateShare(clustersOf(inShares, rating, alike)),
        plain: wilsonInterval(count / inShares.length, inShares.length),
      }
    }),
    gates,
    agreement: comparedOf(items, choices),
  }
}

/** Computes the report from finished ratings, sources sorted by name: counts, and shares each with its n and interval. */
export function reportRatings(all: readonly FinishedRating[], choices: RatingChoices): RatingsReport {
  const ratings = all.filter(({ rating }) => !(choices.ignored ?? []).includes(rating))
  const rated = [...groupBy(ratings, ({ source }) => source)]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([source, own]) => ({ source, items: itemsOf(own, choices) }))
  // The same document name under two sources means two documents.
  const together = rated.flatMap(({ source, items }) =>
    items.map((item) => ({ ...item, document: `${source.length}:${source}${item.document}` })),
  )
  const sources = rated.map(({ source, items }) => reportSource(source, items, choices))
  return {
    sources,
    agreement: comparedOf(together, choices),
    ignored: all.length - ratings.length,
    cannotSay: cannotSay({ ratings, items: together, sources, choices }),
  }
}

/** The version of the method. It changes whenever the same file and choices could give another figure. */
const ratingsMethodVersion = '2.0'

/** The most unusable rows that a record lists. It counts all of them. */
const mostListed = 1_000

/** A report from finished ratings with everything needed to compute it again from the same file. */
export interface RatingsRecord extends RatingsReport {
  format: 'sourcemark-ratings/1'
  methodVersion: string
  /** `sha256` of its bytes. `rows` counts the rows that could have a rating, `used` those that were used. */
  file: { name: string; sha256: string; rows: number; used: number }
  /** The column of each field. Where no column names the source, the one name of all rows. */
  columns: RatingColumns
  choices: {
    renamed: Record<string, string>
    leftOut: readonly string[]
    ignored: readonly string[]
    alike: RatingChoices['alike']
  }
  /** `count` is the number of all unusable rows; `listed` has the first of them. */
  unusable: { count: number; listed: readonly UnusableRow[] }
}

/** Makes the record of a file that was read, for the command line and the page alike. */
export function makeRatingsRecord({
  file,
  read,
  columns,
  choices,
}: {
  file: { name: string; bytes: Uint8Array }
  read: Extract<ReadRatings, { ok: true }>
  columns: RatingColumns
  choices: RatingChoices
}): RatingsRecord {
  const { renamed, leftOut, ignored = [], alike } = choices
  const { ratings, unusable, rows } = read
  const report = reportRatings(ratings, choices)
  return {
    format: 'sourcemark-ratings/1',
    methodVersion: ratingsMethodVersion,
    file: { name: file.name, sha256: sha256(file.bytes), rows, used: ratings.length - report.ignored },
    columns,
    choices: { renamed: Object.fromEntries(renamed), leftOut, ignored, alike },
    unusable: { count: unusable.length, listed: unusable.slice(0, mostListed) },
    ...report,
  }
}

const csvHeader = [
  'source',
  'rating',
  'count',
  'of',
  'share',
  'low',
  'high',
  'low (independent items)',
  'high (independent items)',
  'documents',
  'items',
  'tied items',
  'from',
  'to',
  'alpha of the source',
  'alpha low',
  'alpha high',
  'items rated twice',
  'says',
]

function endsOf(interval: { low: number; high: number } | null): Cell[] {
  return interval === null ? [null, null] : [interval.low, interval.high]
}

function agreementCells(agreement: RatingsAgreement | null): Cell[] {
  if (agreement === null) return [null, null, null, 0]
  return [agreement.alpha, ...endsOf(agreement.interval), agreement.ratedTwice]
}

/** The shares of a record, one row per rating and source. A withheld share is empty, and `says` gives the reason. */
export function recordAsCsv({ sources }: Pick<RatingsRecord, 'sources'>): string {
  const rows = sources.flatMap(({ source, documents, items, tied, period, shares, gates, agreement }) =>
    shares.map(({ rating, count, estimate, plain }): Cell[] => [
      source,
      rating,
      count,
      ...(estimate === null ? [null, null] : [estimate.of, estimate.share]),
      ...endsOf(estimate),
      ...endsOf(plain),
      documents,
      items,
      tied,
      ...(period === null ? [null, null] : [period.from, period.to]),
      ...agreementCells(agreement),
      gates.map(({ says }) => says).join(' '),
    ]),
  )
  return writeCsv(csvHeader, rows)
}

/** The fields that a record took from columns, in words: “rating from Rating, document from post_id”. */
export function columnsInWords(columns: RatingColumns): string {
  const taken = ratingFields.flatMap((field) => {
    const column = columns[field]
    if (column !== null) return [`${field} from “${column}”`]
    return field === 'source' ? [`source “${columns.sourceName}” for all`] : []
  })
  return taken.join(', ')
}
