import { DomainError, type ErrorCode } from '@/lib/domain/errors'
import { fileRetention } from '@/lib/domain/jobs/schema'
import { transact } from '../db/write'
import { logger } from '../log'
import { perProcess } from '../per-process'
import {
  claimItem,
  releaseItem,
  renewLeases,
  settleItem,
  finishWhenDone,
  LostLease,
  type HeldItem,
  type JobRunners,
  type Settlement,
} from './lease'
import { database } from '../db/client'

/** The settings of a worker. Times in ms. */
export interface WorkerOptions {
  /** The most items it runs at the same time. */
  slots: number
  /** The duration of a lease: the time until another process takes over the items of a killed one. */
  lease: number
  /** How often it looks for items added by other processes. */
  pause: number
}

const usual: WorkerOptions = { slots: 3, lease: 15_000, pause: 1_000 }

/** An item begun this many times without ending is not begun again: it may be the one that crashes the server. */
const maxAttempts = 5

/** How often old files are deleted, in ms. */
const tidyEvery = 60 * 60 * 1000

/** Failures that a retry may avoid. */
const passing: readonly ErrorCode[] = ['unavailable', 'out-of-space', 'too-many-requests']

const givenUp = `This was begun ${String(maxAttempts)} times and never came to its end. It may be too much for the server: split it into parts, or try again later.`
const unexpected = 'Something went wrong on the server; nothing was stored. The log has the details. Try again.'

interface Work {
  item: HeldItem
  abort: AbortController
}

/**
 * Runs the items of all jobs, several at a time. Any number of workers in any number of processes share a database: each item is leased to one of
 * them, and another takes it over when the lease runs out.
 */
export class JobWorker {
  readonly #runners: JobRunners
  readonly #options: WorkerOptions
  readonly #work = new Map<string, Work>()
  readonly #running = new Set<Promise<void>>()
  #timers: NodeJS.Timeout[] = []
  #filling: Promise<void> | null = null
  #hasStopped = false

  constructor(runners: JobRunners, options: Partial<WorkerOptions> = {}) {
    this.#runners = runners
    this.#options = { ...usual, ...options }
  }

  /** Works until `stop`. Does not keep the process alive. */
  start(): void {
    const { pause, lease } = this.#options
    const every = (time: number, act: () => unknown) => {
      this.#timers.push(setInterval(act, time).unref())
    }
    every(pause, () => {
      this.wake()
    })
    every(lease / 4, () => this.#renew())
    every(tidyEvery, () => this.#tidy())
    void this.#tidy()
    this.wake()
  }

  /** Looks for items now, without waiting for the next interval. */
  wake(): void {
    this.#filling ??= this.#fill().finally(() => {
      this.#filling = null
    })
  }

  /** Begins no more items and returns those in work to the queue, so that other processes continue them at once. */
  async stop(): Promise<void> {
    this.#hasStopped = true
    for (const timer of this.#timers) clearInterval(timer)
    this.#timers = []
    await this.#filling
    for (const { abort } of this.#work.values()) abort.abort()
    await Promise.all(this.#running)
  }

  async #fill(): Promise<void> {
    try {
      while (!this.#hasStopped && this.#work.size < this.#options.slots) {
        const item = await claimItem(this.#runners, { now: new Date(), duration: this.#options.lease })
        if (item === null) return
        const running = this.#do(item)
        this.#running.add(running)
        void running.finally(() => {
          this.#running.delete(running)
          if (!this.#hasStopped) this.wake()
        })
      }
    } catch (error) {
      logger().error({ err: error }, 'The search for items of jobs failed')
    }
  }

  async #do(item: HeldItem): Promise<void> {
    const abort = new AbortController()
    this.#work.set(item.id, { item, abort })
    try {
      const settlement = await this.#run(item, abort.signal)
      if (settlement !== 'settled') await settle(item, settlement)
    } catch (error) {
      // If even this write fails, the lease runs out and the item is begun again.
      if (!(error instanceof LostLease)) logger().error({ err: error, item: item.id }, 'An item could not be settled')
    } finally {
      this.#work.delete(item.id)
    }
  }

  async #run(item: HeldItem, signal: AbortSignal): Promise<Settlement | 'settled'> {
    if (item.attempts > maxAttempts) return { state: 'failed', message: givenUp }
    try {
      return await this.#runners[item.kind].run(item, {
        signal,
        settle: (tx, now, settlement) => settleItem(tx, item, { now, settlement }),
      })
    } catch (error) {
      if (error instanceof LostLease) throw error
      if (signal.aborted) {
        await releaseItem(item)
        return 'settled'
      }
      if (error instanceof DomainError && passing.includes(error.code) && item.attempts < maxAttempts) {
        const seconds = Math.max(error.details.retryAfter ?? 1, item.attempts)
        await releaseItem(item, { notBefore: new Date(Date.now() + seconds * 1000), counts: true })
        return 'settled'
      }
      if (error instanceof DomainError) return { state: 'failed', message: error.message }
      logger().error({ err: error, item: item.id }, 'An item of a job failed')
      return { state: 'failed', message: unexpected }
    }
  }

  async #renew(): Promise<void> {
    const items = [...this.#work.values()].map(({ item }) => item)
    if (items.length === 0) return
    try {
      const lost = await renewLeases(items, new Date(Date.now() + this.#options.lease))
      for (const id of lost) this.#work.get(id)?.abort.abort()
    } catch (error) {
      logger().error({ err: error }, 'Leases of items could not be renewed')
    }
  }

  async #tidy(): Promise<void> {
    try {
      await tidyJobs(new Date())
    } catch (error) {
      logger().error({ err: error }, 'Files of old jobs could not be deleted')
    }
  }
}

async function settle(item: HeldItem, settlement: Settlement): Promise<void> {
  await transact((tx) => settleItem(tx, item, { now: new Date(), settlement }))
}

const held = perProcess('job worker', (): { worker: JobWorker | null } => ({ worker: null }))

/** Starts the worker of this process. */
export function startJobs(runners: JobRunners): void {
  if (held.worker !== null) return
  held.worker = new JobWorker(runners)
  held.worker.start()
}

/** Makes the worker of this process look for items now. No effect without a worker. */
export function wakeJobs(): void {
  held.worker?.wake()
}

/** Stops the worker of this process; other processes continue its items. */
export async function stopJobs(): Promise<void> {
  await held.worker?.stop()
}

/** How long a job waits for announced items that have not arrived, in ms. */
const arrivalPatience = 60 * 60 * 1000

const dropped = 'Its file was deleted, because nobody tried it again for seven days.'

/** Deletes the files of jobs that ended long ago, and ends jobs whose last items never arrived. Safe to run in several processes at once. */
export async function tidyJobs(now: Date): Promise<void> {
  const { read } = await database()
  const late = await read.job.findMany({
    where: { state: 'active', awaitsMore: true, updatedAt: { lt: new Date(now.getTime() - arrivalPatience) } },
    select: { workspaceId: true, id: true },
  })
  for (const { workspaceId, id } of late) {
    await transact(async (tx) => {
      await tx.job.updateMany({ where: { workspaceId, id }, data: { awaitsMore: false, updatedAt: now } })
      await finishWhenDone(tx, { workspaceId, jobId: id, now })
    })
  }
  const job = { finishedAt: { lt: new Date(now.getTime() - fileRetention) } }
  await transact(async (tx) => {
    const where = { job, file: { isNot: null } }
    await tx.jobItem.updateMany({ where, data: { state: 'cancelled', message: dropped } })
    await tx.jobItemFile.deleteMany({ where: { item: { job } } })
  })
}
