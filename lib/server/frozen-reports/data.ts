import { z } from 'zod'
import { bundleSchema, type Bundle } from '@/lib/domain/frozen-reports/bundle'
import { reviewerLetter } from '@/lib/domain/frozen-reports/hide-reviewers'
import {
  reportSummarySchema,
  type AdditionView,
  type FrozenReportView,
  type ReportReviewerView,
  type ReportVersionView,
} from '@/lib/domain/frozen-reports/schema'
import { DomainError, notFound } from '@/lib/domain/errors'
import { reportViewSchema, type ReportView } from '@/lib/domain/reports/schema'
import { readsBlindIn } from '@/lib/domain/review-sessions/visibility'
import { mayDo, type Permit } from '../access/gate'
import { database, type Transaction } from '../db/client'
import type { Download } from '../http/answers'
import { readSecrecy, viewerOf } from '../visibility/marks'
import { presentPublication, readPublications, readReopened, versionColumns, type VersionRow } from './rows'

interface ReportPlace {
  workspaceId: string
  reportId: string
}

/** Whether the member currently judges blind a document that the report has figures about, and so must not see yet what others found in it. */
async function readsBlind(read: Transaction, permit: Permit, summary: unknown): Promise<boolean> {
  const { workspaceId, memberId } = viewerOf(permit)
  const secrecy = await readSecrecy(read, workspaceId)
  const { documentIds } = reportSummarySchema.parse(summary)
  return documentIds.some((documentId) => readsBlindIn(secrecy, memberId, documentId))
}

/**
 * Refuses a member who may not see a report yet.
 * @throws DomainError `conflict`.
 */
export async function assertReadable(read: Transaction, permit: Permit, summary: unknown): Promise<void> {
  if (!(await readsBlind(read, permit, summary))) return
  throw new DomainError(
    'conflict',
    'You are judging one of this report’s documents blind, so what others found in it is hidden from you. The report opens for you when that blind phase has ended.',
  )
}

async function namesOf(read: Transaction, workspaceId: string, ids: readonly string[]): Promise<Map<string, string>> {
  const members = await read.member.findMany({
    where: { workspaceId, id: { in: [...new Set(ids)] } },
    select: { id: true, user: { select: { name: true } } },
  })
  return new Map(members.map(({ id, user }) => [id, user.name]))
}

async function presentVersions(
  read: Transaction,
  permit: Permit,
  rows: readonly VersionRow[],
): Promise<ReportVersionView[]> {
  const { workspaceId } = permit
  const names = await namesOf(
    read,
    workspaceId,
    rows.map(({ createdById }) => createdById),
  )
  const publications = await readPublications(read, { workspaceId, reportIds: rows.map(({ id }) => id) })
  const reopened = await readReopened(read, { workspaceId, versions: rows })
  const secrecy = await readSecrecy(read, workspaceId)
  const { memberId } = viewerOf(permit)
  return rows.map(({ createdById, createdAt, summary, sha256: _seal, ...row }) => {
    const { documentIds, sessions: _sessions, ...shown } = reportSummarySchema.parse(summary)
    const isHidden = documentIds.some((documentId) => readsBlindIn(secrecy, memberId, documentId))
    // A link leads to the whole report, and the reason of a withdrawal says what was wrong in it.
    const shownLinks = isHidden ? [] : publications.filter(({ reportId }) => reportId === row.id)
    return {
      ...row,
      frozenAt: createdAt.toISOString(),
      frozenBy: { id: createdById, name: names.get(createdById) ?? '' },
      summary: isHidden ? null : shown,
      reopened: reopened.get(row.id) ?? [],
      publications: shownLinks.map(presentPublication),
    }
  })
}

/**
 * The frozen versions of a source's report, newest first.
 * @throws DomainError `not-found` when the source is unknown, deleted or another workspace's.
 */
export async function listReportVersions(
  permit: Permit<'report.read'>,
  sourceId: string,
): Promise<ReportVersionView[]> {
  const { read } = await database()
  const { workspaceId } = permit
  if ((await read.source.count({ where: { workspaceId, id: sourceId, deletedAt: null } })) === 0)
    throw notFound('source')
  const rows = await read.report.findMany({
    where: { workspaceId, sourceId },
    orderBy: { number: 'desc' },
    select: versionColumns,
  })
  return presentVersions(read, permit, rows)
}

