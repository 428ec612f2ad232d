import { overlapOf } from './match-claims'

/**
 * The words a claim is about: of its annotations' spans the one that overlaps the others most (the medoid by intersection over union), the first in
 * the text of equals. Always a span that a reviewer marked, never an average of them. Null without spans.
 */
export function claimSpan<S extends { start: number; end: number }>(spans: readonly S[]): S | null {
  let best: { span: S; sum: number } | null = null
  for (const span of [...spans].sort((p, q) => p.start - q.start || p.end - q.end)) {
    const sum = spans.reduce((total, other) => total + overlapOf(span, other), 0)
    // Sums of the same overlaps in another order differ in the last bits.
    if (best === null || sum > best.sum + 1e-9) best = { span, sum }
  }
  return best?.span ?? null
}

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

/**
 * A context made wider to whole blocks, so that it can be shown as the document sets it. Where a block goes on for long, the context stays as it is on that
 * side. `blocks` are ascending.
 */
export function wholeBlocks(
  blocks: readonly { start: number; end: number }[],
  context: { start: number; end: number },
): { start: number; end: number } {
  const first = blocks.find(({ end }) => end > context.start)
  const last = blocks.findLast(({ start }) => start < context.end)
  const start = Math.min(first?.start ?? context.start, context.start)
  const end = Math.max(last?.end ?? context.end, context.end)
  return {
    start: context.start - start > reach ? context.start : start,
    end: end - context.end > reach ? context.end : end,
  }
}
