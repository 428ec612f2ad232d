import { alignGap, mostCells, settleGaps } from './align-gap'
import { heaviestIncreasing } from './increasing'
import { startsLine, type TokenPair, type TokenSequence } from './tokens'
import { findUniqueGrams, SeededRuns, type Run } from './unique-grams'

/** Pairs the tokens of one text with those of the other. A pair is equal words, or a word and its replacement: compare the ids. */
export interface Alignment {
  /** For each token before, its index after, or -1. */
  to: Int32Array
  /** For each token after, its index before, or -1. */
  from: Int32Array
  /** For each token before, 1 when its words moved to another place in the order. */
  moved: Uint8Array
}

/**
 * The alignment begins with runs of three words that occur once in each text. For the words that are left, longer runs serve texts that repeat
 * themselves, and shorter ones short texts.
 */
const seedLengths = [3, 8, 24, 3, 2]
/** The least weight of the words of a stretch that counts as moved: by itself, or when it is most of its lines. Less is a coincidence. */
const leastMoved = { alone: 6, ofLine: 1.6 }
const leastShareOfLine = 0.5
/** Most changed tokens between two runs that moved together. */
const mostBetween = 40
/** How far beyond its runs a moved stretch is followed. */
const mostAtEdge = 40
/** How often a gap is divided before it is left as it is. */
const mostDepth = 8

/**
 * Aligns two texts token by token. Runs of words that occur once in each text are found first. The heaviest selection of runs in the same order is
 * the backbone, and other runs have moved. The gaps between runs are then divided by what is unique inside them, and aligned word by word when they
 * are short. Linear in the texts but for a logarithm; memory, too.
 */
export function alignTokens(pair: TokenPair): Alignment {
  const alignment = new Aligner(pair).align()
  settleGaps(pair, alignment)
  return alignment
}

class Aligner {
  readonly #pair: TokenPair
  readonly #before: Int32Array
  readonly #after: Int32Array
  readonly #to: Int32Array
  readonly #from: Int32Array
  readonly #moved: Uint8Array
  /** Marks the tokens of both texts inside moved stretches, including those without partner. The gaps around them leave these out. */
  readonly #inMoved: { before: Uint8Array; after: Uint8Array }

  constructor(pair: TokenPair) {
    this.#pair = pair
    this.#before = pair.before.ids
    this.#after = pair.after.ids
    this.#to = new Int32Array(this.#before.length).fill(-1)
    this.#from = new Int32Array(this.#after.length).fill(-1)
    this.#moved = new Uint8Array(this.#before.length)
    this.#inMoved = { before: new Uint8Array(this.#before.length), after: new Uint8Array(this.#after.length) }
  }

  align(): Alignment {
    const runs = this.#findRuns()
    const backbone = heaviestIncreasing(
      runs.map(({ after }) => after),
      runs.map(({ length }) => length),
    )
    for (const at of backbone) this.#joinRun(runs[at], 0)
    const off = new Set(runs.keys())
    for (const at of backbone) off.delete(at)
    const moved = chainsOf(runs, off).filter((chain) => this.#isMove(chain))
    for (const chain of moved) for (const run of chain) this.#joinRun(run, 1)
    for (const chain of moved) this.#fillMoved(chain)
    this.#fillBackboneGaps()
    return { to: this.#to, from: this.#from, moved: this.#moved }
  }

  #join(before: number, after: number, moved: number): void {
    this.#to[before] = after
    this.#from[after] = before
    this.#moved[before] = moved
  }

  #joinRun(run: Run | undefined, moved: number): void {
    for (let at = 0; run !== undefined && at < run.length; at += 1) this.#join(run.before + at, run.after + at, moved)
  }

