import { maxTextBytes } from '@/lib/domain/documents/schema'
import type { ParsedSource } from '../../imported-document'
import { readDate } from '../../read-date'
import { markSections } from '../../sections'
import { damaged, UnreadableFile, describeLeftOut } from '../unreadable'
import { buildBlocks } from './blocks'
import { loadEngine, openPdf, type Engine, type PdfDocument, mendFile } from './engine'
import { lineText } from './lines'
import { partFurniture } from './page-furniture'
import { PageReader, type ReadPage } from './read-page'

/** The most fields that are named, and the longest name in characters. */
const [mostNames, longestName] = [8, 40]

const pdfFile = 'PDF file'
const maxPages = 2000

/**
 * Reads a PDF file: paragraphs over columns and pages, headings by size and font, lists, table rows, notes, page numbers and form values. Running
 * heads, page numbers and button labels are out of scope. Nothing is drawn, no script runs, and nothing outside the file is read. A file without
 * text, such as a scan, is refused. At most 2,000 pages.
 * @throws UnreadableFile
 */
export async function readPdf(bytes: Uint8Array): Promise<ParsedSource> {
  const engine = await loadEngine()
  const mended = mendFile(bytes)
  const { task, missing } = openPdf(engine, mended.bytes)
  try {
    const document = await task.promise
    if (document.numPages > maxPages) {
      throw new UnreadableFile(
        'too-complex',
        `This PDF file has ${document.numPages.toLocaleString('en-GB')} pages; at most ${maxPages.toLocaleString('en-GB')} can be read. Split it into parts.`,
      )
    }
    return await readPages(engine, document, { missing, cutTables: mended.cutTables })
  } catch (error) {
    throw explain(error)
  } finally {
    await task.destroy().catch(() => undefined)
  }
}

/** Turns an error of the engine, which throws many kinds for broken files, into a problem of the file. */
function explain(error: unknown): UnreadableFile {
  if (error instanceof UnreadableFile) return error
  if (error instanceof Error && error.name === 'PasswordException') {
    return new UnreadableFile(
      'protected',
      'This PDF file is protected by a password. Open it with the password, save or print it as a PDF file without one, and import that.',
    )
  }
  return damaged(pdfFile)
}

interface Circumstances {
  missing: ReadonlySet<string>
  cutTables: number
}

async function readPages(
  engine: Engine,
  document: PdfDocument,
  { missing, cutTables }: Circumstances,
): Promise<ParsedSource> {
  const reader = new PageReader(engine, document)
  const pages: ReadPage[] = []
  const textless: number[] = []
  const broken: number[] = []
  let length = 0
  for (let at = 0; at < document.numPages; at += 1) {
    const page = await reader.read(at).catch(() => null)
    pages.push(page ?? { lines: [], buttons: [], filled: [], comments: 0, lost: 0 })
    if (page === null) broken.push(at + 1)
    else if (page.lines.length + page.buttons.length === 0) textless.push(at + 1)
    length += (page?.lines ?? []).reduce((sum, { right, left, size }) => sum + (right - left) / size, 0)
    if (length > maxTextBytes) {
      throw new UnreadableFile('too-large', 'This PDF file holds more than 5 MB of text. Split it into parts.')
    }
  }
  const sumUp = (count: (page: ReadPage) => number) => pages.reduce((sum, page) => sum + count(page), 0)
  const lost = sumUp((page) => page.lost)
  const text = pages.flatMap(({ lines }) => lines.map(lineText)).join('')
  if (unreadableShare(text, lost) > mostUnreadable) throw unreadableFonts()
  if (pages.every(({ lines, buttons }) => lines.length + buttons.length === 0))
    throw textlessFile(document.numPages, { broken: broken.length, missing })
  const furnished = partFurniture(pages.map(({ lines }) => lines)).map((page, at) => ({
    text: page.text,
    furniture: [...page.furniture, ...(pages[at]?.buttons ?? [])],
  }))
  const { blocks, pageStarts } = buildBlocks(furnished, await readLabels(document))
  return {
    content: { type: 'doc', content: markSections(blocks) },
    pageStarts,
    ...(await readProperties(document)),
    notices: [
      ...describeFields(pages.flatMap(({ filled }) => filled)),
      ...describeLeftOut({ comments: sumUp(({ comments }) => comments) }),
      ...describePages({ textless, broken }),
      ...describeLoss({ missing, lost, undecoded: text.match(undecodedSign)?.length ?? 0, cutTables }),
    ],
  }
}

/** The replacement character, and private use characters except those of symbol fonts. */
const undecodedSign = /[\ufffd\ue000-\uefff\uf100-\uf8ff]/gu

/** The largest share of a text that may be characters without a meaning. */
const mostUnreadable = 0.5

/** The share of characters without a meaning: private use characters, the replacement character, and `lost` signs without a letter. */
function unreadableShare(text: string, lost: number): number {
  const all = text.replace(/\s/gu, '')
  const unreadable = (all.match(/[\p{Co}\ufffd]/gu)?.length ?? 0) + lost
  return unreadable === 0 ? 0 : unreadable / (all.length + lost)
}

function unreadableFonts(): UnreadableFile {
  return new UnreadableFile(
    'empty',
    'The fonts of this PDF file do not say which letters they show, so its text cannot be read. Run it through text recognition (OCR) and import the result.',
  )
}

