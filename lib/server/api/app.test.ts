import pino from 'pino'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Actor } from '../access/gate'
import { useLogger } from '../log'
import { answer } from '../http/answers'
import { createApi } from './app'
import { addOperation, createRoutes } from '../http/operation'

const lead: Actor = {
  workspaceId: '01900000-0000-7000-8000-000000000001',
  memberId: '01900000-0000-7000-8000-000000000002',
  userId: '01900000-0000-7000-8000-000000000003',
  name: 'Lena',
  role: 'lead',
  via: 'token',
  scopes: ['read', 'manage'],
}
const thing = '/things/01900000-0000-7000-8000-00000000000a'

function makeApi(actor: Actor | null = lead) {
  const routes = createRoutes()
  addOperation(
    routes,
    {
      id: 'changeThing',
      noun: 'thing',
      summary: 'Change a thing',
      method: 'patch',
      path: '/things/{thingId}',
      action: 'source.update',
      ifMatch: true,
      bodyLimit: 200,
      body: z.strictObject({ name: z.string().max(5) }),
      answers: { 200: { description: 'The thing', schema: z.object({ name: z.string() }) } },
    },
    ({ body, params, version }) => Promise.resolve(answer({ ...body, id: params.thingId }, { version: version + 1 })),
  )
  addOperation(
    routes,
    {
      id: 'listEvents',
      noun: 'thing',
      summary: 'Fails',
      method: 'get',
      path: '/broken',
      action: 'event.list',
      answers: { 200: { description: 'Never' } },
    },
    async () => Promise.reject(new Error('secret detail')),
  )
  return createApi({ nouns: [routes], actorOf: () => Promise.resolve(actor) })
}

interface Call {
  method?: string
  path?: string
  body?: string | Uint8Array<ArrayBuffer>
  headers?: Record<string, string>
  actor?: Actor | null
}

async function call({ method = 'PATCH', path = thing, body = '{"name":"a"}', headers = {}, actor }: Call) {
  const response = await makeApi(actor).fetch(
    new Request(`http://localhost/api/v1${path}`, {
      method,
      headers: { 'content-type': 'application/json', 'if-match': '"2"', ...headers },
      ...(method === 'GET' ? {} : { body }),
    }),
  )
  const text = await response.text()
  return {
    status: response.status,
    headers: response.headers,
    json: text === '' ? null : (JSON.parse(text) as Record<string, unknown>),
  }
}

const refused: [name: string, call: Call, status: number, code: string][] = [
  ['nobody', { actor: null }, 401, 'unauthenticated'],
  ['a role that may not', { actor: { ...lead, role: 'viewer', scopes: 'all' } }, 403, 'forbidden'],
  ['a token without the scope', { actor: { ...lead, scopes: ['read'] } }, 403, 'forbidden'],
  [
    'another site’s page',
    { actor: { ...lead, via: 'session', scopes: 'all' }, headers: { 'sec-fetch-site': 'cross-site' } },
    403,
    'forbidden',
  ],
  [
    'another site’s origin',
    { actor: { ...lead, via: 'session', scopes: 'all' }, headers: { origin: 'http://evil.example' } },
    403,
    'forbidden',
  ],
  ['an invalid id', { path: '/things/7' }, 404, 'not-found'],
  ['an unknown path', { path: '/nothing' }, 404, 'not-found'],
  ['broken percent signs', { path: '/things/%ZZ' }, 404, 'not-found'],
  ['another method', { method: 'PUT' }, 405, 'method-not-allowed'],
  ['If-Match of anything', { headers: { 'if-match': '*' } }, 428, 'precondition-required'],
  ['an unreadable If-Match', { headers: { 'if-match': 'three' } }, 400, 'malformed'],
  ['an unknown query key', { path: `${thing}?x=1` }, 422, 'invalid'],
  ['another media type', { headers: { 'content-type': 'text/plain' } }, 415, 'unsupported-media-type'],
  ['no media type', { headers: { 'content-type': '' } }, 415, 'unsupported-media-type'],
  ['a body past the limit', { body: JSON.stringify({ name: 'a'.repeat(300) }) }, 413, 'too-large'],
  ['no JSON', { body: '{"name":' }, 400, 'malformed'],
  ['an empty body', { body: '' }, 400, 'malformed'],
  ['wrong UTF-8', { body: new Uint8Array([0x22, 0xff, 0x22]) }, 400, 'malformed'],
  ['deep nesting', { body: '['.repeat(90) + ']'.repeat(90) }, 400, 'malformed'],
  ['an unknown key', { body: '{"name":"a","colour":"red"}' }, 422, 'invalid'],
  ['a prototype key', { body: '{"name":"a","__proto__":{"x":1}}' }, 422, 'invalid'],
  ['a wrong value', { body: '{"name":"longer"}' }, 422, 'invalid'],
]

