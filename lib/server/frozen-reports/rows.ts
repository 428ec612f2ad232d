import { reportSummarySchema, type PublicationView, type ReopenedSession } from '@/lib/domain/frozen-reports/schema'
import type { Transaction } from '../db/client'

/** The columns of a frozen report without its body. */
export const versionColumns = {
  id: true,
  sourceId: true,
  number: true,
  methodVersion: true,
  softwareVersion: true,
  inputSha256: true,
  sha256: true,
  summary: true,
  createdById: true,
  createdAt: true,
} as const

/** A row read with `versionColumns`. */
export interface VersionRow {
  id: string
  sourceId: string
  number: number
  methodVersion: string
  softwareVersion: string
  inputSha256: string
  sha256: string
  summary: unknown
  createdById: string
  createdAt: Date
}

/** A row of Publication. */
export interface PublicationRow {
  id: string
  reportId: string
  token: string
  indexed: boolean
  createdAt: Date
  withdrawnAt: Date | null
  reason: string
}

/** The columns of a publication. */
export const publicationColumns = {
  id: true,
  reportId: true,
  token: true,
  indexed: true,
  createdAt: true,
  withdrawnAt: true,
  reason: true,
} as const

/** The path at which a publication is read, below the address of the installation. */
export function publicationPath(token: string): string {
  return `/r/${token}`
}

/** Presents a publication. */
export function presentPublication({
  id,
  token,
  indexed,
  createdAt,
  withdrawnAt,
  reason,
}: PublicationRow): PublicationView {
  return {
    id,
    path: publicationPath(token),
    indexed,
    createdAt: createdAt.toISOString(),
    withdrawnAt: withdrawnAt?.toISOString() ?? null,
    reason,
  }
}

/** The publications of reports, newest first. */
export async function readPublications(
  read: Transaction,
  { workspaceId, reportIds }: { workspaceId: string; reportIds: readonly string[] },
): Promise<PublicationRow[]> {
  return read.publication.findMany({
    where: { workspaceId, reportId: { in: [...reportIds] } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    select: publicationColumns,
  })
}

/**
 * The sessions that were reopened after a report that counts them was frozen, by the report's id. Each session appears once, when it was first
 * reopened.
 */
export async function readReopened(
  read: Transaction,
  { workspaceId, versions }: { workspaceId: string; versions: readonly VersionRow[] },
): Promise<ReadonlyMap<string, ReopenedSession[]>> {
  const sessionsOf = new Map(versions.map(({ id, summary }) => [id, reportSummarySchema.parse(summary).sessions]))
  const ids = [...new Set([...sessionsOf.values()].flat().map(({ id }) => id))]
  const events = await read.event.findMany({
    where: { workspaceId, type: 'review-session.reopened', subjectId: { in: ids } },
    orderBy: { sequence: 'asc' },
    select: { subjectId: true, at: true },
  })
  return new Map(
    versions.map(({ id, createdAt }) => [
      id,
      (sessionsOf.get(id) ?? []).flatMap(({ id: sessionId, name }) => {
        const event = events.find(({ subjectId, at }) => subjectId === sessionId && at > createdAt)
        return event === undefined ? [] : [{ sessionId, name, at: event.at.toISOString() }]
      }),
    ]),
  )
}
