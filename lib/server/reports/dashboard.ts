import { setImmediate as pause } from 'node:timers/promises'
import { z } from 'zod'
import {
  dashboardOrders,
  type DashboardOrder,
  type DashboardSource,
  type SourceFigures,
} from '@/lib/domain/reports/dashboard/schema'
import { shrinkSources, sourceFiguresOf } from '@/lib/domain/reports/dashboard/source-figures'
import { permit as passGate, type Permit } from '../access/gate'
import { readSourceTotals } from '../closed-sessions/sums'
import { database, type Reader } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'
import { decodeCursor, pageOf, type Page } from '../http/pagination'
import { perProcess } from '../per-process'
import { findSourceIds, foldKept } from '../search/data'
import { visibleSessions } from '../visibility/sessions'

/** The parameters of a page of the dashboard. */
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

interface Wanted {
  workspaceId: string
  sourceIds: readonly string[]
}

/** Counts the documents of sources that are not deleted. */
async function countDocuments(read: Reader, { workspaceId, sourceIds }: Wanted): Promise<ReadonlyMap<string, number>> {
  const rows = await read.$queryRaw<Counted[]>`
    SELECT d."sourceId", COUNT(*) AS "n" FROM "Document" d
    WHERE d."workspaceId" = ${workspaceId} AND d."sourceId" IN (${Prisma.join([...sourceIds])}) AND d."deletedAt" IS NULL
    GROUP BY d."sourceId"`
  return new Map(rows.map(({ sourceId, n }) => [sourceId, Number(n)]))
}

type InSessions = Record<'active' | 'adjudication', ReadonlyMap<string, number>>

/** Counts the documents of sources in active sessions and in sessions in adjudication, of those the caller may see. */
async function countInSessions(read: Reader, permit: Permit, { sourceIds }: Wanted): Promise<InSessions> {
  const { workspaceId, actor } = permit
  const sessions = await read.reviewSession.findMany({
    where: { AND: [visibleSessions(actor)], state: { in: ['active', 'adjudication'] }, isTemplate: false },
    select: { id: true, state: true },
  })
  const countIn = async (state: 'active' | 'adjudication') => {
    const ids = sessions.filter((session) => session.state === state).map(({ id }) => id)
    if (ids.length === 0) return new Map<string, number>()
    const rows = await read.$queryRaw<Counted[]>`
      SELECT d."sourceId", COUNT(DISTINCT d."id") AS "n" FROM "SessionDocument" e
      JOIN "Document" d ON d."workspaceId" = e."workspaceId" AND d."id" = e."documentId"
      WHERE e."workspaceId" = ${workspaceId} AND e."sessionId" IN (${Prisma.join(ids)}) AND d."deletedAt" IS NULL
        AND d."sourceId" IN (${Prisma.join([...sourceIds])})
      GROUP BY d."sourceId"`
    return new Map(rows.map(({ sourceId, n }) => [sourceId, Number(n)]))
  }
  return { active: await countIn('active'), adjudication: await countIn('adjudication') }
}

