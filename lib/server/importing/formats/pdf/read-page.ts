import { readAnnotations, type BoxedText, type PageAnnotations } from './annotations'
import { followDrawing, type DrawnPage, type Engine, type PdfDocument, type PdfPage, type PdfViewport } from './engine'
import { joinRuns, orderLines, type PageLine, type PlacedText } from './lines'
import { looksLikePictures, readPictures } from './fonts'

/** The content of one page. */
export interface ReadPage {
  /** In reading order; field values are at their places. */
  lines: PageLine[]
  /** The labels of buttons. */
  buttons: PageLine[]
  /** The names of filled fields. */
  filled: string[]
  /** The number of comments on it, which are not read. */
  comments: number
  /** The number of signs for which the file names no letter. */
  lost: number
}

/** The most pages whose drawing operations are read to learn the names of fonts. */
const maxFollowed = 20

type Item = Extract<Awaited<ReturnType<PdfPage['getTextContent']>>['items'][number], { str: string }>

/** A text item as the page is displayed: its origin in points from the upper left corner, and its rotation in quarter turns. */
interface TurnedItem {
  item: Item
  x: number
  y: number
  size: number
  quarter: number
}

/** Reads the pages of one document one after another. */
export class PageReader {
  readonly #engine: Engine
  readonly #document: PdfDocument
  /** The names of fonts that may be symbol fonts; null for an unknown name. */
  readonly #fonts = new Map<string, string | null>()
  #followed = 0

  constructor(engine: Engine, document: PdfDocument) {
    this.#engine = engine
    this.#document = document
  }

