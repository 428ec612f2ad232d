/**
 * The family of alphas for unitizing of Krippendorff, Mathet, Bouvry and Widlöcher (2016; Krippendorff 2019, ch. 12.4): reviewers mark units in a
 * running text, and the rest are gaps. All figures come from sums that add up over documents, which is equivalent to concatenating them with a forced
 * boundary in between.
 */
import type { Unit } from './resolve-overlaps'

/**
 * The sums of one text or several. Lengths are UTF-16 code units; the gap is the last index, `categories`. `cells` are the paired lengths l_ck, row
 * by row; a row's sum is the length that reviewers gave to its category.
 */
export interface ContinuumSums {
  categories: number
  cells: Float64Array
  /** The sum over units of their squared lengths, by category. */
  squares: Float64Array
  /** The sum over units of their squared mean overlap with the units of the other reviewers, by category. */
  sharedSquares: Float64Array
}

/** The sums of one text and of each pair of its reviewers, and the length that two or more marked. */
export interface ContinuumTables {
  team: ContinuumSums
  /** Indexed by `pairPlace`. The `cells` of a pair are not symmetric: the first reviewer's categories in rows. */
  pairs: ContinuumSums[]
  sharedLength: number
}

/** The index of the pair of reviewers `first` < `second`, of `count`, in a list of all pairs. */
export function pairPlace(first: number, second: number, count: number): number {
  return first * count - (first * (first + 1)) / 2 + (second - first - 1)
}

function emptySums(categories: number): ContinuumSums {
  const size = categories + 1
  return {
    categories,
    cells: new Float64Array(size * size),
    squares: new Float64Array(categories),
    sharedSquares: new Float64Array(categories),
  }
}

function add(into: Float64Array, place: number, amount: number): void {
  into[place] = (into[place] ?? 0) + amount
}

interface Visitor {
  /** A stretch of text with each reviewer's unit there, if any. */
  visit: (stretch: number, open: readonly (Unit | undefined)[]) => void
  /** The end of a reviewer's unit. */
  close: (reviewer: number, unit: Unit) => void
}

/** Walks along the text from boundary to boundary. */
function walk(reviewers: readonly (readonly Unit[])[], length: number, { visit, close }: Visitor): void {
  const next = reviewers.map(() => 0)
  const open = new Array<Unit | undefined>(reviewers.length).fill(undefined)
  let position = 0
  while (position < length) {
    let until = length
    for (let i = 0; i < reviewers.length; i += 1) {
      const unit = reviewers[i]?.[next[i] ?? 0]
      const begun = unit !== undefined && unit.start <= position
      open[i] = begun ? unit : undefined
      if (unit !== undefined) until = Math.min(until, begun ? unit.end : unit.start)
    }
    visit(until - position, open)
    position = until
    for (let i = 0; i < reviewers.length; i += 1) {
      const unit = open[i]
      if (unit?.end !== position) continue
      close(i, unit)
      next[i] = (next[i] ?? 0) + 1
    }
  }
}

/**
 * The sums of one text of `length` code units. `reviewers` are the units of each reviewer who read it, in reading order and without overlap
 * (`resolveOverlaps`); one without units marked nothing, so the whole text is a gap. Needs two reviewers or more.
 */
export function sumContinuum(
  reviewers: readonly (readonly Unit[])[],
  { length, categories }: { length: number; categories: number },
): ContinuumTables {
  const count = reviewers.length
  const size = categories + 1
  const team = emptySums(categories)
  const pairs = Array.from({ length: (count * (count - 1)) / 2 }, () => emptySums(categories))
  // The length of each reviewer's (row) current unit that overlaps the units of each other reviewer.
  const met = new Float64Array(count * count)
  const counts = new Float64Array(size)
  let sharedLength = 0

  const visit: Visitor['visit'] = (stretch, open) => {
    counts.fill(0)
    for (const unit of open) add(counts, unit?.category ?? categories, 1)
    for (let c = 0; c < size; c += 1) {
      const own = counts[c] ?? 0
      if (own === 0) continue
      for (let k = 0; k < size; k += 1) {
        const others = (counts[k] ?? 0) - (c === k ? 1 : 0)
        if (others > 0) add(team.cells, c * size + k, (stretch * own * others) / (count - 1))
      }
    }
    if (count - (counts[categories] ?? 0) >= 2) sharedLength += stretch
    addPairs(stretch, open)
  }

  const addPairs: Visitor['visit'] = (stretch, open) => {
    let pair = 0
    for (let i = 0; i < count; i += 1) {
      const mine = open[i]
      for (let j = i + 1; j < count; j += 1, pair += 1) {
        const theirs = open[j]
        const sums = pairs[pair]
        if (sums) add(sums.cells, (mine?.category ?? categories) * size + (theirs?.category ?? categories), stretch)
        if (mine === undefined || theirs === undefined) continue
        add(met, i * count + j, stretch)
        add(met, j * count + i, stretch)
      }
    }
  }

  const close: Visitor['close'] = (i, { start, end, category }) => {
    const square = (end - start) ** 2
    let shared = 0
    for (let j = 0; j < count; j += 1) {
      if (j === i) continue
      const overlap = met[i * count + j] ?? 0
      met[i * count + j] = 0
      shared += overlap
      const sums = pairs[pairPlace(Math.min(i, j), Math.max(i, j), count)]
      if (sums === undefined) continue
      add(sums.squares, category, square)
      add(sums.sharedSquares, category, overlap * overlap)
    }
    add(team.squares, category, square)
    add(team.sharedSquares, category, (shared / (count - 1)) ** 2)
  }

  walk(reviewers, length, { visit, close })
  return { team, pairs, sharedLength }
}

