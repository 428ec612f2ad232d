import { expect, test } from 'vitest'
import { makePlaceOf, sentenceOfNumber } from './sentence-numbers'

const sentences = [
  { start: 0, end: 10, kind: 'heading' as const },
  { start: 12, end: 20, kind: 'sentence' as const },
  { start: 21, end: 30, kind: 'sentence' as const },
  { start: 32, end: 40, kind: 'heading' as const },
  { start: 42, end: 50, kind: 'sentence' as const },
]

test.each([
  ['a whole sentence', 12, 20, 'sentence 1'],
  ['a part of a sentence', 23, 25, 'sentence 2'],
  ['two sentences', 15, 25, 'sentences 1–2'],
  ['sentences around a heading', 25, 45, 'sentences 2–3'],
  ['a heading', 2, 8, 'heading'],
  ['a heading and the sentence after it', 33, 44, 'sentence 3'],
  ['between sentences', 20, 21, 'text'],
  ['after the last', 60, 70, 'text'],
])('%s', (...[, start, end, place]) => {
  expect(makePlaceOf(sentences)({ start, end })).toBe(place)
})

test('a number leads back to its sentence', () => {
  expect(sentenceOfNumber(sentences, 3)).toEqual(sentences[4])
  expect(sentenceOfNumber(sentences, 4)).toBeNull()
  expect(sentenceOfNumber(sentences, 0)).toBeNull()
})
