import { constants, inflateRawSync } from 'node:zlib'
import { getResolvedPDFJS } from 'unpdf'
import { z } from 'zod'
import { EncodingTables } from './fonts'

export type Engine = Awaited<ReturnType<typeof getResolvedPDFJS>>
export type PdfDocument = Awaited<ReturnType<Engine['getDocument']>['promise']>
export type PdfPage = Awaited<ReturnType<PdfDocument['getPage']>>
export type PdfViewport = ReturnType<PdfPage['getViewport']>

/** pdf.js, the parser of the file format. */
export async function loadEngine(): Promise<Engine> {
  if (!('transferToFixedLength' in ArrayBuffer.prototype)) {
    // pdf.js transfers fonts by a buffer method introduced in Node 21. A copy has the same effect.
    Object.defineProperty(ArrayBuffer.prototype, 'transferToFixedLength', {
      configurable: true,
      value(this: ArrayBuffer, length: number) {
        return this.slice(0, length)
      },
    })
  }
  return getResolvedPDFJS()
}

/**
 * Opens a file without drawing, running scripts or reading anything outside it.
 * @returns also the set of named encodings that are neither embedded nor known here, filled as they are met
 */
export function openPdf(engine: Engine, bytes: Uint8Array) {
  const encodings = new NamedEncodings()
  const task = engine.getDocument({
    // The engine takes ownership of the bytes.
    data: new Uint8Array(bytes),
    isEvalSupported: false,
    useSystemFonts: false,
    disableFontFace: true,
    enableXfa: false,
    stopAtErrors: false,
    // Pictures are not needed.
    maxImageSize: 1,
    verbosity: 0,
    cMapPacked: false,
    BinaryDataFactory: encodings.factory,
  })
  return { task, missing: encodings.missing }
}

/**
 * Provides tables for older encodings of Chinese, Japanese and Korean that a file names but does not embed. Unknown encodings are recorded: their
 * text comes out wrong.
 */
