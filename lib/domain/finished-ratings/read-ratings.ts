import { parseCsv } from '../interchange/csv'

/** A rating that was given elsewhere. `rater` and `date` are empty where the file has none. */
export interface FinishedRating {
  document: string
  source: string
  rating: string
  date: string
  rater: string
}

/** The fields of a rating, and the columns that a file has for them. */
export const ratingFields = ['document', 'source', 'rating', 'date', 'rater'] as const
/** See `ratingFields`. */
export type RatingField = (typeof ratingFields)[number]
/** See `ratingFields`. */
export type RatingColumns = Readonly<Record<RatingField, string>>

/** The columns that are read unless others are named. */
export const ownColumns: RatingColumns = {
  document: 'document',
  source: 'source',
  rating: 'rating',
  date: 'date',
  rater: 'rater',
}

/** What came of reading: the ratings, or what is wrong with the file. */
export type ReadRatings = { ok: true; ratings: FinishedRating[] } | { ok: false; message: string }

/** The most ratings of a file. */
const mostRatings = 200_000
const longest = 1_000

function recordsOf(content: string): { ok: true; records: Record<string, string>[] } | { ok: false; message: string } {
  if (content.trimStart().startsWith('{')) {
    const records: Record<string, string>[] = []
    for (const [at, line] of content.split('\n').entries()) {
      if (line.trim() === '') continue
      if (records.length === mostRatings) return { ok: false, message: `The file has more than ${mostRatings} lines.` }
      try {
        const value: unknown = JSON.parse(line)
        if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new SyntaxError('no object')
        records.push(
          Object.fromEntries(
            Object.entries(value).map(([name, cell]) => [
              name,
              cell === null || typeof cell === 'object' ? '' : String(cell),
            ]),
          ),
        )
      } catch {
        return { ok: false, message: `Line ${at + 1} is no JSON object. Write one object a line.` }
      }
    }
    return { ok: true, records }
  }
  const read = parseCsv(content, mostRatings)
  if (!read.ok) return read
  const [header = [], ...rows] = read.records
  return {
    ok: true,
    records: rows.map((row) => Object.fromEntries(header.map((name, at) => [name.trim(), row[at] ?? '']))),
  }
}

/** Reads ratings of a CSV file with a header, or of JSON objects a line each. `columns` says how the file calls each field. */
export function readRatings(text: string, columns: RatingColumns = ownColumns): ReadRatings {
  const read = recordsOf(text.replace(/^\uFEFF/, ''))
  if (!read.ok) return read
  const [first] = read.records
  if (first === undefined) return { ok: false, message: 'The file has no ratings.' }
  for (const field of ['document', 'source', 'rating'] as const) {
    if (read.records.every((record) => !Object.hasOwn(record, columns[field]))) {
      return {
        ok: false,
        message: `The file has no column “${columns[field]}” for the ${field}. It has: ${Object.keys(first).join(', ').slice(0, 300)}.`,
      }
    }
  }
  const ratings = read.records.map((record) => {
    const at = (field: RatingField) => (record[columns[field]] ?? '').trim().slice(0, longest)
    return {
      document: at('document'),
      source: at('source'),
      rating: at('rating'),
      date: at('date'),
      rater: at('rater'),
    }
  })
  const bare = ratings.findIndex(({ document, source, rating }) => document === '' || source === '' || rating === '')
  if (bare !== -1) {
    return { ok: false, message: `Rating ${bare + 1} has no document, no source or no rating. Each needs all three.` }
  }
  return { ok: true, ratings }
}
