/** How far a context reaches beyond the sentences of a claim at most, in UTF-16 code units. */
const reach = 1_500

/**
 * The part of a text in which a claim is read: the sentences it touches, the one before and the one after, `[start, end)` in UTF-16 code units.
 * `sentences` are ascending and disjoint. Words outside every sentence are read with the sentences on either side.
 */
export function contextOf(
  sentences: readonly { start: number; end: number }[],
  span: { start: number; end: number },
): { start: number; end: number } {
  let first = sentences.findIndex(({ end }) => end > span.start)
  if (first === -1) first = sentences.length
  let after = first
  while ((sentences[after]?.start ?? Infinity) < span.end) after += 1
  const start = Math.min(sentences[first - 1]?.start ?? sentences[first]?.start ?? span.start, span.start)
  const end = Math.max(sentences[after]?.end ?? sentences[after - 1]?.end ?? span.end, span.end)
  return { start: Math.max(start, span.start - reach), end: Math.min(end, span.end + reach) }
}
