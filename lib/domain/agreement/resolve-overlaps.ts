/** A span with a category, `[start, end)` in UTF-16 code units; `category` is an index from 0. */
export interface CategorySpan {
  id: string
  start: number
  end: number
  category: number
}

/** A unit: a piece of text that one reviewer put into one category. A reviewer's units never overlap. */
export interface Unit {
  start: number
  end: number
  category: number
}

/** The changes made so that one reviewer's spans do not overlap. */
export interface OverlapChanges {
  /** Spans that lost a part at an end, or were divided by a span inside them. */
  cut: number
  divided: number
  /** Spans of which nothing was left. */
  covered: number
  /** Spans that were empty or reached outside the text, and were ignored. */
  outside: number
}

function byPlace(a: Unit, b: Unit): number {
  return a.start - b.start || a.end - b.end
}

/** The number of reviewers who gave a category to exactly a span. */
type Support = (span: CategorySpan) => number

/**
 * The order of precedence: shorter spans are more exact and come first; then the earlier, then the category that more reviewers gave there, then the
 * first category.
 */
function byClaim(support: Support): (a: CategorySpan, b: CategorySpan) => number {
  return (a, b) =>
    a.end - a.start - (b.end - b.start) ||
    a.start - b.start ||
    support(b) - support(a) ||
    a.category - b.category ||
    (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}

/** Counts the support of categories among the spans of all reviewers of a text. */
export function supportAmong(reviewers: readonly (readonly CategorySpan[])[]): Support {
  const keyOf = ({ start, end, category }: CategorySpan) => `${start} ${end} ${category}`
  const counts = new Map<string, number>()
  for (const spans of reviewers)
    for (const key of new Set(spans.map(keyOf))) counts.set(key, (counts.get(key) ?? 0) + 1)
  return (span) => counts.get(keyOf(span)) ?? 0
}

/** The parts of a span that the sorted, disjoint `taken` do not cover. */
function freeParts(span: CategorySpan, taken: readonly Unit[]): Unit[] {
  const parts: Unit[] = []
  let from = span.start
  for (const unit of taken) {
    if (unit.end <= from) continue
    if (unit.start >= span.end) break
    if (unit.start > from) parts.push({ start: from, end: unit.start, category: span.category })
    from = unit.end
  }
  if (from < span.end) parts.push({ start: from, end: span.end, category: span.category })
  return parts
}

function settleCluster(
  cluster: readonly CategorySpan[],
  { support, changes }: { support: Support; changes: OverlapChanges },
): Unit[] {
  let taken: Unit[] = []
  for (const span of [...cluster].sort(byClaim(support))) {
    const parts = freeParts(span, taken)
    const [first] = parts
    if (first === undefined) changes.covered += 1
    else if (parts.length > 1) changes.divided += 1
    else if (first.end - first.start < span.end - span.start) changes.cut += 1
    taken = [...taken, ...parts].sort(byPlace)
  }
  return taken
}

/**
 * Turns the spans of one reviewer into units that do not overlap, in reading order: alpha for unitizing needs a partition of the text. Where spans
 * overlap, the shorter keeps its place and the longer is cut around it; spans that only touch stay two units. Of two on the same words the rating
 * that more reviewers gave there stays (`supportAmong`), so that reviewers who gave the same two agree. The result depends neither on the order of
 * the input nor on ids.
 */
export function resolveOverlaps(
  spans: readonly CategorySpan[],
  length: number,
  support: Support = () => 0,
): { units: Unit[]; changes: OverlapChanges } {
  const changes: OverlapChanges = { cut: 0, divided: 0, covered: 0, outside: 0 }
  const inside = spans.filter((span) => span.start >= 0 && span.end <= length && span.start < span.end)
  changes.outside = spans.length - inside.length
  const sorted = inside.sort(byPlace)
  const units: Unit[] = []
  let cluster: CategorySpan[] = []
  let reach = 0
  const settle = () => {
    const [only] = cluster
    if (cluster.length === 1 && only !== undefined)
      units.push({ start: only.start, end: only.end, category: only.category })
    else units.push(...settleCluster(cluster, { support, changes }))
  }
  for (const span of sorted) {
    if (cluster.length > 0 && span.start >= reach) {
      settle()
      cluster = []
    }
    cluster.push(span)
    reach = Math.max(reach, span.end)
  }
  settle()
  return { units, changes }
}
