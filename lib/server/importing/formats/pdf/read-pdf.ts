import { getResolvedPDFJS } from 'unpdf'
import { maxTextBytes } from '@/lib/domain/documents/schema'
import type { ParsedSource } from '../../imported-document'
import { readDate } from '../../read-date'
import { markSections } from '../../sections'
import { damaged, UnreadableFile } from '../unreadable'
import { buildBlocks } from './blocks'
import { EncodingTables } from './encoding-tables'
import { joinRuns, lineText, orderLines, type PageLine, type PlacedText } from './lines'
import { partFurniture } from './page-furniture'

type Engine = Awaited<ReturnType<typeof getResolvedPDFJS>>
type PdfDocument = Awaited<ReturnType<Engine['getDocument']>['promise']>
type PdfPage = Awaited<ReturnType<PdfDocument['getPage']>>

const pdfFile = 'PDF file'
const maxPages = 2000

/**
 * Reads a PDF file: paragraphs over columns and pages, headings by size and font, lists, rows of tables, notes, page numbers. Running heads and page numbers are out of
 * scope. Nothing is drawn, no script in it runs, and nothing outside is looked at. A file without text, as scans are, is refused. At most 2,000 pages.
 * @throws UnreadableFile
 */
export async function readPdf(bytes: Uint8Array): Promise<ParsedSource> {
  const engine = await getResolvedPDFJS()
  const encodings = new NamedEncodings()
  const task = engine.getDocument({
    // The engine takes the bytes for itself.
    data: new Uint8Array(bytes),
    isEvalSupported: false,
    useSystemFonts: false,
    disableFontFace: true,
    enableXfa: false,
    stopAtErrors: false,
    verbosity: 0,
    cMapPacked: false,
    BinaryDataFactory: encodings.factory,
  })
  try {
    const document = await task.promise
    if (document.numPages > maxPages) {
      throw new UnreadableFile(
        'too-complex',
        `This PDF file has ${document.numPages.toLocaleString('en-GB')} pages; at most ${maxPages.toLocaleString('en-GB')} can be read. Split it into parts.`,
      )
    }
    return await readPages(engine, document, encodings.missing)
  } catch (error) {
    throw explain(error)
  } finally {
    await task.destroy().catch(() => undefined)
  }
}

/** What went wrong in the engine, which throws errors of many kinds at broken files, as a problem of the file. */
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

/**
 * Tables of older encodings of Chinese, Japanese and Korean that a file names and does not carry. Those that cannot be made are named: text in them comes out wrong.
 */
class NamedEncodings {
  readonly missing = new Set<string>()
  /** What the engine asks for such a table. */
  readonly factory: new () => { fetch(asked: { kind: string; filename: string }): Promise<Uint8Array> }

  constructor() {
    const { missing } = this
    const tables = new EncodingTables()
    this.factory = class {
      fetch({ kind, filename }: { kind: string; filename: string }): Promise<Uint8Array> {
        const table = kind === 'cMapUrl' ? tables.make(filename) : null
        if (table !== null) return Promise.resolve(new TextEncoder().encode(table))
        if (kind === 'cMapUrl') missing.add(filename)
        return Promise.reject(new Error(`${filename} is not part of the program`))
      }
    }
  }
}

async function readPages(engine: Engine, document: PdfDocument, missing: ReadonlySet<string>): Promise<ParsedSource> {
  const pages: PageLine[][] = []
  const textless: number[] = []
  const broken: number[] = []
  let length = 0
  for (let at = 0; at < document.numPages; at += 1) {
    const lines = await readPage(engine, document, at).catch(() => null)
    pages.push(lines ?? [])
    if (lines === null) broken.push(at + 1)
    else if (lines.length === 0) textless.push(at + 1)
    length += (lines ?? []).reduce((sum, { right, left, size }) => sum + (right - left) / size, 0)
    if (length > maxTextBytes) {
      throw new UnreadableFile('too-large', 'This PDF file holds more than 5 MB of text. Split it into parts.')
    }
  }
  if (pages.every((lines) => lines.length === 0))
    throw textlessFile(document.numPages, { broken: broken.length, missing })
  const share = unreadableShare(pages.flat())
  if (share > mostUnreadable) throw unreadableFonts()
  const blocks = buildBlocks(partFurniture(pages), await readLabels(document))
  return {
    content: { type: 'doc', content: markSections(blocks) },
    ...(await readProperties(document)),
    notices: noticesOf({ textless, broken, missing }),
  }
}

/** The most of a text that may be characters without a meaning. */
const mostUnreadable = 0.3

/** How much of the text is characters that stand for nothing: those of private use, and the sign for what could not be decoded. */
function unreadableShare(lines: readonly PageLine[]): number {
  const text = lines.map(lineText).join('').replace(/\s/gu, '')
  return text === '' ? 0 : (text.match(/[\p{Co}\ufffd]/gu)?.length ?? 0) / text.length
}

