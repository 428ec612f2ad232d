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
  /** Cut off from the line before by the heading rules: the source has no line end between them. */
  glued: boolean
  /** Set when several source lines are one block whose layout is kept. */
  fixed?: 'code' | 'preformatted' | 'quote'
  /** A page number or running head, recognised by its order or its repetition. */
  running?: boolean
  /** Running heads and page numbers inside the text: offsets into the source. */
  asides?: { start: number; end: number }[]
}

const bulletPattern = /^(?:[-*+•‣◦▪●○∙·⁃][ \t\u00a0]+|[・･][ \t\u00a0\u3000]*)(?=\S)/
const unsurePattern = /^(?:[–—]|o)[ \t\u00a0]+(?=\S)/
const numberPattern = /^(?:(\d{1,3})[.)]|\((\d{1,3})\))[ \t\u00a0]+(?=\S)/
const letterPattern = /^\(?([a-z]|[ivx]{2,5})\)[ \t\u00a0]+(?=\S)/
const fencePattern = /^(?:```|~~~)/

/**
 * The marker at the start of a list item ("- ", "12. ", "(a) "), with its white space; null when the line is not an item. `number` counts from 1, for letters
 * as well; it is null for bullets. An `unsure` one (a dash, an "o") is a marker only beside another.
 */
export interface ListMarker {
  length: number
  number: number | null
  unsure: boolean
  letter: boolean
}

/** Reads the marker of a list item at the start of a line; null when there is none. */
export function readListMarker(text: string): ListMarker | null {
  const bullet = bulletPattern.exec(text)
  if (bullet) return { length: bullet[0].length, number: null, unsure: false, letter: false }
  const unsure = unsurePattern.exec(text)
  if (unsure) return { length: unsure[0].length, number: null, unsure: true, letter: false }
  const number = numberPattern.exec(text)
  if (number) return { length: number[0].length, number: Number(number[1] ?? number[2]), unsure: false, letter: false }
  const letter = letterPattern.exec(text)
  return letter ? { length: letter[0].length, number: countLetter(letter[1] ?? ''), unsure: false, letter: true } : null
}

/** The position that a letter or Roman numeral gives in its list; "i" alone begins one. */
function countLetter(label: string): number {
  if (!/^[ivx]+$/.test(label) || label === 'v' || label === 'x') return label.charCodeAt(0) - 96
  const values = [...label].map((letter) => (letter === 'i' ? 1 : letter === 'v' ? 5 : 10))
  return values.reduce((sum, value, at) => sum + (value < (values[at + 1] ?? 0) ? -value : value), 0)
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

/** Merges several lines into one, with the source between them unchanged; an empty list gives an empty list. */
export function mergeLines(source: string, parts: readonly PlainLine[], fixed?: PlainLine['fixed']): PlainLine[] {
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

/** Joins lines that are laid out by hand into fixed ones: fenced code, "> " quotations, and runs of lines set in columns with spaces. */
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
    joined.push(...mergeLines(source, lines.slice(at, end.next), end.kind))
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
