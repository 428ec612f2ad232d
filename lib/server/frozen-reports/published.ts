import { randomBytes } from 'node:crypto'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { DomainError } from '@/lib/domain/errors'
import { reportSummarySchema, type PublishedReport } from '@/lib/domain/frozen-reports/schema'
import type { Caller } from '../auth/address'
import { database, type Transaction } from '../db/client'
import type { Download } from '../http/answers'
import { perProcess } from '../per-process'
import { bundleFile, parseFigures, readAdditions, readReviewers } from './data'
import {
  publicationColumns,
  publicationPath,
  readReopened,
  versionColumns,
  type PublicationRow,
  type VersionRow,
} from './rows'

/** The form of a publication's token: 256 random bits in base64url. */
const tokenForm = /^[\w-]{43}$/

/** Readings of published reports a minute from one address. */
const ofOne = new RateLimiterMemory({ points: 120, duration: 60 })

/** Readings a minute from an address that many people share. */
const ofMany = new RateLimiterMemory({ points: 3_000, duration: 60 })

// A header between this server and the page that it renders. Its name is random, so that nobody outside this process can send it.
const counted = perProcess('counted-reading', () => ({ header: `x-counted-${randomBytes(16).toString('hex')}` }))

/** The publication with a token; null for a link that does not exist. */
async function findLink(read: Transaction, token: string) {
  if (!tokenForm.test(token)) return null
  return read.publication.findUnique({ where: { token }, select: { ...publicationColumns, workspaceId: true } })
}

/** The publication with a token and its report's row; null for a link that does not exist. */
export async function findPublication(read: Transaction, token: string) {
  const publication = await findLink(read, token)
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

type Place = PublicationRow & { workspaceId: string }

/** The parts of a published report's page that may change after freezing. */
async function readChanging(read: Transaction, { workspaceId, reportId, ...publication }: Place, row: VersionRow) {
  const reopened = await readReopened(read, { workspaceId, versions: [row] })
  const { reviewers } = await readReviewers(read, { workspaceId, reportId }, null)
  return {
    publishedAt: publication.createdAt.toISOString(),
    indexed: publication.indexed,
    reviewers,
    additions: await readAdditions(read, { workspaceId, reportId }),
    reopened: reopened.get(reportId) ?? [],
    newer: await findNewer(read, { workspaceId, sourceId: row.sourceId, number: row.number }),
  }
}

/**
 * The published report for anyone with its link: the link itself is the permission. Null for a link that does not exist. Holds no name of a reviewer
 * who did not agree to be named, and no member's id.
 */
export async function readPublished(token: string): Promise<PublishedReport | null> {
  const { read } = await database()
  const found = await findPublication(read, token)
  if (found === null) return null
  const { publication, row } = found
  const { workspace, report } = parseFigures(row.body)
  if (publication.withdrawnAt !== null) {
    const { withdrawnAt, reason } = publication
    return { state: 'withdrawn', source: report.source.name, workspace, withdrawnAt: withdrawnAt.toISOString(), reason }
  }
  const { publishedAt, indexed, newer, ...beside } = await readChanging(read, publication, row)
  return {
    state: 'published',
    workspace,
    publishedAt,
    indexed,
    newer,
    version: {
      number: row.number,
      frozenAt: row.createdAt.toISOString(),
      inputSha256: row.inputSha256,
      report,
      ...beside,
      changes: reportSummarySchema.parse(row.summary).changes,
    },
  }
}

/**
 * The version of a published report's page, read without the report: a text that changes with everything that the page shows. Null where the link has
 * no published report at this moment.
 */
export async function readPageVersion(token: string): Promise<string | null> {
  const { read } = await database()
  const publication = await findLink(read, token)
  if (publication?.withdrawnAt !== null) return null
  const { workspaceId, reportId } = publication
  const row = await read.report.findUniqueOrThrow({
    where: { workspaceId_id: { workspaceId, id: reportId } },
    select: versionColumns,
  })
  return JSON.stringify([row.sha256, await readChanging(read, publication, row)])
}

/** The bundle behind a link, and whether search engines may list it; null for a link that does not exist or was withdrawn. */
export async function readPublishedBundle(token: string): Promise<{ file: Download; indexed: boolean } | null> {
  const { read } = await database()
  const found = await findPublication(read, token)
  if (found?.publication.withdrawnAt !== null) return null
  const { body, number, sha256 } = found.row
  const source = parseFigures(body).report.source.name
  return { file: bundleFile({ body, number, sha256, source }), indexed: found.publication.indexed }
}

/** Marks the headers of a request whose reading was counted, so that the page does not count it again. */
export function noteCounted(headers: Record<string, unknown>): void {
  headers[counted.header] = '1'
}

/** Whether the reading with these headers was already counted. */
export function isCounted(headers: { get(name: string): string | null }): boolean {
  return headers.get(counted.header) !== null
}

/** Counts a reading of a published report or its bundle. @throws DomainError `too-many-requests` with the seconds to wait. */
export async function limitPublicReading({ address, isShared }: Caller): Promise<void> {
  try {
    await (isShared ? ofMany : ofOne).consume(address)
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused
    const retryAfter = Math.max(1, Math.ceil(refused.msBeforeNext / 1000))
    throw new DomainError(
      'too-many-requests',
      `Too many readings from your address. Come back in ${String(retryAfter)} seconds.`,
      { retryAfter },
    )
  }
}