  /** Runs of equal tokens, disjoint in both texts, by their place before. The common start and end of the texts are runs, too. */
  #findRuns(): Run[] {
    const [before, after] = [this.#before, this.#after]
    const most = Math.min(before.length, after.length)
    let head = 0
    while (head < most && before[head] === after[head]) head += 1
    let tail = 0
    while (tail < most - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1
    const common: Run[] = [
      { before: 0, after: 0, length: head },
      { before: before.length - tail, after: after.length - tail, length: tail },
    ]
    const runs = new SeededRuns(this.#pair, common)
    for (const length of seedLengths) runs.addSeeds(length)
    return runs.inOrder()
  }

  /** Whether a chain off the backbone is a piece of text that moved: it weighs enough by itself, or is most of its lines. */
  #isMove(chain: readonly Run[]): boolean {
    const { weights } = this.#pair.vocabulary
    const [start, end] = [chain[0]?.before ?? 0, endOf(chain.at(-1)).before]
    let weight = 0
    for (const run of chain)
      for (let at = run.before; at < run.before + run.length; at += 1) weight += weights[this.#before[at] ?? 0] ?? 0
    if (weight >= leastMoved.alone) return true
    if (weight < leastMoved.ofLine) return false
    let [from, to] = [start, end]
    const most = (end - start) / leastShareOfLine
    while (to - from <= most && !startsLine(this.#pair.before, from)) from -= 1
    while (to - from <= most && !startsLine(this.#pair.before, to)) to += 1
    return to - from <= most
  }

  /** Fills the gaps inside a moved stretch, and follows its edges. */
  #fillMoved(chain: readonly Run[]): void {
    chain.forEach((run, at) => {
      const [from, next] = [endOf(run), chain[at + 1]]
      if (next === undefined) return
      const gap = this.#freeBetween({ start: from.before, end: next.before }, { start: from.after, end: next.after })
      const isOwn = gap.before.length === next.before - from.before && gap.after.length === next.after - from.after
      if (isOwn) {
        this.#fill(gap, 1, 0)
        this.#leaveOut(gap)
        return
      }
      // Something else moved in between.
      this.#followEdge(from, 1)
      this.#followEdge({ before: next.before - 1, after: next.after - 1 }, -1)
    })
    const first = chain[0]
    if (first === undefined) return
    this.#followEdge({ before: first.before - 1, after: first.after - 1 }, -1)
    this.#followEdge(endOf(chain.at(-1)), 1)
  }

  /** Adds the changed words at the edges of a moved stretch that resemble those at its old place. */
  #followEdge(from: { before: number; after: number }, step: -1 | 1): void {
    const before = freeLine(this.#pair.before, this.#to, { from: from.before, step })
    const after = freeLine(this.#pair.after, this.#from, { from: from.after, step })
    if (before.positions.length === 0 || after.positions.length === 0) return
    const edge = { before: before.positions, after: after.positions }
    const isWhole = before.isWhole && after.isWhole
    this.#joinPairs(edge, { moved: 1, openEnd: !isWhole })
    if (isWhole) this.#leaveOut(edge)
  }

  #leaveOut({ before, after }: Positions): void {
    for (const at of before) this.#inMoved.before[at] = 1
    for (const at of after) this.#inMoved.after[at] = 1
  }

  #fillBackboneGaps(): void {
    let [start, startAfter] = [0, 0]
    for (let at = 0; at <= this.#before.length; at += 1) {
      const isEnd = at === this.#before.length
      const to = isEnd ? this.#after.length : (this.#to[at] ?? -1)
      if (!isEnd && (to === -1 || this.#moved[at] === 1)) continue
      if (at > start && to > startAfter)
        this.#fill(this.#freeBetween({ start, end: at }, { start: startAfter, end: to }), 0, 0)
      start = at + 1
      startAfter = to + 1
    }
  }

  #freeBetween(before: { start: number; end: number }, after: { start: number; end: number }): Positions {
    return {
      before: freeIn(this.#to, this.#inMoved.before, before),
      after: freeIn(this.#from, this.#inMoved.after, after),
    }
  }

  /** Pairs the tokens of a gap: its equal ends, then what is unique inside, then word by word when it is short. */
  #fill(gap: Positions, moved: number, depth: number): void {
    const rest = this.#joinEnds(gap, moved)
    if (rest.before.length === 0 || rest.after.length === 0) return
    if (rest.before.length * rest.after.length <= mostCells) {
      this.#joinPairs(rest, { moved, openEnd: false })
      return
    }
    if (depth >= mostDepth) return
    const anchors = anchorsInside(idsAt(this.#before, rest.before), idsAt(this.#after, rest.after))
    if (anchors.length === 0) return
    let [start, startAfter] = [0, 0]
    for (const [before, after] of [...anchors, [rest.before.length, rest.after.length] as const]) {
      this.#fill(
        { before: rest.before.subarray(start, before), after: rest.after.subarray(startAfter, after) },
        moved,
        depth + 1,
      )
      const [place, placeAfter] = [rest.before[before], rest.after[after]]
      if (place !== undefined && placeAfter !== undefined) this.#join(place, placeAfter, moved)
      start = before + 1
      startAfter = after + 1
    }
  }

  #joinEnds({ before, after }: Positions, moved: number): Positions {
    const isSame = (at: number, atAfter: number) => this.#before[before[at] ?? -1] === this.#after[after[atAfter] ?? -1]
    const most = Math.min(before.length, after.length)
    let head = 0
    while (head < most && isSame(head, head)) head += 1
    let tail = 0
    while (tail < most - head && isSame(before.length - 1 - tail, after.length - 1 - tail)) tail += 1
    for (let at = 0; at < head; at += 1) this.#join(before[at] ?? 0, after[at] ?? 0, moved)
    for (let at = 1; at <= tail; at += 1)
      this.#join(before[before.length - at] ?? 0, after[after.length - at] ?? 0, moved)
    return { before: before.subarray(head, before.length - tail), after: after.subarray(head, after.length - tail) }
  }

  #joinPairs({ before, after }: Positions, { moved, openEnd }: { moved: number; openEnd: boolean }): void {
    const stretches = { before: idsAt(this.#before, before), after: idsAt(this.#after, after) }
    for (const [at, atAfter] of alignGap(stretches, this.#pair.vocabulary, { openEnd }))
      this.#join(before[at] ?? 0, after[atAfter] ?? 0, moved)
  }
}

/** Tokens of both texts that have no counterpart yet, as their indices. */
interface Positions {
  before: Int32Array
  after: Int32Array
}

function endOf(run: Run | undefined): { before: number; after: number } {
  return run === undefined
    ? { before: 0, after: 0 }
    : { before: run.before + run.length, after: run.after + run.length }
}

function idsAt(ids: Int32Array, positions: Int32Array): Int32Array {
  return positions.map((at) => ids[at] ?? 0)
}

function freeIn(partners: Int32Array, leftOut: Uint8Array, { start, end }: { start: number; end: number }): Int32Array {
  const free: number[] = []
  for (let at = start; at < end; at += 1) if (partners[at] === -1 && leftOut[at] === 0) free.push(at)
  return Int32Array.from(free)
}

/** The tokens without partner from one to the end of its line, and whether they are the rest of the line. */
function freeLine(
  sequence: TokenSequence,
  partners: Int32Array,
  { from, step }: { from: number; step: -1 | 1 },
): { positions: Int32Array; isWhole: boolean } {
  const free: number[] = []
  // Following a line backwards, the border to test is that after the token.
  const border = step === 1 ? 0 : 1
  let at = from
  while (!startsLine(sequence, at + border) && partners[at] === -1 && free.length < mostAtEdge) {
    free.push(at)
    at += step
  }
  return { positions: Int32Array.from(free), isWhole: startsLine(sequence, at + border) }
}

/** Pairs of positions: what is unique in both stretches, in one order. Longer runs are tried first, because they are surer. */
function anchorsInside(before: Int32Array, after: Int32Array): [number, number][] {
  for (const length of [16, 4, 2, 1]) {
    const matches = findUniqueGrams(before, after, length)
    const chosen = heaviestIncreasing(
      matches.after,
      matches.after.map(() => 1),
    )
    if (chosen.length > 0) return chosen.map((at) => [matches.before[at] ?? 0, matches.after[at] ?? 0])
  }
  return []
}

/** Selects runs by index and groups those that moved together. */
function chainsOf(runs: readonly Run[], chosen: ReadonlySet<number>): Run[][] {
  const chains: Run[][] = []
  runs.forEach((run, at) => {
    if (!chosen.has(at)) return
    const chain = chains.at(-1)
    const last = chain?.at(-1)
    if (chain !== undefined && last !== undefined && follows(last, run)) chain.push(run)
    else chains.push([run])
  })
  return chains
}

function follows(last: Run, next: Run): boolean {
  const between = next.before - last.before - last.length
  const betweenAfter = next.after - last.after - last.length
  return between <= mostBetween && betweenAfter >= 0 && betweenAfter <= mostBetween
}
