import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { uuidv7 } from 'uuidv7'
import { isSameJson } from '@/lib/domain/audit/changes'
import {
  maxBatchBytes,
  maxWaitingBytes,
  type AddressBatch,
  type BatchChoices,
  type BatchItem,
  batchItemSchema,
  type ItemDecision,
} from '@/lib/domain/batches/schema'
import { maxJobItems, openItemStates, type JobView, jobResultSchema, type JobItemState } from '@/lib/domain/jobs/schema'
import { DomainError } from '@/lib/domain/errors'
import { idTaken } from '@/lib/domain/versions'
import type { Actor, Permit } from '../access/gate'
import type { Transaction } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'
import { write, type WriteContext } from '../db/write'
import { insertItems, insertJob, lockJob, readWithin, type NewItem, reopenJob, waitingAgain } from '../jobs/mutations'
import { finishWhenDone } from '../jobs/lease'
import { hostOf } from './runner'
import { asJson } from '../db/parameters'

/** The most forms that one member may send in a minute. */
const forms = new RateLimiterMemory({ points: 60, duration: 60 })
/** The most waiting items of one member, over all of their batches. */
const maxWaitingItems = 3_000

/** Counts a form against its member's limit. @throws DomainError `too-many-requests` with the seconds to wait. */
export async function limitForms({ memberId }: Actor): Promise<void> {
  try {
    await forms.consume(memberId)
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused
    const retryAfter = Math.max(1, Math.ceil(refused.msBeforeNext / 1000))
    throw new DomainError(
      'too-many-requests',
      `At most 60 forms are taken in a minute. Go on in ${retryAfter} seconds.`,
      {
        retryAfter,
      },
    )
  }
}

/** A file of a batch. */
export interface BatchFile {
  fileName: string
  mediaType: string
  bytes: Uint8Array
  source?: BatchItem['source']
}

/** Files of a batch, sent in one of several forms. */
export interface FileBatch {
  id: string | undefined
  name: string | undefined
  choices: BatchChoices
  /** The index in the batch of the form's first file. */
  first: number
  /** Whether another form follows. */
  more: boolean
  files: readonly BatchFile[]
}

/** A batch, and whether this call created it. */
export interface CreatedBatch {
  job: JobView
  created: boolean
}

/**
 * Starts a batch of addresses. Idempotent.
 * @throws DomainError `conflict` when the id is taken, `too-many-requests` when too many items wait.
 */
export async function createAddressBatch(
  permit: Permit<'job.create'>,
  { id = uuidv7(), name, addresses, ...choices }: AddressBatch,
): Promise<CreatedBatch> {
  const items = addresses.map((given, position): NewItem => {
    const { address, source }: { address: string; source?: BatchItem['source'] } =
      typeof given === 'string' ? { address: given } : given
    const input: BatchItem = source === undefined ? { address } : { address, source }
    return { position, name: address, input, host: hostOf(address), bytes: null }
  })
  const called = name ?? nameOf(items, addresses.length)
  return write(permit, async (context) => {
    const isNew = await beginJob(context, permit, { id, name: called, choices, awaitsMore: false })
    if (isNew) await addItems(context, permit, { jobId: id, items })
    return { job: await readWithin(context, permit, id), created: isNew }
  })
}

/**
 * Adds files to a batch; the first form starts it. Sending a form again changes nothing.
 * @throws DomainError `conflict` when the id is taken or the batch has ended, `too-large`, `too-many-requests` when too many items wait.
 */