  /** @param at from 0. @throws an error of the engine for a damaged page. */
  async read(at: number): Promise<ReadPage> {
    const page = await this.#document.getPage(at + 1)
    const viewport = page.getViewport({ scale: 1 })
    const items = this.#placeItems((await page.getTextContent()).items, viewport)
    const annotations = await readAnnotations(page).catch(() => none)
    const drawn = await this.#follow(page, items, annotations)
    const usual = usualQuarter(items)
    const runs = runsOf(items, usual, this.#fonts)
    const boxes = annotations.texts.map((box) => placeBox(box, viewport, usual))
    const labels = [...annotations.buttons].flatMap(([id, rect]) => {
      const text = drawn?.annotations.get(id) ?? ''
      return text === '' ? [] : [placeBox({ text, rect, size: null, baseline: null }, viewport, usual)]
    })
    page.cleanup()
    return {
      lines: orderLines(joinRuns(insertBoxes(runs, boxes), at)),
      buttons: orderLines(joinRuns(labels.flatMap(splitBox), at)),
      filled: annotations.filled,
      comments: annotations.comments,
      lost: items.reduce((sum, { item }) => sum + (readLetters(item, this.#fonts).match(unnamedSign)?.length ?? 0), 0),
    }
  }

  #placeItems(items: Awaited<ReturnType<PdfPage['getTextContent']>>['items'], viewport: PdfViewport): TurnedItem[] {
    return items.flatMap((item) => {
      if (!('str' in item)) return []
      const matrix: unknown = this.#engine.Util.transform(viewport.transform, item.transform)
      if (!isMatrix(matrix)) return []
      const [a, b, c, d, x, y] = matrix
      const size = Math.hypot(c, d) || item.height
      return size > 0 && Number.isFinite(x) && Number.isFinite(y)
        ? [{ item, x, y, size, quarter: Math.round(Math.atan2(b, a) / (Math.PI / 2)) & 3 }]
        : []
    })
  }

  /** Reads the drawing operations of a page with button labels or possible symbol fonts. */
  async #follow(page: PdfPage, items: readonly TurnedItem[], { buttons }: PageAnnotations): Promise<DrawnPage | null> {
    const unnamed = findPictureFonts(items).filter((font) => !this.#fonts.has(font))
    const isNeeded = buttons.size > 0 || (unnamed.length > 0 && this.#followed < maxFollowed)
    if (!isNeeded) return null
    this.#followed += 1
    const drawn = await followDrawing(this.#engine, page).catch(() => null)
    for (const font of unnamed) this.#fonts.set(font, drawn?.nameOf(font) ?? null)
    return drawn
  }
}

const none: PageAnnotations = { texts: [], filled: [], buttons: new Map(), comments: 0 }

/** A sign for which a font has no letter: a control character that is not white space. */
const unnamedSign = /[^\P{Cc}\s]/gu

/** Fonts whose entire text on a page looks like symbols. */
function findPictureFonts(items: readonly TurnedItem[]): string[] {
  const fonts = new Map<string, boolean>()
  for (const { item } of items) {
    if (item.str.trim() === '') continue
    fonts.set(item.fontName, (fonts.get(item.fontName) ?? true) && looksLikePictures(item.str))
  }
  return [...fonts].flatMap(([font, isAlike]) => (isAlike ? [font] : []))
}

/** The rotation of most of a page's text, in quarter turns. */
function usualQuarter(items: readonly TurnedItem[]): number {
  const weights = [0, 0, 0, 0]
  for (const { item, quarter } of items) weights[quarter] = (weights[quarter] ?? 0) + item.str.trim().length
  return weights.indexOf(Math.max(...weights))
}

/** The runs of a page as displayed: rotated like the page, and once more if nearly all of its text is rotated. */
function runsOf(items: readonly TurnedItem[], usual: number, fonts: ReadonlyMap<string, string | null>): PlacedText[] {
  // Text at another angle, such as a stamp along the edge, follows the rest.
  const turned = [
    ...items.filter(({ quarter }) => quarter === usual),
    ...items.filter(({ quarter }) => quarter !== usual),
  ]
  return turned.map(({ item, x, y, size, quarter }) => {
    const [left, baseline] = turn(x, y, quarter)
    return {
      text: readLetters(item, fonts)
        .replace(/\p{Cc}/gu, '')
        .toWellFormed(),
      left,
      right: left + item.width,
      baseline: quarter === usual ? baseline : baseline + 100_000,
      size,
      font: item.fontName,
      isRightToLeft: item.dir === 'rtl',
    }
  })
}

function readLetters({ str, fontName }: Item, fonts: ReadonlyMap<string, string | null>): string {
  const font = fonts.get(fontName) ?? null
  return font === null ? str : readPictures(font, str)
}

function isMatrix(value: unknown): value is [number, number, number, number, number, number] {
  return Array.isArray(value) && value.length === 6 && value.every((part) => typeof part === 'number')
}

/** A point after the page's rotation in quarter turns has been reversed. */
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

/** The largest size given to text without a font size, in points. */
const largestFitted = 12

/** Makes runs of the text in a rectangle, which may have several lines. */
function placeBox({ text, rect, size, baseline }: BoxedText, viewport: PdfViewport, usual: number): PlacedText {
  const [x1, y1, x2, y2] = rect
  const corners = [
    [x1, y1],
    [x2, y2],
  ].map(([x = 0, y = 0]) => {
    const [across = 0, down = 0] = viewport.convertToViewportPoint(x, y).map(Number)
    return turn(across, down, usual)
  })
  const across = corners.map(([x]) => x)
  const down = corners.map(([, y]) => y)
  const [top, bottom] = [Math.min(...down), Math.max(...down)]
  const height = bottom - top
  const isShort = !text.includes('\n')
  const own = size ?? Math.max(4, Math.min(largestFitted, height * 0.7))
  const middle = isShort && height < own * 2.5 ? (top + bottom) / 2 + own * 0.35 : top + own * 1.2
  return {
    text,
    left: Math.min(...across),
    right: Math.max(...across),
    baseline: isShort && baseline !== null ? bottom - baseline : middle,
    size: own,
    font: '',
    isRightToLeft: false,
  }
}

/** Makes a run for each line of a text, one below the other. */
function splitBox(box: PlacedText): PlacedText[] {
  return box.text
    .split(/\r\n|[\r\n]/)
    .map((line, at) => ({
      ...box,
      text: line
        .replace(/\p{Cc}/gu, ' ')
        .toWellFormed()
        .trim(),
      baseline: box.baseline + at * box.size * 1.2,
    }))
    .filter(({ text }) => text !== '')
}

/**
 * Inserts text from rectangles between the runs of a page: after the run to its left at the same height, which is its label, else before the first
 * run below it. It takes the font of the run before it, so that it is not mistaken for a heading.
 */
function insertBoxes(runs: readonly PlacedText[], boxes: readonly PlacedText[]): PlacedText[] {
  const placed = [...runs]
  for (const box of [...boxes].sort((one, other) => one.baseline - other.baseline || one.left - other.left)) {
    const isBeside = (run: PlacedText) =>
      Math.abs(run.baseline - box.baseline) < Math.max(run.size, box.size) * 0.6 && run.left < box.left
    const beside = placed.findLastIndex((run) => run.text.trim() !== '' && isBeside(run))
    const below = placed.findIndex((run) => run.baseline > box.baseline + box.size * 0.5)
    const at = beside >= 0 ? beside + 1 : below >= 0 ? below : placed.length
    const label = beside >= 0 ? placed[beside] : undefined
    // At the height of its label, so that both form one line.
    const level =
      label === undefined ? box : { ...box, baseline: label.baseline, left: Math.max(box.left, label.right) }
    const font = placed[at - 1]?.font ?? placed[at]?.font ?? ''
    placed.splice(at, 0, ...splitBox({ ...level, font }))
  }
  return placed
}