class NamedEncodings {
  readonly missing = new Set<string>()
  /** The interface through which the engine requests such a table. */
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

const glyphsSchema = z.array(z.unknown()).transform((glyphs) =>
  glyphs
    .map((glyph) => {
      const letter: unknown = typeof glyph === 'object' && glyph !== null ? Reflect.get(glyph, 'unicode') : ''
      return typeof letter === 'string' ? letter : ''
    })
    .join(''),
)
const annotationStartSchema = z.tuple([z.string()]).rest(z.unknown())
const fontSchema = z.object({ name: z.string() })

/** What a page's drawing operations reveal about its text. */
export interface DrawnPage {
  /** The text drawn for each annotation, by the annotation's id: a button's label. */
  annotations: ReadonlyMap<string, string>
  /** The name of a font; null for one that the page does not have. */
  nameOf(font: string): string | null
}

/** Reads the drawing operations of a page. Costs more than reading its text. */
export async function followDrawing(engine: Engine, page: PdfPage): Promise<DrawnPage> {
  const { fnArray, argsArray } = await page.getOperatorList({ annotationMode: engine.AnnotationMode.ENABLE })
  const annotations = new Map<string, string>()
  let open: string | null = null
  fnArray.forEach((operator, at) => {
    const given: unknown = argsArray[at]
    if (operator === engine.OPS.beginAnnotation) open = annotationStartSchema.safeParse(given).data?.[0] ?? null
    else if (operator === engine.OPS.endAnnotation) open = null
    else if (operator === engine.OPS.showText && open !== null) {
      const shown = Array.isArray(given) ? (glyphsSchema.safeParse(given[0]).data ?? '') : ''
      annotations.set(open, `${annotations.get(open) ?? ''} ${shown}`.trim())
    }
  })
  return {
    annotations,
    nameOf: (font) => {
      if (!page.commonObjs.has(font)) return null
      const found: unknown = page.commonObjs.get(font)
      return fontSchema.safeParse(found).data?.name ?? null
    },
  }
}

/** What was repaired in a file, and the repaired file. */
interface MendedFile {
  bytes: Uint8Array
  /** Letter tables that were cut off: their readable part is used. */
  cutTables: number
}

/** The most tables and fonts that are examined, and the most objects of a file that is repaired. */
const [maxLooked, maxObjects] = [500, 200_000]

const maxTableBytes = 4 * 1024 * 1024

/** The longest object read as the description of a font, and the longest text before a stream, in characters. */
const [maxFont, maxHead] = [50_000, 2000]

/**
 * Repairs two faults that the engine refuses but other programs accept: a letter table (ToUnicode) whose stream was cut off, and a font of numbered
 * characters without a descriptor, whose text would come out as wrong letters. Repaired objects are appended as an incremental update of the file;
 * the original bytes stay. An encrypted file, or one without such faults, is returned as it is.
 */
export function mendFile(bytes: Uint8Array): MendedFile {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const hasFonts = file.includes('/ToUnicode') || file.includes('/CIDFontType')
  if (!hasFonts || file.includes('/Encrypt')) return { bytes, cutTables: 0 }
  const text = file.toString('latin1')
  const objects = findObjects(text)
  if (objects === null) return { bytes, cutTables: 0 }
  const tables = findTables(text).flatMap((number) => {
    const object = objects.get(number)
    const table = object === undefined ? null : recoverTable(file, text, object)
    return object === undefined || table === null ? [] : [{ ...object, body: writeStream(table) }]
  })
  const mended = [...tables, ...mendFonts(text, objects)]
  return {
    bytes: mended.length === 0 ? bytes : Buffer.concat([file, writeUpdate(text, objects, mended)]),
    cutTables: tables.length,
  }
}

/** The position of an object in a file: the content between `obj` and `endobj` begins at `start`. */
interface FileObject {
  number: number
  generation: number
  start: number
}

/** The uncompressed objects of a file by number; of several with one number the last, which is valid. Null when there are too many. */
function findObjects(text: string): Map<number, FileObject> | null {
  const objects = new Map<number, FileObject>()
  for (const found of text.matchAll(/\b(\d{1,8})\s(\d{1,5})\sobj\b/g)) {
    const [all, number, generation] = found
    objects.set(Number(number), {
      number: Number(number),
      generation: Number(generation),
      start: found.index + all.length,
    })
    if (objects.size > maxObjects) return null
  }
  return objects
}

function findTables(text: string): number[] {
  const numbers = [...text.matchAll(/\/ToUnicode\s+(\d{1,8})\s+\d{1,5}\s+R/g)].map(([, number]) => Number(number))
  return [...new Set(numbers)].slice(0, maxLooked)
}

/** The readable part of a truncated compressed table; null for a complete one, or when no part is readable. */
function recoverTable(file: Buffer, text: string, { start }: FileObject): string | null {
  const head = text.slice(start, start + maxHead)
  const opening = /\bstream\r?\n/.exec(head)
  const isPacked =
    opening !== null && head.includes('/FlateDecode') && !/\/DecodeParms|\[/.test(head.slice(0, opening.index))
  if (!isPacked) return null
  const from = start + opening.index + opening[0].length
  const end = text.indexOf('endstream', from)
  if (end < 0) return null
  // Raw deflate data follows the two-byte header. The checksum at the end is ignored, as the engine does.
  const packed = file.subarray(from + 2, end)
  if (unpack(packed, constants.Z_FINISH) !== null) return null
  const part = unpack(packed, constants.Z_SYNC_FLUSH)
  return part?.includes('beginbf') === true ? part.slice(0, part.lastIndexOf('>') + 1) : null
}

function unpack(packed: Uint8Array, finishFlush: number): string | null {
  try {
    return inflateRawSync(packed, { finishFlush, maxOutputLength: maxTableBytes }).toString('latin1')
  } catch (error) {
    if (error instanceof Error && 'code' in error) return null
    throw error
  }
}

function writeStream(content: string): string {
  return `<< /Length ${String(content.length)} >>\nstream\n${content}\nendstream`
}

type MendedObject = FileObject & { body: string }

/** Adds a minimal descriptor to fonts of numbered characters that have none. */
function mendFonts(text: string, objects: ReadonlyMap<number, FileObject>): MendedObject[] {
  const found = [...text.matchAll(/\/CIDFontType[02]\b/g)].slice(0, maxLooked)
  if (found.length === 0) return []
  const inOrder = [...objects.values()].sort((one, other) => one.start - other.start)
  const fonts = new Set(found.map(({ index }) => inOrder.findLast(({ start }) => start < index)))
  return [...fonts].flatMap((object) => {
    const body = object === undefined ? null : readBody(text, object)
    const isBare = body !== null && /^\s*<</.test(body) && !/\/(?:FontDescriptor|Type0)\b/.test(body)
    if (!isBare || object === undefined || !/\/CIDFontType[02]\b/.test(body)) return []
    const name = /\/BaseFont\s*(\/[^\s/<>[\]()]+)/.exec(body)?.[1] ?? '/Unnamed'
    const descriptor = `/FontDescriptor << /Type /FontDescriptor /FontName ${name} /Flags 4 >>`
    return [{ ...object, body: body.replace('<<', () => `<< ${descriptor}`).trim() }]
  })
}

/** The content of an object without a stream; null for one with a stream, or one too long to describe a font. */
function readBody(text: string, { start }: FileObject): string | null {
  const body = text.slice(start, start + maxFont)
  const end = body.search(/\bendobj\b|\bstream\r?\n/)
  return end < 0 || body.startsWith('stream', end) ? null : body.slice(0, end)
}

/** Writes the objects as an incremental update at the end of the file, whose table refers to the file's own. */
function writeUpdate(text: string, objects: ReadonlyMap<number, FileObject>, mended: readonly MendedObject[]): Buffer {
  let update = '\n'
  const rows = mended.map(({ number, generation, body }) => {
    const offset = text.length + update.length
    update += `${String(number)} ${String(generation)} obj\n${body}\nendobj\n`
    return `${String(number)} 1\n${String(offset).padStart(10, '0')} ${String(generation).padStart(5, '0')} n \n`
  })
  const root = [...text.matchAll(/\/Root\s+\d{1,8}\s+\d{1,5}\s+R/g)].at(-1)?.[0]
  const previous = [...text.matchAll(/\bstartxref\s+(\d{1,10})/g)].at(-1)?.[1]
  if (root !== undefined && previous !== undefined) {
    const info = [...text.matchAll(/\/Info\s+\d{1,8}\s+\d{1,5}\s+R/g)].at(-1)?.[0] ?? ''
    const size = Math.max(...objects.keys()) + 1
    const start = text.length + update.length
    update += `xref\n${rows.join('')}trailer\n<< /Size ${String(size)} ${root} ${info} /Prev ${previous} >>\nstartxref\n${String(start)}\n%%EOF\n`
  }
  return Buffer.from(update, 'latin1')
}
