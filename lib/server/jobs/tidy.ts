import { fileRetention } from '@/lib/domain/jobs/schema'
import { transact } from '../auth/transact'
import { database } from '../db/client'
import { finishWhenDone } from './lease'

/** How long a job waits for items that were announced and did not come, in ms. */
const arrivalPatience = 60 * 60 * 1000

const dropped = 'Its file was dropped, because nobody tried it again for seven days.'

/** Drops the files of jobs that ended long ago, and lets jobs end whose last items never came. Several processes may do so at once. */
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
