import { setImmediate as pause } from 'node:timers/promises'
import { z } from 'zod'
import {
  dashboardOrders,
  type DashboardOrder,
  type DashboardSource,
  type SourceFigures,
} from '@/lib/domain/reports/dashboard/schema'
import { shrinkSources } from '@/lib/domain/reports/dashboard/shrink-sources'
import { sourceFiguresOf } from '@/lib/domain/reports/dashboard/source-figures'
import { permit as passGate, type Permit } from '../access/gate'
import { readSourceTotals } from '../closed-sessions/sums'
import { database, type Reader } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'
import { decodeCursor, pageOf, type Page } from '../http/pagination'
import { perProcess } from '../per-process'
import { findSourceIds } from '../search/data'
import { foldKept } from '../search/folded'
import { visibleSessions } from '../visibility/sessions'

/** What a page of the dashboard is asked for. */
export interface DashboardQuery {
  cursor?: string | undefined
  limit: number
  q?: string | undefined
  order: DashboardOrder
}

/** A page of the dashboard, and how many sources have shares. */
export interface DashboardPage extends Page<DashboardSource> {
  withShares: number
}

interface Counted {
  sourceId: string
  n: number | bigint
}

/** The documents of each source that are not deleted. */
async function countDocuments(read: Reader, workspaceId: string): Promise<ReadonlyMap<string, number>> {
  const rows = await read.$queryRaw<Counted[]>`
    SELECT d."sourceId", COUNT(*) AS "n" FROM "Document" d
    WHERE d."workspaceId" = ${workspaceId} AND d."deletedAt" IS NULL GROUP BY d."sourceId"`
  return new Map(rows.map(({ sourceId, n }) => [sourceId, Number(n)]))
}

/** The documents of each source that are in sessions in a state that the caller may see. */
async function countInSessions(
  read: Reader,
  permit: Permit,
  state: 'active' | 'adjudication',
): Promise<ReadonlyMap<string, number>> {
  const { workspaceId, actor } = permit
  const sessions = await read.reviewSession.findMany({
    where: { AND: [visibleSessions(actor)], state, isTemplate: false },
    select: { id: true },
  })
  if (sessions.length === 0) return new Map()
  const rows = await read.$queryRaw<Counted[]>`
    SELECT d."sourceId", COUNT(DISTINCT d."id") AS "n" FROM "SessionDocument" e
    JOIN "Document" d ON d."workspaceId" = e."workspaceId" AND d."id" = e."documentId"
    WHERE e."workspaceId" = ${workspaceId} AND e."sessionId" IN (${Prisma.join(sessions.map(({ id }) => id))}) AND d."deletedAt" IS NULL
    GROUP BY d."sourceId"`
  return new Map(rows.map(({ sourceId, n }) => [sourceId, Number(n)]))
}

/** The newest frozen report of each source. Only columns of an index are read: a report itself can be megabytes long. */
async function readNewestReports(
  read: Reader,
  workspaceId: string,
): Promise<ReadonlyMap<string, NonNullable<DashboardSource['report']>>> {
  const rows = await read.report.findMany({
    where: { workspaceId },
    orderBy: [{ sourceId: 'asc' }, { number: 'asc' }],
    select: { id: true, sourceId: true, number: true, createdAt: true },
  })
  return new Map(
    rows.map(({ sourceId, id, number, createdAt }) => [sourceId, { id, number, frozenAt: createdAt.toISOString() }]),
  )
}

type Totals = Awaited<ReturnType<typeof readSourceTotals>>
type Figured = SourceFigures & Pick<DashboardSource, 'shrunk'>

interface KeptFigures {
  stamp: string
  figures: Promise<ReadonlyMap<string, Figured>>
}

/** The most workspaces whose figures are kept in memory. */
const maxKept = 50
const kept = perProcess('dashboard figures', () => new Map<string, KeptFigures>())

async function computeFigures(totals: Totals): Promise<ReadonlyMap<string, Figured>> {
  const sourceIds = [...totals.keys()].sort()
  const figures = [...sourceIds].map((id) => {
    const known = totals.get(id)
    return sourceFiguresOf(known?.sums ?? null, known?.hidden ?? 0)
  })
  const shrunk = await shrinkSources(figures, () => pause())
  const found = new Map<string, Figured>()
  for (const [place, each] of figures.entries())
    found.set(sourceIds[place] ?? '', { ...each, shrunk: shrunk[place] ?? null })
  return found
}

