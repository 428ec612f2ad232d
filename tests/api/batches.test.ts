import { createServer } from 'node:http'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { runners } from '@/lib/server/batches/runner'
import { useFetchRules } from '@/lib/server/fetching/guard'
import { claimItem, settleItem, LostLease } from '@/lib/server/jobs/lease'
import { sketchRevisions } from '@/lib/server/likeness/sketches'
import { JobWorker, tidyJobs } from '@/lib/server/jobs/worker'
import { transact } from '../../lib/server/db/write'
import type { JobItemView, JobView } from '@/lib/domain/jobs/schema'
import { describeOnBothDatabases } from '../setup/databases'
import { makeId } from '../setup/factories'
import { call, type Answer } from './calls'
import { endInstances, killInstance, startInstance } from './instances'
import { makeWorld, type World } from './world'

const working: JobWorker[] = []
const quick = { slots: 4, lease: 4_000, pause: 20 }

async function stopAll(): Promise<void> {
  await Promise.all(working.splice(0).map((worker) => worker.stop()))
}

function startWorker(): JobWorker {
  const worker = new JobWorker(runners, quick)
  working.push(worker)
  worker.start()
  return worker
}

type Files = Record<string, string>

function formOf(files: Files, fields: Record<string, string> = {}): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries({ sourceName: 'Gazette', ...fields })) form.append(name, value)
  for (const [name, text] of Object.entries(files)) form.append('file', new File([text], name))
  return form
}

const send = ({ sessions }: World, body: FormData): Promise<Answer> =>
  call({ method: 'post', path: '/batches/files', as: sessions.lead, body })

const post = ({ sessions }: World, path: string, json?: object): Promise<Answer> =>
  call({ method: 'post', path, as: sessions.lead, ...(json === undefined ? {} : { json }) })

async function jobOf({ sessions }: World, id: unknown): Promise<JobView> {
  const { json } = await call({ method: 'get', path: `/jobs/${String(id)}`, as: sessions.lead })
  return json as unknown as JobView
}

async function itemsOf({ sessions }: World, id: unknown): Promise<JobItemView[]> {
  const { json } = await call({ method: 'get', path: `/jobs/${String(id)}/items?limit=200`, as: sessions.lead })
  return json.items as JobItemView[]
}

/** The items of a job once it has ended. */
async function ended(world: World, id: unknown): Promise<JobItemView[]> {
  await expect.poll(async () => (await jobOf(world, id)).state, { timeout: 30_000, interval: 60 }).not.toBe('active')
  return itemsOf(world, id)
}

const numbered = (count: number): Files =>
  Object.fromEntries(
    Array.from({ length: count }, (_, at) => [
      `${String(at)}.txt`,
      `The harbour froze in ${String(1000 + at)}, nobody kept a log of it.`,
    ]),
  )