describe('an operation refuses', () => {
  it.each(refused)('%s', async (_name, request, status, code) => {
    const answered = await call(request)
    expect(answered.status).toBe(status)
    expect(answered.json).toMatchObject({ status, code, type: `/docs/api#problem-${code}` })
    expect(answered.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
  })

  it('and names the fields that do not fit', async () => {
    const { json } = await call({ body: '{"name":"longer"}' })
    expect(json).toMatchObject({ fields: [{ path: 'name' }] })
  })

  it('and says which methods a path takes', async () => {
    expect((await call({ method: 'PUT' })).headers.get('allow')).toBe('PATCH')
  })
})

describe('an operation', () => {
  it('gives the handler what was checked', async () => {
    const answered = await call({})
    expect(answered.status).toBe(200)
    expect(answered.json).toEqual({ name: 'a', id: thing.slice('/things/'.length) })
    expect(answered.headers.get('etag')).toBe('"3"')
  })

  it('lets the own page of a signed-in person change things', async () => {
    const session: Actor = { ...lead, via: 'session', scopes: 'all' }
    expect((await call({ actor: session, headers: { 'sec-fetch-site': 'same-origin' } })).status).toBe(200)
    expect((await call({ actor: session, headers: { origin: 'http://localhost', host: 'localhost' } })).status).toBe(
      200,
    )
  })

  it('that breaks answers without its details', async () => {
    process.env.LOG_LEVEL = 'silent'
    const answered = await call({ method: 'GET', path: '/broken' })
    expect(answered.status).toBe(500)
    expect(JSON.stringify(answered.json)).not.toContain('secret')
  })

  it('stands in the OpenAPI document with its roles and failures', () => {
    const operation = makeApi().document().paths?.['/things/{thingId}']?.patch
    expect(operation).toMatchObject({
      operationId: 'changeThing',
      'x-action': 'source.update',
      'x-roles': ['owner', 'lead'],
    })
    expect(Object.keys(operation?.responses ?? {}).sort()).toEqual([
      '200',
      '400',
      '401',
      '403',
      '404',
      '412',
      '413',
      '415',
      '422',
      '428',
    ])
  })
})

describe('every answer', () => {
  it.each([
    ['a success', {}],
    ['a refusal', { actor: null }],
    ['an unknown path', { method: 'GET', path: '/nothing' }],
    ['an unknown method', { method: 'PUT' }],
  ] as [string, Call][])('has the headers that keep a browser from taking it for a page: %s', async (_name, given) => {
    const { headers } = await call(given)
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
    expect(headers.get('strict-transport-security')).toBeNull()
  })

  it.each([
    ['is an error in the log, for a connection that holds', false, [50]],
    ['is none, for a connection that broke', true, []],
  ])('to a body that cannot be read %s', async (_name, isBroken, levels) => {
    const lines: { level: number }[] = []
    useLogger(pino({ level: 'info' }, { write: (line) => lines.push(JSON.parse(line) as { level: number }) }))
    const body = new ReadableStream({
      pull: (controller) => {
        controller.error(new Error('aborted'))
      },
    })
    const headers = { 'content-type': 'application/json', 'if-match': '"2"' }
    const signal = isBroken ? AbortSignal.abort() : null
    const init = { method: 'PATCH', headers, body, signal, duplex: 'half' } as RequestInit
    await makeApi().fetch(new Request(`http://localhost/api/v1${thing}`, init))
    useLogger(pino({ level: 'silent' }))
    expect(lines.map(({ level }) => level)).toEqual(levels)
  })

  it('that refuses someone is logged once, with who, what and why, and nothing they sent', async () => {
    const lines: Record<string, unknown>[] = []
    useLogger(pino({ level: 'info' }, { write: (line) => lines.push(JSON.parse(line) as Record<string, unknown>) }))
    const headers = { authorization: 'Bearer smk_secret', cookie: 'session=secret' }
    await call({ actor: { ...lead, role: 'viewer', scopes: 'all' }, headers, body: '{"name":"secret"}' })
    await call({
      actor: { ...lead, via: 'session', scopes: 'all' },
      headers: { ...headers, 'sec-fetch-site': 'cross-site' },
    })
    useLogger(pino({ level: 'silent' }))
    expect(lines).toMatchObject([
      { security: 'refused', memberId: lead.memberId, action: 'source.update', level: 40 },
      { security: 'refused', memberId: lead.memberId, method: 'PATCH', path: `/api/v1${thing}` },
    ])
    expect(JSON.stringify(lines)).not.toContain('secret')
  })
})
