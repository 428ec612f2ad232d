import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'
import { request } from 'undici'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeOnBothDatabases } from '@/tests/setup/databases'
import { createMember, createSource, createWorkspace } from '@/tests/setup/factories'
import { createFrozenReport } from '@/tests/setup/frozen-report'
import { permit } from '../access/gate'
import { addToReport, setNamed, withdrawPublication } from './mutations'
import { servePublished } from './published-page'

/** How often the server beneath rendered the page. */
let rendered = 0
/** Whether the server beneath fails to render it. */
let isBroken = false
/** The headers of the last request for rendering. */
let told: IncomingHttpHeaders = {}
const server = createServer((asked, response) => {
  void servePublished(asked, response, (_, answer) => {
    rendered += 1
    told = asked.headers
    answer.setHeader('content-security-policy', `script-src 'nonce-${String(rendered)}'`)
    // As Next does, which answers some headers with something other than the page.
    const isPrefetched = asked.headers['x-middleware-prefetch'] !== undefined
    answer.setHeader('content-type', isPrefetched ? 'application/json' : 'text/html; charset=utf-8')
    if (isBroken) answer.statusCode = 500
    answer.write(`rendered for the ${String(rendered)}. time `)
    answer.end('ferries '.repeat(1_000))
    return Promise.resolve()
  })
})

beforeAll(async () => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)))
afterAll(async () => new Promise((resolve) => server.close(resolve)))

async function view(path: string, headers: Record<string, string> = {}) {
  const { port } = server.address() as AddressInfo
  const answer = await request(`http://127.0.0.1:${String(port)}${path}`, { headers })
  const bytes = Buffer.from(await answer.body.arrayBuffer())
  const isCompressed = answer.headers['content-encoding'] === 'gzip'
  return {
    status: answer.statusCode,
    headers: answer.headers,
    bytes,
    text: String(isCompressed ? gunzipSync(bytes) : bytes),
  }
}

describeOnBothDatabases('the page of a published report', (context) => {
  async function publish() {
    const { database } = context
    const { id: workspaceId } = await createWorkspace(database)
    const lead = await createMember(database, { workspaceId, role: 'lead' })
    const reviewer = await createMember(database, { workspaceId })
    const { id: sourceId } = await createSource(database, { workspaceId })
    const made = await createFrozenReport(database, { workspaceId, sourceId, documentIds: [], lead, reviewer })
    rendered = 0
    return { ...made, lead, reviewer, path: `/r/${made.token}` }
  }

  test('is rendered once for all, compressed, and not sent to a browser that has it', async () => {
    const { path } = await publish()
    const together = await Promise.all([view(path), view(path), view(path, { 'accept-encoding': 'gzip' })])
    for (const { status, text } of together)
      expect([status, text.slice(0, 24)]).toEqual([200, 'rendered for the 1. time'])
    const { headers, bytes } = await view(path, { 'accept-encoding': 'br, gzip' })
    expect(headers).toMatchObject({ 'content-encoding': 'gzip', 'content-length': String(bytes.length) })
    expect(headers['cache-control']).toBe('private, no-cache')
    expect(headers['content-security-policy']).toBe("script-src 'nonce-1'")
    const again = await view(path, { 'if-none-match': `W/${String(headers['etag'])}` })
    expect([again.status, again.bytes.length, again.headers['content-security-policy']]).toEqual([
      304,
      0,
      "script-src 'nonce-1'",
    ])
    expect((await view(path, { 'if-none-match': '"another"' })).status).toBe(200)
    expect(rendered).toBe(1)
  })

  test('is rendered anew after a reply and a name, and withdrawn at once', async () => {
    const { path, reportId, publicationId, lead, reviewer } = await publish()
    const { headers } = await view(path)
    const input = { kind: 'reply' as const, claimId: null, day: '2026-03-14', url: '', text: 'We have corrected it.' }
    await addToReport(permit(lead, 'report.add'), reportId, input)
    expect((await view(path, { 'if-none-match': String(headers['etag']) })).text).toContain('rendered for the 2.')
    await setNamed(permit(reviewer, 'report.be-named'), reportId, true)
    expect((await view(path)).text).toContain('rendered for the 3.')
    expect((await view(path)).text).toContain('rendered for the 3.')
    await withdrawPublication(permit(lead, 'report.publish'), { reportId, publicationId }, { reason: 'A mix-up.' })
    const after = await view(path, { 'if-none-match': String(headers['etag']) })
    expect(after.text).toContain('rendered for the 4.')
    expect(after.headers['etag']).toBeUndefined()
    expect((await view(path)).text).toContain('rendered for the 5.')
  })

  test('is kept apart by appearance and by nothing else that a browser sends', async () => {
    const { path } = await publish()
    await view(path, { cookie: 'session=1; sourcemark-theme=dark' })
    expect((await view(path, { cookie: 'sourcemark-theme=dark; other=2' })).text).toContain('rendered for the 1.')
    expect((await view(path, { cookie: 'sourcemark-theme=light' })).text).toContain('rendered for the 2.')
    expect((await view(path, { cookie: 'sourcemark-theme=odd' })).text).toContain('rendered for the 3.')
    expect((await view(path)).text).toContain('rendered for the 3.')
  })

  test('is the same for others, regardless of what the one has sent who asks first', async () => {
    const { path } = await publish()
    await view(path, {
      host: 'elsewhere.example',
      'user-agent': 'Slackbot',
      'x-middleware-prefetch': '1',
      'next-router-prefetch': '1',
      cookie: 'session=1; sourcemark-theme=dark; sourcemark-theme=dark',
      range: 'bytes=0-3',
    })
    const { host, cookie, 'accept-encoding': accepted, accept, ...more } = told
    expect({ host, cookie, accepted, accept }).toEqual({
      host: 'localhost',
      cookie: 'sourcemark-theme=dark',
      accepted: 'identity',
      accept: 'text/html',
    })
    expect(Object.keys(more)).toEqual([expect.stringMatching(/^x-counted-/)])
    const { headers, text } = await view(path, { cookie: 'sourcemark-theme=dark' })
    expect([headers['content-type'], text.slice(0, 24)]).toEqual([
      'text/html; charset=utf-8',
      'rendered for the 1. time',
    ])
    expect(rendered).toBe(1)
  })

  test('is rendered as it comes for parts of it, failures and other links', async () => {
    const { path } = await publish()
    await view(path, { rsc: '1' })
    await view(`${path}?print`)
    isBroken = true
    const broken = await view(path)
    isBroken = false
    expect([broken.status, broken.headers['etag']]).toEqual([500, undefined])
    await view(`/r/${'x'.repeat(43)}`)
    expect((await view('/r/short')).headers['etag']).toBeUndefined()
    // A failed page is rendered twice: once for the cache, and once to be sent as it is.
    expect(rendered).toBe(6)
    expect((await view(path)).text).toContain('rendered for the 7.')
  })
})
