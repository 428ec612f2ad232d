/** A run of text at its place on a page. Coordinates are in points from the page's upper left corner, as displayed. */
export interface PlacedText {
  text: string
  left: number
  right: number
  /** The height of its baseline, growing downwards. */
  baseline: number
  size: number
  font: string
  isRightToLeft: boolean
}

/** A part of a line; raised parts are note markers, powers and the like. */
export interface LinePart {
  text: string
  isRaised: boolean
}

/** A line of text on a page. */
export interface PageLine {
  parts: LinePart[]
  left: number
  right: number
  baseline: number
  /** The font of its longest run. */
  size: number
  font: string
  /** The length of its longest run. */
  longest: number
  /** From 0. */
  page: number
  /** Text at the same height behind a wide gap: the further cells of a table's row. */
  cells: PageLine[]
}

/** The text of a line with its cells, separated by tabs. */
export function lineText(line: PageLine): string {
  const own = line.parts.map(({ text }) => text).join('')
  return [own, ...line.cells.map(lineText)].join('\t')
}

/** The smallest gap between two runs, as a share of the font size, that counts as a space, and as the edge of a column or cell. */
const spaceGap = 0.14
const columnGap = 2

/** Joins runs into pieces of lines, in the order of the file; a wide gap ends a piece. */
export function joinRuns(runs: readonly PlacedText[], page: number): PageLine[] {
  const lines: PageLine[] = []
  let line: PageLine | null = null
  let isSpaceDue = false
  for (const run of runs) {
    if (run.text.trim() === '') {
      isSpaceDue ||= line !== null && run.text !== '' && Math.abs(run.baseline - line.baseline) < line.size / 2
      continue
    }
    const raised: boolean = line !== null && isRaised(line, run)
    if (line !== null && (raised || isSameLine(line, run))) {
      append(line, run, { isRaised: raised, isSpaceDue })
    } else {
      line = {
        parts: [{ text: run.text, isRaised: false }],
        left: run.left,
        right: run.right,
        baseline: run.baseline,
        size: run.size,
        font: run.font,
        longest: run.text.length,
        page,
        cells: [],
      }
      lines.push(line)
    }
    isSpaceDue = false
  }
  return lines.filter((one) => lineText(one).trim() !== '')
}

/** The distance of a run from the end of a line, in points; for right-to-left text from its left end. */
function gapTo(line: PageLine, run: PlacedText): number {
  return run.isRightToLeft ? line.left - run.right : run.left - line.right
}

function isSameLine(line: PageLine, run: PlacedText): boolean {
  const size = Math.max(line.size, run.size)
  const gap = gapTo(line, run)
  // A line that begins with a raised marker continues lower, in a larger font.
  const shift = line.size < run.size * 0.85 && lineText(line).length <= 3 ? 0.6 : 0.25
  return Math.abs(run.baseline - line.baseline) < size * shift && gap > -size * 0.6 && gap < size * columnGap
}

