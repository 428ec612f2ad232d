import type { TextRange } from '../ranges/text-range'
import { alignTokens } from './align-tokens'
import { diffStretch, type DiffPart } from './diff-stretch'
import { heaviestIncreasing } from './increasing'
import type { AlignedTexts } from './likeness'
import { readTokens, firstTokenFrom } from './tokens'
import { wordLikeness } from './align-gap'

export type { DiffPart } from './diff-stretch'

/** Even blocks without common words count for the order. */
const leastWeight = 0.01

/**
 * What became of a block. Ranges are UTF-16 offsets into the text of their side, half-open; a block that was split or joined has a range over several
 * blocks on the other side. `before` is null for an added block, `after` for a removed one. Joined, the parts that were not added are the text of
 * `before`, and those that were not removed the text of `after`.
 */
export interface BlockChange {
  kind: 'same' | 'changed' | 'moved' | 'removed' | 'added'
  before: TextRange | null
  after: TextRange | null
  parts: DiffPart[]
}

/** A text and its blocks: in order, disjoint, each within the text. A `TextIndex` is one. */
export interface DiffableText {
  text: string
  blocks: readonly TextRange[]
}

/**
 * Compares two revisions of a text for reading: blocks are paired first, also when they moved, were split or joined; inside a pair, words are
 * compared. Changes come in the order of `after`; a removed block comes after the block that preceded it. A moved block may have edits, too. Uses
 * the same alignment as `anchorSpans`, so that the comparison agrees with where marks are found. Linear in the texts.
 */
export function diffRevisions(before: DiffableText, after: DiffableText): BlockChange[] {
  const pair = readTokens(before.text, after.text)
  const texts: AlignedTexts = { ...pair, ...alignTokens(pair) }
  const pairs = pairBlocks(texts, before.blocks, after.blocks)
  const inOrder = new Set(
    heaviestIncreasing(
      pairs.map(({ after: { first } }) => first),
      pairs.map(({ weight }) => Math.max(weight, leastWeight)),
    ),
  )
  const changes = pairs.map((one, at) => changeOf(texts, { pair: one, before, after, isInOrder: inOrder.has(at) }))
  return inReadingOrder(pairs, changes, { before, after })
}

function changeOf(
  texts: AlignedTexts,
  {
    pair,
    before,
    after,
    isInOrder,
  }: { pair: BlockPair; before: DiffableText; after: DiffableText; isInOrder: boolean },
): BlockChange {
  const range = spanOf(before.blocks, pair.before)
  const place = spanOf(after.blocks, pair.after)
  const parts = diffStretch(texts, range, place)
  const isSame = parts.every(({ kind }) => kind === 'equal')
  return { kind: isInOrder ? (isSame ? 'same' : 'changed') : 'moved', before: range, after: place, parts }
}

function spanOf(blocks: readonly TextRange[], { first, last }: { first: number; last: number }): TextRange {
  return { start: blocks[first]?.start ?? 0, end: blocks[last]?.end ?? 0 }
}

/** The changes in the order of `after`, with the blocks that have no pair. */
function inReadingOrder(
  pairs: readonly BlockPair[],
  changes: readonly BlockChange[],
  { before, after }: { before: DiffableText; after: DiffableText },
): BlockChange[] {
  const pairBefore = new Map(pairs.flatMap((pair, at) => numbersOf(pair.before).map((block) => [block, at])))
  const pairAfter = new Map(pairs.flatMap((pair, at) => numbersOf(pair.after).map((block) => [block, at])))
  // A removed block comes after the block before it; if that one moved, after the nearest one that did not.
  const removedAfter = new Map<number, BlockChange[]>()
  let previous = -1
  before.blocks.forEach((block, at) => {
    const pair = pairBefore.get(at)
    if (pair !== undefined) {
      if (changes[pair]?.kind !== 'moved') previous = pair
      return
    }
    const removed = removedAfter.get(previous) ?? []
    removed.push(wholeBlock('removed', before.text, block))
    removedAfter.set(previous, removed)
  })
  const ordered = [...(removedAfter.get(-1) ?? [])]
  after.blocks.forEach((block, at) => {
    const pair = pairAfter.get(at)
    if (pair === undefined) ordered.push(wholeBlock('added', after.text, block))
    else if (pairs[pair]?.after.first === at) {
      const change = changes[pair]
      if (change !== undefined) ordered.push(change)
      ordered.push(...(removedAfter.get(pair) ?? []))
    }
  })
  return ordered
}

