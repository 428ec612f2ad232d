import type { TextRange } from '../ranges/text-range'
import { unspacedPieces } from '../text/words'
import { firstTokenFrom, type TokenSequence } from './tokens'

/** A stretch of a text, as a range of offsets. */
interface Stretch {
  sequence: TokenSequence
  stretch: TextRange
}

/** A word without spaces around it, and how many of its tokens are still unpaired. */
interface Word {
  unpaired: number
}

/** Each pass takes apart what the pass before left half; after so many, the rest may stay. */
const mostPasses = 4

/**
 * The pairs of equal tokens without those that are part of a word of which another part has no pair: in scripts without spaces each letter is a token, and a
 * reader wants to see the whole word that was edited. For showing alone: it rests on a dictionary.
 */
export function wholeWords(before: Stretch, after: Stretch, pairs: [number, number][]): [number, number][] {
  const words = wordsOf(before)
  const wordsAfter = wordsOf(after)
  if (words.size === 0 && wordsAfter.size === 0) return pairs
  for (const [token, partner] of pairs) {
    countPaired(words.get(token), -1)
    countPaired(wordsAfter.get(partner), -1)
  }
  let kept = pairs
  for (let pass = 0; pass < mostPasses; pass += 1) {
    const isBroken = ([token, partner]: [number, number]) =>
      (words.get(token)?.unpaired ?? 0) > 0 || (wordsAfter.get(partner)?.unpaired ?? 0) > 0
    const broken = kept.filter(isBroken)
    if (broken.length === 0) break
    kept = kept.filter((pair) => !isBroken(pair))
    for (const [token, partner] of broken) {
      countPaired(words.get(token), 1)
      countPaired(wordsAfter.get(partner), 1)
    }
  }
  return kept
}

function countPaired(word: Word | undefined, change: number): void {
  if (word !== undefined) word.unpaired += change
}

/** The word of each token that is part of one of several letters. */
function wordsOf({ sequence, stretch }: Stretch): Map<number, Word> {
  const words = new Map<number, Word>()
  const text = sequence.text.slice(stretch.start, stretch.end)
  let token = firstTokenFrom(sequence, stretch.start)
  for (const { start, end } of unspacedPieces(text)) {
    while ((sequence.starts[token] ?? Infinity) < stretch.start + start) token += 1
    const word = { unpaired: 0 }
    for (; (sequence.starts[token] ?? Infinity) < stretch.start + end; token += 1) {
      word.unpaired += 1
      words.set(token, word)
    }
  }
  return words
}
