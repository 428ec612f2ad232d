import { readRow, rowColumns } from './annotation-rows'
import { parseCsv, rearm } from './csv'
import { isObject, listOf, ratingOfTags, textOf, type FileItem, type JsonObject } from './foreign-annotation'
import { readWebAnnotation, readSelectors } from './read-web-annotations'
import { namesContext } from './web-annotation-model'

/** The formats of annotation files that are recognised. */
export const fileForms = ['web-annotation', 'hypothesis', 'jsonl', 'csv'] as const
export type FileForm = (typeof fileForms)[number]

/** The most items of one file. */
export const maxImportItems = 5_000

/** The items of a file in their order, or the reason why it cannot be read. */
export type ReadFile = { ok: true; form: FileForm; items: FileItem[] } | { ok: false; message: string }

const known =
  'Send W3C Web Annotations (JSON-LD), an export of the Hypothesis API, or CSV or JSONL with columns such as start, end, exact and rating.'

/** Reads a file of annotations, whose format is recognised by its content. */
export function readAnnotationFile(content: string): ReadFile {
  const text = content.replace(/^\uFEFF/, '').trim()
  if (text === '') return refuse('The file is empty.')
  if (!/^[[{]/.test(text)) return readCsv(content.replace(/^\uFEFF/, ''))
  const whole = parse(text)
  if (whole.ok) return readJson(whole.value)
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const [first = ''] = lines
  if (lines.length > maxImportItems) return tooMany()
  if (lines.length < 2 || !parse(first).ok) return refuse(`It is not valid JSON: ${whole.message}.`)
  const items = lines.map((line): FileItem => {
    const parsed = parse(line)
    if (parsed.ok) return readRow(parsed.value)
    return { ok: false, id: null, refusal: 'malformed', reason: `The line is not valid JSON: ${parsed.message}.` }
  })
  return { ok: true, form: 'jsonl', items }
}

function refuse(message: string): ReadFile {
  return { ok: false, message: `${message} ${known}` }
}

function tooMany(): ReadFile {
  return { ok: false, message: `The file has more than ${maxImportItems} items. Send it in parts.` }
}

function parse(text: string): { ok: true; value: unknown } | { ok: false; message: string } {
  try {
    return { ok: true, value: JSON.parse(text) }
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : 'it does not parse' }
  }
}

function readJson(value: unknown): ReadFile {
  if (Array.isArray(value)) return readList(value)
  if (!isObject(value)) return refuse('The file is JSON but holds no annotations.')
  if (Array.isArray(value.rows) && value.rows.length > maxImportItems) return tooMany()
  if (Array.isArray(value.rows))
    return { ok: true, form: 'hypothesis', items: value.rows.map(readHypothesisAnnotation) }
  const types = listOf(value.type)
  if (types.includes('AnnotationCollection') || types.includes('AnnotationPage')) return readCollection(value)
  if (value.type !== undefined || value['@context'] !== undefined || value.target !== undefined)
    return { ok: true, form: 'web-annotation', items: [readWebAnnotation(value, { isAlone: true })] }
  if (isRow(value)) return { ok: true, form: 'jsonl', items: [readRow(value)] }
  return refuse('The file is a JSON object but not an annotation.')
}

function readList(values: readonly unknown[]): ReadFile {
  if (values.length > maxImportItems) return tooMany()
  const first = values.find(isObject)
  if (first === undefined) return refuse('The file is a JSON list but holds no annotations.')
  if (first.type === undefined && first['@context'] === undefined && Array.isArray(first.target))
    return { ok: true, form: 'hypothesis', items: values.map(readHypothesisAnnotation) }
  if (first.type === undefined && isRow(first)) return { ok: true, form: 'jsonl', items: values.map(readRow) }
  return { ok: true, form: 'web-annotation', items: values.map((each) => readWebAnnotation(each, { isAlone: false })) }
}

function isRow(value: JsonObject): boolean {
  return ['exact', 'start', 'rating'].some((column) => value[column] !== undefined)
}

/** Reads a collection with its first page, or a page. Annotations on pages outside the file are reported as one item. */
function readCollection(collection: JsonObject): ReadFile {
  if (!namesContext(collection['@context']))
    return refuse('"@context" of the collection does not name that of Web Annotations.')
  const isPage = collection.items !== undefined
  const page = isPage ? collection : collection.first
  const total = typeof collection.total === 'number' ? collection.total : null
  const items = isObject(page) && Array.isArray(page.items) ? page.items : []
  if (items.length > maxImportItems) return tooMany()
  const read = items.map((each) => readWebAnnotation(each, { isAlone: false }))
  const next = isObject(page) ? page.next : page
  const elsewhere = typeof next === 'string' ? next : null
  if (elsewhere !== null || (total !== null && total > items.length)) {
    const where = elsewhere === null ? 'elsewhere' : `at ${elsewhere}`
    const reason = `More annotations of this collection are ${where}, not in this file. Send them, too.`
    read.push({ ok: false, id: elsewhere, refusal: 'not-attachable', reason })
  }
  return { ok: true, form: 'web-annotation', items: read }
}

function readCsv(content: string): ReadFile {
  const csv = parseCsv(content, maxImportItems + 1)
  if (!csv.ok) return refuse(csv.message)
  const [header = [], ...records] = csv.records
  const columns = header.map((name) => name.trim().toLowerCase())
  const names = columns.map((name) => rowColumns.find((column) => column === name) ?? null)
  if (!columns.includes('exact') && !(columns.includes('start') && columns.includes('end')))
    return refuse('It is neither JSON nor CSV with a first line that names "exact", or "start" and "end".')
  if (new Set(columns).size < columns.length) return refuse('Two columns have the same name.')
  const items = records.map((record): FileItem => {
    if (record.length !== header.length) {
      const reason = `It has ${record.length} cells where the first line has ${header.length}.`
      return { ok: false, id: null, refusal: 'malformed', reason }
    }
    return readRow(
      Object.fromEntries(
        names.flatMap((name, index) => (name === null ? [] : [[name, rearm(record[index] ?? '')] as const])),
      ),
    )
  })
  return { ok: true, form: 'csv', items }
}

/**
 * Reads an annotation as the Hypothesis API returns it. Its positions refer to a page in a browser, not to our text, so only the words and their
 * surroundings are looked for. The rating is a tag that names one.
 */
function readHypothesisAnnotation(value: unknown): FileItem {
  if (!isObject(value)) return { ok: false, id: null, refusal: 'malformed', reason: 'It is not an object.' }
  const id = typeof value.id === 'string' ? value.id : null
  const refuse = (refusal: 'malformed' | 'not-attachable', reason: string): FileItem => ({
    ok: false,
    id,
    refusal,
    reason,
  })
  if (!Array.isArray(value.target)) return refuse('malformed', 'It needs a "target", which is a list.')
  if (listOf(value.references).length > 0) return refuse('not-attachable', 'It is a reply to another annotation.')
  const [target] = listOf(value.target)
  if (!isObject(target) || listOf(target.selector).length === 0)
    return refuse('not-attachable', 'It is a note on a whole page, not on words of it.')
  const place = readSelectors(listOf(target.selector), null)
  if (typeof place === 'string') return refuse('not-attachable', place)
  if (place.quote === null) return refuse('not-attachable', 'It has a position in a page but no words to search for.')
  const { rating, tags } = ratingOfTags(listOf(value.tags).map(textOf))
  const note = textOf(value.text)
  const content = { rating, tags, note, disputed: false, partial: false, citations: [], leftOut: [] }
  return { ok: true, annotation: { id, place: { ...place, position: null }, ...content } }
}
