import { parseCsv } from '../interchange/csv'

/** The most bytes of a file of ratings. */
export const mostRatingBytes = 64 * 1024 * 1024
/** The most ratings of a file. */
export const mostRatings = 200_000
const mostColumns = 200
const deepest = 6
/** How many records of a file of objects, and entries of each list in them, are searched for columns. */
const lookedAt = { records: 500, entries: 20 }

/** A step into an object; `isList` where it goes through the entries of a list. */
interface Step {
  name: string
  isList: boolean
}

/**
 * One record of a file. `row` is the number by which a person finds it: the row of a spreadsheet, counting the header; the line of a file of objects.
 */
type TableRecord = { row: number; cells: readonly string[] } | { row: number; value: object }

/**
 * A file of ratings before its columns are assigned to fields. `columns` are the headings of a CSV file, or the paths of the values in objects:
 * `votes`, `evidences[].votes[]`, `"name with a.dot"`.
 */
export interface RatingTable {
  kind: 'csv' | 'objects'
  columns: readonly string[]
  records: readonly TableRecord[]
  paths: ReadonlyMap<string, readonly Step[]>
}

/** One row of a table. `cells` follow the order of the requested columns; a missing cell is empty. `problem`: why the row cannot be read. */
export interface TableRow {
  row: number
  cells: readonly string[]
  problem: string | null
}

/** The result of reading: a table, or what is wrong with the file and what would work. */
export type ReadTable = { ok: true; table: RatingTable } | { ok: false; message: string }

/** The headings of the columns, made distinct. */
function nameColumns(header: readonly string[]): string[] {
  const taken = new Map<string, number>()
  return header.map((head, at) => {
    const name = head.trim() === '' ? `column ${at + 1}` : head.trim()
    const count = (taken.get(name) ?? 0) + 1
    taken.set(name, count)
    return count === 1 ? name : `${name} (${count})`
  })
}