export async function addFiles(permit: Permit<'job.create'>, batch: FileBatch): Promise<CreatedBatch> {
  const { id = uuidv7(), choices, first, more, files } = batch
  const items = files.map(({ fileName, mediaType, source, bytes }, index): NewItem => {
    const input: BatchItem = {
      fileName: fileName.split('/').at(-1) ?? '',
      mediaType,
      ...(source === undefined ? {} : { source }),
    }
    return {
      position: first + index,
      name: fileName === '' ? 'A file without a name' : fileName,
      input,
      host: '',
      bytes,
    }
  })
  const name = batch.name ?? nameOf(items, more ? null : first + files.length)
  return write(permit, async (context) => {
    const isNew = await beginJob(context, permit, { id, name, choices, awaitsMore: more })
    if (!isNew) await lockJob(context, permit, id)
    const missing = await withoutKnown(context.tx, permit, { jobId: id, items })
    if (missing.length > 0) {
      if (!isNew) await assertAwaiting(context.tx, permit, id)
      await addItems(context, permit, { jobId: id, items: missing })
    }
    if (!isNew && !more) await endArrival(context, permit, id)
    return { job: await readWithin(context, permit, id), created: isNew }
  })
}

/** The default name of a batch: its first item and the number of others. `count` is null while it is unknown. */
function nameOf([first]: readonly NewItem[], count: number | null): string {
  const name = (first?.name ?? '').slice(0, 150)
  if (count === 1) return name
  return count === null ? `${name} and others` : `${name} and ${String(count - 1)} more`
}

/**
 * Stores a new batch. Returns false when the same member has stored it with the same choices before.
 * @throws DomainError `conflict` when the id belongs to another batch.
 */
async function beginJob(
  context: WriteContext,
  permit: Permit,
  { id, name, choices, awaitsMore }: { id: string; name: string; choices: BatchChoices; awaitsMore: boolean },
): Promise<boolean> {
  const known = await context.tx.job.findFirst({
    where: { workspaceId: permit.workspaceId, id },
    select: { createdById: true, choices: true },
  })
  const stored = JSON.parse(JSON.stringify(choices)) as object
  if (known !== null) {
    if (known.createdById === permit.actor.memberId && isSameJson(known.choices, stored)) return false
    throw idTaken('job', null)
  }
  await insertJob(context, permit, { id, kind: 'import', name, choices: stored, awaitsMore })
  return true
}

async function addItems(
  context: WriteContext,
  permit: Permit,
  { jobId, items }: { jobId: string; items: readonly NewItem[] },
): Promise<void> {
  await assertRoom(context.tx, permit, { jobId, items })
  await insertItems(context, permit, { jobId, items })
}

/** Drops the items that the batch has already. */
async function withoutKnown(
  tx: Transaction,
  { workspaceId }: Permit,
  { jobId, items }: { jobId: string; items: readonly NewItem[] },
): Promise<NewItem[]> {
  const rows = await tx.jobItem.findMany({
    where: { workspaceId, jobId, position: { in: items.map(({ position }) => position) } },
    select: { position: true },
  })
  const known = new Set(rows.map(({ position }) => position))
  return items.filter(({ position }) => !known.has(position))
}

async function assertAwaiting(tx: Transaction, { workspaceId }: Permit, id: string): Promise<void> {
  const awaits = await tx.job.count({ where: { workspaceId, id, state: 'active', awaitsMore: true } })
  if (awaits === 0)
    throw new DomainError(
      'conflict',
      'This batch takes no more files: it was cancelled, or its last form has arrived. Start another batch.',
    )
}

async function endArrival({ tx, now }: WriteContext, { workspaceId }: Permit, jobId: string): Promise<void> {
  await tx.job.updateMany({ where: { workspaceId, id: jobId }, data: { awaitsMore: false } })
  await finishWhenDone(tx, { workspaceId, jobId, now })
}

/**
 * The total bytes of waiting files in a workspace, or in one of its jobs. Reads the length of the bytes, which is at the start of each row:
 * `byteLength` is stored behind the bytes, so SQLite would read them all.
 */
async function sumOfFiles(
  tx: Transaction,
  { workspaceId, jobId }: { workspaceId: string; jobId?: string },
): Promise<number> {
  const ofJob = jobId === undefined ? Prisma.empty : Prisma.sql`AND i."jobId" = ${jobId}`
  const [row] = await tx.$queryRaw<{ sum: bigint | number | null }[]>`
    SELECT SUM(LENGTH(f."bytes")) AS "sum" FROM "JobItem" i JOIN "JobItemFile" f ON f."itemId" = i."id"
    WHERE i."workspaceId" = ${workspaceId} ${ofJob}`
  return Number(row?.sum ?? 0)
}

