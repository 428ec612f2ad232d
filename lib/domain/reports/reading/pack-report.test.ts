import { expect, test } from 'vitest'
import { makeExportedReport } from '@/tests/setup/exported-report'
import { makeReportInputs } from '@/tests/setup/report-inputs'
import type { Finding, ReportView } from '../schema'
import { packReport, unpackReport } from './pack-report'

/** The parts of a report that its page shows: of annotations only the first, where no verdict has an id. */
function shown(report: ReportView): ReportView {
  const trim = (finding: Finding) => ({
    ...finding,
    annotationIds: finding.claimId === null ? finding.annotationIds.slice(0, 1) : [],
  })
  const { contradicted, unsourced, sourced } = report
  return {
    ...report,
    contradicted: contradicted.map(trim),
    unsourced: unsourced.map(trim),
    sourced: sourced.map(trim),
  }
}

const settled = makeExportedReport().report
const [first] = settled.contradicted
if (first === undefined) throw new Error('nothing contradicted')
const script = [{ start: 0, end: 2, is: 'raised' as const }]
const flagged = { disputed: true, partial: true, open: true, single: true, counted: false, sentence: null, script }

test.each<[string, ReportView]>([
  ['settled', settled],
  ['of nothing', makeExportedReport({ ...makeReportInputs(), documents: [] }).report],
  [
    'with every flag and without a verdict',
    { ...settled, contradicted: [{ ...first, ...flagged, claimId: null, verdict: null }] },
  ],
])('a report %s comes out of its packing as it was, in less than half the size', (_name, report) => {
  const packed = JSON.parse(JSON.stringify(packReport(report))) as ReturnType<typeof packReport>
  expect(unpackReport(packed)).toEqual(shown(report))
  if (report === settled) {
    const sizeOf = ({ contradicted, unsourced, sourced }: Record<'contradicted' | 'unsourced' | 'sourced', unknown>) =>
      JSON.stringify([contradicted, unsourced, sourced]).length
    expect(sizeOf(packed.packed)).toBeLessThan(sizeOf(report) / 2)
  }
})