// Plain loops, because this code runs once per document, rating and pair of reviewers.
function total(values: Float64Array): number {
  let sum = 0
  for (const value of values) sum += value
  return sum
}

/** 1 − observed / expected; NaN when chance could not cause disagreement. A tiny expected value is rounding error. */
function alphaOf(observed: number, expected: number): number {
  return expected > 1e-9 ? 1 - observed / expected : Number.NaN
}

function rowSums(cells: Float64Array, size: number): Float64Array {
  const sums = new Float64Array(size)
  for (let c = 0; c < size; c += 1) {
    let sum = 0
    for (let k = 0; k < size; k += 1) sum += cells[c * size + k] ?? 0
    sums[c] = sum
  }
  return sums
}

/** uα: do reviewers mark the same stretches and rate them alike? NaN when no text was left unmarked, or none marked. `cells` must be symmetric. */
export function unitizingAlpha({ categories, cells, squares }: ContinuumSums): number {
  const size = categories + 1
  const lengths = rowSums(cells, size)
  const all = total(lengths)
  if (all === 0) return Number.NaN
  const gap = lengths[categories] ?? 0
  const scale = all - (total(squares) + gap) / all
  let observed = all
  let expected = all
  for (let c = 0; c < size; c += 1) {
    const length = lengths[c] ?? 0
    observed -= cells[c * size + c] ?? 0
    expected -= (length * length - (c === categories ? gap : (squares[c] ?? 0))) / scale
  }
  return alphaOf(observed, expected)
}

/** |uα: do reviewers mark the same stretches, regardless of the rating? NaN in the same cases as `unitizingAlpha`. */
export function boundaryAlpha({ categories, cells, squares }: ContinuumSums): number {
  const size = categories + 1
  const lengths = rowSums(cells, size)
  const all = total(lengths)
  if (all === 0) return Number.NaN
  const gap = lengths[categories] ?? 0
  const scale = all - (total(squares) + gap) / all
  return alphaOf(gap - (cells[size * size - 1] ?? 0), (gap * (all - gap)) / scale)
}

/** uα of the units of one category, with everything else as gap: the same as if nothing else had been marked. */
export function oneCategoryAlpha({ categories, cells, squares }: ContinuumSums, category: number): number {
  const size = categories + 1
  const lengths = rowSums(cells, size)
  const all = total(lengths)
  if (all === 0) return Number.NaN
  const own = lengths[category] ?? 0
  const scale = all - ((squares[category] ?? 0) + all - own) / all
  return alphaOf(own - (cells[category * size + category] ?? 0), (own * (all - own)) / scale)
}

interface CodedSums {
  /** The shared length by category, its total, and the part on which the categories agree. */
  lengths: Float64Array
  all: number
  scale: number
}

/** The cells without the gap, where two reviewers marked the same stretch. */
function codedSums({ categories, cells, sharedSquares }: ContinuumSums): CodedSums {
  const size = categories + 1
  const lengths = new Float64Array(categories)
  for (let c = 0; c < categories; c += 1)
    for (let k = 0; k < categories; k += 1) add(lengths, c, cells[c * size + k] ?? 0)
  const all = total(lengths)
  return { lengths, all, scale: all === 0 ? 0 : all - total(sharedSquares) / all }
}

/** cuα: where two marked the same stretch, do they rate it alike? NaN when no stretch is shared or only one category occurs. */
export function codedAlpha(sums: ContinuumSums): number {
  const { categories, cells, sharedSquares } = sums
  const { lengths, all, scale } = codedSums(sums)
  if (all === 0 || scale <= 1e-9) return Number.NaN
  let observed = all
  let expected = all
  for (let c = 0; c < categories; c += 1) {
    const length = lengths[c] ?? 0
    observed -= cells[c * (categories + 1) + c] ?? 0
    expected -= (length * length - (sharedSquares[c] ?? 0)) / scale
  }
  return alphaOf(observed, expected)
}

/**
 * (k)uα: how far the others agree where someone used one category. NaN when its units overlap no other unit, or only those of the same category
 * occur.
 */
export function codedCategoryAlpha(sums: ContinuumSums, category: number): number {
  const { categories, cells, sharedSquares } = sums
  const { lengths, scale } = codedSums(sums)
  const length = lengths[category] ?? 0
  if (length === 0 || scale <= 1e-9) return Number.NaN
  const expectedHere = (length * length - (sharedSquares[category] ?? 0)) / scale
  const expectedLength = lengths.reduce(
    (sum, other, k) => sum + (length * other - (k === category ? (sharedSquares[category] ?? 0) : 0)) / scale,
    0,
  )
  const observed = length - (cells[category * (categories + 1) + category] ?? 0)
  const expected = expectedLength - expectedHere
  return expected > 1e-9 ? 1 - (expectedLength / length) * (observed / expected) : Number.NaN
}
