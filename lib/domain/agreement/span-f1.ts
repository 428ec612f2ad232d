import { joinRanges } from '../ranges/text-range'
import { byPlace, matchSpans, type Span } from './match-spans'

/** Matched spans of two reviewers, and the sums of the distances of their starts and of their ends; adds up over documents. */
export interface BoundarySums {
  matched: number
  startError: number
  endError: number
}

/**
 * How many spans are in both lists with the same start and end; one that stands twice in a list needs two partners. Both lists must be in reading
 * order (`byPlace`).
 */
export function countEqual(first: readonly Span[], second: readonly Span[]): number {
  let equal = 0
  let i = 0
  let j = 0
  for (;;) {
    const one = first[i]
    const other = second[j]
    if (one === undefined || other === undefined) return equal
    const order = byPlace(one, other)
    if (order === 0) equal += 1
    if (order <= 0) i += 1
    if (order >= 0) j += 1
  }
}

function lengthOf(spans: readonly Span[]): number {
  return spans.reduce((sum, { start, end }) => sum + end - start, 0)
}

/** Characters (UTF-16 code units) that two reviewers of one text marked, each of them counted, and those that both did. */
export function countCharacters(first: readonly Span[], second: readonly Span[]): { marked: number; shared: number } {
  const marked = lengthOf(joinRanges(first)) + lengthOf(joinRanges(second))
  return { marked, shared: marked - lengthOf(joinRanges([...first, ...second])) }
}

/** Whether a list of spans comes after another of the same length or a shorter one, by what it holds. */
function comesAfter(some: readonly Span[], others: readonly Span[]): boolean {
  if (some.length !== others.length) return some.length > others.length
  for (const [place, span] of some.entries()) {
    const order = byPlace(span, others[place] ?? span)
    if (order !== 0) return order > 0
  }
  return false
}

/** The sums for the spans of two reviewers of one text, both in reading order, matched by `matchSpans`. Which of the two is first changes nothing. */
export function sumBoundaries(first: readonly Span[], second: readonly Span[]): BoundarySums {
  // Where several matches are as good, matching depends on which list comes first.
  const matches = comesAfter(first, second) ? matchSpans(second, first) : matchSpans(first, second)
  return {
    matched: matches.length,
    startError: matches.reduce((sum, match) => sum + Math.abs(match.first.start - match.second.start), 0),
    endError: matches.reduce((sum, match) => sum + Math.abs(match.first.end - match.second.end), 0),
  }
}

/** F1 of two sets from the size of what they share and the sum of their sizes (Dice 1945); NaN when both are empty. */
export function f1Of(shared: number, sizes: number): number {
  return sizes === 0 ? Number.NaN : (2 * shared) / sizes
}

/** The mean distance of starts and of ends over matched spans, in UTF-16 code units; null when no span is matched. */
export function boundaryErrorOf(sums: BoundarySums): { matched: number; start: number; end: number } | null {
  const { matched, startError, endError } = sums
  return matched === 0 ? null : { matched, start: startError / matched, end: endError / matched }
}

/** The mean over pairs for which the figure is defined (not NaN); NaN when there is none. Plain F1 has no correction for chance. */
export function meanDefined(values: readonly number[]): number {
  const defined = values.filter((value) => !Number.isNaN(value))
  return defined.length === 0 ? Number.NaN : defined.reduce((sum, value) => sum + value, 0) / defined.length
}
