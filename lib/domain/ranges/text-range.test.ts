import { describe, expect, test } from 'vitest'
import { joinRanges, overlap } from './text-range'

describe('ranges', () => {
  test.each([
    [
      'beside each other',
      [
        [0, 5],
        [5, 9],
      ],
      [[0, 9]],
    ],
    [
      'one in the other',
      [
        [0, 9],
        [2, 4],
        [6, 12],
      ],
      [[0, 12]],
    ],
    [
      'apart',
      [
        [0, 2],
        [4, 6],
      ],
      [
        [0, 2],
        [4, 6],
      ],
    ],
    [
      'in any order',
      [
        [4, 6],
        [0, 2],
        [1, 3],
      ],
      [
        [0, 3],
        [4, 6],
      ],
    ],
    ['none', [], []],
  ])('cover the text without overlapping: %s', (_name, given, expected) => {
    const rangesOf = (pairs: number[][]) => pairs.map(([start = 0, end = 0]) => ({ start, end }))
    expect(joinRanges(rangesOf(given))).toEqual(rangesOf(expected))
  })

  test('share a character or do not', () => {
    expect(overlap({ start: 0, end: 5 }, { start: 4, end: 9 })).toBe(true)
    expect(overlap({ start: 0, end: 5 }, { start: 5, end: 9 })).toBe(false)
  })
})
