/**
 * `npm run bench -- report [sqlite | postgresql] [--quick] [--table]`: 1,000,000 annotations in 10,000 documents of 200 sources, on SQLite and
 * PostgreSQL. Measured:
 * - the dashboard of all sources from kept counts, through the API's own handler;
 * - summing all sources anew, against the bare aggregate of a million rows by a covering index;
 * - counting all documents anew from the settled claims that closing stored;
 * - the report of a source while others use the same process, with the delay of its event loop;
 * - the PDF of a report with 300 findings.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { recomputeReport } from '@/lib/domain/frozen-reports/canonical-inputs'
import { permit } from '@/lib/server/access/gate'
import { api } from '@/lib/server/api/api'
import { apiBase } from '@/lib/server/api/app'
import { addUpWorkspace, countUncounted } from '@/lib/server/closed-sessions/recount'
import { openDatabase, useDatabase, type Database, type DatabaseLocation } from '@/lib/server/db/client'
import { migrateDatabase } from '@/lib/server/db/migrate'
import { freezeReport } from '@/lib/server/frozen-reports/mutations'
import { writeExport } from '@/lib/server/report-exports/write-export'
import { readStoredInputs } from '@/lib/server/reports/data'
import { startPostgresqlCluster } from '@/tests/setup/postgresql-cluster'
import { printLine } from '../line'
import { median } from '../median'
import { makeScene, type Scene, type Size } from './scene'
import { openTables, type Tables } from './tables'

const quick = process.argv.includes('--quick')
const size: Size = quick
  ? { sources: 40, documents: 1_000, claims: 50 }
  : { sources: 200, documents: 10_000, claims: 50 }
const requests = quick ? 40 : 200
const rounds = 7
/** How many reports are computed, each of another source, so that nothing is cached from the one before. */
const reports = quick ? 3 : 5
/** In ms. */
const goals = { dashboard: 5, delay: 50 }
const mostTimesBare = 3

interface Figure {
  unit?: string
  ours: number
  baseline?: number
  baselineName?: string
  goal?: string
  holds?: boolean
}

function line(name: string, figure: Figure, more: Readonly<Record<string, number>> = {}): void {
  const { unit = 'ms', ours, baseline = null, baselineName = null, goal = null, holds = null } = figure
  const ratio = baseline === null ? null : Number((ours / baseline).toFixed(3))
  const rounded = (value: number) => Number(value.toFixed(2))
  printLine(
    {
      bench: 'report',
      case: name,
      unit,
      ours: rounded(ours),
      baseline: baseline === null ? null : rounded(baseline),
      baselineName,
      ratio,
      goal,
      holds,
    },
    more,
  )
}

async function timed<T>(body: () => Promise<T>): Promise<{ value: T; time: number }> {
  const before = performance.now()
  const value = await body()
  return { value, time: performance.now() - before }
}

async function repeat(times: number, body: () => Promise<unknown>): Promise<number[]> {
  const found: number[] = []
  for (let number = 0; number < times; number += 1) found.push((await timed(body)).time)
  return found.sort((one, other) => one - other)
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN
}

/** The body with which the API of this process answers. */
async function answerOf({ token }: Scene, path: string): Promise<ArrayBuffer> {
  const headers = { authorization: `Bearer ${token}` }
  const answer = await api.fetch(new Request(`http://localhost${apiBase}${path}`, { headers }))
  if (answer.status !== 200) throw new Error(`${path} was answered with ${String(answer.status)}`)
  return answer.arrayBuffer()
}

/** A million rows of a source and a rating with a covering index: the least that counting them can cost. */
async function makeBare(tables: Tables, engine: string): Promise<void> {
  await tables.run('CREATE TABLE "Bare" ("sourceId" TEXT NOT NULL, "rating" TEXT NOT NULL)')
  await tables.run(`
    INSERT INTO "Bare" SELECT d."sourceId", CAST(a."rating" AS TEXT) FROM "Annotation" a
    JOIN "Revision" v ON v."id" = a."revisionId" JOIN "Document" d ON d."id" = v."documentId"`)
  await tables.run('CREATE INDEX "Bare_covered" ON "Bare" ("sourceId", "rating")')
  if (engine === 'postgresql') await tables.run('VACUUM ANALYZE "Bare"')
}

async function measureCounts(database: Database, tables: Tables, scene: Scene): Promise<void> {
  const { engine } = database.location
  const { workspaceId, annotations } = scene
  const place = `${engine}, ${String(annotations)} annotations, ${String(size.sources)} sources`
  const counted = await timed(() => countUncounted(database))
  line(`${place}: counting ${String(counted.value)} documents anew from what closing kept`, {
    unit: 's',
    ours: counted.time / 1000,
  })
  await makeBare(tables, engine)
  await tables.run('ANALYZE')
  const bare = median(
    await repeat(rounds, () => tables.run('SELECT "sourceId", "rating", COUNT(*) FROM "Bare" GROUP BY 1, 2')),
  )
  const added = median(await repeat(rounds, () => addUpWorkspace(database, workspaceId)))
  line(`${place}: adding up all sources anew`, {
    ours: added,
    baseline: bare,
    baselineName: 'bare covered aggregate',
    goal: `≤ ${String(mostTimesBare)} × bare`,
    holds: added <= mostTimesBare * bare,
  })
  for (const limit of [50, 200]) await measureDashboard(scene, { place, limit })
}

