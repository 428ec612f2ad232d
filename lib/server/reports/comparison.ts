import { DomainError } from '@/lib/domain/errors'
import { compareReports } from '@/lib/domain/reports/compare'
import type { Comparison } from '@/lib/domain/reports/comparison-schema'
import { computeReport } from '@/lib/domain/reports/compute-report'
import type { Permit } from '../access/gate'
import { readReportInput } from './data'

/**
 * Two sources' shares and their differences, from what is stored now.
 * @throws DomainError `not-found` when either is unknown, deleted or another workspace's; `invalid` when they are the same.
 */
export async function readComparison(
  permit: Permit<'report.read'>,
  { sourceId, otherSourceId, now }: { sourceId: string; otherSourceId: string; now: Date },
): Promise<Comparison> {
  if (sourceId === otherSourceId) {
    throw new DomainError('invalid', 'A source has no difference from itself: name another one to compare it with.')
  }
  const first = computeReport(await readReportInput(permit, { sourceId, now }))
  return compareReports(first, computeReport(await readReportInput(permit, { sourceId: otherSourceId, now })))
}
