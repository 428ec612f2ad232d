import { recomputeReport } from '@/lib/domain/frozen-reports/canonical-inputs'
import { hideReviewers } from '@/lib/domain/frozen-reports/hide-reviewers'
import type { ExportedReport } from '@/lib/domain/report-exports/exported-report'
import type { ReportInputs } from '@/lib/domain/reports/input-schema'
import { makeReportInputs } from './report-inputs'

/** The export of a published report on an invented source. */
export function makeExportedReport(
  inputs: ReportInputs = makeReportInputs(),
  more: Partial<ExportedReport> = {},
): ExportedReport {
  const frozenAt = '2026-03-02T09:30:00.000Z'
  return {
    report: recomputeReport(hideReviewers(inputs).inputs, frozenAt),
    workspace: 'Example Desk',
    number: 2,
    frozenAt,
    address: 'https://desk.example/r/abc',
    reviewers: [
      { letter: 'A', name: null },
      { letter: 'B', name: 'Mina Ortiz' },
    ],
    additions: [],
    changes: [],
    reopened: [],
    texts: new Map(),
    documentAddresses: new Map(),
    ...more,
  }
}
