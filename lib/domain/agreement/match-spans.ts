import { minimumOverlap, overlapOf } from '../claims/match-claims'

/** `[start, end)` in UTF-16 code units. */
export interface Span {
  start: number
  end: number
}

interface Candidate {
  first: number
  second: number
  overlap: number
}

/** All pairs of a span of each list that overlap enough; `second` must be sorted by start. */
function candidatesOf(first: readonly Span[], second: readonly Span[]): Candidate[] {
  const longest = second.reduce((length, { start, end }) => Math.max(length, end - start), 0)
  const candidates: Candidate[] = []
  let from = 0
  first.forEach((span, a) => {
    // `first` is sorted, too: what begins too early to reach this span reaches no later one.
    while ((second[from]?.start ?? Infinity) + longest <= span.start) from += 1
    for (let b = from; b < second.length; b += 1) {
      const other = second[b]
      if (other === undefined || other.start >= span.end) break
      const overlap = overlapOf(span, other)
      if (overlap >= minimumOverlap) candidates.push({ first: a, second: b, overlap })
    }
  })
  return candidates
}

/** Groups candidates that share a span, directly or through others. */
function componentsOf(candidates: readonly Candidate[]): Candidate[][] {
  const byFirst = new Map<number, Candidate[]>()
  const bySecond = new Map<number, Candidate[]>()
  for (const candidate of candidates) {
    byFirst.set(candidate.first, [...(byFirst.get(candidate.first) ?? []), candidate])
    bySecond.set(candidate.second, [...(bySecond.get(candidate.second) ?? []), candidate])
  }
  const seen = new Set<Candidate>()
  return candidates.flatMap((start) => {
    if (seen.has(start)) return []
    seen.add(start)
    const component = [start]
    // Grows while it is walked.
    for (const { first, second } of component) {
      for (const near of [...(byFirst.get(first) ?? []), ...(bySecond.get(second) ?? [])]) {
        if (seen.has(near)) continue
        seen.add(near)
        component.push(near)
      }
    }
    return [component]
  })
}

/**
 * The heaviest one-to-one choice among candidates that share spans, by shortest augmenting paths with potentials (Kuhn 1955; Munkres 1957; Jonker and
 * Volgenant 1987). Missing pairs weigh nought.
 */
function chooseHeaviest(component: readonly Candidate[]): Candidate[] {
  const rows = [...new Set(component.map(({ first }) => first))].sort((a, b) => a - b)
  const columns = [...new Set(component.map(({ second }) => second))].sort((a, b) => a - b)
  const size = Math.max(rows.length, columns.length)
  const found = new Map(component.map((candidate) => [`${candidate.first} ${candidate.second}`, candidate]))
  const at = (row: number, column: number) => found.get(`${rows[row - 1]} ${columns[column - 1]}`)
  const cost = (row: number, column: number) => -(at(row, column)?.overlap ?? 0)
  const rowPrice = new Float64Array(size + 1)
  const columnPrice = new Float64Array(size + 1)
  const rowOf = new Int32Array(size + 1)

  for (let row = 1; row <= size; row += 1) {
    const slack = new Float64Array(size + 1).fill(Infinity)
    const before = new Int32Array(size + 1)
    const done = new Uint8Array(size + 1)
    let column = 0
    rowOf[0] = row
    do {
      done[column] = 1
      const here = rowOf[column] ?? 0
      let least = Infinity
      let next = 0
      for (let k = 1; k <= size; k += 1) {
        if (done[k]) continue
        const reduced = cost(here, k) - (rowPrice[here] ?? 0) - (columnPrice[k] ?? 0)
        if (reduced < (slack[k] ?? 0)) {
          slack[k] = reduced
          before[k] = column
        }
        if ((slack[k] ?? 0) < least) {
          least = slack[k] ?? 0
          next = k
        }
      }
      for (let k = 0; k <= size; k += 1) {
        if (done[k]) {
          const owner = rowOf[k] ?? 0
          rowPrice[owner] = (rowPrice[owner] ?? 0) + least
          columnPrice[k] = (columnPrice[k] ?? 0) - least
        } else slack[k] = (slack[k] ?? 0) - least
      }
      column = next
    } while (rowOf[column] !== 0)
    while (column !== 0) {
      const previous = before[column] ?? 0
      rowOf[column] = rowOf[previous] ?? 0
      column = previous
    }
  }
  return columns.flatMap((_, place) => at(rowOf[place + 1] ?? 0, place + 1) ?? [])
}

/** Two spans that stand for the same claim. */
export interface SpanMatch<S extends Span> {
  first: S
  second: S
  overlap: number
}

/**
 * Matches the spans of two reviewers one to one, where they overlap by at least half of what they cover together (`minimumOverlap`), so that the sum
 * of overlaps is the largest there is. In reading order of the first; spans without a partner are left out.
 */
export function matchSpans<S extends Span>(firstSpans: readonly S[], secondSpans: readonly S[]): SpanMatch<S>[] {
  const byPlace = (a: Span, b: Span) => a.start - b.start || a.end - b.end
  const firsts = [...firstSpans].sort(byPlace)
  const seconds = [...secondSpans].sort(byPlace)
  return componentsOf(candidatesOf(firsts, seconds))
    .flatMap((component) => (component.length === 1 ? component : chooseHeaviest(component)))
    .sort((a, b) => a.first - b.first)
    .flatMap((match) => {
      const first = firsts[match.first]
      const second = seconds[match.second]
      return first === undefined || second === undefined ? [] : [{ first, second, overlap: match.overlap }]
    })
}
