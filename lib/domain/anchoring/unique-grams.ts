/** Where equal runs of words stand: `before[i]` in one sequence is `after[i]` in the other, ascending in `before`. */
export interface Matches {
  before: number[]
  after: number[]
}

const empty = -1

/**
 * Finds the runs of `length` ids that occur exactly once in each of two sequences. What occurs once in both is almost surely the same place; what
 * occurs often says nothing. One hash table over both, so linear in their lengths.
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

/** Open addressing, linear probing. Each slot stands for one gram of `before`. */
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
