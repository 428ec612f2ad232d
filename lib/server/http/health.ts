import { version } from '@/package.json'
import { database } from '../db/client'
import { lastDiskFailure, takeDiskFailure, type DiskFailure } from '../db/failures'
import { logger } from '../log'

/** Health for a supervisor: whether this process can work. Reveals nothing of the data. */
export interface Health {
  /** `degraded`: reading works, storing does not. */
  status: 'ok' | 'degraded' | 'failing'
  version: string
  database: 'ok' | 'failing'
  /** False when the last change could not be stored because the disk was full or failed. */
  storage: 'ok' | DiskFailure
}

/** How long the database may take to answer, in ms. */
const patience = 5_000

/** The health of this process. A database that does not answer in time counts as failing; the log has the reason. */
export async function readHealth(): Promise<Health> {
  let timer: NodeJS.Timeout | undefined
  try {
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        reject(new Error(`The database did not answer within ${patience} ms.`))
      }, patience)
    })
    const { read } = await database()
    // A query that only a migrated database answers.
    await Promise.race([read.workspace.findFirst({ select: { id: true } }), late])
    const storage = lastDiskFailure() ?? 'ok'
    return { status: storage === 'ok' ? 'ok' : 'degraded', version, database: 'ok', storage }
  } catch (error) {
    if (takeDiskFailure(error) === null) logger().error({ err: error }, 'The database does not answer')
    return { status: 'failing', version, database: 'failing', storage: lastDiskFailure() ?? 'ok' }
  } finally {
    clearTimeout(timer)
  }
}
