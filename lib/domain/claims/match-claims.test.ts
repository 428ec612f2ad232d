import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ratings, type Rating } from '../annotations/rating'
import { explainMatch, matchClaims, minimumOverlap, overlapOf, type RatedSpan } from './match-claims'

function span(id: string, authorId: string, start: number, end: number, rating: Rating = 'sourced'): RatedSpan {
  return { id, authorId, start, end, rating }
}

function idsOf(groups: RatedSpan[][]): string[][] {
  return groups.map((group) => group.map((member) => member.id))
}

describe('matchClaims', () => {
  test.each<[string, RatedSpan[], string[][]]>([
    ['nothing', [], []],
    ['one reviewer never joins with themselves', [span('a', 'x', 0, 10), span('b', 'x', 0, 10)], [['a'], ['b']]],
    ['equal spans of two reviewers', [span('a', 'x', 0, 10), span('b', 'y', 0, 10)], [['a', 'b']]],
    ['half overlap joins', [span('a', 'x', 0, 10), span('b', 'y', 0, 20)], [['a', 'b']]],
    ['less than half does not', [span('a', 'x', 0, 9), span('b', 'y', 0, 20)], [['a'], ['b']]],
    ['touching is not overlapping', [span('a', 'x', 0, 10), span('b', 'y', 10, 20)], [['a'], ['b']]],
    ['the closer pair wins', [span('a', 'x', 0, 10), span('b', 'y', 0, 8), span('c', 'y', 0, 10)], [['b'], ['a', 'c']]],
    [
      'three reviewers make one claim',
      [span('a', 'x', 0, 10), span('b', 'y', 1, 10), span('c', 'z', 0, 9)],
      [['c', 'a', 'b']],
    ],
    [
      'equal ratings belong together, in whichever order they were given',
      [
        span('a', 'x', 0, 10, 'sourced'),
        span('b', 'x', 0, 10, 'unsourced'),
        span('c', 'y', 0, 10, 'unsourced'),
        span('d', 'y', 0, 10, 'sourced'),
      ],
      [
        ['a', 'd'],
        ['b', 'c'],
      ],
    ],
    [
      'a closer pair comes before an equal rating',
      [span('a', 'x', 0, 10, 'sourced'), span('b', 'y', 0, 8, 'sourced'), span('c', 'y', 0, 10, 'unsourced')],
      [['b'], ['a', 'c']],
    ],
  ])('%s', (_name, spans, expected) => {
    expect(idsOf(matchClaims(spans))).toEqual(expected)
  })

  const spans = fc
    .array(
      fc.record({
        authorId: fc.constantFrom('x', 'y', 'z'),
        start: fc.nat(60),
        length: fc.integer({ min: 1, max: 25 }),
        rating: fc.constantFrom(...ratings),
      }),
      { maxLength: 25 },
    )
    .map((rows) =>
      rows.map((row, place) =>
        span(`s${String(place).padStart(2, '0')}`, row.authorId, row.start, row.start + row.length, row.rating),
      ),
    )

  test('partitions the spans, one of each reviewer in a claim, regardless of their order', () => {
    fc.assert(
      fc.property(spans, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (input, keys) => {
        const groups = matchClaims(input)
        expect(
          groups
            .flat()
            .map((member) => member.id)
            .sort(),
        ).toEqual(input.map((member) => member.id).sort())
        for (const group of groups) {
          expect(new Set(group.map((member) => member.authorId)).size).toBe(group.length)
          for (const member of group)
            for (const other of group) expect(overlapOf(member, other)).toBeGreaterThanOrEqual(minimumOverlap)
        }
        const shuffled = input
          .map((member) => ({ member, key: Number(keys.next().value) }))
          .sort((p, q) => p.key - q.key)
          .map(({ member }) => member)
        expect(idsOf(matchClaims(shuffled))).toEqual(idsOf(groups))
      }),
    )
  })
})

/** The sum of overlaps inside claims. */
function totalOf(groups: readonly RatedSpan[][]): number {
  return groups.reduce(
    (sum, group) =>
      sum +
      group.reduce((own, a, place) => own + group.slice(0, place).reduce((part, b) => part + overlapOf(a, b), 0), 0),
    0,
  )
}

function mayJoin(group: readonly RatedSpan[], span: RatedSpan): boolean {
  return group.every((other) => other.authorId !== span.authorId && overlapOf(other, span) >= minimumOverlap)
}

/** The largest possible sum of overlaps inside claims, by trying every grouping. */
function totalByTrying([span, ...rest]: readonly RatedSpan[], groups: readonly RatedSpan[][]): number {
  if (span === undefined) return totalOf(groups)
  const alone = totalByTrying(rest, [...groups, [span]])
  return groups.reduce((best, group, place) => {
    if (!mayJoin(group, span)) return best
    return Math.max(best, totalByTrying(rest, groups.with(place, [...group, span])))
  }, alone)
}

