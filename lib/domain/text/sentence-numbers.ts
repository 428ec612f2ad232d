import type { SentenceSpan } from './sentences'

/** The numbers of the first and the last sentence that a range touches, from 1. */
export interface SentenceNumbers {
  first: number
  last: number
}

/**
 * Makes the function that numbers the sentences a range (UTF-16 code units) touches. This is the only numbering: it counts sentences over the whole
 * revision from 1, without headings and regardless of scope, so that a number stays right. Returns "heading" for a range that touches headings alone,
 * and null for one that touches nothing. `sentences` are ascending and disjoint.
 */
export function makeNumbersOf(
  sentences: readonly SentenceSpan[],
): (range: { start: number; end: number }) => SentenceNumbers | 'heading' | null {
  const numbers: number[] = []
  let number = 0
  for (const { kind } of sentences) numbers.push(kind === 'sentence' ? ++number : 0)
  return ({ start, end }) => {
    let low = 0
    let high = sentences.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((sentences[middle]?.end ?? 0) <= start) low = middle + 1
      else high = middle
    }
    let first = 0
    let last = 0
    let touches = false
    for (let index = low; (sentences[index]?.start ?? Infinity) < end; index++) {
      touches = true
      const here = numbers[index] ?? 0
      if (here === 0) continue
      if (first === 0) first = here
      last = here
    }
    if (first === 0) return touches ? 'heading' : null
    return { first, last }
  }
}

/** A place in words, such as "sentence 4", "sentences 4–6", "heading", or "text" where there is no sentence. */
export function placeInWords(numbers: SentenceNumbers | 'heading' | null): string {
  if (numbers === null) return 'text'
  if (numbers === 'heading') return 'heading'
  const { first, last } = numbers
  return first === last ? `sentence ${String(first)}` : `sentences ${String(first)}–${String(last)}`
}

/** Makes the function that names the place of a range in words, with the numbers of `makeNumbersOf`. */
export function makePlaceOf(sentences: readonly SentenceSpan[]): (range: { start: number; end: number }) => string {
  const numbersOf = makeNumbersOf(sentences)
  return (range) => placeInWords(numbersOf(range))
}

/** The sentence with a number of `makeNumbersOf`; null when there is none. */
export function sentenceOfNumber(sentences: readonly SentenceSpan[], number: number): SentenceSpan | null {
  return sentences.filter(({ kind }) => kind === 'sentence')[number - 1] ?? null
}