describeOnBothDatabases('a batch', (context) => {
  let world: World
  beforeEach(async () => {
    world = await makeWorld(context.database)
  })
  afterEach(async () => {
    endInstances()
    await stopAll()
  })

  it('makes a document of each file, and says of each that fails why', async () => {
    startWorker()
    const own = JSON.stringify([null, { name: 'Harbour Board' }, null])
    const made = await send(
      world,
      formOf(
        { 'a.txt': 'The harbour froze twice.', 'b.txt': 'Nobody kept a log.', 'c.txt': '' },
        { sources: own, language: 'en' },
      ),
    )
    expect(made.status, made.text).toBe(201)
    expect(made.json).toMatchObject({ name: 'a.txt and 2 more', state: 'active', total: 3, kind: 'import' })
    const items = await ended(world, made.json.id)
    expect(items).toMatchObject([
      { name: 'a.txt', state: 'done', document: { source: { name: 'Gazette' } } },
      { name: 'b.txt', state: 'done', document: { source: { name: 'Harbour Board' } } },
      {
        name: 'c.txt',
        state: 'failed',
        document: null,
        mayRetry: true,
        message: expect.stringMatching(/no text/) as string,
      },
    ])
    const kept = await context.database.read.jobItemFile.findMany({ select: { itemId: true } })
    expect(kept).toEqual([{ itemId: items[2]?.id }])
    const retried = await post(world, `/jobs/${String(made.json.id)}/retry`, {})
    expect(retried.json).toMatchObject({ state: 'active', counts: { done: 2, failed: 0 } })
    expect((await ended(world, made.json.id))[2]).toMatchObject({ state: 'failed' })
  })

  it('is sent in several forms, of which any may be sent again', async () => {
    const id = makeId()
    const first = formOf(numbered(2), { id, more: 'true' })
    const last = () => formOf({ 'x.txt': 'The ice broke.' }, { id, first: '2' })
    expect((await send(world, first)).status).toBe(201)
    startWorker()
    await expect.poll(async () => (await jobOf(world, id)).counts.done, { timeout: 30_000, interval: 60 }).toBe(2)
    expect(await jobOf(world, id)).toMatchObject({ state: 'active', awaitsMore: true })
    expect((await send(world, formOf(numbered(2), { id, more: 'true' }))).json).toMatchObject({ total: 2 })
    expect((await send(world, last())).status).toBe(200)
    expect((await send(world, last())).json).toMatchObject({ total: 3 })
    await ended(world, id)
    const late = await send(world, formOf({ 'y.txt': 'Late.' }, { id, first: '3' }))
    expect(late).toMatchObject({
      status: 409,
      json: { detail: expect.stringMatching(/takes no more files/) as string },
    })
    const other = await send(world, formOf({ 'y.txt': 'Late.' }, { id, language: 'de' }))
    expect(other).toMatchObject({ status: 409 })
  })

  it('skips what is here, until a person says otherwise', async () => {
    startWorker()
    const [text, same] = [world.document.text, 'The harbour froze twice.']
    const made = await send(world, formOf({ 'a.txt': text, 'b.txt': same, 'c.txt': same }))
    const items = await ended(world, made.json.id)
    expect(items[0]).toMatchObject({ state: 'skipped', found: { id: world.document.id, likeness: 'bytes', share: 1 } })
    expect(items.map(({ state }) => state).sort()).toEqual(['done', 'skipped', 'skipped'])
    const told = { decision: 'import', items: items.map(({ id }) => id) }
    await post(world, `/batches/${String(made.json.id)}/decision`, told)
    expect((await ended(world, made.json.id)).map(({ state }) => state)).toEqual(['done', 'done', 'done'])
    const all = await send(world, formOf({ 'a.txt': text }, { onSame: 'import' }))
    expect(await ended(world, all.json.id)).toMatchObject([{ state: 'done' }])
  })

  const story = Array.from(
    { length: 12 },
    (_, at) => `In 19${String(at + 10)} the harbour froze for ${String(at)} weeks.`,
  )
  const [long, edited] = [story.join(' '), story.toSpliced(5, 1, 'Nobody kept a log of it.').join(' ')]

  it('waits for a person where a text is much like one that is here, and makes it a revision of that when told', async () => {
    startWorker()
    const made = await send(world, formOf({ 'a.txt': long, 'b.txt': edited, 'c.txt': 'The ice broke.' }))
    const items = await ended(world, made.json.id)
    expect(items.map(({ state }) => state).sort()).toEqual(['done', 'done', 'undecided'])
    const undecided = items.find(({ state }) => state === 'undecided')
    const other = items.find(({ name, state }) => state === 'done' && name !== 'c.txt')?.document
    expect(undecided?.found).toMatchObject({ id: other?.id, likeness: 'near' })
    expect(undecided?.found?.share).toBeGreaterThan(0.7)
    await post(world, `/batches/${String(made.json.id)}/decision`, { decision: 'revise' })
    const after = (await ended(world, made.json.id)).find(({ id }) => id === undecided?.id)
    expect(after).toMatchObject({ state: 'done', asRevision: true, document: { id: other?.id } })
    const revisions = await context.database.read.revision.findMany({
      where: { documentId: other?.id ?? '' },
      select: { number: true },
    })
    expect(revisions.map(({ number }) => number).sort()).toEqual([1, 2])
  })

  it('shows in the preview which document a text is much like', async () => {
    const preview = () => post(world, '/documents/preview', { text: edited })
    expect((await preview()).json).toMatchObject({ existing: null, similar: null })
    const stored = await post(world, '/documents', { text: long, source: { name: 'Gazette' } })
    expect((await preview()).json).toMatchObject({ existing: null, similar: { id: stored.json.id, likeness: 'near' } })
    const where = { workspaceId: world.workspaceId }
    await context.database.write.textSketchKey.deleteMany({ where })
    await context.database.write.textSketch.deleteMany({ where })
    expect((await preview()).json).toMatchObject({ similar: null })
    // As when a version that compares texts starts after one that did not.
    expect(await sketchRevisions()).toBeGreaterThan(1)
    expect((await preview()).json).toMatchObject({ similar: { id: stored.json.id } })
  })

  it('is shared by several workers, each item done once', async () => {
    const made = await send(world, formOf(numbered(40)))
    for (let count = 0; count < 3; count++) startWorker()
    const items = await ended(world, made.json.id)
    expect(new Set(items.map(({ document }) => document?.id)).size).toBe(40)
    expect(await context.database.read.document.count({ where: { source: { name: 'Gazette' } } })).toBe(40)
  })

  it('goes on where a killed server was, each item once', async () => {
    const id = makeId()
    // The databases differ in how an item is claimed and settled, which a smaller batch shows as well.
    const count = context.engine === 'sqlite' ? 200 : 80
    const files = Object.entries(numbered(count))
    const half = count / 2
    await send(world, formOf(Object.fromEntries(files.slice(0, half)), { id, more: 'true' }))
    await send(world, formOf(Object.fromEntries(files.slice(half)), { id, first: String(half) }))
    const killed = await startInstance(context.database.location, 'jobs')
    await expect
      .poll(async () => (await jobOf(world, id)).counts.done, { timeout: 30_000, interval: 60 })
      .toBeGreaterThan(20)
    await killInstance(killed)
    const before = await jobOf(world, id)
    expect(before.counts.done).toBeLessThan(count)
    await startInstance(context.database.location, 'jobs')
    const items = await ended(world, id)
    expect(new Set(items.map(({ document }) => document?.id ?? 'none')).size).toBe(count)
    const { document, event, jobItemFile } = context.database.read
    expect(await document.count({ where: { source: { name: 'Gazette' } } })).toBe(count)
    expect(await event.count({ where: { type: 'document.created' } })).toBe(count)
    expect(await jobItemFile.count()).toBe(0)
  })

  it('stores nothing of an item whose lease another worker has taken', async () => {
    const made = await send(world, formOf(numbered(1)))
    const held = await claimItem(runners, { now: new Date(), duration: 1 })
    const taken = await claimItem(runners, { now: new Date(Date.now() + 10), duration: 60_000 })
    expect([held?.attempts, taken?.attempts]).toEqual([1, 2])
    expect(await claimItem(runners, { now: new Date(), duration: 1 })).toBeNull()
    const settlement = { state: 'done' as const }
    const late = transact((tx) => settleItem(tx, held ?? expect.fail(), { now: new Date(), settlement }))
    await expect(late).rejects.toThrow(LostLease)
    expect((await itemsOf(world, made.json.id))[0]?.state).toBe('working')
  })

  it('ends an item that was cancelled while it was being read, and stores nothing of it', async () => {
    const made = await send(world, formOf(numbered(2)))
    const held = await claimItem(runners, { now: new Date(), duration: 60_000 })
    const answer = await post(world, `/jobs/${String(made.json.id)}/cancel`)
    expect(answer.json).toMatchObject({ state: 'cancelled', counts: { cancelled: 2 } })
    expect(await context.database.read.jobItemFile.count()).toBe(0)
    const item = held ?? expect.fail()
    const running = runners.import.run(item, {
      signal: new AbortController().signal,
      settle: (tx, now, settlement) => settleItem(tx, item, { now, settlement }),
    })
    await expect(running).rejects.toMatchObject({ code: 'gone' })
    const again = await post(world, `/jobs/${String(made.json.id)}/retry`, {})
    expect(again.status).toBe(409)
  })

  it('gives up an item that was begun again and again', async () => {
    const made = await send(world, formOf(numbered(1)))
    await context.database.write.jobItem.updateMany({ where: { jobId: String(made.json.id) }, data: { attempts: 5 } })
    startWorker()
    const [item] = await ended(world, made.json.id)
    expect(item).toMatchObject({ state: 'failed', message: expect.stringMatching(/begun 5 times/) as string })
  })

  it('is done in the name of its member, as far as they may still import', async () => {
    const made = await send(world, formOf(numbered(1)))
    const where = { id: world.members.lead.memberId }
    await context.database.write.member.updateMany({ where, data: { role: 'viewer' } })
    startWorker()
    const owner = { ...world, sessions: { ...world.sessions, lead: world.sessions.owner } }
    const [item] = await ended(owner, made.json.id)
    expect(item).toMatchObject({ state: 'failed', message: expect.stringMatching(/role \(viewer\) may not/) as string })
    await post(owner, `/jobs/${String(made.json.id)}/retry`, {})
    expect(await ended(owner, made.json.id)).toMatchObject([{ state: 'done' }])
  })

  it('drops files that nobody tried again for a week, and ends when its last files never come', async () => {
    const failed = await send(world, formOf({ 'c.txt': '' }))
    const cut = await send(world, formOf(numbered(1), { id: makeId(), more: 'true' }))
    const worker = startWorker()
    await ended(world, failed.json.id)
    await expect.poll(async () => (await jobOf(world, cut.json.id)).counts.done, { timeout: 30_000 }).toBe(1)
    await worker.stop()
    await tidyJobs(new Date(Date.now() + 59 * 60_000))
    expect(await context.database.read.jobItemFile.count()).toBe(1)
    expect(await jobOf(world, cut.json.id)).toMatchObject({ state: 'active' })
    await tidyJobs(new Date(Date.now() + 8 * 24 * 60 * 60_000))
    expect(await context.database.read.jobItemFile.count()).toBe(0)
    expect(await jobOf(world, cut.json.id)).toMatchObject({ state: 'finished' })
    expect(await itemsOf(world, failed.json.id)).toMatchObject([{ state: 'cancelled', mayRetry: false }])
  })

  const wrong: [string, Record<string, string>, RegExp][] = [
    ['two sources', { sourceId: makeId() }, /either sourceId or sourceName/],
    ['more to come without an id', { more: 'true' }, /Give an id/],
    ['a place beyond the last', { first: '1000' }, /first/],
    ['sources that are no JSON', { sources: '[' }, /not valid JSON/],
    ['too few sources', { sources: '[]' }, /each of the 1 files/],
    ['an unknown choice', { onSimilar: 'maybe' }, /onSimilar/],
  ]
  it('is refused for what does not fit, and nothing of it is stored', async () => {
    for (const [name, fields, says] of wrong) {
      const answer = await send(world, formOf({ 'a.txt': 'A.' }, fields))
      expect([400, 422], name).toContain(answer.status)
      expect(answer.json.detail, name).toMatch(says)
    }
    expect(await context.database.read.job.count()).toBe(1)
  })
})

