/**
 * `npm run bench -- live [--quick] [--table]`: measures how long after its acknowledgement a change reaches the last of 50 listening reviewers, at 20
 * changes a second through the API of the built application in production mode. Runs on SQLite, on PostgreSQL with all its syncs, and with two
 * instances on one PostgreSQL that share the listeners and writers.
 * The listeners run in a process of their own. No change may be missing or arrive twice.
 */
import { fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, request as httpRequest } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DatabaseLocation } from '@/lib/server/db/client'
import { makeId } from '@/tests/setup/factories'
import buildOnce from '@/tests/e2e/support/build'
import { startPostgresqlCluster } from '@/tests/setup/postgresql-cluster'
import { serve, settingsOf, type Served } from '../write/server'
import { spanOf } from '../write/scene'
import type { Arrivals, ListenOrder, ListenReport } from './listeners'
import { makeLiveScene, type LiveScene } from './scene'
import { printLine } from '../line'

const quick = process.argv.includes('--quick')
const reviewers = 50
const perSecond = 20
const most = 250
/** The changes before measuring, and the measured ones. */
const warmUp = quick ? 60 : 200
const measured = quick ? 100 : 600

/** Makes a change and resolves to the time of its acknowledgement (ms since 1970). */
function send(given: {
  agent: Agent
  port: number
  token: string
  method: string
  path: string
  version?: number
  json: object
}): Promise<number> {
  const { agent, port, token, method, path, version, json } = given
  const body = JSON.stringify(json)
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      {
        agent,
        port,
        host: '127.0.0.1',
        method,
        path: `/api/v1${path}`,
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          ...(version === undefined ? {} : { 'if-match': `"${String(version)}"` }),
        },
      },
      (response) => {
        const { statusCode = 0 } = response
        const at = performance.timeOrigin + performance.now()
        response.resume()
        if (statusCode >= 200 && statusCode < 300) resolve(at)
        else reject(new Error(`${method} ${path} was answered with ${String(statusCode)}`))
      },
    )
    request.on('error', reject)
    request.end(body)
  })
}

/** An annotation that was sent; `ready` resolves when it is acknowledged. */
interface Made {
  id: string
  token: string
  ready: Promise<void>
}

/** Writes at the rate, alternating new annotations and edits of them. Returns when each change was acknowledged. */
async function writeChanges(scene: LiveScene, ports: readonly number[], count: number): Promise<Map<string, number>> {
  const agent = new Agent({ keepAlive: true, maxSockets: 40 })
  const acknowledged = new Map<string, number>()
  const made: Made[] = []
  const edits: Promise<void>[] = []
  const begun = performance.now()
  const create = async (number: number, { id, token }: { id: string; token: string }) => {
    const json = { id, ...spanOf(scene.text, number), rating: 'unsourced', note: 'No record is named.' }
    const path = `/revisions/${scene.revisionId}/annotations`
    const port = ports[number % ports.length] ?? 0
    acknowledged.set(`${id} 1`, await send({ agent, port, token, method: 'POST', path, json }))
  }
  const edit = async (number: number, { id, token, ready }: Made) => {
    await ready
    const path = `/annotations/${id}`
    const json = { note: 'The register has one.' }
    const port = ports[number % ports.length] ?? 0
    acknowledged.set(`${id} 2`, await send({ agent, port, token, method: 'PATCH', path, version: 1, json }))
  }
  for (let number = 0; number < count; number++) {
    const due = begun + (number * 1_000) / perSecond
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())))
    const last = made.at(-1)
    if (number % 2 === 1 && last !== undefined) {
      edits.push(edit(number, last))
      continue
    }
    const who = { id: makeId(), token: scene.tokens[number % scene.tokens.length] ?? '' }
    made.push({ ...who, ready: create(number, who) })
  }
  await Promise.all([...made.map(({ ready }) => ready), ...edits])
  agent.destroy()
  return acknowledged
}

/** Starts the listeners; `stop` returns the arrivals. */
async function startListeners(order: ListenOrder): Promise<{ stop: () => Promise<Arrivals> }> {
  const child = fork('bench/live/listeners.ts', [JSON.stringify(order)], { execArgv: ['--import', 'tsx'] })
  const hear = (kind: ListenReport['kind']) =>
    new Promise<ListenReport>((resolve, reject) => {
      child.once('exit', (code) => {
        reject(new Error(`The listeners ended with ${String(code)}.`))
      })
      child.on('message', (report: ListenReport) => {
        if (report.kind === kind) resolve(report)
      })
    })
  await hear('ready')
  return {
    stop: async () => {
      const done = hear('done')
      child.send('stop')
      const report = await done
      return report.kind === 'done' ? report.arrivals : {}
    },
  }
}

async function measure(
  name: string,
  { location, served }: { location: DatabaseLocation; served: readonly Served[] },
  scene: LiveScene,
) {
  const ports = served.map(({ port }) => port)
  const listeners = await startListeners({ ports, documentId: scene.documentId, tokens: scene.tokens })
  await writeChanges(scene, ports, warmUp)
  const acknowledged = await writeChanges(scene, ports, measured)
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  const arrivals = await listeners.stop()
  const times: number[] = []
  let missing = 0
  for (const [key, at] of acknowledged) {
    const arrival = arrivals[key]
    if (arrival?.listeners !== reviewers) missing += 1
    // A change that arrives before its acknowledgement has a delay of zero.
    else times.push(Math.max(0, arrival.lastAt - at))
  }
  const doubles = Object.values(arrivals).reduce((sum, arrival) => sum + arrival.doubles, 0)
  const sorted = times.sort((one, other) => one - other)
  const quantile = (share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN
  const holds = quantile(0.95) <= most && missing === 0 && doubles === 0
  printLine(
    {
      bench: 'live',
      case: `${location.engine}, ${name}: the last of ${String(reviewers)} knows, p95`,
      unit: 'ms',
      ours: quantile(0.95),
      baseline: null,
      baselineName: null,
      ratio: null,
      goal: `≤ ${String(most)} ms`,
      holds,
    },
    { median: quantile(0.5), longest: quantile(1), changes: acknowledged.size, missing, doubles },
  )
}

async function run(location: DatabaseLocation, folder: string, instances: number): Promise<void> {
  const scene = await makeLiveScene(location, reviewers)
  const served: Served[] = []
  try {
    for (let instance = 0; instance < instances; instance++) served.push(await serve(settingsOf(location, folder)))
    await measure(instances === 1 ? 'one instance' : 'two instances', { location, served }, scene)
  } finally {
    await Promise.all(served.map((one) => one.stop()))
  }
}

buildOnce()
const folder = mkdtempSync(join(tmpdir(), 'sourcemark-live-'))
try {
  await run({ engine: 'sqlite', file: join(folder, 'sourcemark.db') }, folder, 1)
  for (const instances of [1, 2]) {
    const cluster = await startPostgresqlCluster({ durable: true })
    try {
      await run({ engine: 'postgresql', url: cluster.urlOf('postgres') }, folder, instances)
    } finally {
      await cluster.stop()
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
