/** A run of letters, digits and marks, with apostrophes and hyphens inside a word. */
const wordPattern = /[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}]|['’\-‐.,](?=[\p{L}\p{N}]))*/gu

/** A letter of a script that puts no spaces between words, as the source of a regular expression (flag `u`). */
export const unspacedLetter = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー々〆]`

/** Matches runs of such letters, in pieces of at most 400 characters, because segments keep a copy of their whole input on older runtimes. */
const unspacedPattern = new RegExp(`${unspacedLetter}{1,400}`, 'gu')

let segmenter: Intl.Segmenter | undefined

/** A piece of a run of letters without spaces, `[start, end)` in UTF-16 code units of the text. */
interface UnspacedPiece {
  start: number
  end: number
  isWord: boolean
}

/**
 * Splits the Chinese, Japanese, Thai, Lao, Khmer and Burmese runs of a text into words and the pieces between them, ascending, by the dictionary of
 * `Intl.Segmenter`. Another runtime may know other words, so no stored value may depend on it. Linear in the text.
 */
export function* unspacedPieces(text: string): Generator<UnspacedPiece> {
  for (const { 0: run, index } of text.matchAll(unspacedPattern)) {
    segmenter ??= new Intl.Segmenter('und', { granularity: 'word' })
    for (const { segment, index: at, isWordLike } of segmenter.segment(run))
      yield { start: index + at, end: index + at + segment.length, isWord: isWordLike === true }
  }
}

/**
 * Counts words in any script. Spaced scripts by runs of letters and digits ("don't" and "well-known" are one word,
 * "1,200.5" is one); scripts without spaces by `unspacedPieces`. Linear in the text.
 */
export function countWords(text: string): number {
  let count = 0
  for (const { isWord } of unspacedPieces(text)) if (isWord) count += 1
  const spaced = text.replaceAll(unspacedPattern, ' ')
  wordPattern.lastIndex = 0
  while (wordPattern.test(spaced)) count += 1
  return count
}
