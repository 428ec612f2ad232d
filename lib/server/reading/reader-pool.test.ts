import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'
import { maxReaderMemory } from './reader-protocol'
import { ReaderPool } from './reader-pool'

const limits = { size: 2, time: 60_000, isKept: true }
const short = { text: 'The harbour froze twice. Nobody kept a log.' }
const caller = 'Ada'

function makePool(options: Partial<typeof limits> = {}): ReaderPool {
  const pool = new ReaderPool({ ...limits, ...options })
  onTestFinished(() => {
    pool.rest()
  })
  return pool
}

function isRunning(id: number): boolean {
  try {
    return process.kill(id, 0)
  } catch {
    return false
  }
}

/** The most memory that the processes of a pool have held until now, in bytes; 0 where the system does not tell. */
function peakOf(pool: ReaderPool): number {
  const peaks = pool.processIds
    .map((id) => `/proc/${String(id)}/status`)
    .filter((file) => existsSync(file))
    .map((file) => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(file, 'utf8'))?.[1] ?? 0) * 1024)
  return Math.max(0, ...peaks)
}

/** Waits until something is so. */
async function until(holds: () => boolean): Promise<void> {
  for (let left = 600; left > 0 && !holds(); left -= 1) await sleep(50)
  expect(holds()).toBe(true)
}

/** Reads one document and has nothing left to do then, as the command line. */
const program = `
  const { ReaderPool } = await import('./lib/server/reading/reader-pool.ts')
  const pool = new ReaderPool({ size: 2, time: 60_000, isKept: true })
  const { kind } = await pool.read({ text: 'Ice.' }, { caller: 'Ada' })
  console.log(kind)
`

describe('readers', () => {
  it('let a program end that has nothing left to do', async () => {
    const ended = await promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '--eval', program],
      { timeout: 60_000 },
    )
    expect(ended.stdout.trim()).toBe('read')
  }, 70_000)

  it('read one document after the other in the same process', async () => {
    const pool = makePool()
    const first = await pool.read(short, { caller })
    const ids = pool.processIds
    const second = await pool.read({ text: '# Ice', format: 'markdown' }, { caller })
    expect(first).toMatchObject({
      kind: 'read',
      document: { title: 'The harbour froze twice. Nobody kept a log.', wordCount: 8, checkableCount: 2 },
    })
    expect(second).toMatchObject({ kind: 'read', document: { title: 'Ice' } })
    expect(pool.processIds).toEqual(ids)
    expect(ids).toHaveLength(1)
  })

  it('refuse as values what cannot be read', async () => {
    expect(await makePool().read({ text: ' ' }, { caller })).toMatchObject({
      kind: 'refused',
      problem: { code: 'empty' },
    })
  })

  it('end when a document takes too much memory, and another reads on', async () => {
    const pool = makePool()
    let peak = 0
    const watching = setInterval(() => {
      peak = Math.max(peak, peakOf(pool))
    }, 20)
    const reading = await pool.read({ text: 'ab\n'.repeat(660_000), format: 'text' }, { caller })
    clearInterval(watching)
    expect(reading).toMatchObject({ kind: 'ended', why: 'memory' })
    expect(peak).toBeLessThanOrEqual(maxReaderMemory * 1.1)
    expect(await pool.read(short, { caller })).toMatchObject({ kind: 'read' })
  })

  it('are stopped when a document takes too long', async () => {
    const pool = makePool({ time: 1 })
    expect(await pool.read(short, { caller })).toEqual({ kind: 'late' })
    expect(pool.processIds).toEqual([])
  })

  it('stop at once when the caller goes away, and read for the next', async () => {
    const pool = makePool()
    const gone = new AbortController()
    const slow = pool.read({ text: 'word\n\n'.repeat(500_000) }, { caller, signal: gone.signal })
    const [id = 0] = pool.processIds
    gone.abort()
    await expect(slow).rejects.toMatchObject({ code: 'unavailable' })
    await until(() => !isRunning(id))
    expect(await pool.read(short, { caller })).toMatchObject({ kind: 'read' })
    await expect(pool.read(short, { caller, signal: gone.signal })).rejects.toMatchObject({ code: 'unavailable' })
  })

  it('leave one of them to other callers', async () => {
    const pool = makePool()
    const order: string[] = []
    const long = { text: 'The harbour froze twice. '.repeat(20_000) }
    const read = (name: string, who: string, request: object) =>
      pool.read(request, { caller: who }).then(() => order.push(name))
    await Promise.all([
      read('first of one', 'one', long),
      read('second of one', 'one', long),
      read('first of the other', 'other', short),
    ])
    expect(order.indexOf('first of the other')).toBeLessThan(order.indexOf('second of one'))
  })

  it('refuse more than may wait', async () => {
    const pool = makePool({ time: 1 })
    const reads = Array.from({ length: 202 }, () => pool.read(short, { caller }))
    const answers = await Promise.allSettled(reads)
    const refused = answers.filter(({ status }) => status === 'rejected')
    expect(refused).toHaveLength(1)
    expect(refused[0]).toMatchObject({ reason: { code: 'unavailable' } })
  })
})
