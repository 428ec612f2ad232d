import { createServer, request as httpRequest, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { serveApi } from '@/lib/server/api/node-listener'
import { endLiveFeeds } from '@/lib/server/live/hub'
import { describeOnBothDatabases } from '../setup/databases'
import { createMember, makeId } from '../setup/factories'
import { call, sessionOf, type Credentials } from './calls'
import { LiveListener } from './listener'
import { makeWorld } from './world'

/** Comments per client; LIVE_COMMENTS=2000 for a long run. */
const perClient = Number(process.env.LIVE_COMMENTS ?? '25')
const clients = 8
/** The share of requests whose connection breaks before, while or after the server works on them. */
const breakShare = 0.3

let server: Server
let port = 0
beforeEach(async () => {
  server = createServer((request, response) => void serveApi(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})
afterEach(async () => {
  endLiveFeeds()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

/** Sends once; null when the connection broke before an answer came. After `breakAfter` ms, this client breaks it itself. */
function send(given: {
  path: string
  as: Credentials
  json: object
  breakAfter: number | null
}): Promise<number | null> {
  const { path, as, json, breakAfter } = given
  return new Promise((resolve) => {
    const request = httpRequest({
      host: '127.0.0.1',
      port,
      method: 'POST',
      path: `/api/v1${path}`,
      headers: { ...as, 'content-type': 'application/json' },
      agent: false,
    })
    request.on('error', () => {
      resolve(null)
    })
    request.on('response', (response) => {
      response.resume()
      response.on('end', () => {
        resolve(response.statusCode ?? 0)
      })
      response.on('error', () => {
        resolve(null)
      })
    })
    request.end(JSON.stringify(json))
    if (breakAfter !== null) setTimeout(() => request.destroy(), breakAfter)
  })
}

describeOnBothDatabases('comments over connections that break', (context) => {
  it(
    `are acknowledged, stored and heard of exactly once each: ${String(clients)} clients, ${String(perClient)} each`,
    { timeout: 120_000 + clients * perClient * 200 },
    async () => {
      const { database } = context
      const world = await makeWorld(database)
      const threadId = makeId()
      const opened = await call({
        method: 'post',
        path: `/documents/${world.document.id}/threads`,
        as: world.sessions.lead,
        json: { id: threadId, comment: { body: 'Who counted?' } },
      })
      expect(opened.status, opened.text).toBe(201)
      // Like a page: it says which events it has already.
      const feed = { port, as: world.sessions.viewer, query: 'after=0' }
      const listener = await new LiveListener().open(feed)
      const acknowledged: string[] = []
      let broken = 0
      const done = new AbortController()
      const breaking = (async () => {
        while (!done.signal.aborted) {
          await new Promise((resolve) => setTimeout(resolve, 50 + Math.random() * 200))
          await listener.close()
          await listener.open(feed)
        }
      })()
      await Promise.all(
        Array.from({ length: clients }, async (_, client) => {
          const as = await sessionOf(await createMember(database, { workspaceId: world.workspaceId }))
          for (let number = 0; number < perClient; number++) {
            const json = { id: makeId(), body: `Comment ${String(number)} of client ${String(client)}.` }
            for (;;) {
              const breakAfter = Math.random() < breakShare ? Math.random() * 25 : null
              const status = await send({ path: `/threads/${threadId}/comments`, as, json, breakAfter })
              if (status === null) {
                broken += 1
                continue
              }
              expect([200, 201]).toContain(status)
              acknowledged.push(json.id)
              break
            }
          }
        }),
      )
      done.abort()
      await breaking
      const rows = await database.read.comment.findMany({
        where: { threadId, body: { startsWith: 'Comment ' } },
        select: { id: true },
      })
      expect(broken, 'connections broke').toBeGreaterThan(0)
      expect(rows.map(({ id }) => id).sort()).toEqual([...acknowledged].sort())
      // Plus the thread's first comment.
      await listener.until(() => listener.subjects('comment.created').length > acknowledged.length)
      const heard = listener.subjects('comment.created').filter((id) => acknowledged.includes(id ?? ''))
      expect(heard.sort(), 'heard of once each').toEqual([...acknowledged].sort())
      await listener.close()
    },
  )
})
