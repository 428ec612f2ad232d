import type { TextRange } from '../ranges/text-range'
import { alignTokens } from './align-tokens'
import { diffStretch, type DiffPart } from './diff-stretch'
import { heaviestIncreasing } from './increasing'
import type { AlignedTexts } from './likeness'
import { pairBlocks, type BlockPair } from './pair-blocks'
import { readTokens } from './tokens'

export type { DiffPart } from './diff-stretch'

/** Blocks without common words have a place in the order, too. */
const leastWeight = 0.01

/**
 * What became of a block. Ranges are UTF-16 offsets into the text of the side, half-open; a block that was split or joined has a range over several
 * blocks on the other side. `before` is null for what was added, `after` for what was removed.
 * The texts of the parts that are not added join to the text of `before`, those that are not removed to the text of `after`.
 */
export interface BlockChange {
  kind: 'same' | 'changed' | 'moved' | 'removed' | 'added'
  before: TextRange | null
  after: TextRange | null
  parts: DiffPart[]
}

/** A text and its blocks: in order, apart, each within the text. A `TextIndex` is one. */
export interface DiffableText {
  text: string
  blocks: readonly TextRange[]
}

/**
 * Compares two revisions of a text for reading: blocks are paired first, also when they moved, were split or joined; inside a pair, words are compared. In
 * the order of `after`; what was removed comes where it stood, after the block that stood before it. A block that moved may have edits, too.
 * Rests on the same alignment as `anchorSpans`, so that what is shown and where marks go agree. Linear in the texts.
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
  // What was removed stands after the block before it, which may have moved: then after the nearest one that did not.
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
