import { languageRules } from '../sentence-rules/abbreviations'
import { endsLikeSentence, looksLikeHeading, normaliseTitle, readWords, titleCaseShare, isBody } from './line-shape'
import { readListMarker, type PlainLine } from './lines'

const seamPattern = /[.!?](?<=[\p{Ll}\p{N}%)\]"”’»][.!?])["”’»)]{0,2}(?:\[\d{1,3}\]){0,4}(?=["“‘]?\p{Lu})/gu

/**
 * Finds the seams of a line: two pieces without a space between them, the first one ended like a sentence ("…and pressures.A Shared Stance"). Each is
 * an offset into the text, of the second piece's first character. Stops of abbreviations, initials and addresses are not seams.
 */
export function findSeams(text: string): number[] {
  const seams: number[] = []
  const rules = languageRules('en')
  for (const match of text.matchAll(seamPattern)) {
    const at = match.index + match[0].length
    const before = text.slice(Math.max(0, at - 40), at)
    const token = /\S*$/.exec(before)?.[0] ?? ''
    if (/[/@\\]|www\./.test(token)) continue
    const word = /(\p{L}+)[.!?]["”’»)]{0,2}(?:\[\d{1,3}\])*$/u.exec(before)?.[1]
    if (word !== undefined && (word.length < 3 || rules.leading.has(word.toLowerCase()))) continue
    const dots = token.replace(/(?:\[\d{1,3}\])+$/u, '').slice(0, -1)
    if (/\p{L}\.\p{L}/u.test(dots)) continue
    const following = text.slice(at, at + 40)
    if (/^\p{Lu}[\p{L}\d]*[./@]\S/u.test(following) && !/^(?:\p{Lu}\.){2}/u.test(following)) continue
    seams.push(at)
  }
  return seams
}

/** The text after the last seam of each line that could be a heading, normalised, so that titles named elsewhere are found there. */
export function collectGluedTitles(lines: readonly PlainLine[]): Map<string, number> {
  const titles = new Map<string, number>()
  lines.forEach((line, at) => {
    if (line.fixed) return
    const seam = findSeams(line.text).at(-1)
    if (seam === undefined) return
    const tail = line.text.slice(seam)
    if (looksLikeHeading(tail)) titles.set(normaliseTitle(tail), at)
  })
  return titles
}

function cut(line: PlainLine, at: number): [PlainLine, PlainLine] {
  const head = line.text.slice(0, at).trimEnd()
  const lead = line.text.length - at - line.text.slice(at).trimStart().length
  const start = line.start + at + lead
  return [
    { ...line, end: line.start + head.length, text: head },
    { ...line, start, text: line.text.slice(at + lead), gap: 0, glued: true },
  ]
}

/** The length of a known title at the start of a piece with more text right behind it ("Shared StanceA defining trait…"); null without one. */
function findRunOnTitle(tail: string, titles: readonly string[]): number | null {
  const lower = tail.slice(0, 200).toLowerCase().replace(/[‘’]/gu, "'").replace(/[“”]/gu, '"')
  const length = titles.find((title) => title.length >= 8 && lower.startsWith(title))?.length
  return length !== undefined && /^\p{Lu}/u.test(tail.slice(length)) ? length : null
}

function countSentences(text: string): number {
  return text.match(/\p{L}{2}[.!?]["”’)\]]*(?=\s|$)/gu)?.length ?? 0
}

/**
 * Cuts glued lines apart. After a seam a piece becomes a line of its own when a table of contents names it, when it has the
 * shape of a title and running text follows, or when both sides are paragraphs in their own right (several sentences).
 * A line with many seams is text without spaces, not glued blocks, and stays whole.
 */
export function splitGluedLines(lines: readonly PlainLine[], titles: ReadonlySet<string>): PlainLine[] {
  const longest = [...titles].sort((a, b) => b.length - a.length)
  return lines.flatMap((line, at) =>
    line.fixed || readListMarker(line.text) ? [line] : splitLine(line, lines[at + 1], { titles, longest }),
  )
}

function splitLine(
  line: PlainLine,
  next: PlainLine | undefined,
  known: { titles: ReadonlySet<string>; longest: readonly string[] },
): PlainLine[] {
  const seams = findSeams(line.text)
  const pieces: PlainLine[] = []
  let rest = line
  for (const seam of seams) {
    const at = seam - (rest.start - line.start)
    const tail = rest.text.slice(at)
    const runOn = findRunOnTitle(tail, known.longest)
    const last = seam === seams.at(-1)
    if (
      runOn === null &&
      !(last && isGluedTitle(tail, next, known.titles)) &&
      !(seams.length <= 3 && isGluedParagraph(rest.text.slice(0, at), tail))
    )
      continue
    const [head, remainder] = cut(rest, at)
    pieces.push(head)
    if (runOn === null) rest = remainder
    else {
      const [title, body] = cut(remainder, runOn)
      pieces.push(title)
      rest = body
    }
  }
  return [...pieces, rest]
}

function isGluedTitle(tail: string, next: PlainLine | undefined, titles: ReadonlySet<string>): boolean {
  if (!looksLikeHeading(tail)) return false
  if (titles.has(normaliseTitle(tail))) return true
  return (
    next !== undefined &&
    (isBody(next.text) || findSeams(next.text).length > 0) &&
    readWords(tail).length >= 2 &&
    titleCaseShare(tail) >= 0.75
  )
}

function isGluedParagraph(head: string, tail: string): boolean {
  return countSentences(head) >= 2 && countSentences(tail) >= 2 && endsLikeSentence(tail)
}
