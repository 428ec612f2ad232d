import { once } from 'node:events'
import { createServer, request as httpRequest, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { ConnectedRequest, serveApi } from './node-listener'

let server: Server
let port = 0

beforeAll(async () => {
  server = createServer((request, response) => void serveApi(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})
afterAll(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

interface Sent {
  method?: string
  path?: string
  headers?: Record<string, string>
  body?: string
}

function send({ method = 'GET', path = '/api/v1/openapi.json', headers = {}, body }: Sent) {
  return new Promise<{ status: number; headers: IncomingHttpHeaders; bytes: Buffer }>((resolve, reject) => {
    const sent = httpRequest({ port, host: '127.0.0.1', method, path, headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes: Buffer.concat(chunks) })
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

describe('serveApi', () => {
  it('answers as the API does', async () => {
    const { status, headers, bytes } = await send({})
    expect(status).toBe(200)
    expect(headers['content-length']).toBe(String(bytes.length))
    expect(JSON.parse(bytes.toString())).toMatchObject({ openapi: '3.1.0' })
  })

  it('compresses long answers for who can read them', async () => {
    const { headers, bytes } = await send({ headers: { 'accept-encoding': 'br, GZip;q=0.8' } })
    expect(headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'accept-encoding' })
    expect(JSON.parse(gunzipSync(bytes).toString())).toMatchObject({ openapi: '3.1.0' })
  })

  it.each(['br', 'gzip;q=0', 'GZIP; Q=0.000, br', 'x-gzipped'])(
    'does not compress for who accepts %s',
    async (accepted) => {
      const { headers } = await send({ headers: { 'accept-encoding': accepted } })
      expect(headers['content-encoding']).toBeUndefined()
    },
  )

  it('sends no body to HEAD', async () => {
    const { status, bytes } = await send({ method: 'HEAD' })
    expect(status).toBe(200)
    expect(bytes).toHaveLength(0)
  })

  it.each([
    ['an unknown path', { path: '/api/v1/nothing' }, 404],
    ['a path that leads out', { path: '/api/v1/../settings' }, 404],
    ['broken percent signs', { path: '/api/v1/sources/%ZZ' }, 401],
    ['a method that no request may have', { method: 'TRACE' }, 405],
    ['another method', { method: 'DELETE' }, 405],
    [
      'nobody, with a body',
      { method: 'POST', path: '/api/v1/sources', body: '{}', headers: { 'content-type': 'application/json' } },
      401,
    ],
    ['nobody, with a long body', { method: 'POST', path: '/api/v1/sources', body: 'x'.repeat(200_000) }, 401],
  ])('refuses %s', async (_name, sent, status) => {
    const answer = await send(sent)
    expect(answer.status).toBe(status)
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8')
    expect((await send({})).status, 'and goes on').toBe(200)
  })
})

describe('the signal of a request', () => {
  /** Sends a request that is answered, or whose connection breaks, and hands over what the server saw of it. */
  async function connected({ isAnswered }: { isAnswered: boolean }) {
    const listener = createServer()
    const seen = new Promise<{ request: ConnectedRequest; closed: Promise<unknown> }>((resolve) => {
      listener.on('request', (_request, response) => {
        const closed = once(response, 'close')
        resolve({ request: new ConnectedRequest('http://localhost/', {}, response), closed })
        if (isAnswered) response.end()
      })
    })
    onTestFinished(() => {
      listener.closeAllConnections()
      listener.close()
    })
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
    const sent = httpRequest({ port: (listener.address() as AddressInfo).port, host: '127.0.0.1' }, (answer) => {
      answer.resume()
    })
    sent.on('error', () => undefined)
    sent.end()
    return { ...(await seen), sent }
  }

  it('comes when the connection breaks before the answer', async () => {
    const { request, closed, sent } = await connected({ isAnswered: false })
    const { signal } = request
    expect(signal.aborted).toBe(false)
    sent.destroy()
    await closed
    expect(signal.aborted).toBe(true)
    expect(request.signal).toBe(signal)
  })

  it('has come when it is asked for after that', async () => {
    const { request, closed, sent } = await connected({ isAnswered: false })
    sent.destroy()
    await closed
    expect(request.signal.aborted).toBe(true)
  })

  it('does not come when the request was answered', async () => {
    const { request, closed } = await connected({ isAnswered: true })
    const { signal } = request
    await closed
    expect(signal.aborted).toBe(false)
  })
})
