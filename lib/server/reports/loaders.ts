import { defaultChoices, type ReportView } from '@/lib/domain/reports/schema'
import type { DashboardOrder } from '@/lib/domain/reports/dashboard/schema'
import { permit, type Actor } from '../access/gate'
import { readDashboard, type DashboardPage } from './dashboard'
import { readReport } from './data'

/**
 * The report of a source for a page.
 * @throws DomainError `not-found` or `forbidden`.
 */
export async function loadReport(actor: Actor, sourceId: string, choices = defaultChoices): Promise<ReportView> {
  return readReport(permit(actor, 'report.read'), { sourceId, choices, now: new Date() })
}

/** Sources of one page of the dashboard: each is drawn with up to sixty ticks. */
const pageSize = 50

/** A page of all sources with what closed sessions settled about them, for a page. */
export async function loadDashboard(
  actor: Actor,
  query: { q?: string; order: DashboardOrder; cursor?: string },
): Promise<DashboardPage> {
  return readDashboard(permit(actor, 'report.read'), { limit: pageSize, ...query })
}
