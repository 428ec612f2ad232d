import { describe, expect, test } from 'vitest'
import { estimateShare, type Cluster } from '@/lib/domain/statistics/intervals'
import { compareReports } from './compare'
import { comparisonSchema } from './comparison-schema'
import { computeReport } from '../compute-report'
import type { ReportView } from '../schema'

/**
 * A report on documents with the given numbers of contradicted claims and of all claims, the others sourced; without shares where `documents` is
 * empty.
 */
function reportOf(name: string, documents: readonly Cluster[], coverage = { decided: 40, checkable: 40 }): ReportView {
  const empty = computeReport({
    source: { id: '0190a7c4-0000-7000-8000-000000000001', name: `The ${name}`, kind: '', homepage: '' },
    documents: [],
    computedAt: '2025-03-21T00:00:00.000Z',
    inputSha256: '0'.repeat(64),
  })
  const shareOf = (count: (document: Cluster) => number) =>
    estimateShare(documents.map((document) => ({ count: count(document), of: document.of })))
  const shares = {
    sourced: shareOf(({ count, of }) => of - count),
    unsourced: shareOf(() => 0),
    contradicted: shareOf(({ count }) => count),
  }
  const agreement = { ...empty.agreement, established: true }
  return { ...empty, coverage, agreement, shares: documents.length === 0 ? null : shares }
}

/** Ten documents whose counts differ less than by chance, so that only the least design effect applies. */
const even = (counts: readonly number[], of: number) => counts.map((count) => ({ count, of }))
const herald = reportOf('Herald', even([6, 6, 6, 6, 6, 6, 5, 5, 5, 5], 7))
const gazette = reportOf('Gazette', even([5, 5, 5, 5, 5, 5, 5, 5, 4, 4], 8))

describe('compareReports', () => {
  test('gives the difference of each share, and turns it with the order', () => {
    const found = compareReports(herald, gazette)
    expect(comparisonSchema.parse(found)).toEqual(found)
    // 56 of 70 less 48 of 80, wider than Newcombe's .0524 to .3339: the claims come from ten documents each.
    expect(found.shares?.contradicted).toMatchObject({ isDistinct: true, method: 'newcombe-hybrid' })
    expect(found.shares?.contradicted.difference).toBeCloseTo(0.2, 12)
    expect(found.shares?.contradicted.low).toBeCloseTo(0.0037, 4)
    expect(found.shares?.contradicted.high).toBeCloseTo(0.3742, 4)
    expect(found.shares?.sourced.difference).toBeCloseTo(-0.2, 12)
    expect(found.shares?.unsourced).toMatchObject({ difference: 0, isDistinct: false })
    expect(compareReports(gazette, herald).shares?.contradicted.difference).toBeCloseTo(-0.2, 12)
  })

  test('claims of one document being alike widens the interval of the difference', () => {
    const uneven = reportOf('Courier', even([8, 8, 8, 8, 8, 8, 0, 0, 0, 0], 8))
    const found = compareReports(herald, uneven).shares?.contradicted
    expect(found?.difference).toBeCloseTo(0.2, 12)
    expect(found?.isDistinct).toBe(false)
  })

  test('gives no difference where a report withholds its shares, and says whose', () => {
    const { shares, cautions } = compareReports(herald, reportOf('Echo', []))
    expect(shares).toBeNull()
    expect(cautions.map(({ code }) => code)).toEqual(['shares-withheld', 'other-documents'])
    expect(cautions[0]?.says).toContain('The Echo has 0 assessed claims')
  })

  test('warns of what is undecided in either', () => {
    const thin = reportOf('Echo', [{ count: 1, of: 9 }], { decided: 3, checkable: 40 })
    expect(compareReports(thin, herald).cautions[0]).toMatchObject({ code: 'low-coverage' })
    expect(compareReports(herald, thin).cautions[0]?.says).toContain('3 of 40 checkable sentences of The Echo')
    expect(compareReports(herald, gazette).cautions.map(({ code }) => code)).toEqual(['other-documents'])
  })

  test('warns where reviewers of either are not known to agree', () => {
    const unsure = { ...gazette, agreement: { ...gazette.agreement, established: false } }
    const [caution] = compareReports(herald, unsure).cautions
    expect(caution).toMatchObject({ code: 'no-agreement' })
    expect(caution?.says).toContain('The Gazette')
  })
})
