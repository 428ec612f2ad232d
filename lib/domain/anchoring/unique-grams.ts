import { startsLine, type TokenPair } from './tokens'

/** The positions of equal runs of words: `before[i]` in one sequence is `after[i]` in the other, ascending in `before`. */
export interface Matches {
  before: number[]
  after: number[]
}

const empty = -1

/**
 * Finds the runs of `length` ids that occur exactly once in each of two sequences. A run that occurs once in both is almost surely at the same place;
 * a frequent one tells nothing. Uses one hash table over both, so it is linear in their lengths.
 */
export function findUniqueGrams(before: Int32Array, after: Int32Array, length: number): Matches {
  const matches: Matches = { before: [], after: [] }
  const grams = [before.length - length + 1, after.length - length + 1] as const
  if (grams[0] <= 0 || grams[1] <= 0) return matches
  const table = new GramTable(before, length, grams[0])
  for (let at = 0; at < grams[0]; at += 1) table.addBefore(at)
  for (let at = 0; at < grams[1]; at += 1) table.addAfter(after, at)
  table.collect(matches)
  return matches
}

/** A hash table with open addressing and linear probing. Each slot holds one gram of `before`. */
class GramTable {
  readonly #before: Int32Array
  readonly #length: number
  readonly #mask: number
  readonly #firsts: Int32Array
  readonly #slots: Int32Array
  readonly #repeated: Uint8Array
  readonly #afters: Int32Array

  constructor(before: Int32Array, length: number, grams: number) {
    this.#before = before
    this.#length = length
    let size = 16
    while (size < grams * 2) size *= 2
    this.#mask = size - 1
    this.#slots = new Int32Array(size).fill(empty)
    // By position in `before`, of the first gram of its kind alone.
    this.#firsts = new Int32Array(grams).fill(empty)
    this.#repeated = new Uint8Array(grams)
    this.#afters = new Int32Array(grams).fill(empty)
  }

  addBefore(at: number): void {
    const slot = this.#find(this.#before, at)
    const known = this.#slots[slot] ?? empty
    if (known === empty) {
      this.#slots[slot] = at
      this.#firsts[at] = at
    } else this.#repeated[known] = 1
  }

  addAfter(after: Int32Array, at: number): void {
    const known = this.#slots[this.#find(after, at)] ?? empty
    if (known === empty) return
    if (this.#afters[known] === empty) this.#afters[known] = at
    else this.#repeated[known] = 1
  }

  collect(matches: Matches): void {
    for (const at of this.#firsts) {
      if (at === empty || this.#repeated[at] === 1) continue
      const place = this.#afters[at] ?? empty
      if (place === empty) continue
      matches.before.push(at)
      matches.after.push(place)
    }
  }

  #find(ids: Int32Array, at: number): number {
    let hash = 0
    for (let step = 0; step < this.#length; step += 1) {
      hash = Math.imul(hash ^ (ids[at + step] ?? 0), 0x9e3779b1)
      hash ^= hash >>> 15
    }
    let slot = hash & this.#mask
    for (;;) {
      const known = this.#slots[slot] ?? empty
      if (known === empty || this.#isGram(known, ids, at)) return slot
      slot = (slot + 1) & this.#mask
    }
  }

  #isGram(known: number, ids: Int32Array, at: number): boolean {
    for (let step = 0; step < this.#length; step += 1) if (this.#before[known + step] !== ids[at + step]) return false
    return true
  }
}

/** A run of equal tokens in both texts: its start in each, and its length. */
export interface Run {
  before: number
  after: number
  length: number
}

/** At most this many tokens of a run beyond the end of a line are not its own, because many lines end alike. */
const mostStray = 2

/** Runs of equal tokens, grown from words that occur once in each text. Disjoint in both texts. */
export class SeededRuns {
  readonly #pair: TokenPair
  readonly #before: Int32Array
  readonly #after: Int32Array
  readonly #taken: { before: Uint8Array; after: Uint8Array }
  readonly #runs: Run[] = []

  /** @param common runs that are known */
  constructor(pair: TokenPair, common: readonly Run[]) {
    this.#pair = pair
    this.#before = pair.before.ids
    this.#after = pair.after.ids
    this.#taken = { before: new Uint8Array(this.#before.length), after: new Uint8Array(this.#after.length) }
    for (const run of common) this.#add(run)
  }

  /** Adds runs grown from a given number of consecutive tokens that are unique in both texts, among the tokens in no run yet. Linear. */
  addSeeds(length: number): void {
    const before = freeTokens(this.#before, this.#taken.before, -1)
    const after = freeTokens(this.#after, this.#taken.after, -2)
    const seeds = findUniqueGrams(before.ids, after.ids, length)
    seeds.before.forEach((seed, at) => {
      this.#grow(before.positions[seed] ?? 0, after.positions[seeds.after[at] ?? 0] ?? 0)
    })
  }

  /** The runs, ordered by their place before. */
  inOrder(): Run[] {
    return this.#runs.sort((one, other) => one.before - other.before)
  }

  #add(run: Run): void {
    if (run.length === 0) return
    this.#taken.before.fill(1, run.before, run.before + run.length)
    this.#taken.after.fill(1, run.after, run.after + run.length)
    this.#runs.push(run)
  }

  #grow(before: number, after: number): void {
    const isSame = (step: number) =>
      this.#taken.before[before + step] === 0 &&
      this.#taken.after[after + step] === 0 &&
      this.#before[before + step] === this.#after[after + step]
    if (!isSame(0)) return
    let first = 0
    while (isSame(first - 1)) first -= 1
    let end = 1
    while (isSame(end)) end += 1
    const [start, stop] = this.#cutStray(before + first, before + end)
    this.#add({ before: start, after: start - before + after, length: stop - start })
  }

  /** Cuts the full stop of the line before, or the first word of the line behind, from a run. */
  #cutStray(start: number, end: number): [start: number, end: number] {
    const isBorder = (at: number) => at > start && at < end && startsLine(this.#pair.before, at)
    let [from, to] = [start, end]
    for (let step = 1; step <= mostStray; step += 1) {
      if (isBorder(start + step)) from = start + step
      if (isBorder(end - step)) to = end - step
    }
    return from < to ? [from, to] : [start, end]
  }
}

/**
 * The tokens in no run. Where tokens were taken out, one `border` sign, different on each side, takes their place, so that no gram crosses the gap.
 */
function freeTokens(ids: Int32Array, taken: Uint8Array, border: number): { ids: Int32Array; positions: Int32Array } {
  const free: number[] = []
  const positions: number[] = []
  ids.forEach((id, at) => {
    if (taken[at] === 1) {
      if (free.at(-1) !== border) {
        free.push(border)
        positions.push(at)
      }
      return
    }
    free.push(id)
    positions.push(at)
  })
  return { ids: Int32Array.from(free), positions: Int32Array.from(positions) }
}