/** Requests the dashboard from the API, until its last byte. */
async function measureDashboard(scene: Scene, { place, limit }: { place: string; limit: number }): Promise<void> {
  const path = `/dashboard?limit=${String(limit)}`
  const first = await timed(() => answerOf(scene, path))
  const used: number[] = []
  const times = await repeat(requests, async () => {
    const before = process.cpuUsage()
    await answerOf(scene, path)
    const { user, system } = process.cpuUsage(before)
    used.push((user + system) / 1000)
  })
  const name = `${place}: dashboard of ${String(Math.min(limit, size.sources))}`
  if (limit === 50) line(`${name}, first, which fits the shrinkage`, { ours: first.time })
  const middle = quantile(times, 0.5)
  line(
    `${name}, middle`,
    { ours: middle, goal: `≤ ${String(goals.dashboard)} ms`, holds: middle <= goals.dashboard },
    { processor: median(used), p95: quantile(times, 0.95) },
  )
}

function isDone({ done }: { done: boolean }): boolean {
  return done
}

/** Runs work while others send requests to the same process, one every 5 ms. */
async function whileOthersAsk<T>(scene: Scene, body: () => Promise<T>) {
  const delays = monitorEventLoopDelay({ resolution: 1 })
  const state = { done: false }
  const waits: number[] = []
  const others = (async () => {
    while (!isDone(state)) {
      waits.push((await timed(() => answerOf(scene, '/me'))).time)
      await sleep(5)
    }
  })()
  await sleep(50)
  delays.enable()
  const { value, time } = await timed(body)
  delays.disable()
  state.done = true
  await others
  const inMs = (nanoseconds: number) => nanoseconds / 1e6
  waits.sort((one, other) => one - other)
  return { value, time, p99: inMs(delays.percentile(99)), longest: inMs(delays.max), othersP99: quantile(waits, 0.99) }
}

async function measureReports(database: Database, scene: Scene): Promise<void> {
  const { engine } = database.location
  const sourceIds = scene.sourceIds.slice(0, reports)
  const claims = (size.documents / size.sources) * size.claims
  const place = `${engine}, a report of ${String(claims)} claims with agreement`
  const quiet = await whileOthersAsk(scene, () => sleep(500))
  const read = await whileOthersAsk(scene, async () => {
    for (const sourceId of sourceIds) await answerOf(scene, `/sources/${sourceId}/report`)
  })
  const delayed = ({ p99, longest, othersP99 }: typeof read) => ({
    figure: {
      ours: p99,
      baseline: quiet.p99,
      baselineName: 'without',
      goal: `≤ ${String(goals.delay)} ms`,
      holds: p99 <= goals.delay,
    },
    more: { longest, othersP99 },
  })
  line(`${place}: time, mean`, { ours: read.time / sourceIds.length })
  const reading = delayed(read)
  line(`${place}: p99 of event-loop delay`, reading.figure, reading.more)
  const frozen = await whileOthersAsk(scene, async () => {
    for (const sourceId of sourceIds)
      await freezeReport(permit(scene.lead, 'report.freeze'), { sourceId, expected: null })
  })
  line(`${place}: freezing, mean`, { ours: frozen.time / sourceIds.length })
  const freezing = delayed(frozen)
  line(`${place}: freezing, p99 of event-loop delay`, freezing.figure, freezing.more)
}

/** The PDF of a report with 300 findings: the first documents of a source. */
async function measurePdf(database: Database, { workspaceId, sourceIds }: Scene): Promise<void> {
  const [sourceId = ''] = sourceIds
  const { inputs } = await readStoredInputs(database.read, { workspaceId, sourceId })
  const documents = inputs.documents.slice(0, 300 / size.claims)
  const ids = new Set(documents.map(({ id }) => id))
  const agreement = { ...inputs.agreement, documents: inputs.agreement.documents.filter(({ id }) => ids.has(id)) }
  const frozenAt = '2026-03-02T09:30:00.000Z'
  const report = recomputeReport({ ...inputs, documents, agreement }, frozenAt)
  const findings = report.sourced.length + report.unsourced.length + report.contradicted.length
  const { value, time } = await timed(() =>
    writeExport(
      {
        report,
        workspace: 'Example Desk',
        number: 1,
        frozenAt,
        address: null,
        reviewers: [],
        additions: [],
        changes: [],
        reopened: [],
        texts: new Map(),
        documentAddresses: new Map(),
      },
      'pdf',
    ),
  )
  line(`PDF of a report with ${String(findings)} findings: time`, { unit: 's', ours: time / 1000 })
  line('PDF of the same: size', { unit: 'MB', ours: value.bytes.length / 1e6 })
}

async function measureAt(location: DatabaseLocation): Promise<void> {
  await migrateDatabase(location, { at: new Date() })
  const database = await openDatabase(location)
  useDatabase(database)
  const tables = await openTables(location)
  try {
    const { value: scene, time } = await timed(() => makeScene(database, tables, size))
    process.stderr.write(`${location.engine}: the data were made in ${(time / 1000).toFixed(0)} s\n`)
    await measureCounts(database, tables, scene)
    await measureReports(database, scene)
    if (location.engine === 'sqlite') await measurePdf(database, scene)
  } finally {
    await tables.close()
    await database.close()
  }
}

const only = process.argv.find((argument) => argument === 'sqlite' || argument === 'postgresql')

async function measureSqlite(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'sourcemark-report-'))
  try {
    await measureAt({ engine: 'sqlite', file: join(folder, 'sourcemark.db') })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measurePostgresql(): Promise<void> {
  const cluster = await startPostgresqlCluster()
  try {
    await measureAt({ engine: 'postgresql', url: cluster.urlOf('postgres') })
  } finally {
    await cluster.stop()
  }
}

if (only !== 'postgresql') await measureSqlite()
if (only !== 'sqlite') await measurePostgresql()
