/** One paragraph-like stretch of plain text: a line, several hard-wrapped lines, or part of a line after a glued heading was cut off. */
export interface PlainLine {
  /** Offsets into the source, half-open, without white space at the ends. */
  start: number
  end: number
  text: string
  /** White space before the text on its line, a tab counting as four. */
  indent: number
  /** Empty lines before this one. */
  gap: number
  /** Cut off from the line before by judgement: there was no line end between them. */
  glued: boolean
  /** Set when several source lines belong together as they stand. */
  fixed?: 'code' | 'preformatted' | 'quote'
}

const bulletPattern = /^[-*+•‣◦▪●○∙·][ \t\u00a0]+(?=\S)/
const dashPattern = /^[–—][ \t\u00a0]+(?=\S)/
const numberPattern = /^(\d{1,3})[.)][ \t\u00a0]+(?=\S)/
const fencePattern = /^(?:```|~~~)/

/** The marker at the start of a list item ("- ", "12. "), with its white space; null when the line is no item. */
export function readListMarker(text: string): { length: number; number: number | null; dash: boolean } | null {
  const bullet = bulletPattern.exec(text)
  if (bullet) return { length: bullet[0].length, number: null, dash: false }
  const dash = dashPattern.exec(text)
  if (dash) return { length: dash[0].length, number: null, dash: true }
  const number = numberPattern.exec(text)
  return number ? { length: number[0].length, number: Number(number[1]), dash: false } : null
}

function measureIndent(space: string): number {
  let width = 0
  for (const character of space) width += character === '\t' ? 4 : 1
  return width
}

/** Cuts source text at line ends and trims; empty lines become the `gap` of the next. Offsets refer to the source. */
export function splitLines(source: string): PlainLine[] {
  const lines: PlainLine[] = []
  const lineEnd = /[\n\v\f\u2028\u2029]|$/g
  let from = 0
  let gap = 0
  while (from <= source.length) {
    lineEnd.lastIndex = from
    const end = lineEnd.exec(source)?.index ?? source.length
    const raw = source.slice(from, end)
    const text = raw.trim()
    if (text === '') gap += 1
    else {
      const lead = raw.length - raw.trimStart().length
      lines.push({
        start: from + lead,
        end: from + lead + text.length,
        text,
        indent: measureIndent(raw.slice(0, lead)),
        gap,
        glued: false,
      })
      gap = 0
    }
    from = end + 1
  }
  return lines
}

function merge(source: string, parts: readonly PlainLine[], fixed?: PlainLine['fixed']): PlainLine[] {
  const first = parts[0]
  const last = parts.at(-1)
  if (!first || !last) return []
  const start = fixed === 'preformatted' ? first.start - countLeadingBlanks(source, first.start) : first.start
  const merged: PlainLine = { ...first, start, end: last.end, text: source.slice(start, last.end) }
  return [fixed ? { ...merged, fixed } : merged]
}

function countLeadingBlanks(source: string, start: number): number {
  let count = 0
  while (start - count > 0 && /[ \t]/.test(source.charAt(start - count - 1))) count += 1
  return count
}

/** Joins what is laid out by hand into fixed lines: fenced code, "> " quotations, and runs of lines set in columns with spaces. */
export function joinFixedLines(source: string, lines: readonly PlainLine[]): PlainLine[] {
  const joined: PlainLine[] = []
  for (let at = 0; at < lines.length;) {
    const line = lines[at]
    if (!line) break
    const end = findFixedEnd(lines, at)
    if (end === null) {
      joined.push(line)
      at += 1
      continue
    }
    joined.push(...merge(source, lines.slice(at, end.next), end.kind))
    at = end.next
  }
  return joined
}

function findFixedEnd(
  lines: readonly PlainLine[],
  at: number,
): { next: number; kind: NonNullable<PlainLine['fixed']> } | null {
  const text = lines[at]?.text ?? ''
  if (fencePattern.test(text)) {
    const mark = text.slice(0, 3)
    for (let next = at + 1; next < lines.length && next < at + 2000; next += 1) {
      if (lines[next]?.text === mark) return { next: next + 1, kind: 'code' }
    }
    return null
  }
  const run = (matches: (line: PlainLine) => boolean) => {
    let next = at
    for (let line = lines[next]; line && (next === at || line.gap === 0) && matches(line); line = lines[next]) next += 1
    return next
  }
  if (text.startsWith('>')) return { next: run((line) => line.text.startsWith('>')), kind: 'quote' }
  const inColumns = (line: PlainLine) =>
    /\S {3,}\S/.test(line.text) && line.text.length < 200 && !line.text.includes('|')
  if (!inColumns(lines[at] ?? { ...emptyLine })) return null
  const next = run(inColumns)
  return next - at >= 3 ? { next, kind: 'preformatted' } : null
}

const emptyLine: PlainLine = { start: 0, end: 0, text: '', indent: 0, gap: 0, glued: false }

const endsPlainly = /[.!?…。！？؟।۔:]["'”’)\]»」』]*(?:\[\w{1,3}\])*$/u

/** Whether a line could go on from the one before: not an item, table row, heading mark or fixed line of its own. */
function mayContinue(line: PlainLine): boolean {
  return (
    !line.fixed && line.gap === 0 && !readListMarker(line.text) && !/^(?:#{1,6}\s|\||!\[|[-=_*~]{3,}$)/.test(line.text)
  )
}

/**
 * Joins lines that were wrapped by hand at a fixed width. A line goes on in the next one when the first word of the next would not
 * have fit; the document must show by lower-case or unfinished line ends that it is wrapped at all, otherwise every line
 * stays a paragraph. List items take their indented continuation lines.
 */
export function joinWrappedLines(source: string, lines: readonly PlainLine[]): PlainLine[] {
  const wrapped = isWrapped(lines)
  const joined: PlainLine[] = []
  for (let at = 0; at < lines.length;) {
    const first = lines[at]
    if (!first) break
    let next = at + 1
    if (!first.fixed) {
      const width = wrapped ? measureWidth(lines, at) : 0
      for (let line = lines[next]; line && mayContinue(line); line = lines[next]) {
        const previous = lines[next - 1] ?? first
        const hangs =
          readListMarker(first.text) !== null && line.indent > first.indent && line.indent <= first.indent + 8
        const firstWord = /^\S+/.exec(line.text)?.[0].length ?? 0
        const full = width > 0 && previous.indent + previous.text.length + 1 + firstWord > width
        if (!hangs && !full) break
        next += 1
      }
    }
    joined.push(...merge(source, lines.slice(at, next), first.fixed))
    at = next
  }
  return joined
}

/** The longest line of the gapless run of lines that `at` stands in, when it is a plausible wrapping width; else 0. */
function measureWidth(lines: readonly PlainLine[], at: number): number {
  let width = 0
  for (let next = at; next < lines.length && next < at + 400; next += 1) {
    const line = lines[next]
    if (!line || (next > at && line.gap > 0)) break
    width = Math.max(width, line.indent + line.text.length)
    if (width > 130) return 0
  }
  return width >= 45 ? width : 0
}

function isWrapped(lines: readonly PlainLine[]): boolean {
  let candidates = 0
  let unfinished = 0
  let lower = 0
  for (let at = 0; at + 1 < lines.length; at += 1) {
    const line = lines[at]
    const next = lines[at + 1]
    if (!line || !next || line.fixed || !mayContinue(next) || line.text.length < 40) continue
    candidates += 1
    if (!endsPlainly.test(line.text)) unfinished += 1
    if (/^[\p{Ll}(]/u.test(next.text)) lower += 1
  }
  if (candidates === 0) return false
  const cased = lines.some((line) => /\p{Ll}/u.test(line.text))
  return cased ? lower / candidates >= 0.4 : candidates >= 3 && unfinished / candidates >= 0.6
}
