import { expect, test } from 'vitest'
import {
  describeEnds,
  describeReviewState,
  describeReviewStates,
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

const inReview: DocumentReviewState = { running: { ...running, state: 'active' }, settled: null }
const isSettled: DocumentReviewState = { running: null, settled: { ...settled, claims: [] } }
test.each<[string, DocumentReviewState[], number, string | null]>([
  ['no session has read any', [], 4, null],
  ['one of one is settled', [isSettled], 1, '1 of 1 document settled'],
  ['one is in review', [inReview], 3, '1 of 3 documents in review'],
  [
    'of every state',
    [isSettled, inReview, isSettled, { running: { ...running, state: 'adjudication' }, settled: null }],
    5,
    '2 of 5 documents settled, 1 in review, 1 in adjudication',
  ],
  ['settled and read again', [{ ...inReview, settled: isSettled.settled }], 2, '1 of 2 documents settled, 1 in review'],
])('a list of documents of which %s', (_, states, total, words) => {
  expect(describeReviewStates(states, total)).toBe(words)
})