function readCsv(text: string): ReadTable {
  const read = parseCsv(text, mostRatings + 1)
  if (!read.ok) return read
  const [header = [], ...rows] = read.records
  const columns = nameColumns(header)
  if (columns.length > mostColumns) return { ok: false, message: `The file has more than ${mostColumns} columns.` }
  const records = rows.map((cells, at) => ({ row: read.rows[at + 1] ?? at + 2, cells }))
  return { ok: true, table: { kind: 'csv', columns, records, paths: new Map() } }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A step as a part of a column's name. A name with a sign of paths in it is quoted, so that no two paths read alike. */
function nameStep({ name, isList }: Step): string {
  return `${/[.[\]"]/.test(name) ? JSON.stringify(name) : name}${isList ? '[]' : ''}`
}

/** Adds the paths of all plain values within a value. */
function addPaths(value: unknown, at: readonly Step[], into: Map<string, readonly Step[]>): void {
  if (at.length > deepest || into.size > mostColumns) return
  if (isObject(value)) {
    for (const [name, inner] of Object.entries(value)) addPaths(inner, [...at, { name, isList: false }], into)
    return
  }
  const last = at.at(-1)
  if (last === undefined) return
  if (!Array.isArray(value)) {
    into.set(at.map(nameStep).join('.'), at)
    return
  }
  // A list in a list has no name, so no column can lead into it.
  if (last.isList) return
  const listed: Step[] = [...at.slice(0, -1), { name: last.name, isList: true }]
  for (const entry of value.slice(0, lookedAt.entries)) addPaths(entry, listed, into)
}

/** The objects of a file: one per line, or all in one list. */
function parseObjects(text: string): { row: number; value: unknown }[] | string {
  if (text.trimStart().startsWith('[')) {
    try {
      const list: unknown = JSON.parse(text)
      return Array.isArray(list) ? list.map((value: unknown, at) => ({ row: at + 1, value })) : []
    } catch {
      return 'The file starts like a JSON list but is not a valid one. Write one object per line, or one list of objects.'
    }
  }
  const records: { row: number; value: unknown }[] = []
  for (const [at, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    try {
      records.push({ row: at + 1, value: JSON.parse(line) })
    } catch {
      return `Line ${at + 1} is no JSON object. Write one object a line.`
    }
  }
  return records
}

function readObjects(text: string): ReadTable {
  const parsed = parseObjects(text)
  if (typeof parsed === 'string') return { ok: false, message: parsed }
  if (parsed.length > mostRatings) return { ok: false, message: `The file has more than ${mostRatings} objects.` }
  const records: { row: number; value: object }[] = []
  for (const { row, value } of parsed) {
    if (!isObject(value)) return { ok: false, message: `Line ${row} is no JSON object. Write one object a line.` }
    records.push({ row, value })
  }
  const paths = new Map<string, readonly Step[]>()
  for (const { value } of records.slice(0, lookedAt.records)) addPaths(value, [], paths)
  if (paths.size > mostColumns) return { ok: false, message: `The objects have more than ${mostColumns} names.` }
  return { ok: true, table: { kind: 'objects', columns: [...paths.keys()], records, paths } }
}

/** Reads the text of a file: CSV with a header, one JSON object per line, or a JSON list of objects. */
export function readTable(text: string): ReadTable {
  const content = text.replace(/^\uFEFF/, '')
  const read = /^\s*[{[]/.test(content) ? readObjects(content) : readCsv(content)
  if (read.ok && read.table.records.length === 0) return { ok: false, message: 'The file has no ratings.' }
  return read
}

/** Reads the bytes of a file: UTF-8, or UTF-16 with a byte order mark. */
export function readTableBytes(bytes: Uint8Array): ReadTable {
  if (bytes.length > mostRatingBytes) {
    return { ok: false, message: 'The file is too large for ratings: at most 64 MB are read.' }
  }
  if (bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3) {
    return { ok: false, message: 'This is a workbook or another archive. Save its sheet as CSV and choose that file.' }
  }
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8'
  let text: string
  try {
    text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return { ok: false, message: 'The text of the file is not UTF-8. Save it as “CSV UTF-8” and choose it again.' }
  }
  if (text.includes('\0'))
    return { ok: false, message: 'The file is not text. Choose a CSV file, or a file of JSON objects.' }
  return readTable(text)
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value.trim()
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
}

/** The value at a path; `indexes` choose the entry of each list. Only own properties count: a name such as `constructor` leads to nothing. */
function valueAt(value: unknown, path: readonly Step[], indexes: readonly number[]): unknown {
  let found = value
  let list = 0
  for (const { name, isList } of path) {
    found = isObject(found) && Object.hasOwn(found, name) ? found[name] : undefined
    if (!isList) continue
    found = Array.isArray(found) ? (found[indexes[list] ?? 0] as unknown) : undefined
    list += 1
  }
  return found
}

/** The indexes of all entries that a path goes through, list by list; one empty list of indexes for a path without lists. */
function indexesOf(value: unknown, path: readonly Step[]): number[][] {
  let all: number[][] = [[]]
  for (const [at, { name, isList }] of path.entries()) {
    if (!isList) continue
    const toList = [...path.slice(0, at), { name, isList: false }]
    all = all.flatMap((indexes) => {
      const list = valueAt(value, toList, indexes)
      return Array.isArray(list) ? list.map((_, index) => [...indexes, index]) : []
    })
  }
  return all
}

/** Whether the path `rating` goes through every list of `path`, so that each of its entries has one value of `path`. */
function standsBeside(path: readonly Step[], rating: readonly Step[]): boolean {
  const last = path.findLastIndex(({ isList }) => isList)
  return path
    .slice(0, last + 1)
    .every(({ name, isList }, at) => rating[at]?.name === name && rating[at].isList === isList)
}

/**
 * Whether each value of one column has exactly one value of another. Always so in CSV; in objects where it is in the same entry of a list, or outside
 * of the list.
 */
export function hasOneFor({ kind, paths }: RatingTable, column: string, rating: string): boolean {
  return kind === 'csv' || standsBeside(paths.get(column) ?? [], paths.get(rating) ?? [])
}

/**
 * The rows of a table with the cells of the requested columns. In objects each value of the column `rating` is a row: an object with a list of them
 * gives several rows, and an empty entry of a list gives none.
 */
export function* rowsOf(
  { columns, records, paths }: RatingTable,
  { rating, wanted }: { rating: string; wanted: readonly (string | null)[] },
): Generator<TableRow> {
  const places = wanted.map((column) => (column === null ? -1 : columns.indexOf(column)))
  const ratingPath = paths.get(rating) ?? []
  const wantedPaths = wanted.map((column) => (column === null ? null : (paths.get(column) ?? null)))
  const inList = ratingPath.some(({ isList }) => isList)
  for (const record of records) {
    const { row } = record
    if ('cells' in record) {
      const { cells } = record
      const problem =
        cells.length > columns.length
          ? `It has ${cells.length} cells and the header ${columns.length}. Put cells that hold the separator in quotation marks.`
          : null
      yield { row, cells: places.map((place) => (cells[place] ?? '').trim()), problem }
      continue
    }
    for (const indexes of indexesOf(record.value, ratingPath)) {
      if (inList && textOf(valueAt(record.value, ratingPath, indexes)) === '') continue
      const cells = wantedPaths.map((path) => (path === null ? '' : textOf(valueAt(record.value, path, indexes))))
      yield { row, cells, problem: null }
    }
  }
}
