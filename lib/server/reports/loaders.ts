import { computeReport } from '@/lib/domain/reports/compute-report'
import type { ReportView } from '@/lib/domain/reports/schema'
import { permit, type Actor } from '../access/gate'
import { readReportInput } from './data'

/**
 * The report of a source for a page.
 * @throws DomainError `not-found` or `forbidden`.
 */
export async function loadReport(actor: Actor, sourceId: string): Promise<ReportView> {
  return computeReport(await readReportInput(permit(actor, 'report.read'), { sourceId, now: new Date() }))
}
