import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  describeEnds,
  describeReviewState,
  describeReviewStates,
  spreadTicks,
  type ClaimEnd,
  type DocumentReviewState,
} from './review-state'

const running = { sessionId: 's', name: 'Harbour check', reviews: null, claims: null, own: null }
const claimsOf = (...ends: ClaimEnd[]) => ends.map((end, place) => ({ id: String(place), end }))
const settled = { sessionId: 'c', name: 'Spring round' }

test.each<[string, DocumentReviewState, string[]]>([
  ['nothing', { running: null, settled: null }, []],
  [
    'a lead sees how many have submitted',
    { running: { ...running, state: 'active', reviews: { wanted: 3, submitted: 2 } }, settled: null },
    ['In review in “Harbour check”, 2 of 3 submitted'],
  ],
  [
    'a blind reviewer sees their own part alone',
    { running: { ...running, state: 'active', own: 'started' }, settled: null },
    ['In review in “Harbour check”, you have begun'],
  ],
  [
    'adjudication, for those who see claims and for others',
    { running: { ...running, state: 'adjudication', claims: { all: 16, settled: 5 } }, settled: null },
    ['In adjudication in “Harbour check”, 5 of 16 claims settled'],
  ],
  [
    'adjudication, for a reviewer who does not settle',
    { running: { ...running, state: 'adjudication', own: 'accepted' }, settled: null },
    ['In adjudication in “Harbour check”'],
  ],
  [
    'settled before, in review again',
    {
      running: { ...running, state: 'active' },
      settled: { ...settled, claims: claimsOf('sourced', 'contradicted', 'sourced', 'no_claim') },
    },
    ['In review in “Harbour check”', 'Settled in “Spring round”: 2 sourced, 1 contradicted, 1 no claim'],
  ],
])('%s', (_, state, lines) => {
  expect(describeReviewState(state)).toEqual(lines)
})

test('ends are counted in one order, regardless of their order', () => {
  expect(describeEnds(['open', 'not_checkable', 'unsourced', 'open'])).toBe(
    '1 unsourced, 1 not checkable, 2 not settled',
  )
  expect(describeEnds([])).toBe('no claims')
})

test.each([
  ['no session has read any', { all: 4, settled: 0, inReview: 0, inAdjudication: 0 }, null],
  ['one of one is settled', { all: 1, settled: 1, inReview: 0, inAdjudication: 0 }, '1 of 1 document settled'],
  ['one is in review', { all: 3, settled: 0, inReview: 1, inAdjudication: 0 }, '1 of 3 documents in review'],
  [
    'of every state',
    { all: 5, settled: 2, inReview: 1, inAdjudication: 1 },
    '2 of 5 documents settled, 1 in review, 1 in adjudication',
  ],
])('documents of which %s', (_, counts, words) => {
  expect(describeReviewStates(counts)).toBe(words)
})

test('a strip of counted claims has a tick for each, or its share of the ticks and never none', () => {
  expect(spreadTicks({ contradicted: 1, sourced: 2 }, 60)).toEqual(['sourced', 'sourced', 'contradicted'])
  expect(spreadTicks({}, 60)).toEqual([])
  const counts = fc.record({
    sourced: fc.nat(5_000),
    unsourced: fc.nat(50),
    contradicted: fc.nat(3),
    no_claim: fc.nat(9),
  })
  fc.assert(
    fc.property(counts, (given) => {
      const ticks = spreadTicks(given, 60)
      const all = given.sourced + given.unsourced + given.contradicted + given.no_claim
      expect(ticks).toHaveLength(Math.min(60, all))
      for (const end of ['sourced', 'unsourced', 'contradicted', 'no_claim'] as const) {
        const shown = ticks.filter((tick) => tick === end).length
        expect(shown > 0).toBe(given[end] > 0)
        if (all > 60) expect(Math.abs(shown - (given[end] / all) * 60)).toBeLessThan(5)
      }
    }),
  )
})
