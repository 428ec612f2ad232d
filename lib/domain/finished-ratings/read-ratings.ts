import { hasOneFor, mostRatings, rowsOf, type RatingTable } from './rating-table'
import { ratingNames } from '../annotations/words'
import type { Rating } from '../annotations/rating'

/**
 * A rating that was given elsewhere. `item`: what in the document was rated; empty for the document itself. `rater` and `date` are empty where the
 * file has none. `row`: its row in the file.
 */
export interface FinishedRating {
  row: number
  document: string
  item: string
  source: string
  rating: string
  date: string
  rater: string
}

/** The fields of a rating. */
export const ratingFields = ['document', 'item', 'source', 'rating', 'date', 'rater'] as const
/** The column of each field; null where the file has none. `sourceName`: the source of all rows where no column names it. */
export type RatingField = (typeof ratingFields)[number]

/** Which column of a file is which field; null where the file has none. `sourceName`: the source of all rows where no column names it. */
export type RatingColumns = Readonly<Record<RatingField, string | null>> & { readonly sourceName: string }

/** The default columns. An optional field is read only where the file has its column. */
export function ownColumns({ columns }: RatingTable): RatingColumns {
  const ifThere = (name: string) => (columns.includes(name) ? name : null)
  return {
    document: 'document',
    item: ifThere('item'),
    source: 'source',
    rating: 'rating',
    date: ifThere('date'),
    rater: ifThere('rater'),
    sourceName: '',
  }
}

/** A row that no figure counts, and why. */
export interface UnusableRow {
  row: number
  says: string
}

/** The result of reading: the ratings and the unused rows, or what is wrong with the choice of columns. */
export type ReadRatings =
  { ok: true; ratings: FinishedRating[]; unusable: UnusableRow[]; rows: number } | { ok: false; message: string }

/** The most characters of a cell. */
const longest = 1_000
/** The most distinct ratings. More than this are probably texts from another column. */
const mostDifferentRatings = 60

function listColumns(columns: readonly string[]): string {
  const list = columns.slice(0, 12).join(', ').slice(0, 300)
  return columns.length > 12 ? `${list} …` : list
}

/** What is wrong with a choice of columns; null when it is valid. */
function problemOf(table: RatingTable, columns: RatingColumns): string | null {
  for (const field of ratingFields) {
    const column = columns[field]
    if (column === null) {
      if (field === 'document' || field === 'rating') return `Choose the column that says the ${field}.`
      if (field === 'source' && columns.sourceName === '')
        return 'Choose the column with the source, or name one source for all rows.'
    } else if (!table.columns.includes(column)) {
      return `The file has no column “${column}” for the ${field}. It has: ${listColumns(table.columns)}.`
    } else if (!hasOneFor(table, column, columns.rating ?? '')) {
      return `“${column}” stands in another list than “${columns.rating ?? ''}”, so there is no one ${field} for each rating.`
    }
  }
  return null
}

function whyUnusable(rating: FinishedRating, problem: string | null): string | null {
  if (problem !== null) return problem
  const missing = (['document', 'source', 'rating'] as const).filter((field) => rating[field] === '')
  if (missing.length > 0) return `It has no ${missing.join(' and no ')}. Each row needs all three.`
  const long = ratingFields.find((field) => rating[field].length > longest)
  return long === undefined ? null : `Its ${long} has more than ${longest} characters. Shorten it.`
}

function keyOf(parts: readonly string[]): string {
  return parts.map((part) => `${part.length}:${part}`).join('')
}

/** What is wrong with the ratings as a whole; null when they are valid. */
function problemOfRatings(
  ratings: readonly FinishedRating[],
  [first]: readonly UnusableRow[],
  { rating: column }: RatingColumns,
): string | null {
  if (ratings.length === 0) {
    const why = first === undefined ? '' : ` Row ${first.row}: ${first.says}`
    return `No row can be used.${why} Check which column is which.`
  }
  const different = new Set(ratings.map(({ rating }) => rating)).size
  if (different <= mostDifferentRatings) return null
  return `“${column ?? ''}” has ${different} different entries, and ratings have at most ${mostDifferentRatings}. Choose the column that says the rating.`
}

/**
 * Reads the ratings of a table from the chosen columns. Rows that lack something are left out, each with the reason; so is a second rating of an item
 * by the same rater, which is not a second opinion. Each rating without a rater counts as another person's.
 */
