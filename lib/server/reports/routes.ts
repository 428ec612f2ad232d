import { computeReport } from '@/lib/domain/reports/compute-report'
import { reportViewSchema } from '@/lib/domain/reports/schema'
import { answer } from '../http/answers'
import { addOperation, createRoutes } from '../http/operation'
import { readReportInput } from './data'

/** Routes of the reliability report. */
export const reportRoutes = createRoutes()

addOperation(
  reportRoutes,
  {
    id: 'getSourceReport',
    noun: 'report',
    summary: 'The reliability report of a source, computed from what is stored now',
    description:
      'Counts and shares of sourced, unsourced and contradicted claims with 95 % intervals, per document and pooled; coverage; every contradicted claim with its exact words, place and evidence. `shares` is null when there is too little data; `gates` says why.',
    method: 'get',
    path: '/sources/{sourceId}/report',
    action: 'report.read',
    answers: { 200: { description: 'The report.', schema: reportViewSchema } },
  },
  async ({ permit, params }) =>
    answer(computeReport(await readReportInput(permit, { sourceId: params.sourceId, now: new Date() }))),
)
