/** Cutting overlapping spans into disjoint pieces, so that each place of the text is drawn once. */
import type { TextRange } from './text-range'

/** A range with an id. */
interface IdentifiedRange extends TextRange {
  id: string
}

/** What to cut, and the part of the text that is asked for. All in UTF-16 code units, half-open. */
export interface CutInput<T> {
  spans: readonly T[]
  start: number
  end: number
  /** The order of the spans over a piece: the topmost first. */
  compare: (a: T, b: T) => number
}

/** Told of each piece: its two ends, and the spans over it, topmost first. The array is used again for the next piece. */
export type VisitPiece<T> = (start: number, end: number, spans: readonly T[]) => void

/** The usual order of spans that lie over each other: the shortest on top, then the one that begins later, then by id. */
export function compareShortestFirst(a: IdentifiedRange, b: IdentifiedRange): number {
  return a.end - a.start - (b.end - b.start) || b.start - a.start || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}

/**
 * Sweeps over the spans' ends and tells of the disjoint pieces between them, in text order, clipped to `[start, end)`.
 * Places without a span give no piece; neighbours with the same spans are never split; empty spans count for nothing.
 * O(n log n + the sum of depths), without an allocation a piece.
 */
export function cutIntoPieces<T extends TextRange>(
  { spans, start, end, compare }: CutInput<T>,
  visit: VisitPiece<T>,
): void {
  const inside = spans.filter((span) => span.end > span.start && span.end > start && span.start < end)
  inside.sort((a, b) => a.start - b.start)
  const edges = new Float64Array(inside.length * 2)
  for (const [at, span] of inside.entries()) {
    edges[at * 2] = Math.max(span.start, start)
    edges[at * 2 + 1] = Math.min(span.end, end)
  }
  edges.sort()
  const open: T[] = []
  let next = 0
  for (let index = 0; index + 1 < edges.length; index++) {
    const from = edges[index] ?? 0
    const to = edges[index + 1] ?? 0
    if (from === to) continue
    let kept = 0
    for (const span of open) if (span.end > from) open[kept++] = span
    open.length = kept
    for (let span = inside[next]; span !== undefined && span.start <= from; span = inside[next]) {
      insertSorted(open, span, compare)
      next += 1
    }
    if (open.length > 0) visit(from, to, open)
  }
}

function insertSorted<T>(items: T[], item: T, compare: (a: T, b: T) => number): void {
  let at = items.length
  while (at > 0 && compare(item, items[at - 1] ?? item) < 0) at -= 1
  items.splice(at, 0, item)
}