export function readRatings(table: RatingTable, columns: RatingColumns = ownColumns(table)): ReadRatings {
  const problem = problemOf(table, columns)
  if (problem !== null) return { ok: false, message: problem }
  const ratings: FinishedRating[] = []
  const unusable: UnusableRow[] = []
  const seen = new Map<string, number>()
  let rows = 0
  const wanted = ratingFields.map((field) => columns[field])
  for (const { row, cells, problem: ofRow } of rowsOf(table, { rating: columns.rating ?? '', wanted })) {
    rows += 1
    if (rows > mostRatings) return { ok: false, message: `The file has more than ${mostRatings} ratings.` }
    const [document = '', item = '', named = '', rating = '', date = '', rater = ''] = cells
    const source = columns.source === null ? columns.sourceName : named
    const read: FinishedRating = { row, document, item, source, rating, date, rater }
    const says = whyUnusable(read, ofRow)
    if (says !== null) {
      unusable.push({ row, says })
      continue
    }
    const key = rater === '' ? null : keyOf([source, document, item, rater])
    const first = key === null ? undefined : seen.get(key)
    if (first !== undefined) {
      unusable.push({ row, says: `“${rater}” rated the same in row ${first}. Only that first rating counts.` })
      continue
    }
    if (key !== null) seen.set(key, row)
    ratings.push(read)
  }
  const message = problemOfRatings(ratings, unusable, columns)
  return message === null ? { ok: true, ratings, unusable, rows } : { ok: false, message }
}

/** Names that files use for each field, the likeliest first. They are compared in lower case, by their letters alone. */
const usualNames: Readonly<Record<RatingField, readonly string[]>> = {
  document: [
    'document',
    'documentid',
    'doc',
    'docid',
    'article',
    'articleid',
    'post',
    'postid',
    'claimid',
    'url',
    'id',
  ],
  item: ['item', 'itemid', 'claim', 'evidenceid', 'statement', 'sentence'],
  source: ['source', 'publisher', 'outlet', 'page', 'site', 'domain', 'newspaper', 'website'],
  rating: ['rating', 'verdict', 'label', 'votes', 'vote', 'assessment', 'judgement', 'judgment', 'annotation'],
  date: ['date', 'datepublished', 'publishedon', 'published', 'publicationdate', 'day'],
  rater: [
    'rater',
    'raterid',
    'reviewer',
    'checker',
    'factchecker',
    'annotator',
    'annotatorid',
    'coder',
    'worker',
    'workerid',
    'user',
  ],
}

/** Guesses the column of each field by name alone, for a person to check. */
export function guessColumns(table: RatingTable): RatingColumns {
  const plain = (column: string) => (column.split('.').at(-1) ?? '').toLowerCase().replaceAll(/[^a-z]/g, '')
  const taken = new Set<string>()
  const guess = (field: RatingField, rating: string | null): string | null => {
    for (const name of usualNames[field]) {
      const found = table.columns.find(
        (column) =>
          plain(column) === name && !taken.has(column) && (rating === null || hasOneFor(table, column, rating)),
      )
      if (found === undefined) continue
      taken.add(found)
      return found
    }
    return null
  }
  const rating = guess('rating', null)
  return {
    rating,
    document: guess('document', rating),
    source: guess('source', rating),
    date: guess('date', rating),
    rater: guess('rater', rating),
    item: guess('item', rating),
    sourceName: '',
  }
}

/**
 * Words of known rating schemes and the nearest of our ratings: FEVER and Climate-FEVER (supports, refutes, not enough info), SciFact (contradict,
 * noinfo), AVeriTeC (supported, refuted, not enough evidence), BuzzFeed News 2016 (mostly true, mostly false, no factual content). Words for both at
 * once, such as “mixture” or “disputed”, have no nearest rating.
 */
const nearest: Readonly<Record<Rating, readonly string[]>> = {
  sourced: ['sourced', 'supported', 'supports', 'support', 'true', 'mostlytrue'],
  unsourced: [
    'unsourced',
    'notenoughinfo',
    'notenoughinformation',
    'notenoughevidence',
    'nei',
    'nee',
    'noinfo',
    'unproven',
  ],
  contradicted: ['contradicted', 'contradicts', 'contradict', 'refuted', 'refutes', 'refute', 'false', 'mostlyfalse'],
  not_checkable: ['notcheckable', 'nofactualcontent', 'opinion'],
}

/** Suggests the name of the nearest of our ratings for a word of another scheme; null where none is near. A person decides. */
export function suggestRating(word: string): string | null {
  const plain = word.toLowerCase().replaceAll(/[^a-z]/g, '')
  for (const rating of ['sourced', 'unsourced', 'contradicted', 'not_checkable'] as const) {
    if (nearest[rating].includes(plain)) return ratingNames[rating]
  }
  return null
}
