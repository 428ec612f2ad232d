import { describe, expect, test } from 'vitest'
import { describeEvidence } from '../../report-exports/tables'
import { reviewerLetter } from '../../frozen-reports/hide-reviewers'
import { makeCitation, makeSettledDocuments, reportOn } from '../laws/fixtures'
import { leftOut } from '../left-out'
import {
  describeFlags,
  describeQuotes,
  describeReviewers,
  listNotDrawn,
  listReviewers,
  memberInWords,
} from './claim-words'
import { describePeriod } from './headline'

describe('who came to a rating', () => {
  const verdict = { reason: '', dissent: 0, own: false }
  test.each<[Parameters<typeof describeReviewers>[0], string]>([
    [{ reviewers: { agreeing: 1, rated: 1 }, open: false, verdict: null }, 'One reviewer.'],
    [{ reviewers: { agreeing: 2, rated: 2 }, open: false, verdict: null }, 'Both reviewers.'],
    [{ reviewers: { agreeing: 3, rated: 3 }, open: false, verdict: null }, 'All 3 reviewers.'],
    [
      { reviewers: { agreeing: 1, rated: 3 }, open: true, verdict: null },
      '1 of 3 reviewers; not counted until settled.',
    ],
    [{ reviewers: { agreeing: 0, rated: 0 }, open: false, verdict }, 'Settled by an adjudicator.'],
    [
      { reviewers: { agreeing: 2, rated: 2 }, open: false, verdict },
      'Settled by an adjudicator; rated so by both reviewers.',
    ],
    [
      { reviewers: { agreeing: 1, rated: 2 }, open: false, verdict: { ...verdict, dissent: 1, own: true } },
      'Settled by an adjudicator who had rated it as a reviewer; rated so by 1 of 2 reviewers; 1 dissents.',
    ],
    [
      { reviewers: { agreeing: 1, rated: 3 }, open: false, verdict: { ...verdict, dissent: 2 } },
      'Settled by an adjudicator; rated so by 1 of 3 reviewers; 2 dissent.',
    ],
  ])('%j', (finding, says) => {
    expect(describeReviewers(finding)).toBe(says)
  })

  test.each([
    [0, 'A'],
    [25, 'Z'],
    [26, 'AA'],
    [51, 'AZ'],
    [52, 'BA'],
    [701, 'ZZ'],
    [702, 'AAA'],
  ])('place %i is letter %s', (place, letter) => {
    expect(reviewerLetter(place)).toBe(letter)
  })

  test('names stand only where they were given', () => {
    const named = [
      { letter: 'A', name: null },
      { letter: 'B', name: 'Mina' },
      { letter: 'C', name: null },
    ]
    expect(listReviewers(named)).toEqual(['Reviewer A', 'Mina', 'reviewer C'])
    expect([memberInWords('reviewer-0003'), memberInWords('Mina'), memberInWords('')]).toEqual(['a member', 'Mina', ''])
  })
})

test('flags and quotes are said, each once', () => {
  expect(describeFlags({ disputed: false, partial: false })).toBe('')
  expect(describeFlags({ disputed: true, partial: true })).toBe('Disputed, evidence covers only part of it.')
  const [found, gone] = [{ quoteCheck: 'word-for-word' as const }, { quoteCheck: 'not-found' as const }]
  expect(describeQuotes([found, found, gone], '2026-03-14')).toBe(
    'Word for word in the text kept 2026-03-14; Not found in the text kept 2026-03-14',
  )
  expect(describeQuotes([found], null)).toBe('Word for word in the kept text')
})

test('what is in no count is said with its number, single reviews unless they are counted', () => {
  const { claims } = reportOn(makeSettledDocuments(1))
  const left = { ...claims, notCheckable: 1, noClaim: 2, open: 3, incomplete: 4, singleReview: 5 }
  const choose = (singleReviews: 'left-out' | 'counted') => listNotDrawn({ claims: left, choices: { singleReviews } })
  expect(choose('left-out').map(([count]) => count)).toEqual([1, 2, 3, 4, 5])
  expect(choose('counted').map(([count]) => count)).toEqual([1, 2, 3, 4])
  expect(listNotDrawn({ claims, choices: { singleReviews: 'left-out' } })).toEqual([])
})

test.each([
  [
    1,
    'left-out',
    '1 claim rests on one person alone, checked by nobody else: it is in no share unless this is chosen.',
  ],
  [
    2,
    'left-out',
    '2 claims rest on one person alone, checked by nobody else: they are in no share unless this is chosen.',
  ],
  [
    2,
    'counted',
    '2 assessed claims that rest on one person alone, checked by nobody else, are counted, because this was chosen.',
  ],
] as const)('%i single reviews, %s', (singleReview, singleReviews, says) => {
  const { claims } = reportOn(makeSettledDocuments(1))
  const nothing = { withdrawn: [], earlierSessions: [], reopenedSessions: [], readOnce: { documents: 0, claims: 0 } }
  const gates = leftOut({ claims: { ...claims, singleReview }, choices: { singleReviews }, ...nothing })
  expect(gates).toEqual([{ code: 'single-review', says }])
})

describe('the period', () => {
  const of = (
    from: string | null,
    to: string | null,
    undated = 0,
    reviewed = ['2026-02-03T23:30:00Z', '2026-02-14T00:30:00Z'],
  ) => {
    const [first, last] = reviewed
    const when = first === undefined || last === undefined ? null : { from: first, to: last }
    return describePeriod(
      { reviewedDocuments: 3, period: { published: { from, to, undated }, reviewed: when } },
      (date) => date,
    )
  }
  test.each([
    [
      of('2026-01-01', '2026-01-07'),
      'Documents published from 2026-01-01 to 2026-01-07, reviewed from 2026-02-03 to 2026-02-14.',
    ],
    [of('2026-01-01', '2026-01-01', 2, []), 'Documents published on 2026-01-01 (two others have no date).'],
    [of('2025', '2025', 1, []), 'Documents published in 2025 (one other has no date).'],
    [
      of(null, null, 3, ['2026-02-03T01:00:00Z', '2026-02-03T23:00:00Z']),
      'Documents without a publication date, reviewed on 2026-02-03.',
    ],
  ])('%s', (says, expected) => {
    expect(says).toBe(expected)
  })

  test('is not said where nothing was reviewed', () => {
    const period = { published: { from: null, to: null, undated: 0 }, reviewed: null }
    expect(describePeriod({ reviewedDocuments: 0, period }, String)).toBe('')
  })
})

test.each([
  [{ url: '', doi: '10.1/x' }, 'https://doi.org/10.1/x'],
  [{ url: 'https://a.example', doi: '10.1/x' }, 'https://a.example'],
  [{ url: '', doi: '' }, ''],
])('evidence on one line ends with its address: %j', (place, address) => {
  const { reference, ...cited } = makeCitation('contradicted')
  const { id: referenceId, ...described } = reference
  const line = describeEvidence({ referenceId, ...described, ...cited, ...place })
  expect(line).toBe(
    `contradicts: Traffic register (2024): “a daily mean of 27,400”${address === '' ? '' : ` ${address}`}`,
  )
})
