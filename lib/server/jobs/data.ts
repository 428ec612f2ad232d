import { z } from 'zod'
import { notFound } from '@/lib/domain/errors'
import {
  type JobCounts,
  type JobItemState,
  type JobItemView,
  type JobView,
  countItems,
  jobItemStates,
  jobKinds,
  jobResultSchema,
} from '@/lib/domain/jobs/schema'
import { type Permit, mayDo, type Actor } from '../access/gate'
import { database, type Reader, type Transaction } from '../db/client'
import { decodeCursor, keyMomentSchema, pageOf, type Page } from '../http/pagination'

/** The columns a job is presented from. */
const jobColumns = {
  id: true,
  kind: true,
  name: true,
  state: true,
  awaitsMore: true,
  createdBy: { select: { id: true, user: { select: { name: true } } } },
  createdAt: true,
  updatedAt: true,
  finishedAt: true,
} as const

/** A row read with `jobColumns`. */
interface JobRow {
  id: string
  kind: string
  name: string
  state: JobView['state']
  awaitsMore: boolean
  createdBy: { id: string; user: { name: string } }
  createdAt: Date
  updatedAt: Date
  finishedAt: Date | null
}

/** The columns an item is presented from. */
const jobItemColumns = {
  id: true,
  position: true,
  name: true,
  state: true,
  message: true,
  result: true,
} as const

/** A row read with `jobItemColumns`. */
interface JobItemRow {
  id: string
  position: number
  name: string
  state: JobItemState
  message: string
  result: unknown
}

/** Documents that items name, by id; those that were deleted are missing. */
type NamedDocuments = ReadonlyMap<string, { id: string; title: string; source: { id: string; name: string } }>

/** A job's row as answers show it to the actor. */
function presentJob(row: JobRow, counts: Partial<JobCounts>, actor: Actor): JobView {
  const all = { waiting: 0, working: 0, done: 0, skipped: 0, undecided: 0, failed: 0, cancelled: 0, ...counts }
  const kind = jobKinds.find((known) => known === row.kind)
  if (kind === undefined) throw new Error(`Job ${row.id} is of an unknown kind`)
  return {
    id: row.id,
    kind,
    name: row.name,
    state: row.state,
    awaitsMore: row.awaitsMore,
    counts: all,
    total: countItems(all, jobItemStates),
    createdBy: { id: row.createdBy.id, name: row.createdBy.user.name },
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    may: { update: mayDo(actor, 'job.update') },
  }
}

/** The ids of the documents that an item's result names. */
function documentsOf({ result }: Pick<JobItemRow, 'result'>): string[] {
  const { documentId, found } = jobResultSchema.parse(result)
  return [documentId, found?.id].filter((id) => id !== undefined)
}

/** An item's row as answers show it. */
function presentItem(row: JobItemRow, documents: NamedDocuments): JobItemView {
  const { id, position, name, state, message } = row
  const { documentId, asRevision = false, found } = jobResultSchema.parse(row.result)
  const like = found === undefined ? undefined : documents.get(found.id)
  return {
    id,
    position,
    name,
    state,
    message,
    document: (documentId === undefined ? undefined : documents.get(documentId)) ?? null,
    asRevision,
    found:
      like === undefined || found === undefined
        ? null
        : { id: like.id, title: like.title, likeness: found.likeness, share: found.share },
    mayRetry: state === 'failed',
  }
}

const jobKey = z.tuple([keyMomentSchema, z.string()])
const itemKey = z.tuple([z.number().int()])

/** How many items of each of some jobs are in each state, by job id. */
async function countStates(
  reader: Reader | Transaction,
  workspaceId: string,
  jobIds: readonly string[],
): Promise<Map<string, Partial<JobCounts>>> {
  const rows = await reader.jobItem.groupBy({
    by: ['jobId', 'state'],
    where: { workspaceId, jobId: { in: [...jobIds] } },
    _count: { _all: true },
  })
  const counts = new Map<string, Partial<JobCounts>>()
  for (const { jobId, state, _count } of rows) counts.set(jobId, { ...counts.get(jobId), [state]: _count._all })
  return counts
}

/** The workspace's jobs, newest first. */
export async function listJobs(
  { workspaceId, actor }: Permit<'job.read'>,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<Page<JobView>> {
  const { read } = await database()
  const key = decodeCursor(cursor, jobKey)
  const at = key === null ? null : new Date(key[0])
  const rows = await read.job.findMany({
    where: {
      workspaceId,
      ...(key === null || at === null
        ? {}
        : { OR: [{ createdAt: { lt: at } }, { createdAt: at, id: { lt: key[1] } }] }),
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit + 1,
    select: jobColumns,
  })
  const counts = await countStates(
    read,
    workspaceId,
    rows.map(({ id }) => id),
  )
  return pageOf(rows, limit, {
    key: ({ createdAt, id }) => [createdAt.toISOString(), id],
    present: (row) => presentJob(row, counts.get(row.id) ?? {}, actor),
  })
}

/** A job as the permit's actor sees it; null for an unknown id. */
export async function findJob(
  reader: Reader | Transaction,
  { workspaceId, actor }: Permit,
  id: string,
): Promise<JobView | null> {
  const row = await reader.job.findFirst({ where: { workspaceId, id }, select: jobColumns })
  if (row === null) return null
  const counts = await countStates(reader, workspaceId, [id])
  return presentJob(row, counts.get(id) ?? {}, actor)
}

/** One job. @throws DomainError `not-found`. */
export async function readJob(permit: Permit<'job.read'>, id: string): Promise<JobView> {
  const { read } = await database()
  const job = await findJob(read, permit, id)
  if (job === null) throw notFound('job')
  return job
}

async function readDocuments(read: Reader, workspaceId: string, ids: readonly string[]): Promise<NamedDocuments> {
  const rows = await read.document.findMany({
    where: { workspaceId, id: { in: [...ids] }, deletedAt: null },
    select: { id: true, title: true, source: { select: { id: true, name: true } } },
  })
  return new Map(rows.map((row) => [row.id, row]))
}

/** The items of a job in their order. @throws DomainError `not-found`. */
export async function listItems(
  permit: Permit<'job.read'>,
  {
    jobId,
    state,
    cursor,
    limit,
  }: { jobId: string; state?: JobItemState | undefined; cursor?: string | undefined; limit: number },
): Promise<Page<JobItemView>> {
  const { read } = await database()
  const { workspaceId } = permit
  const key = decodeCursor(cursor, itemKey)
  if ((await read.job.count({ where: { workspaceId, id: jobId } })) === 0) throw notFound('job')
  const rows = await read.jobItem.findMany({
    where: {
      workspaceId,
      jobId,
      ...(state === undefined ? {} : { state }),
      ...(key === null ? {} : { position: { gt: key[0] } }),
    },
    orderBy: { position: 'asc' },
    take: limit + 1,
    select: jobItemColumns,
  })
  const documents = await readDocuments(read, workspaceId, rows.flatMap(documentsOf))
  return pageOf(rows, limit, {
    key: ({ position }) => [position],
    present: (row) => presentItem(row, documents),
  })
}
