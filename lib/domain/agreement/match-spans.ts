import { minimumOverlap, overlapOf } from '../claims/match-claims'
import { joinRanges } from '../ranges/text-range'

/** `[start, end)` in UTF-16 code units. */
export interface Span {
  start: number
  end: number
}

/** The reading order of spans: by start, then by end. */
export function byPlace(a: Span, b: Span): number {
  return a.start - b.start || a.end - b.end
}

interface Candidate {
  first: number
  second: number
  overlap: number
}

/** All pairs of one span from each list that overlap enough; `second` must be sorted by start. */
function candidatesOf(first: readonly Span[], second: readonly Span[]): Candidate[] {
  const longest = second.reduce((length, { start, end }) => Math.max(length, end - start), 0)
  const candidates: Candidate[] = []
  let from = 0
  first.forEach((span, a) => {
    // `first` is sorted too: a span that begins too early to reach this one reaches no later one either.
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

/** Groups candidates that share a span, directly or through others. Most share none. */
function componentsOf(candidates: readonly Candidate[]): Candidate[][] {
  const byFirst = new Map<number, Candidate[]>()
  const bySecond = new Map<number, Candidate[]>()
  const put = (map: Map<number, Candidate[]>, key: number, candidate: Candidate) => {
    const found = map.get(key)
    if (found === undefined) map.set(key, [candidate])
    else found.push(candidate)
  }
  for (const candidate of candidates) {
    put(byFirst, candidate.first, candidate)
    put(bySecond, candidate.second, candidate)
  }
  const seen = new Set<Candidate>()
  const components: Candidate[][] = []
  for (const start of candidates) {
    if (seen.has(start)) continue
    const component = [start]
    seen.add(start)
    // Grows during the iteration.
    for (const { first, second } of component) {
      for (const near of [byFirst.get(first) ?? [], bySecond.get(second) ?? []].flat()) {
        if (seen.has(near)) continue
        seen.add(near)
        component.push(near)
      }
    }
    components.push(component)
  }
  return components
}

/** Whether a candidate's spans have no other candidate. The list is sorted by `first`. */
function splitSingles(candidates: readonly Candidate[]): { single: Candidate[]; shared: Candidate[] } {
  const ofSecond = new Map<number, number>()
  for (const { second } of candidates) ofSecond.set(second, (ofSecond.get(second) ?? 0) + 1)
  const single: Candidate[] = []
  const shared: Candidate[] = []
  candidates.forEach((candidate, place) => {
    const alone =
      candidates[place - 1]?.first !== candidate.first &&
      candidates[place + 1]?.first !== candidate.first &&
      ofSecond.get(candidate.second) === 1
    if (alone) single.push(candidate)
    else shared.push(candidate)
  })
  return { single, shared }
}

/** The state of the search for an augmenting path, by column: the least cost to reach it, the column before it, and whether it has been visited. */
interface Path {
  slack: Float64Array
  before: Int32Array
  done: Uint8Array
}

/**
 * The heaviest one-to-one matching of candidates that share spans, by shortest augmenting paths with potentials (Kuhn 1955; Munkres 1957; Jonker and
 * Volgenant 1987). Missing pairs weigh 0.
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

  /** The unvisited column nearest to the path, which has reached `column`, and its distance. */
  const findNearest = ({ slack, before, done }: Path, column: number): { least: number; next: number } => {
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
    return { least, next }
  }
  const reprice = ({ slack, done }: Path, least: number) => {
    for (let k = 0; k <= size; k += 1) {
      if (done[k]) {
        const owner = rowOf[k] ?? 0
        rowPrice[owner] = (rowPrice[owner] ?? 0) + least
        columnPrice[k] = (columnPrice[k] ?? 0) - least
      } else slack[k] = (slack[k] ?? 0) - least
    }
  }

  for (let row = 1; row <= size; row += 1) {
    const path: Path = {
      slack: new Float64Array(size + 1).fill(Infinity),
      before: new Int32Array(size + 1),
      done: new Uint8Array(size + 1),
    }
    let column = 0
    rowOf[0] = row
    do {
      path.done[column] = 1
      const { least, next } = findNearest(path, column)
      reprice(path, least)
      column = next
    } while (rowOf[column] !== 0)
    while (column !== 0) {
      const previous = path.before[column] ?? 0
      rowOf[column] = rowOf[previous] ?? 0
      column = previous
    }
  }
  return columns.flatMap((_, place) => at(rowOf[place + 1] ?? 0, place + 1) ?? [])
}

/** Two spans that mark the same claim. */
export interface SpanMatch<S extends Span> {
  first: S
  second: S
  overlap: number
}

/**
 * Matches the spans of two reviewers one to one with the largest possible sum of overlaps, where two spans overlap by at least half of what they
 * cover together (`minimumOverlap`). Both lists must be in reading order (`byPlace`), and so is the result. Spans without a partner are left out.
 */
export function matchSpans<S extends Span>(firsts: readonly S[], seconds: readonly S[]): SpanMatch<S>[] {
  const { single, shared } = splitSingles(candidatesOf(firsts, seconds))
  return [...single, ...componentsOf(shared).flatMap(chooseHeaviest)]
    .sort((a, b) => a.first - b.first)
    .flatMap((match) => {
      const first = firsts[match.first]
      const second = seconds[match.second]
      return first === undefined || second === undefined ? [] : [{ first, second, overlap: match.overlap }]
    })
}

/** The number of matched spans of two reviewers, and the sums of the distances of their starts and of their ends. Adds up over documents. */
interface BoundarySums {
  matched: number
  startError: number
  endError: number
}

/**
 * Counts the spans that are in both lists with the same start and end; a span that one list has twice needs two partners. Both lists must be in
 * reading order (`byPlace`).
 */
export function countEqual(first: readonly Span[], second: readonly Span[]): number {
  let equal = 0
  let i = 0
  let j = 0
  for (;;) {
    const one = first[i]
    const other = second[j]
    if (one === undefined || other === undefined) return equal
    const order = byPlace(one, other)
    if (order === 0) equal += 1
    if (order <= 0) i += 1
    if (order >= 0) j += 1
  }
}

function lengthOf(spans: readonly Span[]): number {
  return spans.reduce((sum, { start, end }) => sum + end - start, 0)
}

/** The characters (UTF-16 code units) that two reviewers of one text marked, added over both, and those that both marked. */
export function countCharacters(first: readonly Span[], second: readonly Span[]): { marked: number; shared: number } {
  const marked = lengthOf(joinRanges(first)) + lengthOf(joinRanges(second))
  return { marked, shared: marked - lengthOf(joinRanges([...first, ...second])) }
}

/** Whether a list of spans sorts after another: by length, then span by span. */
function comesAfter(some: readonly Span[], others: readonly Span[]): boolean {
  if (some.length !== others.length) return some.length > others.length
  for (const [place, span] of some.entries()) {
    const order = byPlace(span, others[place] ?? span)
    if (order !== 0) return order > 0
  }
  return false
}

/** The boundary sums for the spans of two reviewers of one text, both in reading order, matched by `matchSpans`. Symmetric in the reviewers. */
export function sumBoundaries(first: readonly Span[], second: readonly Span[]): BoundarySums {
  // Where several matchings are equally good, `matchSpans` depends on the order of the lists.
  const matches = comesAfter(first, second) ? matchSpans(second, first) : matchSpans(first, second)
  return {
    matched: matches.length,
    startError: matches.reduce((sum, match) => sum + Math.abs(match.first.start - match.second.start), 0),
    endError: matches.reduce((sum, match) => sum + Math.abs(match.first.end - match.second.end), 0),
  }
}

/** F1 of two sets from the size of their intersection and the sum of their sizes (Dice 1945); NaN when both are empty. */
export function f1Of(shared: number, sizes: number): number {
  return sizes === 0 ? Number.NaN : (2 * shared) / sizes
}

/** The mean distance of starts and of ends over matched spans, in UTF-16 code units; null when no span is matched. */
export function boundaryErrorOf(sums: BoundarySums): { matched: number; start: number; end: number } | null {
  const { matched, startError, endError } = sums
  return matched === 0 ? null : { matched, start: startError / matched, end: endError / matched }
}

/** The mean over the pairs for which the figure is defined (not NaN); NaN when there is no such pair. Plain F1 has no correction for chance. */
export function meanDefined(values: readonly number[]): number {
  const defined = values.filter((value) => !Number.isNaN(value))
  return defined.length === 0 ? Number.NaN : defined.reduce((sum, value) => sum + value, 0) / defined.length
}
