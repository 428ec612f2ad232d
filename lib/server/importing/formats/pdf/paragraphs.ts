import { lineText, overlaps, type PageLine, type LinePart } from './lines'
import type { Typography } from './typography'

/** Lines that belong together. */
export interface Passage {
  kind: 'paragraph' | 'heading' | 'item' | 'row' | 'note' | 'contents'
  lines: PageLine[]
  /** The marker of an item ("•", "2."), or the number or sign of a note. */
  marker: string
}

const bullet = /^(?:[•▪◦●○■□‣·*\uf0b7\uf0a7]|[-–—](?=\s))\s*/u
const number = /^(?:\(?\d{1,3}[.)]|\(?[a-z][.)]|\([ivx]{1,5}\))(?:\s+|$)/u
const noteStart = /^(\d{1,3}|[*†‡§]{1,3})\s*(?=\S)/u
const sentenceEnd = /[.!?…:;]["'”’»)\]]*$/u
const contentsLine = /(?:(?:\.\s?){4,}|[\u2026]{2,}|\t)\s*(?:\d{1,4}|[ivxlc]{1,6})$/u

/** The marker at the start of a list item; null for a line without one. */
function readMarker(line: PageLine): string | null {
  const text = lineText(line).trimStart()
  return (bullet.exec(text) ?? number.exec(text))?.[0] ?? null
}

/** Groups the lines of a document, in reading order, into passages. Passages split by the end of a page are joined. */
export function groupLines(lines: readonly PageLine[], type: Typography): Passage[] {
  const passages: Passage[] = []
  lines.forEach((line, at) => {
    const kind = kindOf(line, type, { before: lines[at - 1], after: lines[at + 1] })
    const open = findOpen(passages, line, kind)
    if (open && belongsTo(open, line, { kind, type, next: lines[at + 1] })) {
      open.lines.push(line)
      return
    }
    const marker =
      kind === 'item'
        ? (readMarker(line) ?? '')
        : kind === 'note'
          ? (noteStart.exec(lineText(line).trim())?.[1] ?? '')
          : ''
    passages.push({ kind, lines: [line], marker })
  })
  return passages
}

/** The passage that a line may continue: the last one, or for running text the last one that is not a note. */
function findOpen(passages: readonly Passage[], line: PageLine, kind: Passage['kind']): Passage | undefined {
  const last = passages.at(-1)
  if (last?.kind !== 'note' || kind === 'note') return last
  const noteLine = last.lines.at(-1)
  const isStillNote = noteLine?.page === line.page && Math.abs(noteLine.size - line.size) < 0.3
  return isStillNote ? last : passages.findLast((passage) => passage.kind !== 'note')
}

function kindOf(
  line: PageLine,
  type: Typography,
  around: { before: PageLine | undefined; after: PageLine | undefined },
): Passage['kind'] {
  const text = lineText(line).trim()
  if (contentsLine.test(text)) return 'contents'
  if (isHeading(line, text, { type, ...around })) return 'heading'
  if (isNote(line, text, type)) return 'note'
  if (readMarker(line) !== null) return 'item'
  return line.cells.length > 0 ? 'row' : 'paragraph'
}

interface HeadingPlace {
  type: Typography
  before: PageLine | undefined
  after: PageLine | undefined
}

/** A larger font, or another font on a short line with space above it. */
function isHeading(line: PageLine, text: string, { type, before, after }: HeadingPlace): boolean {
  if (text.length > 200 || !/\p{L}/u.test(text)) return false
  if (line.size >= type.bodySize * 1.12) return !/[.,;]$/.test(text) || text.length < 60
  if (line.font === type.bodyFont || line.size < type.bodySize * 0.97 || line.cells.length > 0) return false
  if (text.length > 90 || /[.,;:]$/.test(text) || !/^[\p{Lu}\p{N}\p{Lo}]/u.test(text)) return false
  if (after?.font === line.font && after.page === line.page) return false
  const isSpaced =
    before?.page !== line.page ||
    line.baseline - before.baseline > type.bodySize * type.leading * 1.2 ||
    line.baseline < before.baseline
  const { left, right } = type.columnOf(line)
  return isSpaced && line.right - line.left < (right - left) * 0.9
}

/** A smaller font and a number or sign at the start, raised or not. */
function isNote(line: PageLine, text: string, type: Typography): boolean {
  if (line.size > type.bodySize * 0.93 || line.cells.length > 0) return false
  return line.parts[0]?.isRaised === true ? noteStart.test(text) : /^(?:\d{1,2}|[*†‡§]{1,3})\s\p{Lu}/u.test(text)
}

interface Joining {
  kind: Passage['kind']
  type: Typography
  next: PageLine | undefined
}

function belongsTo(open: Passage, line: PageLine, { kind, type, next }: Joining): boolean {
  const last = open.lines.at(-1)
  if (!last) return false
  if (kind === 'contents' || open.kind === 'contents') return false
  if (kind === 'heading' || open.kind === 'heading') return kind === open.kind && continuesHeading(last, line, type)
  if (kind === 'row' || open.kind === 'row') return false
  if (kind === 'item' || kind === 'note') return false
  if (Math.abs(last.size - line.size) > last.size * 0.08) return false
  const column = type.columnOf(last)
  const isBelow = last.page === line.page && line.baseline > last.baseline && overlaps(column, line)
  if (!isBelow) return crossesOver(open, line, type)
  if (line.baseline - last.baseline > Math.max(last.size * type.leading * 1.35, last.size * 1.5)) return false
  if (endsEarly(last, line, column)) return false
  return !isIndentedAnew(open, line, { type, next })
}

function continuesHeading(last: PageLine, line: PageLine, type: Typography): boolean {
  const isClose =
    last.page === line.page && line.baseline - last.baseline < last.size * Math.max(1.6, type.leading * 1.35)
  return isClose && line.baseline > last.baseline && Math.abs(last.size - line.size) < 0.6 && last.font === line.font
}

/** Whether text continues in the next column or on the next page. */
function crossesOver(open: Passage, line: PageLine, type: Typography): boolean {
  const last = open.lines.at(-1)
  if (!last) return false
  const text = lineText(line).trim()
  const before = lineText(last).trim()
  if (!sentenceEnd.test(before)) return true
  if (/^\p{Ll}/u.test(text)) return true
  const column = type.columnOf(last)
  const own = type.columnOf(line)
  const isFull = last.right > column.right - last.size
  const isIndentUsed = (open.lines[0]?.left ?? 0) > column.left + last.size * 0.8
  return isFull && isIndentUsed && line.left < own.left + line.size * 0.5
}

/** Whether the next line's first word would have fitted on a line: then the line break was intended. */
function endsEarly(last: PageLine, line: PageLine, column: { left: number; right: number }): boolean {
  const text = lineText(line).trim()
  const word = /^\S+/u.exec(text)?.[0].length ?? 1
  const wordWidth = ((line.right - line.left) / Math.max(1, text.length)) * (word + 1)
  const room = column.right - last.right - wordWidth
  const isEnded = sentenceEnd.test(lineText(last).trim())
  return room > (isEnded ? last.size : Math.max(last.size * 3, (column.right - column.left) * 0.2))
}

/** Whether a line is indented or outdented to begin a paragraph. */
function isIndentedAnew(
  open: Passage,
  line: PageLine,
  { type, next }: { type: Typography; next: PageLine | undefined },
): boolean {
  const last = open.lines.at(-1)
  const first = open.lines[0]
  if (!last || !first) return false
  const step = line.left - last.left
  const least = line.size * 0.7
  if (step > least) {
    const isHanging = open.lines.length === 1 && next?.page === line.page && Math.abs(next.left - line.left) < 2
    return !(open.kind === 'item' || open.kind === 'note' || isHanging)
  }
  if (step < -least) {
    // The first line was indented, where indents begin paragraphs; or it was outdented, and so is the next entry.
    const isSecond = open.lines.length === 1 && open.kind === 'paragraph'
    return !isSecond && (first.left < last.left - least || type.columnOf(line).left > line.left + least)
  }
  return false
}

/** The words of a document, to tell a line-end hyphen that divides a word from one that belongs to it. */
export function collectWords(lines: readonly PageLine[]): ReadonlySet<string> {
  const words = new Set<string>()
  for (const line of lines) {
    const text = lineText(line)
    for (const [word] of text.replace(/\S+[-\u2010]$/u, '').matchAll(/[\p{L}\p{M}]+(?:[-\u2010][\p{L}\p{M}]+)*/gu))
      words.add(word.toLowerCase())
  }
  return words
}

/**
 * The parts of a passage, line by line. Lines are joined by a space, except between scripts that are written without spaces. A hyphen at the end of a
 * line is removed when the document has the whole word elsewhere, or has neither that nor the hyphenated word; a soft hyphen is always removed.
 */
export function joinByLine(lines: readonly PageLine[], words: ReadonlySet<string>): LinePart[][] {
  const flat = lines.map(flatten)
  // Each line end is examined before the lines are joined: examining the joined text would take quadratic time.
  flat.forEach((parts, at) => {
    const [first] = parts
    const last = flat[at - 1]?.at(-1)
    if (first && last && !last.isRaised) first.text = joinWords(last, first.text, words)
    else if (first && last) first.text = ` ${first.text}`
  })
  return flat
}

/** The parts of lines as by `joinByLine`, in one list. */
export function joinParts(flat: readonly (readonly LinePart[])[]): LinePart[] {
  const joined: LinePart[] = []
  for (const { text, isRaised } of flat.flat()) {
    const last = joined.at(-1)
    if (last?.isRaised === isRaised) last.text += text
    else joined.push({ text, isRaised })
  }
  return joined
}

/** The parts of a line and its cells, separated by tabs. */
function flatten(line: PageLine): LinePart[] {
  const own = line.parts.map((part) => ({ ...part }))
  return line.cells.reduce((parts, cell) => [...parts, { text: '\t', isRaised: false }, ...flatten(cell)], own)
}

const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\u3000-\u303f\uff00-\uffef]/u

