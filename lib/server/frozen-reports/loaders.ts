import { headers } from 'next/headers'
import { DomainError } from '@/lib/domain/errors'
import type { FrozenReportView, PublishedReport, ReportVersionView } from '@/lib/domain/frozen-reports/schema'
import { permit, type Actor } from '../access/gate'
import { callerOf } from '../auth/address'
import { openLink, type LinkOutcome } from '../auth/link'
import { listReportVersions, readFrozenReport } from './data'
import { isCounted, limitPublicReading, readPublished } from './published'

/** The frozen versions of a source's report for a page. @throws DomainError `not-found`. */
export async function loadReportVersions(actor: Actor, sourceId: string): Promise<ReportVersionView[]> {
  return listReportVersions(permit(actor, 'report.read'), sourceId)
}

/** A frozen report for its page, or the reason why this member may not see it yet. @throws DomainError `not-found`. */
export async function loadFrozenReport(actor: Actor, reportId: string): Promise<LinkOutcome<FrozenReportView>> {
  try {
    return { value: await readFrozenReport(permit(actor, 'report.read'), reportId) }
  } catch (error) {
    if (error instanceof DomainError && error.code === 'conflict') return { problem: error.message }
    throw error
  }
}

/** The published report of a link, for its page, or the reason why there is none. The link itself is the permission. */
export async function loadPublished(token: string): Promise<LinkOutcome<PublishedReport>> {
  return openLink(async () => {
    const given = await headers()
    if (!isCounted(given)) await limitPublicReading(callerOf(given))
    const found = await readPublished(token)
    if (found === null)
      throw new DomainError('not-found', 'There is no report at this link. Check that it was copied whole.')
    return found
  })
}