/** The figures of all sources that have some, computed beside other work, once for all who ask while the sums are the same. */
function figuresKept(workspaceId: string, totals: Totals): Promise<ReadonlyMap<string, Figured>> {
  const stamp = JSON.stringify([...totals])
  const known = kept.get(workspaceId)
  if (known?.stamp === stamp) return known.figures
  const figures = computeFigures(totals)
  kept.delete(workspaceId)
  kept.set(workspaceId, { stamp, figures })
  const [oldest] = kept.keys()
  if (kept.size > maxKept && oldest !== undefined) kept.delete(oldest)
  return figures
}

const nothing = { ...sourceFiguresOf(null, 0), shrunk: null }

async function readLines(read: Reader, permit: Permit<'report.read'>): Promise<DashboardSource[]> {
  const { workspaceId } = permit
  const [sources, totals, all, inReview, inAdjudication, reports] = await Promise.all([
    read.source.findMany({
      where: { workspaceId, deletedAt: null },
      select: { id: true, name: true, kind: true, homepage: true },
    }),
    readSourceTotals(read, workspaceId),
    countDocuments(read, workspaceId),
    countInSessions(read, permit, 'active'),
    countInSessions(read, permit, 'adjudication'),
    readNewestReports(read, workspaceId),
  ])
  const figures = await figuresKept(workspaceId, totals)
  return sources.map((source) => {
    const known = totals.get(source.id)
    return {
      source,
      documents: {
        all: all.get(source.id) ?? 0,
        settled: known?.sums.documents ?? 0,
        inReview: inReview.get(source.id) ?? 0,
        inAdjudication: inAdjudication.get(source.id) ?? 0,
        hidden: known?.hidden ?? 0,
      },
      ...(figures.get(source.id) ?? nothing),
      lastClosedAt: known?.lastClosedAt ?? null,
      report: reports.get(source.id) ?? null,
    }
  })
}

type SortKey = [DashboardOrder, number, string, string]
const cursorKey = z.tuple([z.enum(dashboardOrders), z.number(), z.string(), z.string()])

/** What a line is sorted by: a number that is least for what comes first, then its name. Sessions closed in the same minute stand by name. */
function sortKeyOf({ source, claims, documents, lastClosedAt }: DashboardSource, order: DashboardOrder): SortKey {
  const minutes = lastClosedAt === null ? 0 : Math.floor(Date.parse(lastClosedAt) / 60_000)
  const first = { name: 0, claims: -claims.assessed, documents: -documents.all, closed: -minutes }[order]
  return [order, first, foldKept(source.name), source.id]
}

function compareKeys([, first, name, id]: SortKey, [, otherFirst, otherName, otherId]: SortKey): number {
  if (first !== otherFirst) return first - otherFirst
  if (name !== otherName) return name < otherName ? -1 : 1
  return id === otherId ? 0 : id < otherId ? -1 : 1
}

/**
 * All sources of the workspace with what closed sessions settled about them, from kept counts (lib/server/closed-sessions/counts.ts): nothing is computed from
 * documents. What is being judged blind is left out for everyone, as in reports.
 * @throws DomainError `invalid` for a cursor of another list or order.
 */
export async function readDashboard(
  permit: Permit<'report.read'>,
  { cursor, limit, q = '', order }: DashboardQuery,
): Promise<DashboardPage> {
  const { read } = await database()
  const key = decodeCursor(
    cursor,
    cursorKey.refine(([of]) => of === order),
  )
  const lines = await readLines(read, permit)
  const found = q === '' ? null : new Set(await findSourceIds(passGate(permit.actor, 'source.read'), q))
  const rows = lines
    .filter(({ source }) => found === null || found.has(source.id))
    .map((line) => ({ line, key: sortKeyOf(line, order) }))
    .sort((one, other) => compareKeys(one.key, other.key))
    .filter((row) => key === null || compareKeys(row.key, key) > 0)
  return {
    ...pageOf(rows.slice(0, limit + 1), limit, { key: (row) => row.key, present: ({ line }) => line }),
    withShares: lines.filter(({ shares }) => shares !== null).length,
  }
}
