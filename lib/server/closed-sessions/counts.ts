import { keptCountsOf } from '@/lib/domain/reports/dashboard/source-figures'
import type { Transaction } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'
import { readAdjudications } from './kept'
import { readClosedPlaces, splitPlaces } from './places'
import { sumsOfCounts } from './sums'

/** How many documents are counted in one go. */
const chunk = 50

/**
 * Serialises the counting of what a workspace's closed sessions settled: two overlapping changes would each miss in their sums what the other has not
 * stored yet. Closing, reopening and withdrawing are rare, so locking the workspace's row is enough.
 */
export async function lockCounts(tx: Transaction, workspaceId: string): Promise<void> {
  await tx.workspace.updateMany({ where: { id: workspaceId }, data: { version: { increment: 0 } } })
}

/** Recounts documents. @returns the sources whose sums are out of date. */
async function countDocuments(tx: Transaction, workspaceId: string, documentIds: readonly string[]): Promise<string[]> {
  const documents = await tx.document.findMany({
    where: { workspaceId, id: { in: [...documentIds] }, deletedAt: null },
    select: { id: true, sourceId: true },
  })
  const { last } = splitPlaces(await readClosedPlaces(tx, workspaceId, { documentIds: documents.map(({ id }) => id) }))
  const settledOf = await readAdjudications(tx, workspaceId, last)
  const placeOf = new Map(last.map((place) => [place.documentId, place]))
  const where = { workspaceId, documentId: { in: [...documentIds] } }
  const before = await tx.documentCount.findMany({ where, select: { sourceId: true } })
  await tx.documentCount.deleteMany({ where })
  const data = documents.flatMap(({ id: documentId, sourceId }) => {
    const [place, settled] = [placeOf.get(documentId), settledOf.get(documentId)]
    if (place === undefined || settled === undefined) return []
    const { sessionId, closedAt } = place
    return [{ workspaceId, documentId, sourceId, sessionId, closedAt, ...keptCountsOf(settled) }]
  })
  await tx.documentCount.createMany({ data })
  return [...before, ...data].map(({ sourceId }) => sourceId)
}

/**
 * Recounts documents and their sources, as part of a write that changes what closed sessions settled about them, or that deletes or restores them. It
 * reads what was stored when the sessions were closed, so the result does not depend on when it runs.
 */
export async function recountDocuments(
  tx: Transaction,
  { workspaceId, documentIds }: { workspaceId: string; documentIds: readonly string[] },
): Promise<void> {
  await lockCounts(tx, workspaceId)
  const sourceIds = new Set<string>()
  for (let first = 0; first < documentIds.length; first += chunk) {
    const some = await countDocuments(tx, workspaceId, documentIds.slice(first, first + chunk))
    for (const sourceId of some) sourceIds.add(sourceId)
  }
  await addUpSources(tx, workspaceId, [...sourceIds])
}

/** Recounts the documents of a session and their sources. */
export async function recountSession(
  tx: Transaction,
  { workspaceId, sessionId }: { workspaceId: string; sessionId: string },
): Promise<void> {
  const rows = await tx.sessionDocument.findMany({
    where: { workspaceId, sessionId },
    orderBy: { documentId: 'asc' },
    select: { documentId: true },
  })
  await recountDocuments(tx, { workspaceId, documentIds: rows.map(({ documentId }) => documentId) })
}

/** Sums the counts of documents for some sources, or for all of a workspace, with one statement. */
export async function addUpSources(
  tx: Transaction,
  workspaceId: string,
  sourceIds: readonly string[] | 'all',
): Promise<void> {
  if (sourceIds.length === 0) return
  const which = sourceIds === 'all' ? {} : { sourceId: { in: [...sourceIds] } }
  await tx.sourceCount.deleteMany({ where: { workspaceId, ...which } })
  const among = sourceIds === 'all' ? Prisma.empty : Prisma.sql`AND c."sourceId" IN (${Prisma.join([...sourceIds])})`
  await tx.$executeRaw`
    INSERT INTO "SourceCount" (${sumsOfCounts.columns})
    SELECT ${sumsOfCounts.values} FROM "DocumentCount" c
    WHERE c."workspaceId" = ${workspaceId} ${among}
    GROUP BY c."workspaceId", c."sourceId"`
}
