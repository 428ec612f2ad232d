import { describe, expect, test } from 'vitest'
import type { DocumentLine, ReportView } from '../schema'
import { computeReport } from '../compute-report'
import { estimateShare } from '../../statistics/intervals'
import { hasMoved, periodInWords, trendOf } from './periods'

const empty = computeReport({
  source: { id: 's', name: 'The Coastal Herald', kind: '', homepage: '' },
  documents: [],
  computedAt: '2025-03-21T00:00:00.000Z',
  inputSha256: '0'.repeat(64),
})

/** The given number of documents of one day, with ten claims each. */
function documentsOf(publishedOn: string | null, count: number, contradicted = 1, sessionId?: string): DocumentLine[] {
  return Array.from({ length: count }, (_, at): DocumentLine => ({
    id: `${String(publishedOn)}-${String(at)}`,
    title: '',
    publishedOn,
    revisionId: '',
    sha256: '',
    reviewers: 2,
    hasLaterRevision: false,
    claims: { ...empty.claims, assessed: 10, contradicted, sourced: 10 - contradicted },
    coverage: { decided: 10, checkable: 10 },
    shares: { sourced: null, unsourced: null, contradicted: null },
    adjudication:
      sessionId === undefined
        ? null
        : { sessionId, sessionName: '', closedAt: '2025-03-21T00:00:00.000Z', claims: 10, changed: 0, ties: 0 },
  }))
}

function reportOf(documents: DocumentLine[]): ReportView {
  const share = estimateShare([{ count: 1, of: 10 }])
  return { ...empty, documents, shares: { sourced: share, unsourced: share, contradicted: share } }
}

describe('trendOf', () => {
  test('takes the length that gives the most periods with enough, and keeps the others without shares', () => {
    const trend = trendOf(
      reportOf([
        ...documentsOf('2024-02-03', 5),
        ...documentsOf('2024-05', 6, 5),
        ...documentsOf('2024-11-30', 2),
        ...documentsOf('2025', 1),
        ...documentsOf(null, 1),
      ]),
    )
    expect(trend).toMatchObject({ unit: 'quarter', undated: 2 })
    expect(trend?.periods.map(({ key, documents, shares }) => [key, documents, shares === null])).toEqual([
      ['2024-Q1', 5, false],
      ['2024-Q2', 6, false],
      ['2024-Q4', 2, true],
    ])
    expect(trend?.periods[1]?.shares?.contradicted).toMatchObject({ count: 30, of: 60 })
    expect(trend?.last?.contradicted.difference).toBeCloseTo(0.4, 12)
    expect(trend === null ? [] : hasMoved(trend)).toEqual(['sourced', 'contradicted'])
  })

  test('gives no difference across a change of rules, and marks it', () => {
    const trend = trendOf(reportOf([...documentsOf('2024-02-03', 5), ...documentsOf('2025-02-03', 5, 5, 'closed')]))
    expect(trend?.unit).toBe('year')
    expect(trend?.periods.map(({ hasOtherRules }) => hasOtherRules)).toEqual([false, true])
    expect(trend?.last).toBeNull()
  })

  test.each<[string, ReportView]>([
    ['one period', reportOf(documentsOf('2024-02-03', 20))],
    ['two periods of too little', reportOf([...documentsOf('2024-02-03', 4), ...documentsOf('2025-02-03', 4)])],
    ['no dates', reportOf(documentsOf(null, 20))],
    [
      'a report that withholds its shares',
      { ...reportOf([...documentsOf('2024-02-03', 5), ...documentsOf('2025-02-03', 5)]), shares: null },
    ],
  ])('says nothing over %s', (_name, report) => {
    expect(trendOf(report)).toBeNull()
  })
})

test.each([
  ['2025', '2025'],
  ['2025-Q1', 'January to March 2025'],
  ['2025-Q4', 'October to December 2025'],
  ['2025-03', 'March 2025'],
])('%s is %s', (key, words) => {
  expect(periodInWords(key)).toBe(words)
})
