import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { computeReport } from '@/lib/domain/reports/compute-report'
import { estimateShare } from '@/lib/domain/statistics/intervals'
import type { ReportView } from '@/lib/domain/reports/schema'
import { Comparison } from './comparison'

const id = (place: number) => `0190a7c4-0000-7000-8000-00000000000${String(place)}`

/** A report of ten documents with eight claims each, of which the given number in each document is contradicted. */
function reportOf(place: number, name: string, contradicted: number): ReportView {
  const report = computeReport({
    source: { id: id(place), name, kind: '', homepage: '' },
    documents: [],
    computedAt: '2025-03-21T00:00:00.000Z',
    inputSha256: '0'.repeat(64),
  })
  const shareOf = (count: number) => estimateShare(Array.from({ length: 10 }, () => ({ count, of: 8 })))
  const shares = { sourced: shareOf(8 - contradicted), unsourced: shareOf(0), contradicted: shareOf(contradicted) }
  return { ...report, shares }
}

function wordsOf(report: ReportView, others: ReportView[], choices: { id: string; name: string }[] = []): string {
  const markup = renderToStaticMarkup(
    <Comparison report={report} others={others} choices={choices} areChoicesCut={false} />,
  )
  return markup.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
}

describe('Comparison', () => {
  const herald = reportOf(1, 'The Herald', 4)
  const gazette = reportOf(2, 'The Gazette', 1)
  const courier = reportOf(3, 'The Courier', 4)

  test('says each interval with its counts, which are told apart and by how much, and ranks no others', () => {
    const words = wordsOf(herald, [gazette, courier])
    // 40 of 80 minus 10 of 80: .375, from .185 to .532 by method 10 of Newcombe on the effective size, 44.5 claims each.
    expect(words).toContain('36–64 % 40 of 80')
    expect(words).toContain('6–25 % 10 of 80')
    expect(words).toContain('The Herald is higher than The Gazette , by 18.5 to 53.2 points.')
    expect(words).toContain(
      'The Courier is higher than The Gazette , by 18.5 to 53.2 points. 1 other pair cannot be told',
    )
    expect(words).toContain('Unsourced The Gazette The Courier 0.0')
    expect(words).toContain('No two of them can be told apart')
    expect(words).toContain('3 pairs for each rating')
  })

  test('says why there is no difference, and gives no figure then', () => {
    const words = wordsOf(herald, [{ ...gazette, shares: null }])
    expect(words).toContain('No difference is given: The Gazette has')
    expect(words).toContain('too little for a share')
    expect(words).not.toContain('told apart')
  })

  test('offers the sources that are not chosen yet, up to six side by side', () => {
    const choices = [{ id: id(3), name: 'The Echo' }]
    expect(wordsOf(herald, [], choices)).toContain('No other source The Echo Compare')
    expect(wordsOf(herald, [gazette], choices)).toContain('No more sources The Echo')
    expect(wordsOf(herald, [gazette, courier], choices)).not.toContain('The Echo')
    expect(wordsOf(herald, [])).toBe('')
    const five = [2, 4, 5, 6, 7].map((place) => reportOf(place, `Paper ${String(place)}`, 2))
    expect(wordsOf(herald, five, choices)).toContain('6 sources can be compared at most')
  })
})
