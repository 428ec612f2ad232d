import { z } from 'zod'
import type { AnnotationView } from '../annotations/schema'
import { placeAnnotations, type ExportedRevision } from './exported-revision'
import {
  isObject,
  ratingOfTags,
  readRating,
  textOf,
  type FileItem,
  type ForeignCitation,
  type JsonObject,
} from './foreign-annotation'
import { readStance } from './read-web-annotations'
import { normalAddress } from './web-annotation-model'

/** The columns of the CSV file, and the keys of each line of the JSONL file, in their order. */
export const rowColumns = [
  'id',
  'start',
  'end',
  'exact',
  'prefix',
  'suffix',
  'rating',
  'disputed',
  'partial',
  'note',
  'tags',
  'citations',
  'author',
  'created',
  'updated',
  'sha256',
  'page',
] as const

/** An annotation as a line of a file. `start` and `end` count code points of the text whose hash is `sha256`. */
export interface AnnotationRow {
  id: string
  start: number
  end: number
  exact: string
  prefix: string
  suffix: string
  rating: string
  disputed: boolean
  partial: boolean
  note: string
  tags: string[]
  citations: RowCitation[]
  author: string
  created: string
  updated: string
  sha256: string
  /** The page, for a document with pages: "12", "12–13". Written only, never read back. */
  page: string | null
}

interface RowCitation {
  reference: string
  url: string
  title: string
  stance: string
  quote: string
  locator: string
  quoteStart: number | null
}

/** Writes annotations of a revision as lines. */
export function writeRows(revision: ExportedRevision, annotations: readonly AnnotationView[]): AnnotationRow[] {
  return placeAnnotations(revision, annotations).map(({ annotation, start, end, prefix, suffix, page }) => ({
    id: annotation.id,
    start,
    end,
    exact: annotation.exact,
    prefix,
    suffix,
    rating: annotation.rating,
    disputed: annotation.disputed,
    partial: annotation.partial,
    note: annotation.note,
    tags: annotation.tags,
    citations: annotation.citations.map(({ reference, stance, quote, locator, quoteStart }) => ({
      reference: reference.id,
      url: reference.url,
      title: reference.title,
      stance,
      quote,
      locator,
      quoteStart,
    })),
    author: annotation.author.name,
    created: annotation.createdAt,
    updated: annotation.updatedAt,
    sha256: revision.sha256,
    page,
  }))
}

/** Turns a line's values into cells in the order of `rowColumns`: flags are yes or empty, tags are separated by commas, citations are JSON. */
export function cellsOf(row: AnnotationRow): (string | number | null)[] {
  return rowColumns.map((column) => {
    const value = row[column]
    if (typeof value === 'boolean') return value ? 'yes' : null
    if (column === 'tags') return row.tags.join(', ')
    if (column === 'citations') return row.citations.length === 0 ? null : JSON.stringify(row.citations)
    return typeof value === 'object' ? null : value
  })
}

const citationSchema = z.object({
  reference: z.string().default(''),
  url: z.string().default(''),
  title: z.string().default(''),
  stance: z.string().optional(),
  quote: z.string().default(''),
  locator: z.string().default(''),
  quoteStart: z.number().int().min(0).nullable().default(null),
})

/**
 * Reads a line of a CSV or JSONL file as an annotation. Values may be JSON's or texts; every column except those that give the place may be missing.
 */
export function readRow(value: unknown): FileItem {
  if (!isObject(value)) return malformed(null, 'It is not an object with columns as keys.')
  const id = textOf(value.id).trim() === '' ? null : textOf(value.id).trim()
  const position = readPosition(value)
  if (position === 'wrong') return malformed(id, '"start" and "end" must be whole numbers from 0, both or neither.')
  const exact = textOf(value.exact)
  if (position === null && exact.trim() === '')
    return malformed(id, 'It needs "exact", the words, or "start" and "end".')
  const named = textOf(value.rating).trim()
  const rating = readRating(named)
  if (named !== '' && rating === null)
    return malformed(
      id,
      `${JSON.stringify(named.slice(0, 80))} is not a rating; use sourced, unsourced, contradicted or not_checkable.`,
    )
  const flags = { disputed: readFlag(value.disputed), partial: readFlag(value.partial) }
  if (flags.disputed === null || flags.partial === null) return malformed(id, '"disputed" and "partial" are yes or no.')
  const tags = readTags(value.tags)
  if (tags === null) return malformed(id, '"tags" are texts, or one text with commas between them.')
  const citations = readCitations(value.citations)
  if (citations === null)
    return malformed(id, '"citations" is a JSON list of objects with reference, url, stance, quote and locator.')
  return {
    ok: true,
    annotation: {
      id,
      place: {
        position,
        quote: exact === '' ? null : { exact, prefix: textOf(value.prefix), suffix: textOf(value.suffix) },
        sha256: textOf(value.sha256).trim() || null,
      },
      ...(rating === null ? ratingOfTags(tags) : { rating, tags }),
      disputed: flags.disputed,
      partial: flags.partial,
      note: textOf(value.note),
      citations,
      leftOut: [],
    },
  }
}

function malformed(id: string | null, reason: string): FileItem {
  return { ok: false, id, refusal: 'malformed', reason }
}

function readPosition({ start, end }: JsonObject): { start: number; end: number } | null | 'wrong' {
  const [from, to] = [readCount(start), readCount(end)]
  if (from === null && to === null) return null
  if (from === null || to === null || Number.isNaN(from) || Number.isNaN(to)) return 'wrong'
  return { start: from, end: to }
}

/** Reads a whole number from 0; null for an empty value, NaN for any other. */
function readCount(value: unknown): number | null {
  if (value === undefined || value === null || value === '') return null
  const count = typeof value === 'string' && /^\s*\d+\s*$/.test(value) ? Number(value) : value
  return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : NaN
}

function readFlag(value: unknown): boolean | null {
  if (value === undefined || value === null) return false
  if (typeof value === 'boolean') return value
  const word = textOf(value).trim().toLowerCase()
  if (['', 'no', 'false', '0'].includes(word)) return typeof value === 'string' ? false : null
  return ['yes', 'true', '1'].includes(word) ? true : null
}

function readTags(value: unknown): string[] | null {
  if (value === undefined || value === null) return []
  if (typeof value === 'string')
    return value
      .split(',')
      .map((tag) => tag.trim())
      .filter((tag) => tag !== '')
  return Array.isArray(value) && value.every((tag) => typeof tag === 'string') ? value : null
}

function readCitations(value: unknown): ForeignCitation[] | null {
  if (value === undefined || value === null || value === '') return []
  const listed = typeof value === 'string' ? parseJson(value) : value
  const read = z.array(citationSchema).safeParse(listed)
  if (!read.success) return null
  return read.data.map(({ reference, url, stance, ...rest }) => ({
    ...rest,
    referenceId: reference === '' ? null : reference,
    url: normalAddress(url) ?? '',
    stance: readStance(stance),
  }))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