function textlessFile(
  pages: number,
  { broken, missing }: { broken: number; missing: ReadonlySet<string> },
): UnreadableFile {
  if (broken === pages) return damaged(pdfFile)
  if (missing.size > 0) return unreadableFonts()
  return new UnreadableFile(
    'empty',
    `This PDF file holds no text, only pictures of ${pages === 1 ? 'a page' : `${String(pages)} pages`}, as scans do. Run it through text recognition (OCR) and import the result.`,
  )
}

/** The label of each page: the document's own number, else its position from 1. */
async function readLabels(document: PdfDocument): Promise<string[]> {
  const given = await document.getPageLabels().catch(() => null)
  return Array.from({ length: document.numPages }, (_, at) => {
    const label = (given?.[at] ?? '')
      .replace(/\p{Cc}/gu, '')
      .toWellFormed()
      .trim()
    return label === '' || label.length > 40 ? String(at + 1) : label
  })
}

type Properties = Pick<ParsedSource, 'title' | 'author' | 'madeOn' | 'language'>

async function readProperties(document: PdfDocument): Promise<Properties> {
  const found = await document.getMetadata().catch(() => null)
  const info: object = found?.info ?? {}
  const read = (key: string) => {
    const value: unknown = Reflect.get(info, key)
    return typeof value === 'string' ? value.replaceAll('\0', '').toWellFormed().trim() : ''
  }
  const title = read('Title')
  const author = read('Author')
  const made = /^D:(\d{4})(\d{2})(\d{2})/.exec(read('CreationDate'))
  return {
    title:
      /^(?:microsoft (?:word|powerpoint) - .*|untitled.*|document\s?\d*|\S+\.(?:docx?|pdf|indd|qxd|tex|dvi|html?))?$/i.test(
        title,
      )
        ? null
        : title,
    author: /^(?:user|admin(?:istrator)?|owner|unknown|author)?$/i.test(author) ? null : author,
    madeOn: made ? readDate(made.slice(1).join('-')) : null,
    language: read('Language') || null,
  }
}

/** Field values and printed text look alike in the document, so a sentence lists the fields. */
function describeFields(filled: readonly string[]): string[] {
  if (filled.length === 0) return []
  const names = filled.slice(0, mostNames).map((name) => `“${name.slice(0, longestName)}”`)
  const rest = filled.length - names.length
  const list = [...names, ...(rest > 0 ? [`${String(rest)} more`] : [])].join(', ')
  const are = filled.length === 1 ? 'A form field is' : `${String(filled.length)} form fields are`
  return [`${are} filled in, and what is filled in stands in the text at its place: ${list}. A ticked box reads ☑.`]
}

/** Pages without text, and unreadable pages. Numbers start at 1. */
function describePages({ textless, broken }: { textless: readonly number[]; broken: readonly number[] }): string[] {
  const name = (pages: readonly number[]) => `${pages.length === 1 ? 'Page' : 'Pages'} ${listRanges(pages)}`
  const notices: string[] = []
  if (textless.length > 0)
    notices.push(`${name(textless)} ${textless.length === 1 ? 'holds' : 'hold'} no text: empty, or a picture of it.`)
  if (broken.length > 0)
    notices.push(`${name(broken)} ${broken.length === 1 ? 'is' : 'are'} damaged and could not be read.`)
  return notices
}

/** Letters of a file that could not be read. */
interface Loss {
  /** Encodings that are unknown here. */
  missing: ReadonlySet<string>
  /** The number of signs without a letter, and of meaningless characters in the text. */
  lost: number
  undecoded: number
  cutTables: number
}

/** Sentences on text that may be wrong or missing because the file does not say which letters its fonts show. */
function describeLoss({ missing, lost, undecoded, cutTables }: Loss): string[] {
  const notices: string[] = []
  const signs = (count: number) => `${count.toLocaleString('en-GB')} ${count === 1 ? 'sign' : 'signs'}`
  if (missing.size > 0) {
    const encodings = [...missing].join(', ')
    notices.push(
      `Some text is written in an encoding that is not known here (${encodings}) and may be wrong: compare it with the file.`,
    )
  }
  if (lost > 0)
    notices.push(`${signs(lost)} of which the file does not say the letter ${lost === 1 ? 'was' : 'were'} left out.`)
  if (undecoded > 0) {
    const stand = undecoded === 1 ? 'stands in the text as a character' : 'stand in the text as characters'
    notices.push(`${signs(undecoded)} could not be decoded and ${stand} without a meaning: compare them with the file.`)
  }
  if (cutTables > 0)
    notices.push(
      'A table that says which letters a font shows is cut off in this file, so some letters may be missing or wrong: compare the text with the file.',
    )
  return notices
}

/** Ascending numbers joined into ranges: "3, 5–7". */
function listRanges(numbers: readonly number[]): string {
  const ranges: [number, number][] = []
  for (const number of numbers) {
    const last = ranges.at(-1)
    if (last?.[1] === number - 1) last[1] = number
    else ranges.push([number, number])
  }
  return ranges.map(([from, to]) => (from === to ? String(from) : `${String(from)}–${String(to)}`)).join(', ')
}
