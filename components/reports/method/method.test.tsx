import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { recomputeReport } from '@/lib/domain/frozen-reports/canonical-inputs'
import { makeReportInputs } from '@/tests/setup/report-inputs'
import { hasSensitivity, Sensitivity } from './method'

function wordsOf(documents: number): string {
  const report = recomputeReport(makeReportInputs({ documents }), '2026-03-02T00:00:00.000Z')
  return renderToStaticMarkup(<Sensitivity report={report} />)
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
}

test('how firm the figures are, in words, and every figure a number', () => {
  const words = wordsOf(8)
  expect(words).toMatch(/Sourced \d+ % \d+ % without “ [^”]+ ”/)
  expect(words).toContain('As counted here')
  expect(words).toMatch(/Without claims that are marked as disputed \d+ % \d+ % \d+ % \d+/)
  expect(words).toMatch(/About \d+ more documents like these/)
  expect(words).not.toMatch(/NaN|undefined|null/)
})

test('nothing is said where shares are withheld', () => {
  const report = recomputeReport(makeReportInputs({ documents: 3 }), '2026-03-02T00:00:00.000Z')
  expect([report.leaveOneOut, report.otherRules, report.furtherDocuments]).toEqual([null, null, null])
  expect(hasSensitivity({ ...report, agreement: { ...report.agreement, unmarked: null } })).toBe(false)
})
