import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { computeReport } from '@/lib/domain/reports/compute-report'
import { estimateShare } from '@/lib/domain/statistics/intervals'
import type { ReportView } from '@/lib/domain/reports/schema'
import { Comparison } from './comparison'

const id = (place: number) => `0190a7c4-0000-7000-8000-00000000000${String(place)}`

/** A report with so many contradicted claims in each of ten documents of eight. */
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

function wordsOf(report: ReportView, other: ReportView | null, choices: { id: string; name: string }[] = []): string {
  const markup = renderToStaticMarkup(
    <Comparison report={report} other={other} choices={choices} areChoicesCut={false} />,
  )
  return markup.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
}

describe('Comparison', () => {
  const herald = reportOf(1, 'The Herald', 4)
  const gazette = reportOf(2, 'The Gazette', 1)

  test('says each share, the difference with its sign, and whether the two are told apart', () => {
    const words = wordsOf(herald, gazette)
    // 40 of 80 less 10 of 80: .375, from .185 to .532 by method 10 of Newcombe on the effective size, 44.5 claims each.
    expect(words).toContain('40 of 80 50 % (36–64)')
    expect(words).toContain('10 of 80 13 % (6–25)')
    expect(words).toMatch(/\+37\.5 \( ?\+18\.5 to \+53\.2 ?\) told apart/)
    expect(words).toMatch(/−37\.5 \( ?−53\.2 to −18\.5 ?\) told apart/)
    expect(words).toMatch(/0\.0 \( ?−\d\.\d to \+\d\.\d ?\) not told apart/)
  })

  test('says why there is no difference, and gives no figure then', () => {
    const words = wordsOf(herald, { ...gazette, shares: null })
    expect(words).toContain('No difference is given: The Gazette has')
    expect(words).not.toContain('told apart')
  })

  test('offers the other sources, and what was chosen even when it is not among those listed', () => {
    const choices = [{ id: id(3), name: 'The Echo' }]
    expect(wordsOf(herald, null, choices)).toContain('No other source The Echo Compare')
    expect(wordsOf(herald, gazette, choices)).toContain('No other source The Gazette The Echo')
    expect(wordsOf(herald, null)).toBe('')
  })
})
