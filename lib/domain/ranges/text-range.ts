/** A half-open range `[start, end)` of the canonical text, in UTF-16 code units. */
export interface TextRange {
  start: number
  end: number
}

/** Whether two ranges share a character. */
export function overlap(one: TextRange, other: TextRange): boolean {
  return one.start < other.end && other.start < one.end
}

/** Merges ranges in any order into disjoint ones that cover the same text, ordered by start: ranges that overlap or touch become one. */
export function joinRanges(ranges: readonly TextRange[]): TextRange[] {
  const joined: TextRange[] = []
  for (const { start, end } of [...ranges].sort((one, other) => one.start - other.start)) {
    const last = joined.at(-1)
    if (last === undefined || start > last.end) joined.push({ start, end })
    else last.end = Math.max(last.end, end)
  }
  return joined
}
