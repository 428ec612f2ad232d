/** A rated span as matching sees it: `[start, end)` in UTF-16 code units of one revision. */
export interface RatedSpan {
  id: string
  authorId: string
  start: number
  end: number
}

/** Two spans of different reviewers are one claim from this overlap on. */
export const minimumOverlap = 0.5

/** Intersection over union of two spans: 0 when they only touch, 1 when they are equal. */
export function overlapOf(a: { start: number; end: number }, b: { start: number; end: number }): number {
  const intersection = Math.min(a.end, b.end) - Math.max(a.start, b.start)
  if (intersection <= 0) return 0
  return intersection / (Math.max(a.end, b.end) - Math.min(a.start, b.start))
}

interface Pair {
  a: number
  b: number
  overlap: number
}

function overlappingPairs(spans: readonly RatedSpan[]): Pair[] {
  const pairs: Pair[] = []
  spans.forEach((span, a) => {
    for (let b = a + 1; b < spans.length; b += 1) {
      const other = spans[b]
      if (other === undefined || other.start >= span.end) break
      if (other.authorId === span.authorId) continue
      const overlap = overlapOf(span, other)
      if (overlap >= minimumOverlap) pairs.push({ a, b, overlap })
    }
  })
  // Places in the sorted list break ties, so that the result does not depend on the order of the input.
  return pairs.sort((p, q) => q.overlap - p.overlap || p.a - q.a || p.b - q.b)
}

/**
 * Groups the spans of one revision into claims: at most one span of each reviewer, joined where spans of different reviewers overlap by at
 * least `minimumOverlap`, the closest pairs first. Every span is in exactly one group; groups and their members are in reading order.
 */
export function matchClaims<S extends RatedSpan>(input: readonly S[]): S[][] {
  const spans = [...input].sort((p, q) => p.start - q.start || p.end - q.end || (p.id < q.id ? -1 : 1))
  const groupOf = spans.map((_, place) => place)
  const members = spans.map((_, place) => [place])
  for (const { a, b } of overlappingPairs(spans)) {
    const left = groupOf[a] ?? a
    const right = groupOf[b] ?? b
    if (left === right) continue
    const leftMembers = members[left] ?? []
    const rightMembers = members[right] ?? []
    const authors = new Set(leftMembers.map((place) => spans[place]?.authorId))
    if (rightMembers.some((place) => authors.has(spans[place]?.authorId))) continue
    const into = Math.min(left, right)
    const joined = [...leftMembers, ...rightMembers].sort((p, q) => p - q)
    members[left] = []
    members[right] = []
    members[into] = joined
    for (const place of joined) groupOf[place] = into
  }
  return members
    .filter((group) => group.length > 0)
    .map((group) => group.flatMap((place) => spans[place] ?? []))
    .sort((p, q) => (p[0]?.start ?? 0) - (q[0]?.start ?? 0))
}
