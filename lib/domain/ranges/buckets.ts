/** Many spans on a short strip: what the minimap draws. */
import type { TextRange } from './text-range'

/** A run of neighbouring buckets that are all marked; `from` inclusive, `to` exclusive. */
export interface BucketRun {
  from: number
  to: number
}

/** Which part of the text is put into how many buckets. */
export interface BucketInput {
  spans: readonly TextRange[]
  /** Length of the text in UTF-16 code units. */
  length: number
  /** The number of buckets that the text is divided into, usually one for each pixel. */
  count: number
}

/**
 * Marks every bucket that a span touches and answers the runs, in order. Even the shortest span marks one bucket; spans
 * outside `[0, length)` are clipped. O(spans + marked buckets + count). An empty text or no buckets answers no run.
 */
export function bucketSpans({ spans, length, count }: BucketInput): BucketRun[] {
  if (length <= 0 || count <= 0) return []
  // Differences instead of filling: a long span costs no more than a short one.
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