describeOnBothDatabases('a batch of addresses', (context) => {
  let port = 0
  let robots = 0
  const asked: { path: string; at: number }[] = []
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    if (path === '/robots.txt') {
      robots += 1
      response.writeHead(200).end('User-agent: *\nDisallow: /private')
    } else {
      asked.push({ path, at: Date.now() })
      response.writeHead(path === '/gone' ? 404 : 200, { 'content-type': 'text/html' })
      response.end(`<title>Page</title><p>The harbour froze at ${path} in 1904. Nobody kept a log of it.</p>`)
    }
  })
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    port = typeof address === 'object' && address !== null ? address.port : 0
    useFetchRules({ isAllowed: (_address, to) => to === port, resolve: () => Promise.resolve(['127.0.0.1']) })
  })
  afterAll(() => {
    useFetchRules(null)
    server.close()
    server.closeAllConnections()
  })
  afterEach(stopAll)

  it('asks each site for one page at a time, with a pause in between, and takes the source that an address names', async () => {
    const world = await makeWorld(context.database)
    const at = (host: string, path: string) => `http://${host}:${String(port)}${path}`
    startWorker()
    startWorker()
    const made = await post(world, '/batches/addresses', {
      source: { name: 'Others' },
      sourceOfText: true,
      addresses: [
        at('harbour.example', '/one'),
        { address: at('harbour.example', '/two'), source: { name: 'Two' } },
        at('harbour.example', '/private'),
        at('weir.example', '/gone'),
      ],
    })
    expect(made.status, made.text).toBe(201)
    const items = await ended(world, made.json.id)
    expect(items).toMatchObject([
      { state: 'done', document: { source: { name: 'harbour.example' } } },
      { state: 'done', document: { source: { name: 'Two' } } },
      { state: 'failed', message: expect.stringMatching(/robots\.txt/) as string },
      { state: 'failed', message: expect.stringMatching(/no such page/) as string },
    ])
    const [one, two] = asked.filter(({ path }) => path !== '/gone').map(({ at: time }) => time)
    expect((two ?? 0) - (one ?? 0)).toBeGreaterThanOrEqual(900)
    // One request to each of two sites, and not another one for each page.
    expect(robots).toBeLessThanOrEqual(2)
    asked.length = 0
  })
})
