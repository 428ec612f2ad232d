/** Cutting overlapping spans into disjoint pieces, so that each place of the text is drawn once. */
import type { Interval } from './interval-index'

/** A stretch of text over which the same spans stand. */
export interface Piece<T> {
  start: number
  end: number
  /** The spans over it, topmost first. Never empty. */
  spans: readonly T[]
}

/** What to cut, and the part of the text that is asked for. All in UTF-16 code units, half-open. */
export interface CutInput<T> {
  spans: readonly T[]
  start: number
  end: number
  /** Negative when `a` lies above `b`. */
  compare(a: T, b: T): number
}

/** The usual order of spans that lie over each other: the shortest on top, then the one that begins later, then by id. */
export function compareShortestFirst(a: Interval, b: Interval): number {
  return a.end - a.start - (b.end - b.start) || b.start - a.start || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}

/**
 * Sweeps over the spans' ends and answers the disjoint pieces between them, in text order, clipped to `[start, end)`.
 * Places without a span give no piece; neighbours with the same spans are never split; empty spans count for nothing.
 * O(n log n + the sum of depths).
 */
export function cutIntoPieces<T extends Interval>({ spans, start, end, compare }: CutInput<T>): Piece<T>[] {
  const inside = spans.filter((span) => span.end > span.start && span.end > start && span.start < end)
  const byStart = [...inside].sort((a, b) => a.start - b.start)
  const cuts = new Set<number>()
  for (const span of inside) {
    cuts.add(Math.max(span.start, start))
    cuts.add(Math.min(span.end, end))
  }
  const edges = Float64Array.from(cuts).sort()
  const pieces: Piece<T>[] = []
  let open: T[] = []
  let next = 0
  for (let index = 0; index + 1 < edges.length; index++) {
    const from = edges[index] ?? 0
    const to = edges[index + 1] ?? 0
    open = open.filter((span) => span.end > from)
    for (let span = byStart[next]; span !== undefined && span.start <= from; span = byStart[next]) {
      open.push(span)
      next += 1
    }
    if (open.length > 0) pieces.push({ start: from, end: to, spans: open.length === 1 ? [...open] : [...open].sort(compare) })
  }
  return pieces
}
