import search from 'approx-string-match'
import type { TextRange } from '@/lib/domain/ranges/text-range'

/** Characters on either side of a quote that tell several places apart. */
const surroundings = 32
const mostErrors = 256

/**
 * Finds a quote again in the way that web annotators usually do. Candidates are all exact places, or else all places that differ in at most half of
 * the characters; the one whose words, surroundings and position are most like the old ones wins. Null when there is no candidate.
 */
export function searchQuote(before: string, after: string, { start, end }: TextRange): TextRange | null {
  const quote = before.slice(start, end)
  const prefix = before.slice(Math.max(0, start - surroundings), start)
  const suffix = before.slice(end, end + surroundings)
  let best: TextRange | null = null
  let bestScore = -1
  for (const match of findPlaces(after, quote)) {
    const words = 1 - match.errors / quote.length
    const left = likeness(after.slice(Math.max(0, match.start - prefix.length), match.start), prefix)
    const right = likeness(after.slice(match.end, match.end + suffix.length), suffix)
    const position = 1 - Math.abs(match.start - start) / after.length
    const score = 50 * words + 20 * left + 20 * right + 2 * position
    if (score <= bestScore) continue
    best = { start: match.start, end: match.end }
    bestScore = score
  }
  return best
}

function findPlaces(text: string, quote: string): { start: number; end: number; errors: number }[] {
  const exact: { start: number; end: number; errors: number }[] = []
  for (let at = text.indexOf(quote); at !== -1; at = text.indexOf(quote, at + 1))
    exact.push({ start: at, end: at + quote.length, errors: 0 })
  return exact.length > 0 ? exact : search(text, quote, Math.min(mostErrors, quote.length / 2))
}

function likeness(text: string, wanted: string): number {
  if (wanted === '') return 1
  const [first] = search(text, wanted, wanted.length)
  return first === undefined ? 0 : 1 - first.errors / wanted.length
}
