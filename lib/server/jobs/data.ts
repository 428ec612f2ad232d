import { z } from 'zod'
import { notFound } from '@/lib/domain/errors'
import type { JobCounts, JobItemState, JobItemView, JobView } from '@/lib/domain/jobs/schema'
import type { Permit } from '../access/gate'
import { database, type Reader, type Transaction } from '../db/client'
import { decodeCursor, keyMomentSchema, pageOf, type Page } from '../http/pagination'
import { documentsOf, jobColumns, jobItemColumns, presentItem, presentJob, type NamedDocuments } from './present'

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

/** The workspace's jobs, the last one first. */
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

/** A job as the permit's actor is shown it; null when there is none of this id. */
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
