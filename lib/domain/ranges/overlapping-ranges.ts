/**
 * Overlapping spans, as the reader draws them. An index keeps them in hierarchical bins, as genome browsers keep their features (Kent et al., "The
 * Human Genome Browser at UCSC", 2002). Each span is in one bin, the smallest that holds all of it, so that thousands are added without sorting and a
 * change moves nothing else. The reader queries the spans of the visible part at every scroll and those under the pointer, cuts them into disjoint
 * pieces, so that each place of the text is drawn once, and marks all of them on the short strip of the minimap.
 */
import type { TextRange } from './text-range'

/** The smallest bins hold 512 code units, and those of each further level 8 times as many; both as powers of two. */
const smallestBin = 9
const widening = 3

const none: never[] = []

/**
 * A mutable set of intervals. An empty interval (`end <= start`) is never found. `insert` takes the same time at any size, `remove` a search of one
 * bin, a query a search of the bins that the range touches on each level. With typical text a bin holds a few dozen intervals; it holds thousands
 * only if thousands of spans cover the same words. The ends of an interval must not change while it is in the index.
 */
export class IntervalIndex<T extends TextRange> {
  /** The bins of each level, by their number counted from the start of the text. */
  private readonly levels: T[][][] = []

  constructor(items: readonly T[] = []) {
    for (const item of items) this.insert(item)
  }

  /** Adds an interval, even if an equal one is in the index. */
  insert(item: T): void {
    if (item.end <= item.start) return
    const level = levelOf(item)
    const bins = (this.levels[level] ??= [])
    const number = item.start >> shiftOf(level)
    const bin = bins[number]
    if (bin === undefined) bins[number] = [item]
    else bin.push(item)
  }

  /** Removes this very object. False when it is not in the index. */
  remove(item: T): boolean {
    if (item.end <= item.start) return false
    const level = levelOf(item)
    const bin = this.levels[level]?.[item.start >> shiftOf(level)]
    const at = bin?.indexOf(item) ?? -1
    if (at < 0) return false
    bin?.splice(at, 1)
    return true
  }

  /** The intervals that share at least one code unit with `[start, end)`, in no particular order. An empty range finds nothing. */
  overlapping(start: number, end: number): T[] {
    const found: T[] = []
    if (start >= end) return found
    for (let level = 0; level < this.levels.length; level++) {
      const bins = this.levels[level] ?? none
      const shift = shiftOf(level)
      const last = Math.min(bins.length - 1, (end - 1) >> shift)
      for (let number = Math.max(0, start >> shift); number <= last; number++)
        for (const item of bins[number] ?? none) if (item.start < end && item.end > start) found.push(item)
    }
    return found
  }

  /** The intervals that cover the code unit at `offset`, in no particular order. */
  at(offset: number): T[] {
    return this.overlapping(offset, offset + 1)
  }
}

/** By how many bits an offset is shifted right to give the number of its bin. */
function shiftOf(level: number): number {
  return smallestBin + level * widening
}

/** The level of the smallest bin that holds all of an interval. */
function levelOf({ start, end }: TextRange): number {
  let level = 0
  while (start >> shiftOf(level) !== (end - 1) >> shiftOf(level)) level += 1
  return level
}

/** A range with an id. */
interface IdentifiedRange extends TextRange {
  id: string
}

/** The spans to cut, and the part of the text to cut them in. All in UTF-16 code units, half-open. */
interface CutInput<T> {
  spans: readonly T[]
  start: number
  end: number
  /** Orders the spans over a piece, the topmost first. */
  compare: (a: T, b: T) => number
}

/** Called for each piece with its two ends and the spans over it, topmost first. The array is reused for the next piece. */
type VisitPiece<T> = (start: number, end: number, spans: readonly T[]) => void

/** The usual order of overlapping spans: the shortest on top, then the one that begins later, then by id. */
export function compareShortestFirst(a: IdentifiedRange, b: IdentifiedRange): number {
  return a.end - a.start - (b.end - b.start) || b.start - a.start || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}

/**
 * Sweeps over the spans' ends and visits the disjoint pieces between them, in text order, clipped to `[start, end)`. Places without a span give no
 * piece; neighbours with the same spans are one piece; empty spans are ignored. O(n log n + the sum of depths), without an allocation for each piece.
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

/** A run of neighbouring buckets that are all marked; `from` inclusive, `to` exclusive. */
interface BucketRun {
  from: number
  to: number
}

/** The text, and the number of buckets to divide it into. */
interface BucketInput {
  spans: readonly TextRange[]
  /** Length of the text in UTF-16 code units. */
  length: number
  /** The number of buckets that the text is divided into, usually one for each pixel. */
  count: number
}

/**
 * Marks every bucket that a span touches and returns the runs of marked buckets, in order. Even the shortest span marks one bucket; spans outside
 * `[0, length)` are clipped. O(spans + marked buckets + count). An empty text or no buckets gives no run.
 */
export function bucketSpans({ spans, length, count }: BucketInput): BucketRun[] {
  if (length <= 0 || count <= 0) return []
  // Stores differences instead of filling buckets: a long span costs no more than a short one.
  const change = new Int32Array(count + 1)
  const scale = count / length
  for (const span of spans) {
    if (span.end <= span.start || span.end <= 0 || span.start >= length) continue
    const from = Math.min(count - 1, Math.max(0, Math.floor(span.start * scale)))
    const to = Math.min(count, Math.max(from + 1, Math.ceil(span.end * scale)))
    change[from] = (change[from] ?? 0) + 1
    change[to] = (change[to] ?? 0) - 1
  }
  const runs: BucketRun[] = []
  let depth = 0
  let opened = -1
  for (let bucket = 0; bucket <= count; bucket++) {
    depth += change[bucket] ?? 0
    if (depth > 0 && opened < 0) opened = bucket
    if ((depth === 0 || bucket === count) && opened >= 0) {
      if (bucket > opened) runs.push({ from: opened, to: bucket })
      opened = -1
    }
  }
  return runs
}
