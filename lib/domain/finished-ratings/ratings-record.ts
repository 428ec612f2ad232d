import { sha256 } from '../frozen-reports/sha256'
import { writeCsv, type Cell } from '../interchange/csv'
import type { RatingChoices } from './rated-source'
import type { RatingsAgreement } from './ratings-agreement'
import { ratingFields, type ReadRatings, type RatingColumns, type UnusableRow } from './read-ratings'
import { reportRatings, type RatingsReport } from './report-ratings'

/** Changes whenever a figure could come out differently for the same file and choices. */
const ratingsMethodVersion = '2.0'

/** The most unusable rows that a record lists; it counts all of them. */
const mostListed = 1_000

/** A report from finished ratings with everything needed to compute it again from the same file. */
export interface RatingsRecord extends RatingsReport {
  format: 'sourcemark-ratings/1'
  methodVersion: string
  /** `sha256` of its bytes. `rows` that could have a rating, `used` of them. */
  file: { name: string; sha256: string; rows: number; used: number }
  /** Which column is which field; of the source its one name where no column says it. */
  columns: RatingColumns
  choices: {
    renamed: Record<string, string>
    leftOut: readonly string[]
    ignored: readonly string[]
    alike: RatingChoices['alike']
  }
  /** All of them are `count`; `listed` are the first. */
  unusable: { count: number; listed: readonly UnusableRow[] }
}

/** The record of a file that was read. The command line and the page both make this one. */
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

/** The shares of a record, a row for each rating of each source. What a gate withholds is empty, and `says` why. */
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

/** The fields that a record took from a column, in words: “rating from Rating, document from post_id”. */
export function columnsInWords(columns: RatingColumns): string {
  const taken = ratingFields.flatMap((field) => {
    const column = columns[field]
    if (column !== null) return [`${field} from “${column}”`]
    return field === 'source' ? [`source “${columns.sourceName}” for all`] : []
  })
  return taken.join(', ')
}