function numbersOf({ first, last }: { first: number; last: number }): number[] {
  return Array.from({ length: last - first + 1 }, (_, at) => first + at)
}

function wholeBlock(kind: 'removed' | 'added', text: string, { start, end }: TextRange): BlockChange {
  const parts = start === end ? [] : [{ kind, text: text.slice(start, end) }]
  const range = { start, end }
  return kind === 'removed' ? { kind, before: range, after: null, parts } : { kind, before: null, after: range, parts }
}

/** A run of neighbouring blocks, by index, both ends included. */
interface BlockRun {
  first: number
  last: number
}

/** A block and its counterpart; several blocks on one side where it was split or joined. */
interface BlockPair {
  before: BlockRun
  after: BlockRun
  /** The weight of the words that both sides have. */
  weight: number
}

/** Two blocks are a pair when their common words are at least this share of all their words. */
const leastAlike = 0.4
/** A block belongs to one that was split or joined when it shares at least this much of its words with it. */
const leastInside = 0.6
/** Blocks of at most this many tokens may be paired by their place alone, without a common word: the cells of a table. */
const fewTokens = 6

interface Link {
  before: number
  after: number
  weight: number
}

/**
 * Pairs the blocks of two texts by the words that the alignment found in both: the heaviest link first, each block in one pair; then the blocks
 * beside a pair that were split from it or joined with it; last, short blocks at the same place. Ordered by place before.
 */
function pairBlocks(texts: AlignedTexts, before: readonly TextRange[], after: readonly TextRange[]): BlockPair[] {
  return new BlockPairing(texts, before, after).pair()
}

class BlockPairing {
  readonly #texts: AlignedTexts
  readonly #before: Side
  readonly #after: Side
  readonly #links: Link[]

  constructor(texts: AlignedTexts, before: readonly TextRange[], after: readonly TextRange[]) {
    this.#texts = texts
    this.#before = makeSide(texts.before, before, texts.vocabulary.weights)
    this.#after = makeSide(texts.after, after, texts.vocabulary.weights)
    this.#links = this.#findLinks()
  }

