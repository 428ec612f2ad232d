import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DocumentContent, OutOfScopeReason } from './model'
import { applyScopeChanges, checkableSentences, scopeRegions, type OutOfScopeRange, type ScopeChange } from './scope'
import { buildTextIndex } from './text-index'

function documentOf(scopes: (OutOfScopeReason | null)[]): DocumentContent {
  return {
    type: 'doc',
    content: scopes.map((scope, at) => ({
      type: 'paragraph',
      attrs: { scope },
      content: [{ type: 'text', text: `p${String(at)}` }],
    })),
  }
}

describe('scopeRegions', () => {
  it('joins neighbours of one reason and keeps different ones apart', () => {
    const regions = scopeRegions(
      buildTextIndex(documentOf([null, 'comments', 'comments', 'comment-form', null, 'comments'])),
    )
    expect(regions).toEqual([
      { start: 4, end: 10, reason: 'comments', firstBlock: 1, lastBlock: 2 },
      { start: 12, end: 14, reason: 'comment-form', firstBlock: 3, lastBlock: 3 },
      { start: 20, end: 22, reason: 'comments', firstBlock: 5, lastBlock: 5 },
    ])
  })

  it('is not divided by a block without text', () => {
    const content: DocumentContent = {
      type: 'doc',
      content: [
        ...documentOf(['navigation']).content,
        { type: 'horizontalRule' },
        ...documentOf(['navigation']).content,
      ],
    }
    expect(scopeRegions(buildTextIndex(content))).toEqual([
      { start: 0, end: 6, reason: 'navigation', firstBlock: 0, lastBlock: 2 },
    ])
  })
})

describe('applyScopeChanges', () => {
  const region: OutOfScopeRange = { start: 10, end: 20, reason: 'comments' }
  const cases: [name: string, changes: ScopeChange[], expected: [number, number, string][]][] = [
    ['nothing', [], [[10, 20, 'comments']]],
    ['all back', [{ start: 0, end: 30, inScope: true }], []],
    [
      'a hole',
      [{ start: 12, end: 15, inScope: true }],
      [
        [10, 12, 'comments'],
        [15, 20, 'comments'],
      ],
    ],
    ['the left part back', [{ start: 5, end: 15, inScope: true }], [[15, 20, 'comments']]],
    [
      'more out',
      [{ start: 25, end: 30, inScope: false, reason: 'navigation' }],
      [
        [10, 20, 'comments'],
        [25, 30, 'navigation'],
      ],
    ],
    [
      'overlap takes the later reason',
      [{ start: 15, end: 25, inScope: false, reason: 'navigation' }],
      [
        [10, 15, 'comments'],
        [15, 25, 'navigation'],
      ],
    ],
    [
      'later wins',
      [
        { start: 0, end: 30, inScope: true },
        { start: 12, end: 14, inScope: false },
      ],
      [[12, 14, 'boilerplate']],
    ],
    [
      'empty and inverted do nothing',
      [
        { start: 12, end: 12, inScope: true },
        { start: 15, end: 12, inScope: true },
      ],
      [[10, 20, 'comments']],
    ],
  ]
  it.each(cases)('%s', (_name, changes, expected) => {
    expect(applyScopeChanges([region], changes).map(({ start, end, reason }) => [start, end, reason])).toEqual(expected)
  })

  const change = fc.record({ start: fc.nat(40), end: fc.nat(40), inScope: fc.boolean() })
  it('says of every offset what the last change over it said', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 8 }), (changes) => {
        const ranges = applyScopeChanges([region], changes)
        for (let offset = 0; offset < 42; offset += 1) {
          const last = changes.findLast(({ start, end }) => start <= offset && offset < end)
          const out = last ? !last.inScope : offset >= 10 && offset < 20
          expect(ranges.some(({ start, end }) => start <= offset && offset < end)).toBe(out)
        }
        ranges.forEach((range, at) => {
          expect(range.start).toBeLessThan(range.end)
          expect(range.start).toBeGreaterThanOrEqual(ranges[at - 1]?.end ?? 0)
        })
      }),
    )
  })
})

describe('checkableSentences', () => {
  const sentence = (start: number, end: number, kind = 'sentence') => ({ start, end, kind })
  const cases: [name: string, range: [number, number][], expected: number[]][] = [
    ['nothing out', [], [0, 10, 30]],
    ['one covered', [[10, 18]], [0, 30]],
    ['partly covered still counts', [[12, 18]], [0, 10, 30]],
    [
      'covered by two ranges that meet',
      [
        [8, 14],
        [14, 20],
      ],
      [0, 30],
    ],
    [
      'a gap between two ranges',
      [
        [8, 13],
        [14, 20],
      ],
      [0, 10, 30],
    ],
    ['everything out', [[0, 99]], []],
  ]
  it.each(cases)('%s', (_name, ranges, expected) => {
    const sentences = [sentence(0, 8), sentence(10, 18), sentence(20, 28, 'heading'), sentence(30, 38)]
    expect(
      checkableSentences(
        sentences,
        ranges.map(([start, end]) => ({ start, end })),
      ).map(({ start }) => start),
    ).toEqual(expected)
  })
})
