/** A run of letters, digits and marks, with apostrophes and hyphens inside a word. */
const wordPattern = /[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}]|['’\-‐.,](?=[\p{L}\p{N}]))*/gu

/** Runs of scripts that put no spaces between words. */
const unspacedPattern =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー々〆]{1,400}/gu

let segmenter: Intl.Segmenter | undefined

/**
 * Counts words in any script. Spaced scripts by runs of letters and digits ("don't" and "well-known" are one word,
 * "1,200.5" is one); Chinese, Japanese, Thai, Lao, Khmer and Burmese by the dictionary of `Intl.Segmenter`, in pieces of at
 * most 400 characters because segments keep a copy of their whole input on older runtimes. Linear in the text.
 */
export function countWords(text: string): number {
  let count = 0
  const spaced = text.replace(unspacedPattern, (run) => {
    segmenter ??= new Intl.Segmenter('und', { granularity: 'word' })
    for (const segment of segmenter.segment(run)) if (segment.isWordLike) count += 1
    return ' '
  })
  wordPattern.lastIndex = 0
  while (wordPattern.test(spaced)) count += 1
  return count
}
