/**
 * `npm run bench -- write [--quick] [--table]`: measures annotations saved over HTTP through the built application in production mode, by 1, 10 and
 * 50 writers. The baseline is raw durable inserts into the same database. Both alternate, on SQLite and on PostgreSQL with all its syncs.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DatabaseLocation } from '@/lib/server/db/client'
import { makeId } from '@/tests/setup/factories'
import { startPostgresqlCluster } from '@/tests/setup/postgresql-cluster'
import { measureWriters, type Measured } from './measure'
import { measureRaw } from './raw'
import { makeScene, spanOf, type Scene } from './scene'
import { makeSaver } from '@/tests/api/saver'
import { serve, settingsOf } from './server'
import { printLine } from '../line'

const quick = process.argv.includes('--quick')
const rounds = quick ? 1 : 3
const duration = quick ? 1_500 : 4_000
/** The saves before measuring. */
const warmUp = quick ? 1_500 : 4_000
const crowds = [1, 10, 50]
/** The goal for the median save, in ms at most. */
const patience = new Map([
  [1, 4],
  [10, 15],
])
/** The goal for the rate, as the least share of the raw rate. */
const leastShare = 0.1

async function measureOurs(
  port: number,
  { scene, writers, time }: { scene: Scene; writers: number; time: number },
): Promise<Measured> {
  const saver = makeSaver({ port, token: scene.token, sockets: writers })
  const measured = await measureWriters({
    writers,
    duration: time,
    write: async (number) => {
      const answer = await saver.save(scene.revisionId, {
        id: makeId(),
        ...spanOf(scene.text, number),
        rating: 'unsourced',
        note: 'No record is named.',
      })
      return answer?.status === 201
    },
  })
  saver.close()
  return measured
}

function middle(all: readonly Measured[], key: 'rate' | 'p50'): number {
  const sorted = all.map((measured) => measured[key]).sort((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

async function compare(location: DatabaseLocation, folder: string): Promise<void> {
  const scene = await makeScene(location)
  const served = await serve(settingsOf(location, folder))
  try {
    // The first thousands of saves are slower, because the server's code is compiled while it runs.
    for (let warm = 0; warm < warmUp;) warm += (await measureOurs(served.port, { scene, writers: 10, time: 500 })).count
    for (const writers of crowds) {
      const ours: Measured[] = []
      const raw: Measured[] = []
      for (let round = 0; round < rounds; round++) {
        raw.push(await measureRaw(location, { scene, writers, duration: duration / 2 }))
        ours.push(await measureOurs(served.port, { scene, writers, time: duration }))
      }
      const place = `${location.engine}, ${String(writers)} ${writers === 1 ? 'writer' : 'writers'}`
      const common = { bench: 'write', baselineName: 'raw durable inserts' } as const
      const rate = { ours: middle(ours, 'rate'), baseline: middle(raw, 'rate') }
      const share = rate.ours / rate.baseline
      printLine({
        ...common,
        case: `${place}: saved`,
        unit: '/s',
        ...rate,
        ratio: share,
        goal: '≥ 10 % of raw',
        holds: share >= leastShare,
      })
      const time = { ours: middle(ours, 'p50'), baseline: middle(raw, 'p50') }
      const most = patience.get(writers)
      printLine({
        ...common,
        case: `${place}: middle time`,
        unit: 'ms',
        ...time,
        ratio: time.ours / time.baseline,
        goal: most === undefined ? null : `≤ ${String(most)} ms`,
        holds: most === undefined ? null : time.ours <= most,
      })
    }
  } finally {
    await served.stop()
  }
}

execFileSync(process.execPath, ['scripts/build.mjs'], { stdio: ['ignore', 2, 2] })
const folder = mkdtempSync(join(tmpdir(), 'sourcemark-write-'))
try {
  await compare({ engine: 'sqlite', file: join(folder, 'sourcemark.db') }, folder)
  const cluster = await startPostgresqlCluster({ durable: true })
  try {
    await compare({ engine: 'postgresql', url: cluster.urlOf('postgres') }, folder)
  } finally {
    await cluster.stop()
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
