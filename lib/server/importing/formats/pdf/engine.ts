import { getResolvedPDFJS } from 'unpdf'
import { z } from 'zod'
import { EncodingTables } from './encoding-tables'

export type Engine = Awaited<ReturnType<typeof getResolvedPDFJS>>
export type PdfDocument = Awaited<ReturnType<Engine['getDocument']>['promise']>
export type PdfPage = Awaited<ReturnType<PdfDocument['getPage']>>
export type PdfViewport = ReturnType<PdfPage['getViewport']>

/** pdf.js, which reads the file format. */
export async function loadEngine(): Promise<Engine> {
  if (!('transferToFixedLength' in ArrayBuffer.prototype)) {
    // pdf.js hands fonts over by a method of buffers that came with Node 21. A copy does the same.
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
 * Opens a file so that nothing is drawn, no script in it runs, and nothing outside is looked at.
 * @returns also the names of encodings that the file names, does not carry, and that are not known here, as they are met
 */
export function openPdf(engine: Engine, bytes: Uint8Array) {
  const encodings = new NamedEncodings()
  const task = engine.getDocument({
    // The engine takes the bytes for itself.
    data: new Uint8Array(bytes),
    isEvalSupported: false,
    useSystemFonts: false,
    disableFontFace: true,
    enableXfa: false,
    stopAtErrors: false,
    // Pictures are never needed.
    maxImageSize: 1,
    verbosity: 0,
    cMapPacked: false,
    BinaryDataFactory: encodings.factory,
  })
  return { task, missing: encodings.missing }
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

/** What drawing a page takes, as far as it says something about its text. */
export interface DrawnPage {
  /** The text that each annotation is drawn with, by the annotation's id: a button's label. */
  annotations: ReadonlyMap<string, string>
  /** What a font is called; null for one that the page does not have. */
  nameOf(font: string): string | null
}

/** Goes through what would be drawn on a page. Costs more than reading its text. */
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