/** The bundle in the body of a frozen report. It was checked when it was stored. */
export function parseBody(body: string): { bundle: Bundle; report: ReportView } {
  const bundle = bundleSchema.parse(JSON.parse(body))
  return { bundle, report: reportViewSchema.parse(bundle.figures) }
}

const figuresSchema = z.object({ workspace: z.string(), figures: reportViewSchema })

/** The report in the body of a frozen one, and who froze it. The inputs, most of the body, are not parsed. */
export function parseFigures(body: string): { workspace: string; report: ReportView } {
  const { workspace, figures } = figuresSchema.parse(JSON.parse(body))
  return { workspace, report: figures }
}

/** The additions to a report, in the order of their dates. */
export async function readAdditions(
  read: Transaction,
  { workspaceId, reportId }: ReportPlace,
): Promise<AdditionView[]> {
  const rows = await read.reportAddition.findMany({
    where: { workspaceId, reportId, deletedAt: null },
    orderBy: [{ day: 'asc' }, { createdAt: 'asc' }, { id: 'asc' }],
    select: { id: true, kind: true, claimId: true, day: true, url: true, text: true, createdAt: true },
  })
  return rows.map(({ createdAt, ...row }) => ({ ...row, createdAt: createdAt.toISOString() }))
}

/** The reviewers of a report by letter, and by name where they agreed to be named; `own` is the given member's letter and whether they are named. */
export async function readReviewers(
  read: Transaction,
  { workspaceId, reportId }: ReportPlace,
  memberId: string | null,
): Promise<{ reviewers: ReportReviewerView[]; own: FrozenReportView['own'] }> {
  const rows = await read.reportReviewer.findMany({
    where: { workspaceId, reportId },
    orderBy: { place: 'asc' },
    select: { place: true, memberId: true, namedAt: true },
  })
  const named = rows.flatMap((row) => (row.namedAt === null ? [] : [row.memberId]))
  const names = await namesOf(read, workspaceId, named)
  const own = rows.find((row) => row.memberId === memberId)
  return {
    reviewers: rows.map((row) => ({
      letter: reviewerLetter(row.place),
      name: row.namedAt === null ? null : (names.get(row.memberId) ?? null),
    })),
    own: own === undefined ? null : { letter: reviewerLetter(own.place), named: own.namedAt !== null },
  }
}

async function readRow(read: Transaction, permit: Permit, reportId: string) {
  const row = await read.report.findFirst({
    where: { workspaceId: permit.workspaceId, id: reportId },
    select: { ...versionColumns, body: true },
  })
  if (row === null) throw notFound('report')
  await assertReadable(read, permit, row.summary)
  return row
}

/**
 * A frozen report as it was frozen, with the additions made since.
 * @throws DomainError `not-found`; `conflict` for a member who currently judges one of its documents blind.
 */
export async function readFrozenReport(permit: Permit<'report.read'>, reportId: string): Promise<FrozenReportView> {
  const { read } = await database()
  const { workspaceId, actor } = permit
  const { body, ...row } = await readRow(read, permit, reportId)
  const [version] = await presentVersions(read, permit, [row])
  if (version === undefined) throw notFound('report')
  const { summary: _summary, ...shown } = version
  const { reviewers, own } = await readReviewers(read, { workspaceId, reportId }, actor.memberId)
  return {
    ...shown,
    ...parseFigures(body),
    changes: reportSummarySchema.parse(row.summary).changes,
    reviewers,
    own,
    additions: await readAdditions(read, { workspaceId, reportId }),
    may: { publish: mayDo(actor, 'report.publish'), add: mayDo(actor, 'report.add') },
  }
}

/** The bundle of a report as a file. */
export function bundleFile({
  body,
  number,
  sha256,
  source,
}: {
  body: string
  number: number
  sha256: string
  source: string
}): Download {
  return {
    bytes: body,
    mediaType: 'application/json; charset=utf-8',
    fileName: `${source} report ${String(number)}.json`,
    sha256,
  }
}

/** The bundle of a frozen report, byte for byte as it was frozen. @throws as `readFrozenReport`. */
export async function readBundleFile(permit: Permit<'report.read'>, reportId: string): Promise<Download> {
  const { read } = await database()
  const { body, number, sha256 } = await readRow(read, permit, reportId)
  return bundleFile({ body, number, sha256, source: parseFigures(body).report.source.name })
}
