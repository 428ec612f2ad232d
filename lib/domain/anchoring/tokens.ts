import { foldWords } from '../text/fold'
import { unspacedLetter } from '../text/words'

/** The words and signs of a text in reading order. The arrays have an entry for each token; white space belongs to none. */
export interface TokenSequence {
  text: string
  /** The number of the token's word: the same for the same word, however it is typeset (`lib/domain/text/fold.ts`). */
  ids: Int32Array
  /** UTF-16 offsets into the text, half-open. */
  starts: Uint32Array
  ends: Uint32Array
}

/** Two texts that share one numbering of words, so that their tokens can be compared as numbers. */
export interface TokenPair {
  before: TokenSequence
  after: TokenSequence
  vocabulary: Vocabulary
}

/** The properties of each word, by its number. */
export interface Vocabulary {
  /** The folded word. */
  forms: readonly string[]
  /** Whether it has letters or digits; signs have none. */
  isWord: readonly boolean[]
  /** How much the word counts: 1 for a rare one, less for a frequent one, least for a sign. */
  weights: Float64Array
}

/** Matches a word with the signs inside it (apostrophes, hyphens, separators of thousands, soft hyphens); else one character with its marks. */
const tokenPattern =
  /[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}\u00AD\u200B-\u200D\u2060]|['’\-‐.,](?=[\p{L}\p{N}]))*|\S[\p{M}\u200D\uFE0E\uFE0F]*/gu

/** Each letter of a script that puts no spaces between words is a token of its own, so that no dictionary decides where a quote may end. */
const unspaced = new RegExp(unspacedLetter, 'u')
const unspacedPiece = new RegExp(String.raw`${unspacedLetter}\p{M}*|(?:(?!${unspacedLetter})[^])+`, 'gu')
const beyondAscii = /[^\0-\x7F]/
const letterOrDigit = /[\p{L}\p{N}]/u

/** The weights of a sign, and of a word that occurs in every line. */
const signWeight = 0.15
const leastWordWeight = 0.3

/** Cuts two texts into tokens. Linear in the texts. */
export function readTokens(before: string, after: string): TokenPair {
  const words = new WordNumbers()
  const pair = { before: cutText(before, words), after: cutText(after, words) }
  return { ...pair, vocabulary: words.describe([pair.before.ids, pair.after.ids]) }
}

/** The first token that ends after an offset: its index, or the number of tokens when there is none. O(log tokens). */
export function firstTokenEndingAfter({ ends }: TokenSequence, offset: number): number {
  return lowerBound(ends, offset + 1)
}

/** The first token that starts at an offset or after it: its index, or the number of tokens when there is none. O(log tokens). */
export function firstTokenFrom({ starts }: TokenSequence, offset: number): number {
  return lowerBound(starts, offset)
}

/** Whether a line begins at a token. The end of the text counts as a beginning, too. */
export function startsLine({ text, ids, starts, ends }: TokenSequence, token: number): boolean {
  return token <= 0 || token >= ids.length || text.slice(ends[token - 1], starts[token]).includes('\n')
}

/** The index of the first of ascending numbers that is at least `value`. */
function lowerBound(ascending: Uint32Array, value: number): number {
  let low = 0
  let high = ascending.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ascending[middle] ?? 0) < value) low = middle + 1
    else high = middle
  }
  return low
}

class WordNumbers {
  readonly #byText = new Map<string, number>()
  readonly #byForm = new Map<string, number>()
  readonly #forms: string[] = []
  readonly #isWord: boolean[] = []

  /** The number of a word; -1 for invisible characters. */
  numberOf(text: string): number {
    const known = this.#byText.get(text)
    if (known !== undefined) return known
    const form = beyondAscii.test(text) ? foldWords(text) : text
    const number = form === '' ? -1 : this.#numberOfForm(form)
    this.#byText.set(text, number)
    return number
  }

  #numberOfForm(form: string): number {
    const known = this.#byForm.get(form)
    if (known !== undefined) return known
    const number = this.#forms.length
    this.#forms.push(form)
    this.#isWord.push(letterOrDigit.test(form))
    this.#byForm.set(form, number)
    return number
  }

  describe(sequences: readonly Int32Array[]): Vocabulary {
    const counts = new Uint32Array(this.#forms.length)
    for (const ids of sequences) for (const id of ids) counts[id] = (counts[id] ?? 0) + 1
    const weights = Float64Array.from(counts, (count, id) =>
      this.#isWord[id] === true ? Math.max(leastWordWeight, 1 - 0.08 * Math.log2(Math.max(1, count / 2))) : signWeight,
    )
    return { forms: this.#forms, isWord: this.#isWord, weights }
  }
}

function cutText(text: string, words: WordNumbers): TokenSequence {
  const ids: number[] = []
  const starts: number[] = []
  const ends: number[] = []
  const add = (token: string, start: number) => {
    const id = words.numberOf(token)
    if (id === -1) return
    ids.push(id)
    starts.push(start)
    ends.push(start + token.length)
  }
  for (const { 0: token, index } of text.matchAll(tokenPattern)) {
    if (!beyondAscii.test(token) || !unspaced.test(token)) add(token, index)
    else for (const piece of token.matchAll(unspacedPiece)) add(piece[0], index + piece.index)
  }
  return { text, ids: Int32Array.from(ids), starts: Uint32Array.from(starts), ends: Uint32Array.from(ends) }
}
