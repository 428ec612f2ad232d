import { mergeLines, readListMarker, type PlainLine } from './lines'

const endsPlainly = /[.!?…。！？؟।۔:]["'”’)\]»」』]*(?:\[\w{1,3}\])*$/u
const endsWithHyphen = /\p{L}[-\u00ad‐]$/u
const startsLower = /^["'“‘«(]?\p{Ll}/u

/**
 * How a document's lines are divided: `lines` need no joining, `width` are wrapped at a fixed width, `sentences` have one sentence each in blocks
 * between empty lines.
 */
type Wrapping = 'lines' | 'width' | 'sentences'

/** Whether a line could continue the one before: not an item, table row, heading mark or fixed line of its own. */
function mayContinue(line: PlainLine): boolean {
  return (
    !line.fixed && line.gap === 0 && !readListMarker(line.text) && !/^(?:#{1,6}\s|\||!\[|[-=_*~]{3,}$)/.test(line.text)
  )
}

/** Whether a word is cut between two lines, so that they belong together at any width. */
function cutsWord(line: PlainLine, next: PlainLine): boolean {
  return endsWithHyphen.test(line.text) && startsLower.test(next.text)
}

const lengthOf = ({ indent, text }: PlainLine) => indent + text.length

function isFull(line: PlainLine, next: PlainLine, width: number): boolean {
  return lengthOf(line) + 1 + (/^\S+/.exec(next.text)?.[0].length ?? 0) > width
}

/**
 * Undoes double spacing: where nearly all lines have one empty line before them and continue in the next one, each loses one empty line. Other texts
 * stay as they are.
 */
export function closeDoubleSpacing(lines: readonly PlainLine[]): PlainLine[] {
  const gaps = lines.slice(1).map(({ gap }) => gap)
  const single = gaps.filter((gap) => gap === 1).length
  if (lines.length < 6 || single < gaps.length * 0.6 || gaps.filter((gap) => gap === 0).length > gaps.length * 0.1)
    return [...lines]
  const lower = lines.filter(({ gap, text }) => gap === 1 && startsLower.test(text)).length
  return lower < single * 0.4 ? [...lines] : lines.map((line) => ({ ...line, gap: Math.max(0, line.gap - 1) }))
}

/**
 * Joins lines that were wrapped at a fixed width. A line continues in the next one when the first word of the next would not have fit, or when a word
 * is cut between the two. The document must show by lower-case or unfinished line ends that it is wrapped at all, otherwise every line stays a
 * paragraph. List items take in their indented continuation lines. A page number or running head between two such lines stays in the text, as an
 * aside. In a text with a sentence on each line, the lines between two empty ones are a paragraph.
 */
export function joinWrappedLines(source: string, lines: readonly PlainLine[]): PlainLine[] {
  const wrapping = findWrapping(lines)
  const common = wrapping === 'width' ? findCommonWidth(lines) : 0
  const joined: PlainLine[] = []
  for (let at = 0; at < lines.length;) {
    const first = lines[at]
    if (!first) break
    const next = first.fixed || first.running ? at + 1 : findEnd(lines, at, { wrapping, common })
    const parts = lines.slice(at, next)
    const asides = parts.filter(({ running }) => running).map(({ start, end }) => ({ start, end }))
    const merged = mergeLines(source, parts, first.fixed)
    joined.push(...(asides.length > 0 && !first.running ? merged.map((line) => ({ ...line, asides })) : merged))
    at = next
  }
  return joined
}

/** The line after the last one of the paragraph that begins at `at`. */
function findEnd(
  lines: readonly PlainLine[],
  at: number,
  { wrapping, common }: { wrapping: Wrapping; common: number },
): number {
  const first = lines[at]
  let previous = first
  let next = at + 1
  let width = wrapping === 'width' ? measureWidth(lines, at, common) : 0
  while (first && previous) {
    const line = lines[next]
    if (!line) break
    if (line.running) {
      const behind = findBehindRunning(lines, next)
      const text = lines[behind]
      if (!text || !goesOn(previous, text, wrapping)) break
      width = Math.max(width, wrapping === 'width' ? measureWidth(lines, behind, common) : 0)
      next = behind
    } else {
      if (!mayContinue(line)) break
      const hangs = readListMarker(first.text) !== null && line.indent > first.indent && line.indent <= first.indent + 8
      const begins = line.indent >= previous.indent + 2 && endsPlainly.test(previous.text)
      const full = width > 0 && !begins && isFull(previous, line, width)
      if (!hangs && !full && !cutsWord(previous, line) && wrapping !== 'sentences') break
    }
    previous = lines[next]
    next += 1
  }
  return next
}

function findBehindRunning(lines: readonly PlainLine[], at: number): number {
  let behind = at
  while (lines[behind]?.running) behind += 1
  return behind
}

/** Whether a sentence continues after a page number or running head. */
function goesOn(before: PlainLine, behind: PlainLine, wrapping: Wrapping): boolean {
  if (before.fixed || behind.fixed || endsPlainly.test(before.text) || readListMarker(behind.text)) return false
  return startsLower.test(behind.text) || (wrapping === 'width' && before.text.length >= 60 && behind.text.length >= 60)
}

/**
 * The wrapping width at `at`: the longest line of its run of lines without gaps, addresses left out, when that is plausible; else the document's
 * `common` width where the run keeps to it, and 0 otherwise.
 */
function measureWidth(lines: readonly PlainLine[], at: number, common: number): number {
  const run: PlainLine[] = []
  for (let next = at; next < lines.length && next < at + 400; next += 1) {
    const line = lines[next]
    if (!line || (next > at && (line.gap > 0 || line.running))) break
    run.push(line)
  }
  const width = Math.max(...run.filter(({ text }) => /\s/.test(text)).map(lengthOf), 0)
  if (width >= 45 && width <= 130) return width
  return width <= common * 1.15 ? common : 0
}

/**
 * The width of a document in narrow columns or very long lines: the longest line, if three or more lines continue in the next and nearly all of those
 * are full; else 0.
 */
function findCommonWidth(lines: readonly PlainLine[]): number {
  const pairs = lines.slice(1).flatMap((next, index) => {
    const line = lines[index]
    const fits = line && !line.fixed && !line.running && !next.running && mayContinue(next)
    return fits && !endsPlainly.test(line.text) ? [{ line, next }] : []
  })
  const width = pairs.reduce((most, { line }) => Math.max(most, lengthOf(line)), 0)
  if (pairs.length < 3 || width < 15 || width > 300) return 0
  const full = pairs.filter(({ line, next }) => isFull(line, next, width) || cutsWord(line, next)).length
  return full >= pairs.length * 0.7 ? width : 0
}

function findWrapping(lines: readonly PlainLine[]): Wrapping {
  if (isSentenceALine(lines)) return 'sentences'
  let candidates = 0
  let unfinished = 0
  let lower = 0
  for (let at = 0; at + 1 < lines.length; at += 1) {
    const line = lines[at]
    const next = lines[at + 1]
    if (!line || !next || line.fixed || line.running || next.running || !mayContinue(next) || line.text.length < 12)
      continue
    candidates += 1
    if (!endsPlainly.test(line.text)) unfinished += 1
    if (/^[\p{Ll}(]/u.test(next.text)) lower += 1
  }
  if (candidates === 0) return 'lines'
  const cased = lines.some((line) => /\p{Ll}/u.test(line.text))
  const wrapped = cased ? lower / candidates >= 0.4 : candidates >= 3 && unfinished / candidates >= 0.6
  return wrapped ? 'width' : 'lines'
}

/**
 * Whether a text has one sentence on each line: at least two blocks of several lines between empty ones, and nearly every line is one finished
 * sentence.
 */
function isSentenceALine(lines: readonly PlainLine[]): boolean {
  let blocks = 0
  let inBlocks = 0
  let sentences = 0
  lines.forEach((line, at) => {
    const first = line.gap > 0 || at === 0
    const more = lines[at + 1]?.gap === 0
    if (first && more) blocks += 1
    if (!more && first) return
    inBlocks += 1
    const words = line.text.split(/\s+/).length
    const one = !/[.!?]["”’)]*\s+["“‘(]?\p{Lu}/u.test(line.text.replace(/\b(?:\p{Lu}|Mrs?|Dr|St)\.\s/gu, ''))
    if (
      !line.fixed &&
      /^["'“‘«(]?[\p{Lu}\p{N}]/u.test(line.text) &&
      endsPlainly.test(line.text) &&
      one &&
      words >= 4 &&
      words <= 60
    )
      sentences += 1
  })
  return blocks >= 2 && inBlocks >= 4 && sentences >= inBlocks * 0.85
}
