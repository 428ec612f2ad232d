/** A span with a category, `[start, end)` in UTF-16 code units; `category` is a place from 0. */
export interface CategorySpan {
  id: string
  start: number
  end: number
  category: number
}

/** A piece of text that one reviewer put into one category; the pieces of a reviewer never overlap. */
export interface Unit {
  start: number
  end: number
  category: number
}

/** What had to be changed so that one reviewer's spans do not overlap. */
export interface OverlapChanges {
  /** Spans that lost a part at an end, or were divided by a span inside them. */
  cut: number
  divided: number
  /** Spans of which nothing was left. */
  covered: number
  /** Spans that were empty or reached outside the text; those count for nothing. */
  outside: number
}

function byPlace(a: Unit, b: Unit): number {
  return a.start - b.start || a.end - b.end
}

/** Shorter spans are more exact, so they keep their place; then the earlier, then the smaller id. */
function byClaim(a: CategorySpan, b: CategorySpan): number {
  return a.end - a.start - (b.end - b.start) || a.start - b.start || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}

/** The parts of a span that none of the sorted, disjoint `taken` cover. */
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

function settleCluster(cluster: readonly CategorySpan[], changes: OverlapChanges): Unit[] {
  let taken: Unit[] = []
  for (const span of [...cluster].sort(byClaim)) {
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
 * The spans of one reviewer as units that do not overlap, in reading order: alpha for unitizing needs a partition of the text. Where spans overlap the
 * shorter keeps its place and the longer is cut around it; spans that only touch stay two units. The result does not depend on the order of the input.
 */
export function resolveOverlaps(
  spans: readonly CategorySpan[],
  length: number,
): { units: Unit[]; changes: OverlapChanges } {
  const changes: OverlapChanges = { cut: 0, divided: 0, covered: 0, outside: 0 }
  const inside = spans.filter((span) => span.start >= 0 && span.end <= length && span.start < span.end)
  changes.outside = spans.length - inside.length
  const sorted = inside.sort((a, b) => byPlace(a, b) || byClaim(a, b))
  const units: Unit[] = []
  let cluster: CategorySpan[] = []
  let reach = 0
  const settle = () => {
    const [only] = cluster
    if (cluster.length === 1 && only !== undefined)
      units.push({ start: only.start, end: only.end, category: only.category })
    else units.push(...settleCluster(cluster, changes))
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
