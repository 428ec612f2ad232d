import {
  countItems,
  jobItemStates,
  jobKinds,
  jobResultSchema,
  type JobCounts,
  type JobItemState,
  type JobItemView,
  type JobView,
} from '@/lib/domain/jobs/schema'
import { mayDo, type Actor } from '../access/gate'

/** The columns a job is presented from. */
export const jobColumns = {
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
export interface JobRow {
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
export const jobItemColumns = {
  id: true,
  position: true,
  name: true,
  state: true,
  message: true,
  result: true,
} as const

/** A row read with `jobItemColumns`. */
export interface JobItemRow {
  id: string
  position: number
  name: string
  state: JobItemState
  message: string
  result: unknown
}

/** Documents that items name, by id; those that were deleted are missing. */
export type NamedDocuments = ReadonlyMap<string, { id: string; title: string; source: { id: string; name: string } }>

/** A job's row as answers show it to the actor. */
export function presentJob(row: JobRow, counts: Partial<JobCounts>, actor: Actor): JobView {
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
export function documentsOf({ result }: Pick<JobItemRow, 'result'>): string[] {
  const { documentId, found } = jobResultSchema.parse(result)
  return [documentId, found?.id].filter((id) => id !== undefined)
}

/** An item's row as answers show it. */
export function presentItem(row: JobItemRow, documents: NamedDocuments): JobItemView {
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