/** Prepares the end of `last` and the beginning of `next` for joining; returns `next`. */
function joinWords(last: LinePart, next: string, words: ReadonlySet<string>): string {
  const end = last.text.trimEnd()
  const start = next.trimStart()
  last.text = end
  if (end.endsWith('\u00ad')) {
    last.text = end.slice(0, -1)
    return start
  }
  const head = /([\p{L}\p{M}]+(?:[-\u2010][\p{L}\p{M}]+)*)[-\u2010]$/u.exec(end)?.[1]
  const tail = /^[\p{L}\p{M}]+/u.exec(start)?.[0]
  if (head !== undefined && tail !== undefined) {
    if (!keepsHyphen(head, tail, words)) last.text = end.slice(0, -1)
    return start
  }
  return unspaced.test(end.slice(-1)) && unspaced.test(start.charAt(0)) ? start : ` ${start}`
}

/** Words that occur hyphenated before another word more often than divided at a line end. */
const hyphenated = /^(?:well|self|ex|half|non|co)$/

function keepsHyphen(first: string, second: string, words: ReadonlySet<string>): boolean {
  const head = first.toLowerCase()
  const tail = second.toLowerCase()
  if (words.has(head + tail)) return false
  if (words.has(`${head}-${tail}`) || words.has(`${head}\u2010${tail}`) || !/^\p{Ll}/u.test(second)) return true
  const areWords = head.length >= 4 && tail.length >= 4 && words.has(head) && words.has(tail)
  return head.includes('-') || areWords || hyphenated.test(head)
}
