import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { DomainError } from '@/lib/domain/errors'
import type { ExportedReport } from '@/lib/domain/report-exports/exported-report'
import { assessedRatings, type ReportView } from '@/lib/domain/reports/schema'
import type { Permit } from '../access/gate'
import { database, type Transaction } from '../db/client'
import { publicUrl } from '../env'
import { readFrozenReport } from '../frozen-reports/data'
import { findPublication, readPublished } from '../frozen-reports/published'

/**
 * Reads the texts and addresses of the documents that a report has claims of, where they still exist. The texts are needed to say where a claim is.
 */
async function readPlaces(
  read: Transaction,
  { workspaceId, report }: { workspaceId: string; report: ReportView },
): Promise<Pick<ExportedReport, 'texts' | 'documentAddresses'>> {
  const revisionIds = new Set(assessedRatings.flatMap((rating) => report[rating].map(({ revisionId }) => revisionId)))
  const revisions = await read.revision.findMany({
    where: { workspaceId, id: { in: [...revisionIds] } },
    select: { id: true, text: true },
  })
  const documents = await read.document.findMany({
    where: { workspaceId, id: { in: report.documents.map(({ id }) => id) }, deletedAt: null, url: { not: '' } },
    select: { id: true, url: true },
  })
  return {
    texts: new Map(revisions.map(({ id, text }) => [id, text])),
    documentAddresses: new Map(documents.map(({ id, url }) => [id, url])),
  }
}

/** A frozen report as a member exports it. @throws as `readFrozenReport`. */
export async function readExported(permit: Permit<'report.read'>, reportId: string): Promise<ExportedReport> {
  const frozen = await readFrozenReport(permit, reportId)
  const { report, workspace, number, frozenAt, reviewers, additions, changes, reopened, publications } = frozen
  const open = publications.find(({ withdrawnAt }) => withdrawnAt === null)
  const { read } = await database()
  return {
    report,
    workspace,
    number,
    frozenAt,
    reviewers,
    additions,
    changes,
    reopened,
    address: open === undefined ? null : publicUrl(open.path),
    ...(await readPlaces(read, { workspaceId: permit.workspaceId, report })),
  }
}

/** A published report for export by anyone with its link, and whether search engines may list it; null for a link that does not work. */
export async function readPublishedExported(
  token: string,
): Promise<{ exported: ExportedReport; indexed: boolean } | null> {
  const published = await readPublished(token)
  if (published?.state !== 'published') return null
  const { read } = await database()
  const found = await findPublication(read, token)
  if (found === null) return null
  const { version, workspace, indexed } = published
  const { report, number, frozenAt, reviewers, additions, changes, reopened } = version
  const { workspaceId } = found.publication
  return {
    exported: {
      report,
      workspace,
      number,
      frozenAt,
      reviewers,
      additions,
      changes,
      reopened,
      address: publicUrl(`/r/${token}`),
      ...(await readPlaces(read, { workspaceId, report })),
    },
    indexed,
  }
}

/** Exports a minute by one member, or from one address. */
const exportsOfOne = new RateLimiterMemory({ points: 60, duration: 60 })

/** Counts an export. @throws DomainError `too-many-requests` with the seconds to wait. */
export async function limitExports(caller: string): Promise<void> {
  try {
    await exportsOfOne.consume(caller)
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused
    const retryAfter = Math.max(1, Math.ceil(refused.msBeforeNext / 1000))
    throw new DomainError('too-many-requests', `Too many exports. Come back in ${String(retryAfter)} seconds.`, {
      retryAfter,
    })
  }
}
