/**
 * Which spans stand at a place of the text: hierarchical bins, as genome browsers keep their features (Kent et al., "The Human Genome Browser at
 * UCSC", 2002). Each span is in one bin, the smallest that holds all of it, so that thousands are taken in without sorting and a change moves nothing
 * else. The reader asks for the spans of the visible part at every scroll and for those under the pointer.
 */
import type { TextRange } from './text-range'

/** The smallest bins hold 512 code units, and those of each further level 8 times as many; as powers of two. */
const smallestBin = 9
const widening = 3

const none: never[] = []

/**
 * A mutable set of intervals. An empty interval (`end <= start`) is found nowhere. `insert` costs the same however many there are, `remove` a look through
 * one bin, a query a look through the bins of each level that the range touches. On text-like data a bin holds a few dozen; one of thousands is what
 * thousands of spans over the same words make of it. The ends of an interval must not change while it is in the index.
 */
export class IntervalIndex<T extends TextRange> {
  /** The bins of each level, by their number from the start of the text. */
  private readonly levels: T[][][] = []

  constructor(items: readonly T[] = []) {
    for (const item of items) this.insert(item)
  }

  /** Adds an interval, also where an equal one stands. */
  insert(item: T): void {
    if (item.end <= item.start) return
    const level = levelOf(item)
    const bins = (this.levels[level] ??= [])
    const number = item.start >> shiftOf(level)
    const bin = bins[number]
    if (bin === undefined) bins[number] = [item]
    else bin.push(item)
  }

  /** Takes this very object out. False when it is not in the index. */
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

/** How far an offset is shifted to the right to be the number of a bin. */
function shiftOf(level: number): number {
  return smallestBin + level * widening
}

/** The level of the smallest bin that holds all of an interval. */
function levelOf({ start, end }: TextRange): number {
  let level = 0
  while (start >> shiftOf(level) !== (end - 1) >> shiftOf(level)) level += 1
  return level
}