function unreadableFonts(): UnreadableFile {
  return new UnreadableFile(
    'empty',
    'The fonts of this PDF file do not say which letters they show, so its text cannot be read. Run it through text recognition (OCR) and import what that gives.',
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
    `This PDF file holds no text, only pictures of ${pages === 1 ? 'a page' : `${String(pages)} pages`}, as scans do. Run it through text recognition (OCR) and import what that gives.`,
  )
}

interface Shortcomings {
  /** The numbers of pages without text, and of those that could not be read, from 1. */
  textless: readonly number[]
  broken: readonly number[]
  missing: ReadonlySet<string>
}

function noticesOf({ textless, broken, missing }: Shortcomings): string[] {
  const name = (pages: readonly number[]) => `${pages.length === 1 ? 'Page' : 'Pages'} ${listRanges(pages)}`
  const notices: string[] = []
  if (textless.length > 0)
    notices.push(`${name(textless)} ${textless.length === 1 ? 'holds' : 'hold'} no text: empty, or a picture of it.`)
  if (broken.length > 0)
    notices.push(`${name(broken)} ${broken.length === 1 ? 'is' : 'are'} damaged and could not be read.`)
  if (missing.size > 0) {
    const encodings = [...missing].join(', ')
    notices.push(
      `Some text is written in an encoding that is not known here (${encodings}) and may be wrong: compare it with the file.`,
    )
  }
  return notices
}

/** Ascending numbers as people write them: "3, 5–7". */
function listRanges(numbers: readonly number[]): string {
  const ranges: [number, number][] = []
  for (const number of numbers) {
    const last = ranges.at(-1)
    if (last?.[1] === number - 1) last[1] = number
    else ranges.push([number, number])
  }
  return ranges.map(([from, to]) => (from === to ? String(from) : `${String(from)}–${String(to)}`)).join(', ')
}

async function readPage(engine: Engine, document: PdfDocument, at: number): Promise<PageLine[]> {
  const page = await document.getPage(at + 1)
  const runs = await readRuns(engine, page)
  page.cleanup()
  return orderLines(joinRuns(runs, at))
}

/** The runs of a page as a reader sees it: turned as the page is, and once more where nearly all of its text is. */
async function readRuns(engine: Engine, page: PdfPage): Promise<PlacedText[]> {
  const { items } = await page.getTextContent()
  const viewport = page.getViewport({ scale: 1 })
  const placed = items.flatMap((item) => {
    if (!('str' in item)) return []
    const matrix: unknown = engine.Util.transform(viewport.transform, item.transform)
    if (!isMatrix(matrix)) return []
    const [a, b, c, d, x, y] = matrix
    const size = Math.hypot(c, d) || item.height
    return size > 0 && Number.isFinite(x) && Number.isFinite(y)
      ? [{ item, x, y, size, quarter: Math.round(Math.atan2(b, a) / (Math.PI / 2)) & 3 }]
      : []
  })
  const weights = [0, 0, 0, 0]
  for (const { item, quarter } of placed) weights[quarter] = (weights[quarter] ?? 0) + item.str.trim().length
  const usual = weights.indexOf(Math.max(...weights))
  // What stands at another angle, such as a stamp along the edge, comes behind the rest.
  const turned = [
    ...placed.filter(({ quarter }) => quarter === usual),
    ...placed.filter(({ quarter }) => quarter !== usual),
  ]
  return turned.map(({ item, x, y, size, quarter }) => {
    const [left, baseline] = turn(x, y, quarter)
    // Control characters are what is left of signs that a font has no letter for.
    const text = item.str.replace(/[\p{Cc}]/gu, '').toWellFormed()
    const isRightToLeft = item.dir === 'rtl'
    return {
      text,
      left,
      right: left + item.width,
      baseline: quarter === usual ? baseline : baseline + 100_000,
      size,
      font: item.fontName,
      isRightToLeft,
    }
  })
}

function isMatrix(value: unknown): value is [number, number, number, number, number, number] {
  return Array.isArray(value) && value.length === 6 && value.every((part) => typeof part === 'number')
}

/** A point as it is once the page is turned back by quarters of a turn. */
function turn(x: number, y: number, quarter: number): [number, number] {
  switch (quarter) {
    case 1:
      return [y, -x]
    case 2:
      return [-x, -y]
    case 3:
      return [-y, x]
    default:
      return [x, y]
  }
}

/** What each page is called: as the document numbers it, else from 1. */
async function readLabels(document: PdfDocument): Promise<string[]> {
  const given = await document.getPageLabels().catch(() => null)
  return Array.from({ length: document.numPages }, (_, at) => {
    const label = given?.[at]?.trim() ?? ''
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
