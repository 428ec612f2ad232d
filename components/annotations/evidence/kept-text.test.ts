import { describe, expect, it } from 'vitest'
import { sentenceStops } from './kept-text'

const wordsOf = (text: string, language = '') =>
  sentenceStops(text, language).map(({ start, end }) => text.slice(start, end))

describe('where the keys stop in a kept text', () => {
  const cases: [string, string, string, string[]][] = [
    ['sentences of a line', 'One met. Two wrote!  Three?', '', ['One met.', 'Two wrote!', 'Three?']],
    ['a line each', 'A heading\n\n  One met.\nTwo wrote.\n', '', ['A heading', 'One met.', 'Two wrote.']],
    ['another script', '会議が開かれた。市長が書いた。', 'ja', ['会議が開かれた。', '市長が書いた。']],
    ['an unknown language', 'One met. Two wrote.', 'no such tag', ['One met.', 'Two wrote.']],
    ['nothing', ' \n\n', '', []],
  ]
  for (const [name, text, language, stops] of cases) {
    it(name, () => {
      expect(wordsOf(text, language)).toEqual(stops)
    })
  }

  it('does not depend on the windows in which a long line is cut', () => {
    const sentence = 'The mayor’s office wrote that 27,400 cars cross each day.'
    expect(wordsOf(Array<string>(500).fill(sentence).join(' '))).toEqual(Array<string>(500).fill(sentence))
    expect(wordsOf('x'.repeat(10_000)).join('')).toBe('x'.repeat(10_000))
  })
})
