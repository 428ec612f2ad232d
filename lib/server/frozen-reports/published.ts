import type { PublishedReport } from '@/lib/domain/frozen-reports/schema'
import { reportSummarySchema } from '@/lib/domain/frozen-reports/schema'
import { database, type Transaction } from '../db/client'
import type { Download } from '../http/download'
import { bundleFile, parseBody, readAdditions, readReviewers } from './data'
import { publicationColumns, publicationPath, readReopened, versionColumns } from './rows'

/** What the token of a publication looks like: 256 random bits in base64url. */
const tokenForm = /^[\w-]{43}$/

/** The publication with a token and its report's row; null for a link that nobody made. */
export async function findPublication(read: Transaction, token: string) {
  if (!tokenForm.test(token)) return null
  const publication = await read.publication.findUnique({
    where: { token },
    select: { ...publicationColumns, workspaceId: true },
  })
  if (publication === null) return null
  const { workspaceId, reportId } = publication
  const row = await read.report.findUniqueOrThrow({
    where: { workspaceId_id: { workspaceId, id: reportId } },
    select: { ...versionColumns, body: true },
  })
  return { publication, row }
}

async function findNewer(
  read: Transaction,
  { workspaceId, sourceId, number }: { workspaceId: string; sourceId: string; number: number },
) {
  const later = await read.report.findFirst({
    where: {
      workspaceId,
      sourceId,
      number: { gt: number },
      publications: { some: { withdrawnAt: null } },
    },
    orderBy: { number: 'desc' },
    select: {
      number: true,
      publications: { where: { withdrawnAt: null }, take: 1, select: { token: true } },
    },
  })
  const token = later?.publications[0]?.token
  return later === null || token === undefined ? null : { number: later.number, path: publicationPath(token) }
}

/**
 * What everyone who has the link of a publication reads: the link itself is the permission. Null for a link that nobody made. Holds no name of a reviewer who
 * did not agree to be named, and no member's id.
 */
export async function readPublished(token: string): Promise<PublishedReport | null> {
  const { read } = await database()
  const found = await findPublication(read, token)
  if (found === null) return null
  const { publication, row } = found
  const { workspaceId, reportId } = publication
  const { bundle, report } = parseBody(row.body)
  const { workspace } = bundle
  if (publication.withdrawnAt !== null) {
    const { withdrawnAt, reason } = publication
    return { state: 'withdrawn', source: report.source.name, workspace, withdrawnAt: withdrawnAt.toISOString(), reason }
  }
  const reopened = await readReopened(read, { workspaceId, versions: [row] })
  const { reviewers } = await readReviewers(read, { workspaceId, reportId }, null)
  return {
    state: 'published',
    workspace,
    publishedAt: publication.createdAt.toISOString(),
    indexed: publication.indexed,
    version: {
      number: row.number,
      frozenAt: row.createdAt.toISOString(),
      inputSha256: row.inputSha256,
      report,
      reviewers,
      additions: await readAdditions(read, { workspaceId, reportId }),
      reopened: reopened.get(reportId) ?? [],
      changes: reportSummarySchema.parse(row.summary).changes,
    },
    newer: await findNewer(read, { workspaceId, sourceId: row.sourceId, number: row.number }),
  }
}

/** The bundle behind a link, and whether search engines may list it; null for a link that nobody made or that was withdrawn. */
export async function readPublishedBundle(token: string): Promise<{ file: Download; indexed: boolean } | null> {
  const { read } = await database()
  const found = await findPublication(read, token)
  if (found?.publication.withdrawnAt !== null) return null
  const { body, number, sha256 } = found.row
  const source = parseBody(body).bundle.inputs.source.name
  return { file: bundleFile({ body, number, sha256, source }), indexed: found.publication.indexed }
}
