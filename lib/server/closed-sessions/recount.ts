import { setImmediate as pause } from 'node:timers/promises'
import { database, type Database, type Transaction } from '../db/client'
import { logger } from '../log'
import { addUpSources, lockCounts, recountDocuments } from './counts'

/** How many documents one transaction counts; other writes run between transactions. */
const chunk = 50
/** The most time one of these transactions may take, in ms. */
const limits = { maxWait: 60_000, timeout: 60_000 }

async function countInChunks(
  { write }: Pick<Database, 'write'>,
  { workspaceId, documentIds }: { workspaceId: string; documentIds: readonly string[] },
): Promise<void> {
  for (let first = 0; first < documentIds.length; first += chunk) {
    const some = documentIds.slice(first, first + chunk)
    await write.$transaction((tx) => recountDocuments(tx, { workspaceId, documentIds: some }), limits)
    await pause()
  }
}

/** The sums of a workspace's sources as text, by source. */
async function readSums(read: Transaction, workspaceId: string): Promise<ReadonlyMap<string, string>> {
  const rows = await read.sourceCount.findMany({ where: { workspaceId } })
  const written = (value: unknown) => (typeof value === 'bigint' ? Number(value) : value)
  return new Map(rows.map((row) => [row.sourceId, JSON.stringify(row, (_key, value: unknown) => written(value))]))
}

/** The result of a full recount: how many documents and sources were counted, and the ids of the sources whose sums differed before. */
export interface Recounted {
  documents: number
  sources: number
  differing: string[]
}

/**
 * Recounts everything that closed sessions of a workspace settled, document by document and source by source. If no source differs, the sums were
 * right.
 */
export async function recountWorkspace(opened: Database, workspaceId: string): Promise<Recounted> {
  const before = await readSums(opened.read, workspaceId)
  const inSessions = await opened.read.sessionDocument.findMany({
    where: { workspaceId, session: { state: 'closed', deletedAt: null } },
    distinct: ['documentId'],
    select: { documentId: true },
  })
  const counted = await opened.read.documentCount.findMany({ where: { workspaceId }, select: { documentId: true } })
  const documentIds = [...new Set([...inSessions, ...counted].map(({ documentId }) => documentId))].sort()
  await countInChunks(opened, { workspaceId, documentIds })
  await addUpWorkspace(opened, workspaceId)
  const after = await readSums(opened.read, workspaceId)
  const sourceIds = [...new Set([...before.keys(), ...after.keys()])]
  return {
    documents: await opened.read.documentCount.count({ where: { workspaceId } }),
    sources: after.size,
    differing: sourceIds.filter((id) => before.get(id) !== after.get(id)),
  }
}

/** Sums the sources of a workspace anew from the counts of their documents. */
export async function addUpWorkspace({ write }: Pick<Database, 'write'>, workspaceId: string): Promise<void> {
  await write.$transaction(async (tx) => {
    await lockCounts(tx, workspaceId)
    await addUpSources(tx, workspaceId, 'all')
  }, limits)
}

/**
 * Counts what sessions settled that an older version closed without counting. Several processes may run this at once. Returns the number of documents
 * counted.
 */
export async function countUncounted(opened: Database): Promise<number> {
  const rows = await opened.read.$queryRaw<{ workspaceId: string; documentId: string }[]>`
    SELECT DISTINCT e."workspaceId", e."documentId" FROM "ReviewSession" s
    JOIN "SessionDocument" e ON e."workspaceId" = s."workspaceId" AND e."sessionId" = s."id"
    JOIN "Document" d ON d."workspaceId" = e."workspaceId" AND d."id" = e."documentId"
    LEFT JOIN "DocumentCount" c ON c."workspaceId" = e."workspaceId" AND c."documentId" = e."documentId"
    WHERE s."state" = 'closed' AND s."deletedAt" IS NULL AND d."deletedAt" IS NULL AND c."documentId" IS NULL
    ORDER BY e."workspaceId", e."documentId"`
  for (const workspaceId of new Set(rows.map((row) => row.workspaceId))) {
    const documentIds = rows.flatMap((row) => (row.workspaceId === workspaceId ? [row.documentId] : []))
    await countInChunks(opened, { workspaceId, documentIds })
  }
  return rows.length
}

/** Runs `countUncounted` on the database of this process, in the background. */
export function countOldSessions(): void {
  database()
    .then(countUncounted)
    .catch((error: unknown) => {
      logger().error(
        { err: error },
        'What older sessions settled could not be counted; `sourcemark report recount` does so',
      )
    })
}
