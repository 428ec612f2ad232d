import type { SessionAgreement } from '@/lib/domain/agreement/schema'
import type { SessionComparison } from '@/lib/domain/reports/comparing/compare-sessions'
import type { DashboardOrder } from '@/lib/domain/reports/dashboard/schema'
import { defaultChoices, type ReportView } from '@/lib/domain/reports/schema'
import { permit, type Actor } from '../access/gate'
import { readSessionAgreement } from '../agreement/data'
import { listClosedSessions, readSessionComparison, type ClosedSession, type WantedSessions } from './comparison'
import { readDashboard, type DashboardPage } from './dashboard'
import { readReport } from './data'

/**
 * The report of a source for a page.
 * @throws DomainError `not-found` or `forbidden`.
 */
export async function loadReport(actor: Actor, sourceId: string, choices = defaultChoices): Promise<ReportView> {
  return readReport(permit(actor, 'report.read'), { sourceId, choices, now: new Date() })
}

/** How many sources one page of the dashboard shows: each is drawn with up to sixty ticks. */
const pageSize = 50

/** A page of the workspace's sources with what closed sessions settled about each, for the dashboard. */
export async function loadDashboard(
  actor: Actor,
  query: { q?: string; order: DashboardOrder; cursor?: string },
): Promise<DashboardPage> {
  return readDashboard(permit(actor, 'report.read'), { limit: pageSize, ...query })
}

/** The workspace's closed sessions with their sources, last closed first, for a page that compares two. */
export async function loadClosedSessions(actor: Actor): Promise<ClosedSession[]> {
  return listClosedSessions(permit(actor, 'report.read'))
}

/** Two closed sessions compared, for their page. @throws DomainError as `readSessionComparison`. */
export async function loadSessionComparison(
  actor: Actor,
  wanted: Omit<WantedSessions, 'now'>,
): Promise<SessionComparison> {
  return readSessionComparison(permit(actor, 'report.read'), { ...wanted, now: new Date() })
}

/** The agreement of a session, for a page. @throws DomainError `not-found`. */
export async function loadSessionAgreement(actor: Actor, sessionId: string): Promise<SessionAgreement> {
  return readSessionAgreement(permit(actor, 'agreement.read'), sessionId)
}
