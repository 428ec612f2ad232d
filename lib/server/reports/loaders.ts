import { defaultChoices, type ReportView } from '@/lib/domain/reports/schema'
import { permit, type Actor } from '../access/gate'
import { readReport } from './data'

/**
 * The report of a source for a page.
 * @throws DomainError `not-found` or `forbidden`.
 */
export async function loadReport(actor: Actor, sourceId: string, choices = defaultChoices): Promise<ReportView> {
  return readReport(permit(actor, 'report.read'), { sourceId, choices, now: new Date() })
}
