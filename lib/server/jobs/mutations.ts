import { setImmediate as nextTurn } from 'node:timers/promises'
import { DomainError, notFound } from '@/lib/domain/errors'
import { openItemStates, type JobKind, type JobView } from '@/lib/domain/jobs/schema'
import { uuidv7 } from 'uuidv7'
import type { Permit } from '../access/gate'
import { asJson } from '../db/parameters'
import { write, type WriteContext } from '../db/write'
import { findJob } from './data'

/** An item to be done. `host` is the site that it requests; empty for none. */
export interface NewItem {
  position: number
  name: string
  input: object
  host: string
  /** Its file, kept until the item is done. */
  bytes: Uint8Array | null
}

/** Part of a write: stores a job without items. */
export async function insertJob(
  { tx, now, record }: WriteContext,
  { workspaceId, actor }: Permit,
  job: { id: string; kind: JobKind; name: string; choices: object; awaitsMore: boolean },
): Promise<void> {
  const { id, kind, name, awaitsMore } = job
  await tx.job.create({
    data: {
      id,
      workspaceId,
      kind,
      name,
      choices: asJson(job.choices),
      awaitsMore,
      createdById: actor.memberId,
      createdAt: now,
      updatedAt: now,
    },
    select: { id: true },
  })
  record({ type: 'job.created', subjectId: id, data: { after: { kind, name } } })
}

/** Part of a write: stores items of a job, to be done in the name of the permit's actor. */
export async function insertItems(
  { tx }: WriteContext,
  { workspaceId, actor }: Permit,
  { jobId, items }: { jobId: string; items: readonly NewItem[] },
): Promise<void> {
  const rows = items.map(({ bytes, input, ...item }) => ({ ...item, input: asJson(input), id: uuidv7(), bytes }))
  await tx.jobItem.createMany({
    data: rows.map(({ bytes: _bytes, ...row }) => ({
      ...row,
      workspaceId,
      jobId,
      memberId: actor.memberId,
      via: actor.via,
      result: {},
    })),
  })
  for (const { id, bytes } of rows) {
    if (bytes === null) continue
    await tx.jobItemFile.create({
      data: { itemId: id, bytes: new Uint8Array(bytes), byteLength: bytes.length },
      select: { itemId: true },
    })
    // SQLite runs a write within one turn of the event loop. This pause lets waiting requests through between the files of a long form.
    await nextTurn()
  }
}

/** Part of a write: reads a job as it is now. @throws DomainError `not-found`. */
export async function readWithin({ tx }: WriteContext, permit: Permit, jobId: string): Promise<JobView> {
  const job = await findJob(tx, permit, jobId)
  if (job === null) throw notFound('job')
  return job
}

/**
 * Part of a write: locks a job's row, so that its items cannot change until the write ends.
 * @throws DomainError `not-found`.
 */
export async function lockJob({ tx, now }: WriteContext, { workspaceId }: Permit, jobId: string): Promise<void> {
  const { count } = await tx.job.updateMany({ where: { workspaceId, id: jobId }, data: { updatedAt: now } })
  if (count === 0) throw notFound('job')
}

/** Part of a write: reopens a job that had ended. */
export async function reopenJob({ tx }: WriteContext, { workspaceId }: Permit, jobId: string): Promise<void> {
  await tx.job.updateMany({ where: { workspaceId, id: jobId }, data: { state: 'active', finishedAt: null } })
}

/** The columns of an item that is to be run again, in the name of the permit's actor. */
export function waitingAgain({ actor }: Permit) {
  return {
    state: 'waiting',
    attempts: 0,
    notBefore: null,
    message: '',
    memberId: actor.memberId,
    via: actor.via,
  } as const
}

/**
 * Runs failed items again: the named ones, or all of the job.
 * @throws DomainError `not-found`, and `conflict` when none of them has failed.
 */
export async function retryJob(
  permit: Permit<'job.update'>,
  { jobId, items }: { jobId: string; items?: readonly string[] | undefined },
): Promise<JobView> {
  const { workspaceId } = permit
  return write(permit, async (context) => {
    await lockJob(context, permit, jobId)
    const { count } = await context.tx.jobItem.updateMany({
      where: { workspaceId, jobId, state: 'failed', ...(items === undefined ? {} : { id: { in: [...items] } }) },
      data: waitingAgain(permit),
    })
    if (count === 0)
      throw new DomainError('conflict', 'None of these items has failed, so there is nothing to try again.')
    await reopenJob(context, permit, jobId)
    context.record({ type: 'job.retried', subjectId: jobId, data: { after: { items: count } } })
    return readWithin(context, permit, jobId)
  })
}

/**
 * Cancels the items that are not done; finished ones keep their results. No effect on a job that has ended.
 * @throws DomainError `not-found`.
 */
export async function cancelJob(permit: Permit<'job.update'>, jobId: string): Promise<JobView> {
  const { workspaceId } = permit
  return write(permit, async (context) => {
    const { tx, now, record } = context
    await lockJob(context, permit, jobId)
    const { count } = await tx.job.updateMany({
      where: { workspaceId, id: jobId, state: 'active' },
      data: { state: 'cancelled', awaitsMore: false, finishedAt: now },
    })
    if (count === 1) {
      const open = { workspaceId, jobId, state: { in: [...openItemStates] } }
      await tx.jobItemFile.deleteMany({ where: { item: open } })
      const { count: items } = await tx.jobItem.updateMany({
        where: open,
        data: { state: 'cancelled', lease: null, leasedUntil: null },
      })
      record({ type: 'job.cancelled', subjectId: jobId, data: { after: { items } } })
    }
    return readWithin(context, permit, jobId)
  })
}
