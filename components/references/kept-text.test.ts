import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { joinQuotes } from './kept-text'

const quoted = (text: string, quotes: { start: number; end: number }[]) =>
  joinQuotes(text.length, quotes).map(({ start, end }) => text.slice(start, end))

describe('the quoted parts of a kept text', () => {
  it.each<[string, [number, number][], string[]]>([
    ['none', [], []],
    ['one in the middle', [[2, 4]], ['cd']],
    [
      'at both ends',
      [
        [0, 2],
        [6, 8],
      ],
      ['ab', 'gh'],
    ],
    [
      'overlapping become one',
      [
        [1, 4],
        [3, 6],
      ],
      ['bcdef'],
    ],
    [
      'touching become one',
      [
        [1, 3],
        [3, 5],
      ],
      ['bcde'],
    ],
    [
      'one inside another',
      [
        [1, 7],
        [2, 3],
      ],
      ['bcdefg'],
    ],
    [
      'out of range and empty are ignored',
      [
        [-1, 2],
        [7, 9],
        [3, 3],
      ],
      [],
    ],
  ])('%s', (_name, ranges, expected) => {
    expect(
      quoted(
        'abcdefgh',
        ranges.map(([start, end]) => ({ start, end })),
      ),
    ).toEqual(expected)
  })

  it('covers what the quotes cover and nothing else, in order and apart', () => {
    const range = fc.record({ start: fc.nat(40), length: fc.integer({ min: 1, max: 12 }) })
    fc.assert(
      fc.property(fc.array(range), (ranges) => {
        const quotes = ranges.map(({ start, length }) => ({ start, end: start + length }))
        const joined = joinQuotes(60, quotes)
        const isIn = (list: { start: number; end: number }[], at: number) =>
          list.some(({ start, end }) => start <= at && at < end)
        for (let at = 0; at < 60; at++) expect(isIn(joined, at)).toBe(isIn(quotes, at))
        for (const [index, part] of joined.entries()) expect(part.start).toBeGreaterThan(joined[index - 1]?.end ?? -1)
      }),
    )
  })
})