  pair(): BlockPair[] {
    const alike = ({ before, after, weight }: Link) =>
      (2 * weight) / ((this.#before.weights[before] ?? 0) + (this.#after.weights[after] ?? 0)) >= leastAlike
    for (const link of this.#links) if (alike(link)) this.#join(link)
    for (const link of this.#links) this.#attach(link)
    this.#pairEqual()
    this.#pairNeighbours()
    return [...new Set(this.#before.pairs.filter((pair) => pair !== null))]
  }

  #findLinks(): Link[] {
    const { before, after, to, vocabulary } = this.#texts
    const links = new Map<number, Link>()
    to.forEach((partner, at) => {
      const [block, other] = [
        this.#before.blockOf[at] ?? -1,
        partner === -1 ? -1 : (this.#after.blockOf[partner] ?? -1),
      ]
      if (block === -1 || other === -1) return
      const [id, otherId] = [before.ids[at] ?? 0, after.ids[partner] ?? 0]
      const weight = (vocabulary.weights[id] ?? 0) * wordLikeness(id, otherId, vocabulary)
      const key = block * this.#after.weights.length + other
      const link = links.get(key)
      if (link === undefined) links.set(key, { before: block, after: other, weight })
      else link.weight += weight
    })
    return [...links.values()].sort(
      (one, other) => other.weight - one.weight || one.before - other.before || one.after - other.after,
    )
  }

  #join({ before, after, weight }: Link): void {
    if (this.#before.pairs[before] !== null || this.#after.pairs[after] !== null) return
    const pair = { before: { first: before, last: before }, after: { first: after, last: after }, weight }
    this.#before.pairs[before] = pair
    this.#after.pairs[after] = pair
  }

  /** Adds a block without a pair to the pair that most of its words went to or came from, if it is next to it. */
  #attach({ before, after, weight }: Link): void {
    const [pairBefore, pairAfter] = [this.#before.pairs[before] ?? null, this.#after.pairs[after] ?? null]
    if (pairBefore === null && weight >= leastInside * (this.#before.weights[before] ?? 0)) {
      if (pairAfter === null) this.#joinPart({ before, after, weight })
      else if (isSingle(pairAfter.after) && extend(pairAfter.before, before)) {
        pairAfter.weight += weight
        this.#before.pairs[before] = pairAfter
      }
    } else if (pairAfter === null && weight >= leastInside * (this.#after.weights[after] ?? 0)) {
      if (pairBefore === null) this.#joinPart({ before, after, weight })
      else if (isSingle(pairBefore.before) && extend(pairBefore.after, after)) {
        pairBefore.weight += weight
        this.#after.pairs[after] = pairBefore
      }
    }
  }

  /** Pairs the first part of a block that was split into many, none of them alike enough by itself. */
  #joinPart(link: Link): void {
    if (link.weight > 0) this.#join(link)
  }

  /** Pairs blocks with the same text that the alignment could not tell apart. */
  #pairEqual(): void {
    const read = (text: string, block: TextRange | undefined) => text.slice(block?.start, block?.end)
    const free = new Map<string, number[]>()
    // Backwards, so that `pop` takes the first of several.
    for (let at = this.#after.pairs.length - 1; at >= 0; at -= 1) {
      if (this.#after.pairs[at] !== null || this.#after.tokens[at] === 0) continue
      const text = read(this.#texts.after.text, this.#after.blocks[at])
      const alike = free.get(text)
      if (alike === undefined) free.set(text, [at])
      else alike.push(at)
    }
    this.#before.pairs.forEach((pair, at) => {
      if (pair !== null) return
      const other = free.get(read(this.#texts.before.text, this.#before.blocks[at]))?.pop()
      if (other !== undefined) this.#join({ before: at, after: other, weight: this.#before.weights[at] ?? 0 })
    })
  }

  /** Pairs the neighbours on either side of a pair, one by one, as long as both have few or no words. */
  #pairNeighbours(): void {
    const isFew = (block: number, other: number) =>
      this.#before.pairs[block] === null &&
      this.#after.pairs[other] === null &&
      this.#isAlikeInSize(this.#before.tokens[block] ?? 0, this.#after.tokens[other] ?? 0)
    const grow = (before: number, after: number, step: -1 | 1) => {
      for (let [block, other] = [before + step, after + step]; isFew(block, other); block += step, other += step)
        this.#join({ before: block, after: other, weight: 0 })
    }
    grow(-1, -1, 1)
    for (const pair of [...this.#before.pairs]) if (pair) grow(pair.before.last, pair.after.last, 1)
    for (const pair of [...this.#before.pairs]) if (pair) grow(pair.before.first, pair.after.first, -1)
    grow(this.#before.pairs.length, this.#after.pairs.length, -1)
  }

  #isAlikeInSize(one: number, other: number): boolean {
    return (one === 0) === (other === 0) && one <= fewTokens && other <= fewTokens
  }
}

interface Side {
  blocks: readonly TextRange[]
  /** For each token, the block that holds it, or -1. */
  blockOf: Int32Array
  /** For each block: the weight of its words, the number of its tokens, and its pair. */
  weights: Float64Array
  tokens: Uint32Array
  pairs: (BlockPair | null)[]
}

function makeSide(sequence: AlignedTexts['before'], blocks: readonly TextRange[], weightOf: Float64Array): Side {
  const blockOf = new Int32Array(sequence.ids.length).fill(-1)
  const weights = new Float64Array(blocks.length)
  const tokens = new Uint32Array(blocks.length)
  blocks.forEach(({ start, end }, block) => {
    let at = firstTokenFrom(sequence, start)
    for (; at < sequence.ids.length && (sequence.ends[at] ?? 0) <= end; at += 1) {
      blockOf[at] = block
      weights[block] = (weights[block] ?? 0) + (weightOf[sequence.ids[at] ?? 0] ?? 0)
      tokens[block] = (tokens[block] ?? 0) + 1
    }
  })
  return { blocks, blockOf, weights, tokens, pairs: blocks.map(() => null) }
}

function isSingle({ first, last }: BlockRun): boolean {
  return first === last
}

function extend(run: BlockRun, block: number): boolean {
  if (block === run.first - 1) run.first = block
  else if (block === run.last + 1) run.last = block
  else return false
  return true
}
