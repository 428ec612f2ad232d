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
