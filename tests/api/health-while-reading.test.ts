import { mkdtempSync, readdirSync } from 'node:fs'
import { createServer, request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it, vi } from 'vitest'
import { GET } from '@/app/api/health/route'
import { apiBase } from '@/lib/server/api/app'
import { serveApi } from '@/lib/server/api/node-listener'
import { describeOnBothDatabases } from '../setup/databases'
import { call, type Answer, type Credentials } from './calls'
import { makeWorld, type World } from './world'

type Format = 'text' | 'html' | 'markdown'

/**
 * The most processor time, in ms, that the server may spend in one turn before the next request. Reading in the server itself took 24,000; `npm run
 * bench -- import` measures the distance to the 200 of a quiet machine.
 */
const patience = 1_000

const prose = 'The harbour froze twice in the winter of 1904, and nobody kept a log of it. The mayor was glad.\n\n'
/** A little more than 500,000 words. */
const long = prose.repeat(26_500)

/** The content of a large or hostile file, and the expected answer. */
const kinds: [what: string, text: string, format: Format, answer: RegExp | 'read'][] = [
  ['500,000 words', long, 'text', 'read'],
  ['5 MB of tabs', `a${'\t'.repeat(5_000_000)}b`, 'text', /would take too long: .* table cells/],
  ['4.6 MB of openings of links', '[a]('.repeat(1_200_000), 'markdown', 'read'],
  [
    '50,000 footnotes',
    Array.from({ length: 50_000 }, (_, at) => `w[^${String(at)}]\n\n[^${String(at)}]: Note.`).join('\n\n'),
    'markdown',
    /would take too long: .* footnotes/,
  ],
  ['10,000 nested elements', `${'<div>'.repeat(10_000)}a`, 'html', /at most 1000 can be read/],
]

const names: Record<Format, string> = { text: 'a.txt', html: 'a.html', markdown: 'a.md' }

/** The ways in which a text is sent for reading. */
const ways: Record<string, (world: World, text: string, format: Format) => Promise<Answer>> = {
  'a preview of a paste': ({ sessions }, text, format) =>
    call({ method: 'post', path: '/documents/preview', as: sessions.lead, json: { text, format } }),
  'a paste': ({ sessions, document }, text, format) =>
    call({
      method: 'post',
      path: '/documents',
      as: sessions.lead,
      json: { text, format, source: { id: document.sourceId } },
    }),
  'an upload': ({ sessions }, text, format) => {
    const form = new FormData()
    form.append('file', new File([text], names[format]))
    return call({ method: 'post', path: '/documents/files/preview', as: sessions.lead, body: form })
  },
}

/**
 * Sends health requests one after another while work goes on. `longest` is processor time of this process, in ms: wall-clock time would include other
 * work on the machine, such as that of the readers.
 */
async function askWhileReading(work: Promise<Answer>): Promise<{ answer: Answer; longest: number }> {
  let longest = 0
  let last = process.cpuUsage()
  let next: NodeJS.Immediate
  const turn = () => {
    const { user, system } = process.cpuUsage(last)
    longest = Math.max(longest, (user + system) / 1000)
    last = process.cpuUsage()
    next = setImmediate(turn)
  }
  next = setImmediate(turn)
  const state: { isDone: boolean } = { isDone: false }
  const ended = work.finally(() => {
    state.isDone = true
  })
  while (!state.isDone) {
    const { status } = await GET()
    expect(status).toBe(200)
    await sleep(5)
  }
  clearImmediate(next)
  return { answer: await ended, longest }
}

describeOnBothDatabases('the health of the server', (context) => {
  it('is told while large and hostile texts are read', { timeout: 300_000 }, async () => {
    const world = await makeWorld(context.database)
    const all = Object.entries(ways)
    const wrong: string[] = []
    for (const [place, [what, text, format, expected]] of kinds.entries()) {
      // The long text is stored in both databases. Refused files never reach a database, so each is tried with half of them.
      const isSqlite = context.engine === 'sqlite'
      if (place > 0 && (place % 2 === 0) !== isSqlite) continue
      const [way, read] = all[(place + (isSqlite ? 1 : 0)) % all.length] ?? ['none', undefined]
      if (read === undefined) throw new Error('There is no such way')
      const { answer, longest } = await askWhileReading(read(world, text, format))
      const isRight = expected === 'read' ? answer.status < 300 : answer.status < 500 && expected.test(answer.text)
      if (!isRight) wrong.push(`${what} by ${way}: ${answer.text.slice(0, 200)}`)

      if (longest > patience) wrong.push(`${what} by ${way}: ${longest.toFixed(0)} ms in one turn`)
    }
    expect(wrong).toEqual([])
  })

  it('is told after uploads that are cut off, of which nothing is left', async () => {
    const world = await makeWorld(context.database)
    const temporary = mkdtempSync(join(tmpdir(), 'sourcemark-uploads-'))
    vi.stubEnv('TMPDIR', temporary)
    const server = createServer((request, response) => void serveApi(request, response))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const count = async () => ({
      documents: await context.database.read.document.count(),
      jobs: await context.database.read.job.count(),
      files: await context.database.read.jobItemFile.count(),
    })
    const before = await count()
    for (const path of ['/documents/files', '/batches/files', '/documents/files/preview'])
      for (const isDeclared of [true, false])
        await cutOff({ port, path: apiBase + path, as: world.sessions.lead, isDeclared })
    const whole = await call({
      method: 'post',
      path: '/documents/files',
      as: world.sessions.lead,
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
      body: uploaded(0.5).toString(),
    })
    expect([whole.status, whole.json.detail]).toEqual([400, expect.stringMatching(/^The form cannot be read/)])
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    expect((await GET()).status).toBe(200)
    expect(await count()).toEqual(before)
    expect(readdirSync(temporary)).toEqual([])
    vi.unstubAllEnvs()
  })
})

/** A form with a file of a megabyte, or the first part of it. */
function uploaded(share: number): Buffer {
  const head = '--x\r\ncontent-disposition: form-data; name="sourceName"\r\n\r\nGazette\r\n--x\r\n'
  const file = `content-disposition: form-data; name="file"; filename="a.txt"\r\n\r\n${prose.repeat(10_000)}\r\n--x--\r\n`
  const form = Buffer.from(head + file)
  return form.subarray(0, form.length * share)
}

/** Sends half of a form and breaks the connection. `isDeclared` says whether the total length was sent first. */
function cutOff(given: { port: number; path: string; as: Credentials; isDeclared: boolean }): Promise<void> {
  const { port, path, as, isDeclared } = given
  const length = isDeclared ? { 'content-length': String(uploaded(1).length) } : {}
  return new Promise((resolve) => {
    const headers = { ...as, ...length, 'content-type': 'multipart/form-data; boundary=x' }
    const request = httpRequest({ host: '127.0.0.1', port, method: 'POST', path, headers })
    request.on('error', () => undefined)
    request.on('close', resolve)
    request.write(uploaded(0.5), () => {
      request.destroy()
    })
  })
}
