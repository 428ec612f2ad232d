/**
 * `npm run bench -- session-page [--quick] [--table]`: measures what the page of a large review session costs the server. The matrix is requested
 * through the API's own handler (sign-in, gate, queries, JSON); the baseline reads every mark as a row of its own. Both run on SQLite and PostgreSQL
 * and must count the same. The data are made once; the first request, with empty caches, has a line of its own.
 * Then follows the page in the built application (build it first): the time of the answer, its size, and the longest task while Chromium scrolls
 * through all documents.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { sessionMatrixSchema, type SessionMatrix } from '@/lib/domain/assignments/matrix'
import { readProgress } from '@/lib/server/assignments/checkable'
import { openDatabase, useDatabase, type Database, type DatabaseLocation } from '@/lib/server/db/client'
import { migrateDatabase } from '@/lib/server/db/migrate'
import { call } from '@/tests/api/calls'
import { startPostgresqlCluster } from '@/tests/setup/postgresql-cluster'
import { makeLead, makeScene, type Scene, type Size } from './scene'
import { measureScreen } from './screen'
import { printLine } from '../line'

const quick = process.argv.includes('--quick')
const requests = quick ? 20 : 100
const most = 150
const longestTask = 50
const size: Size = { documents: quick ? 100 : 500, reviewers: 20, perDocument: 3 }

/** `time` is from the call to the answer; `work` is the processor time of this process, which a busy machine does not lengthen; both in ms. */
async function timed<T>(body: () => Promise<T>): Promise<{ value: T; time: number; work: number }> {
  const before = performance.now()
  const used = process.cpuUsage()
  const value = await body()
  const { user, system } = process.cpuUsage(used)
  return { value, time: performance.now() - before, work: (user + system) / 1000 }
}

/** The quantile of sorted times: the time that the given share of them does not exceed. */
function quantile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((one, other) => one - other)
  return sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN
}

async function askMatrix({ token, sessionId }: Scene): Promise<unknown> {
  const as = { authorization: `Bearer ${token}` }
  const answer = await call({ method: 'get', path: `/review-sessions/${sessionId}/matrix`, as })
  if (answer.status !== 200) throw new Error(`The matrix was answered with ${String(answer.status)}: ${answer.text}`)
  return answer.json
}

/** Reads a row per mark, like a program that sums the answers of lists. */
async function countRows(database: Database, { workspaceId, sessionId }: Scene): Promise<Map<string, number>> {
  const progress = await readProgress(database.read, { workspaceId, sessionId })
  return new Map([...progress].map(([id, { decided }]) => [id, decided]))
}

function checkSame(matrix: SessionMatrix, counted: ReadonlyMap<string, number>): void {
  const cells = matrix.documents.flatMap((document) => document.cells)
  const wrong = cells.filter(({ assignmentId, decided }) => counted.get(assignmentId) !== decided)
  if (wrong.length > 0 || cells.length !== counted.size) throw new Error('The matrix counts differently')
}

/** Times in ms, one per run. */
interface Measured {
  time: number[]
  work: number[]
}

async function measure(database: Database): Promise<void> {
  const scene = await makeScene(database, size, await makeLead(database))
  const first = await timed(() => askMatrix(scene))
  const cold = await timed(() => countRows(database, scene))
  checkSame(sessionMatrixSchema.parse(first.value), cold.value)
  const ours: Measured = { time: [], work: [] }
  const baseline: Measured = { time: [], work: [] }
  const keep = (kept: Measured, { time, work }: { time: number; work: number }) => {
    kept.time.push(time)
    kept.work.push(work)
  }
  for (let number = 0; number < requests; number += 1) {
    keep(ours, await timed(() => askMatrix(scene)))
    if (number % 10 === 0) keep(baseline, await timed(() => countRows(database, scene)))
  }
  const place = `${database.location.engine}, ${String(size.documents)} documents × ${String(size.reviewers)} reviewers, ${String(scene.marks)} marks`
  const line = (name: string, figures: { ours: number; baseline: number }, isGoal = false) => {
    printLine({
      bench: 'session-page',
      case: `${place}: ${name}`,
      unit: 'ms',
      ours: Number(figures.ours.toFixed(2)),
      baseline: Number(figures.baseline.toFixed(2)),
      baselineName: 'a row a mark',
      ratio: Number((figures.ours / figures.baseline).toFixed(3)),
      goal: isGoal ? `≤ ${String(most)} ms` : null,
      holds: isGoal ? figures.ours <= most : null,
    })
  }
  const at = (share: number, key: 'time' | 'work') => ({
    ours: quantile(ours[key], share),
    baseline: quantile(baseline[key], share),
  })
  line('first', { ours: first.time, baseline: cold.time })
  line('middle', at(0.5, 'time'))
  line('p95', at(0.95, 'time'), true)
  line('p95 on the processor', at(0.95, 'work'))
}

async function measureAt(location: DatabaseLocation): Promise<void> {
  await migrateDatabase(location, { at: new Date() })
  const database = await openDatabase(location)
  useDatabase(database)
  try {
    await measure(database)
  } finally {
    await database.close()
  }
}

/** The page in the built application, with a database of its own. */
async function measureInBrowser(engine: string, databaseUrl: string): Promise<void> {
  const shown = await measureScreen(size, { requests: requests / 2, databaseUrl })
  const { answers, lists, steps } = shown
  const place = `${engine}, ${String(size.documents)} documents × ${String(size.reviewers)} reviewers`
  interface Figure {
    unit: string
    ours: number
    baseline?: number
    goal?: number
  }
  const line = (name: string, { unit, ours, baseline, goal }: Figure, more = {}) => {
    printLine(
      {
        bench: 'session-page',
        case: `${place}: ${name}`,
        unit,
        ours: Number(ours.toFixed(1)),
        baseline: baseline === undefined ? null : Number(baseline.toFixed(1)),
        baselineName: baseline === undefined ? null : 'the list of sessions',
        ratio: baseline === undefined ? null : Number((ours / baseline).toFixed(3)),
        goal: goal === undefined ? null : `≤ ${String(goal)} ${unit}`,
        holds: goal === undefined ? null : ours <= goal,
      },
      more,
    )
  }
  const at = (share: number) => ({ unit: 'ms', ours: quantile(answers, share), baseline: quantile(lists, share) })
  line('the page, first', { unit: 'ms', ours: shown.first })
  line('the page, middle', at(0.5))
  line('the page, p95', { ...at(0.95), goal: most })
  line('the page as sent', { unit: 'KB', ours: shown.transferred / 1024 })
  // The rows and the head.
  if (shown.seen !== size.documents + 1) throw new Error(`Scrolling showed ${String(shown.seen)} rows`)
  line('longest task while scrolling', { unit: 'ms', ours: shown.longest, goal: longestTask }, { steps })
  line('longest task while scrolling, on the processor', { unit: 'ms', ours: shown.longestWork })
}

const folder = mkdtempSync(join(tmpdir(), 'sourcemark-session-page-'))
try {
  await measureAt({ engine: 'sqlite', file: join(folder, 'sourcemark.db') })
  await measureInBrowser('sqlite', '')
  const cluster = await startPostgresqlCluster()
  try {
    await measureAt({ engine: 'postgresql', url: cluster.urlOf('postgres') })
    const admin = new Client({ connectionString: cluster.urlOf('postgres') })
    await admin.connect()
    await admin.query('CREATE DATABASE page')
    await admin.end()
    await measureInBrowser('postgresql', cluster.urlOf('page'))
  } finally {
    await cluster.stop()
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