/** Text that is raised within running text: numbers and signs of notes, powers, the ends of ordinals. */
const markerLike = /^[\p{L}\p{N}*†‡§¶∗+#$,–-]{1,12}$/u

const isNumberOrSign = /^(?:\d{1,3}|[*†‡§¶]{1,3})$/u

function isRaised(line: PageLine, run: PlacedText): boolean {
  const rise = line.baseline - run.baseline
  const gap = gapTo(line, run)
  return (
    markerLike.test(run.text.trim()) &&
    run.size < line.size * 0.85 &&
    rise > line.size * 0.15 &&
    rise < line.size * 0.75 &&
    gap > -line.size * 0.3 &&
    gap < line.size * 0.5
  )
}

function append(
  line: PageLine,
  run: PlacedText,
  { isRaised, isSpaceDue }: { isRaised: boolean; isSpaceDue: boolean },
): void {
  const last = line.parts.at(-1)
  const before = last?.text ?? ''
  const isGap = gapTo(line, run) > Math.min(line.size, run.size) * spaceGap
  const space = (isSpaceDue || isGap) && !/\s$/.test(before) && !/^\s/.test(run.text) ? ' ' : ''
  if (last?.isRaised === isRaised) last.text += space + run.text
  else if (isRaised) line.parts.push({ text: run.text.trim(), isRaised })
  else line.parts.push({ text: space + run.text, isRaised })
  const [first] = line.parts
  if (
    !isRaised &&
    line.parts.length === 1 &&
    first &&
    run.size > line.size * 1.15 &&
    isNumberOrSign.test(before.trim())
  ) {
    // The beginning of the line was the raised marker of a note.
    line.parts = [
      { text: before.trim(), isRaised: true },
      { text: space + run.text, isRaised: false },
    ]
  }
  if (!isRaised && run.text.length > line.longest) {
    line.longest = run.text.length
    line.size = run.size
    line.font = run.font
    line.baseline = run.baseline
  }
  line.left = Math.min(line.left, run.left)
  line.right = Math.max(line.right, run.right)
}

/** Whether two pieces overlap horizontally, one above the other. */
export function overlaps(one: { left: number; right: number }, other: { left: number; right: number }): boolean {
  return Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1
}

interface Box {
  left: number
  right: number
  top: number
  bottom: number
  lines: PageLine[]
}

/**
 * Sorts the lines of a page into reading order. Most files have it already; when a piece precedes one above it, the page is cut into columns and
 * strips instead. Pieces at one height become the cells of one line, unless they are lines of two columns.
 */
export function orderLines(pieces: readonly PageLine[]): PageLine[] {
  const isInTurn = hasColumnsSideBySide(pieces)
  const boxes = stackBoxes(isInTurn ? pieces : joinRows(pieces))
  const isInOrder = boxes.every((box, at) =>
    boxes.slice(at + 1, at + 40).every((later) => !(later.bottom <= box.top + 1 && overlaps(box, later))),
  )
  return (isInOrder && !isInTurn ? boxes : cutApart(boxes)).flatMap(({ lines }) => lines)
}

function isSameRow(one: PageLine, other: PageLine): boolean {
  return Math.abs(one.baseline - other.baseline) < Math.min(one.size, other.size) * 0.4 && !overlaps(one, other)
}

/**
 * Whether the file alternates between the lines of two columns: most of its pieces are beside long ones, with a gap at the same position throughout.
 */
function hasColumnsSideBySide(pieces: readonly PageLine[]): boolean {
  const pairs = pieces.flatMap((piece, at) => {
    const next = pieces[at + 1]
    return next && isSameRow(piece, next) && next.left > piece.right ? [[piece, next] as const] : []
  })
  const long = pairs.filter(([one, other]) => lineText(one).length > 25 && lineText(other).length > 25)
  if (long.length < 8 || long.length < pairs.length * 0.7) return false
  const gapStart = Math.max(...long.map(([one]) => one.right))
  const gapEnd = Math.min(...long.map(([, other]) => other.left))
  return gapEnd > gapStart
}

/** Joins consecutive pieces at one height into one line with cells. */
function joinRows(pieces: readonly PageLine[]): PageLine[] {
  const lines: PageLine[] = []
  let end: PageLine | null = null
  for (const piece of pieces) {
    const line = lines.at(-1)
    if (line && end && isSameRow(end, piece) && piece.left > end.right && piece.left - end.right < 300) {
      line.cells.push(piece)
    } else lines.push({ ...piece, cells: [] })
    end = piece
  }
  return lines
}

/** Groups lines that continue downwards below one another into boxes. */
function stackBoxes(lines: readonly PageLine[]): Box[] {
  const boxes: Box[] = []
  for (const line of lines) {
    const right = Math.max(line.right, ...line.cells.map((cell) => cell.right))
    const top = line.baseline - line.size
    const box = boxes.at(-1)
    const last = box?.lines.at(-1)
    const gap = last ? line.baseline - last.baseline : 0
    const isNear = last !== undefined && gap > 0 && gap < Math.min(last.size, line.size) * 2.5
    if (box && isNear && overlaps(box, { left: line.left, right })) {
      box.left = Math.min(box.left, line.left)
      box.right = Math.max(box.right, right)
      box.bottom = line.baseline
      box.lines.push(line)
    } else boxes.push({ left: line.left, right, top, bottom: line.baseline, lines: [line] })
  }
  return boxes
}

/** Pages of more boxes than this are read from top to bottom. */
const maxBoxes = 500

/** Cuts boxes into columns at a gap through all of them, else into two strips at the highest gap, recursively. */
function cutApart(boxes: readonly Box[]): Box[] {
  const byHeight = [...boxes].sort((one, other) => one.top - other.top || one.left - other.left)
  if (boxes.length < 2 || boxes.length > maxBoxes) return byHeight
  const columns = splitAt(boxes, (box) => [box.left, box.right], 4)
  if (columns.length > 1) return columns.flatMap(cutApart)
  const strips = splitAt(boxes, (box) => [box.top, box.bottom], 0)
  const gaps = strips.map((strip, at) => topOf(strip) - (at === 0 ? Infinity : bottomOf(strips[at - 1] ?? [])))
  const cut = gaps.indexOf(Math.max(...gaps))
  if (strips.length < 2 || cut < 1) return byHeight
  return [...cutApart(strips.slice(0, cut).flat()), ...cutApart(strips.slice(cut).flat())]
}

const topOf = (boxes: readonly Box[]) => Math.min(...boxes.map(({ top }) => top))
const bottomOf = (boxes: readonly Box[]) => Math.max(...boxes.map(({ bottom }) => bottom))

/** Groups boxes by their extents along an axis; a gap of more than `least` between extents starts a new group. */
function splitAt(boxes: readonly Box[], extentOf: (box: Box) => [number, number], least: number): Box[][] {
  const sorted = [...boxes].sort((one, other) => extentOf(one)[0] - extentOf(other)[0])
  const groups: Box[][] = []
  let reached = -Infinity
  for (const box of sorted) {
    const [start, end] = extentOf(box)
    if (start > reached + least) groups.push([])
    groups.at(-1)?.push(box)
    reached = Math.max(reached, end)
  }
  return groups
}
