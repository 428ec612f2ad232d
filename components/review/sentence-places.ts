import type { SentenceSpan } from '@/lib/domain/text/sentences'

/**
 * Makes the function that says where a range stands, such as "sentence 4" or "sentences 4–6". Sentences are numbered over the whole revision from 1
 * (headings are not), whatever is in scope, so that a number stays right. A range in no sentence is "heading" or "text".
 */
export function makePlaceOf(sentences: readonly SentenceSpan[]): (range: { start: number; end: number }) => string {
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
    if (first === 0) return touches ? 'heading' : 'text'
    return first === last ? `sentence ${String(first)}` : `sentences ${String(first)}–${String(last)}`
  }
}

/** The sentence of a number as `makePlaceOf` counts; null when there is none. */
export function sentenceOfNumber(sentences: readonly SentenceSpan[], number: number): SentenceSpan | null {
  return sentences.filter(({ kind }) => kind === 'sentence')[number - 1] ?? null
}