/** @throws DomainError when the addition would exceed a limit of the batch, the workspace or the member. */
async function assertRoom(
  tx: Transaction,
  { workspaceId, actor }: Permit,
  { jobId, items }: { jobId: string; items: readonly NewItem[] },
): Promise<void> {
  const last = Math.max(...items.map(({ position }) => position))
  if (last >= maxJobItems)
    throw new DomainError(
      'too-large',
      `At most ${String(maxJobItems)} files make one batch. Start another one for the rest.`,
    )
  const added = items.reduce((sum, { bytes }) => sum + (bytes?.length ?? 0), 0)
  if (added > 0 && added + (await sumOfFiles(tx, { workspaceId, jobId })) > maxBatchBytes)
    throw new DomainError(
      'too-large',
      `The files of one batch have at most ${megabytes(maxBatchBytes)} together. Start another one for the rest.`,
    )
  if (added > 0 && added + (await sumOfFiles(tx, { workspaceId })) > maxWaitingBytes)
    throw tooMuchWaits(
      `Files of ${megabytes(maxWaitingBytes)} wait in this workspace. Send these when some are done, or cancel a batch.`,
    )
  const waiting = await tx.jobItem.count({
    where: { workspaceId, memberId: actor.memberId, state: { in: [...openItemStates] } },
  })
  if (waiting + items.length > maxWaitingItems)
    throw tooMuchWaits(`${String(waiting)} files and pages of yours wait already. Send these when some are done.`)
}

function tooMuchWaits(message: string): DomainError {
  return new DomainError('too-many-requests', message, { retryAfter: 60 })
}

function megabytes(bytes: number): string {
  return `${String(bytes / 1024 / 1024)} MB`
}

const decidable: JobItemState[] = ['undecided', 'skipped']

/** The input of an item with a decision added to it. */
function decide(input: BatchItem, decision: ItemDecision, foundId: string | undefined): BatchItem {
  const { reviseId: _before, ...rest } = input
  return decision === 'revise' && foundId !== undefined
    ? { ...rest, decision, reviseId: foundId }
    : { ...rest, decision }
}

/**
 * Decides on items that are like existing documents: the named items, which may be undecided or skipped, or all undecided ones. They are run again in
 * the name of the permit's actor.
 * @throws DomainError `not-found`, and `conflict` when none of them can be decided.
 */
export async function decideItems(
  permit: Permit<'job.update'>,
  { jobId, decision, items }: { jobId: string; decision: ItemDecision; items?: readonly string[] | undefined },
): Promise<JobView> {
  const { workspaceId } = permit
  return write(permit, async (context) => {
    const { tx, record } = context
    await lockJob(context, permit, jobId)
    const which =
      items === undefined ? { state: 'undecided' as const } : { id: { in: [...items] }, state: { in: decidable } }
    const rows = await tx.jobItem.findMany({
      where: { workspaceId, jobId, job: { kind: 'import' }, ...which },
      select: { id: true, input: true, result: true },
    })
    if (rows.length === 0)
      throw new DomainError(
        'conflict',
        'None of these items waits for a decision. Look at the batch again: they may have been decided in the meantime.',
      )
    if (decision === 'skip')
      await tx.jobItem.updateMany({
        where: { workspaceId, id: { in: rows.map(({ id }) => id) } },
        data: { state: 'skipped' },
      })
    else {
      for (const { id, input, result } of rows) {
        const told = decide(batchItemSchema.parse(input), decision, jobResultSchema.parse(result).found?.id)
        await tx.jobItem.updateMany({
          where: { workspaceId, id },
          data: { ...waitingAgain(permit), input: asJson(told) },
        })
      }
      await reopenJob(context, permit, jobId)
    }
    record({ type: 'job.decided', subjectId: jobId, data: { after: { decision, items: rows.length } } })
    return readWithin(context, permit, jobId)
  })
}
