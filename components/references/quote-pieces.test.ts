import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutAtQuotes } from './quote-pieces'

const quoted = (text: string, quotes: { start: number; end: number }[]) =>
  cutAtQuotes(text, quotes)
    .filter((piece) => piece.quoted)
    .map((piece) => piece.text)

describe('cutting a snapshot at its quotes', () => {
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

  it('loses and moves nothing', () => {
    const range = fc.tuple(fc.integer({ min: -2, max: 40 }), fc.integer({ min: -2, max: 40 }))
    fc.assert(
      fc.property(fc.string({ maxLength: 36 }), fc.array(range), (text, ranges) => {
        const pieces = cutAtQuotes(
          text,
          ranges.map(([start, end]) => ({ start, end })),
        )
        expect(pieces.map((piece) => piece.text).join('')).toBe(text)
        for (const piece of pieces) expect(text.startsWith(piece.text, piece.start)).toBe(true)
      }),
    )
  })
})