/** The newest frozen report of each source. Reads only columns of an index, because a report itself can be megabytes long. */
async function readNewestReports(
  read: Reader,
  { workspaceId, sourceIds }: Wanted,
): Promise<ReadonlyMap<string, NonNullable<DashboardSource['report']>>> {
  const rows = await read.report.findMany({
    where: { workspaceId, sourceId: { in: [...sourceIds] } },
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

/** The figures of all sources that have any, computed while other requests have their turn. Callers share one result while the sums stay the same. */
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

type SortKey = [DashboardOrder, number, string, string]
const cursorKey = z.tuple([z.enum(dashboardOrders), z.number(), z.string(), z.string()])

interface Sorted {
  source: DashboardSource['source']
  key: SortKey
}

function compareKeys([, first, name, id]: SortKey, [, otherFirst, otherName, otherId]: SortKey): number {
  if (first !== otherFirst) return first - otherFirst
  if (name !== otherName) return name < otherName ? -1 : 1
  return id === otherId ? 0 : id < otherId ? -1 : 1
}

/** Sorts sources by a number, smallest first, then by name. Sessions closed in the same minute are sorted by name. */
async function sortSources(
  read: Reader,
  sources: readonly DashboardSource['source'][],
  { workspaceId, order, totals }: { workspaceId: string; order: DashboardOrder; totals: Totals },
): Promise<Sorted[]> {
  const sourceIds = sources.map(({ id }) => id)
  const documents =
    order === 'documents' && sourceIds.length > 0 ? await countDocuments(read, { workspaceId, sourceIds }) : null
  const firstOf = (id: string): number => {
    const known = totals.get(id)
    if (documents !== null) return -(documents.get(id) ?? 0)
    if (order === 'name' || known === undefined) return 0
    const { sourced, unsourced, contradicted } = known.sums
    return order === 'claims'
      ? -(sourced + unsourced + contradicted)
      : -Math.floor(Date.parse(known.lastClosedAt) / 60_000)
  }
  return sources
    .map((source): Sorted => ({ source, key: [order, firstOf(source.id), foldKept(source.name), source.id] }))
    .sort((one, other) => compareKeys(one.key, other.key))
}

/** Reads what is needed only for the sources of the page. */
async function readDetails(read: Reader, permit: Permit, wanted: Wanted) {
  if (wanted.sourceIds.length === 0) return null
  const [all, inSessions, reports] = await Promise.all([
    countDocuments(read, wanted),
    countInSessions(read, permit, wanted),
    readNewestReports(read, wanted),
  ])
  return { all, inSessions, reports }
}

/**
 * A page of the workspace's sources with what closed sessions settled about each, from kept counts (lib/server/closed-sessions/counts.ts); no
 * documents are read for the figures. Documents being judged blind are left out for everyone, as in reports.
 * @throws DomainError `invalid` for a cursor of another list or order.
 */
export async function readDashboard(
  permit: Permit<'report.read'>,
  { cursor, limit, q = '', order }: DashboardQuery,
): Promise<DashboardPage> {
  const { read } = await database()
  const { workspaceId } = permit
  const key = decodeCursor(
    cursor,
    cursorKey.refine(([of]) => of === order),
  )
  const ids = q === '' ? null : await findSourceIds(passGate(permit.actor, 'source.read'), q)
  const [sources, totals] = await Promise.all([
    read.source.findMany({
      where: { workspaceId, deletedAt: null, ...(ids === null ? {} : { id: { in: ids } }) },
      select: { id: true, name: true, kind: true, homepage: true },
    }),
    readSourceTotals(read, workspaceId),
  ])
  const figures = await figuresKept(workspaceId, totals)
  const sorted = await sortSources(read, sources, { workspaceId, order, totals })
  const from = key === null ? 0 : sorted.findIndex((each) => compareKeys(each.key, key) > 0)
  const rows = from < 0 ? [] : sorted.slice(from, from + limit + 1)
  const details = await readDetails(read, permit, { workspaceId, sourceIds: rows.map(({ source }) => source.id) })
  const lineOf = (source: DashboardSource['source']): DashboardSource => {
    const known = totals.get(source.id)
    return {
      source,
      documents: {
        all: details?.all.get(source.id) ?? 0,
        settled: known?.sums.documents ?? 0,
        inReview: details?.inSessions.active.get(source.id) ?? 0,
        inAdjudication: details?.inSessions.adjudication.get(source.id) ?? 0,
        hidden: known?.hidden ?? 0,
      },
      ...(figures.get(source.id) ?? nothing),
      lastClosedAt: known?.lastClosedAt ?? null,
      report: details?.reports.get(source.id) ?? null,
    }
  }
  return {
    ...pageOf(rows, limit, { key: (row) => row.key, present: ({ source }) => lineOf(source) }),
    withShares: [...figures.values()].filter(({ shares }) => shares !== null).length,
  }
}