describe('the grouping', () => {
  const near = (authors: readonly string[], maxLength: number, minLength = 0) =>
    fc
      .array(
        fc.record({
          authorId: fc.constantFrom(...authors),
          start: fc.nat(12),
          length: fc.integer({ min: 4, max: 20 }),
          rating: fc.constantFrom(...ratings),
        }),
        { minLength, maxLength },
      )
      .map((rows) =>
        rows.map((row, place) =>
          span(`s${String(place).padStart(2, '0')}`, row.authorId, row.start, row.start + row.length, row.rating),
        ),
      )

  test('of up to nine spans that lie near each other adds up to as much as any grouping does', () => {
    fc.assert(
      fc.property(near(['w', 'x', 'y', 'z'], 9), (spans) => {
        expect(totalOf(matchClaims(spans))).toBeCloseTo(totalByTrying(spans, []), 9)
      }),
      { numRuns: 400 },
    )
  })

  test('of many spans is not made better by moving one of them', () => {
    fc.assert(
      fc.property(near(['v', 'w', 'x', 'y', 'z'], 40, 13), (spans) => {
        const groups = matchClaims(spans)
        for (const group of groups) {
          for (const member of group) {
            const others = group.filter((other) => other !== member)
            const own = others.reduce((sum, other) => sum + overlapOf(member, other), 0)
            for (const target of groups) {
              if (target === group || !mayJoin(target, member)) continue
              const gain = target.reduce((sum, other) => sum + overlapOf(member, other), 0)
              expect(gain).toBeLessThanOrEqual(own + 1e-9)
            }
          }
        }
      }),
    )
  })

  test('does not chain: a span that shares half with one of a claim and less with another stands by itself', () => {
    const spans = [span('a', 'x', 0, 20), span('b', 'y', 5, 20), span('c', 'z', 11, 20)]
    expect(idsOf(matchClaims(spans))).toEqual([['a', 'b'], ['c']])
    expect(explainMatch(spans)[1]?.passed).toEqual([{ a: 'b', b: 'c', overlap: 0.6, because: 'too-little' }])
  })

  test('takes less of one pair where all together share more', () => {
    // The closest pair, b and c, would leave a and d alone: .9 instead of .8 + .5.
    const spans = [span('a', 'x', 0, 80), span('b', 'y', 0, 100), span('c', 'x', 0, 90), span('d', 'y', 40, 100)]
    expect(idsOf(matchClaims(spans))).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ])
    const passed = explainMatch(spans).flatMap((claim) => claim.passed)
    expect(passed).toContainEqual({ a: 'c', b: 'b', overlap: 0.9, because: 'in-all' })
  })
})

describe('names, ids and order', () => {
  const place = fc.record({
    authorId: fc.constantFrom('x', 'y', 'z'),
    // Few places, so that many spans are equal or tie.
    start: fc.constantFrom(0, 5, 10),
    length: fc.constantFrom(5, 10),
    rating: fc.constantFrom(...ratings),
  })
  /** A grouping without ids and names. */
  const shapeOf = (groups: RatedSpan[][]) =>
    groups
      .map((group) =>
        group
          .map(({ start, end, rating }) => `${String(start)}-${String(end)} ${rating}`)
          .sort()
          .join(', '),
      )
      .sort()

  test('change nothing', () => {
    fc.assert(
      fc.property(
        fc.array(place, { maxLength: 12 }),
        fc.array(fc.nat(), { minLength: 12, maxLength: 12 }),
        (rows, keys) => {
          const spans = rows.map(({ authorId, start, length, rating }, at) =>
            span(`s${String(at).padStart(2, '0')}`, authorId, start, start + length, rating),
          )
          const renamed = spans
            .map((given, at) => ({ ...given, id: `${String(keys[at] ?? 0)}-${String(at)}` }))
            .sort((p, q) => (p.id < q.id ? -1 : 1))
            .map((given) => ({ ...given, authorId: { x: 'q', y: 'p', z: 'r' }[given.authorId] ?? '' }))
          expect(shapeOf(matchClaims(renamed))).toEqual(shapeOf(matchClaims(spans)))
        },
      ),
      { numRuns: 2_000 },
    )
  })
})

describe('explainMatch', () => {
  const a = span('a', 'x', 0, 10)
  const closer = [a, span('b', 'y', 0, 8), span('c', 'y', 0, 10)]
  const tied = [a, span('b', 'y', 0, 5), span('c', 'y', 5, 10)]

  test('tells a closer pair from a tie, on both sides', () => {
    expect(explainMatch(closer).map(({ spans, pairs, passed }) => [idsOf([spans])[0], pairs, passed])).toEqual([
      [['b'], [], [{ a: 'b', b: 'a', overlap: 0.8, because: 'closer' }]],
      [['a', 'c'], [{ a: 'a', b: 'c', overlap: 1 }], [{ a: 'b', b: 'a', overlap: 0.8, because: 'closer' }]],
    ])
    const [joined, left] = explainMatch(tied)
    expect(joined?.spans.map(({ id }) => id)).toEqual(['b', 'a'])
    expect(left?.passed).toEqual([{ a: 'a', b: 'c', overlap: 0.5, because: 'tie' }])
  })

  test('leaves together and apart what a person put so, and lets a further reviewer join', () => {
    const spans = [a, span('b', 'y', 0, 10), span('c', 'z', 0, 10)]
    const apart = explainMatch(spans, [['a'], ['b']])
    expect(idsOf(apart.map((claim) => claim.spans))).toEqual([['a', 'c'], ['b']])
    expect(apart[1]?.passed).toContainEqual({ a: 'a', b: 'b', overlap: 1, because: 'kept-apart' })
    const far = [a, span('b', 'y', 50, 60), span('c', 'z', 50, 60)]
    expect(idsOf(explainMatch(far, [['b', 'a', 'unknown']]).map((claim) => claim.spans))).toEqual([['a', 'b', 'c']])
  })
})
