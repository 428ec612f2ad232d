/**
 * The quoted parts of a text, by start: overlapping and touching quotes become one part; ranges that are empty or leave the text are
 * ignored. Offsets are UTF-16 code units of the text; `length` is how many it has.
 */
export function joinQuotes(
  length: number,
  quotes: readonly { start: number; end: number }[],
): { start: number; end: number }[] {
  const joined: { start: number; end: number }[] = []
  for (const { start, end } of [...quotes].sort((a, b) => a.start - b.start)) {
    if (start < 0 || end > length || start >= end) continue
    const last = joined.at(-1)
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end)
    else joined.push({ start, end })
  }
  return joined
}
