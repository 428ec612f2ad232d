import { connect } from 'node:net'
import { expect, test, type APIResponse, type Browser } from '@playwright/test'
import { openAs, setUpOwner, type Person } from './support/people'
import { startApp, type App } from './support/start-app'

let app: App
let owner: Person

test.beforeAll(async () => {
  app = await startApp()
  owner = await setUpOwner(app)
})
test.afterAll(async () => {
  await app.stop()
})

/** A call of a server action, as the page makes it. */
interface ActionCall {
  url: string
  headers: Record<string, string>
}

/** Does something on a page that calls an action, and returns the call. */
async function callOf(browser: Browser, path: string, buttons: readonly string[]): Promise<ActionCall> {
  const page = await (await openAs(browser, owner)).newPage()
  await page.goto(app.address + path)
  const asked = page.waitForRequest((request) => request.headers()['next-action'] !== undefined)
  for (const name of buttons) await page.getByRole('button', { name, exact: true }).first().click()
  const request = await asked
  const wanted = ['next-action', 'accept', 'next-router-state-tree', 'origin', 'referer', 'sec-fetch-site']
  const headers = Object.fromEntries(Object.entries(request.headers()).filter(([name]) => wanted.includes(name)))
  await page.context().close()
  return { url: request.url(), headers: { ...headers, origin: app.address } }
}

const bodies: Record<string, { type: string; body: string }> = {
  nothing: { type: 'text/plain;charset=UTF-8', body: '' },
  'no JSON': { type: 'text/plain;charset=UTF-8', body: '{' },
  'no arguments': { type: 'text/plain;charset=UTF-8', body: '[]' },
  'null arguments': { type: 'text/plain;charset=UTF-8', body: '[null,null,null]' },
  'numbers for arguments': { type: 'text/plain;charset=UTF-8', body: '[1,2,3,4,5]' },
  'objects for arguments': { type: 'text/plain;charset=UTF-8', body: '[{"__proto__":{"a":1}},{"constructor":{}},{}]' },
  'a reference to a part that is not there': { type: 'text/plain;charset=UTF-8', body: '["$K1","$F9","$@3"]' },
  'an invalid form': { type: 'multipart/form-data; boundary=x', body: 'nonsense' },
  'an empty form': { type: 'multipart/form-data; boundary=x', body: '--x--\r\n' },
  'a form with a broken root': {
    type: 'multipart/form-data; boundary=x',
    body: '--x\r\ncontent-disposition: form-data; name="0"\r\n\r\n["$K1",\r\n--x--\r\n',
  },
  'a media type of its own': { type: 'application/x-nonsense', body: '[]' },
  'an array a thousand deep': { type: 'text/plain;charset=UTF-8', body: '['.repeat(1000) + ']'.repeat(1000) },
}

async function faultOf(answer: APIResponse): Promise<string | null> {
  const headers = answer.headers()
  const missing = ['content-security-policy', 'x-content-type-options'].filter((name) => headers[name] === undefined)
  if (answer.status() >= 500) return `${String(answer.status())} ${(await answer.text()).slice(0, 200)}`
  return missing.length === 0 ? null : `${String(answer.status())} without ${missing.join(', ')}`
}

for (const { path, buttons } of [
  { path: '/settings/workspace', buttons: ['Save'] },
  { path: '/settings/tokens', buttons: ['Revoke Browser tests', 'Revoke'] },
]) {
  test(`an action of ${path} with arguments that make no sense is answered, never an error`, async ({ browser }) => {
    const { url, headers } = await callOf(browser, path, buttons)
    const context = await browser.newContext({ storageState: owner.state })
    const faults: string[] = []
    for (const [what, { type, body }] of Object.entries(bodies)) {
      const answer = await context.request.post(url, { headers: { ...headers, 'content-type': type }, data: body })
      const fault = await faultOf(answer)
      if (fault !== null) faults.push(`${what}: ${fault}`)
    }
    for (const action of ['nonsense', '0'.repeat(42), 'f'.repeat(4000), '../../etc']) {
      const answer = await context.request.post(url, {
        headers: { ...headers, 'content-type': 'text/plain;charset=UTF-8', 'next-action': action },
        data: '[]',
      })
      const fault = await faultOf(answer)
      if (fault !== null) faults.push(`action ${action.slice(0, 20)}: ${fault}`)
    }
    expect(faults).toEqual([])
    await context.close()
  })
}

test('what is not there carries the security headers, wherever it is asked for', async ({ request }) => {
  const faults: string[] = []
  for (const path of [
    '/_next/static/nonsense.js',
    '/_next/static/chunks/../../../../etc/passwd',
    '/_next/static/%2e%2e/%2e%2e/package.json',
    '/_next/nonsense',
    '/_next/image?url=%2Fnonsense.png&w=64&q=75',
    '/_next/data/nonsense/index.json',
    '/_next/webpack-hmr',
    '/nonsense',
    '/nonsense.php',
    '/.env',
    '/.git/config',
    '/api',
    '/api/v1x',
    '/api/v1/nonsense',
    '/api/nonsense',
    '/share/nonsense',
    '/%00',
    '/%E0%A4%A',
    '//example.org/nonsense',
    '/nonsense//nonsense',
    '/\\example.org',
  ]) {
    const answer = await request.get(app.address + path, { maxRedirects: 0 })
    const fault = await faultOf(answer)
    if (fault !== null) faults.push(`${path}: ${fault}`)
    if (answer.status() < 300) faults.push(`${path}: ${String(answer.status())}`)
  }
  expect(faults).toEqual([])
})

test('forms and sign-ins that cannot be read are refused, and nobody writes to the log', async ({ request }) => {
  const broken = { $ACTION_REF_1: '', '$ACTION_1:0': '{' }
  const json = { 'content-type': 'application/json' }
  const multipart = { 'content-type': 'multipart/form-data; boundary=x' }
  const statuses = {
    'no form': (await request.post(`${app.address}/sign-in`, { headers: multipart, data: 'nonsense' })).status(),
    'broken bound values': (await request.post(`${app.address}/sign-in`, { multipart: broken })).status(),
    'no JSON': (
      await request.post(`${app.address}/api/auth/callback/credentials`, { headers: json, data: Buffer.from('{') })
    ).status(),
    'a line for the log': (
      await request.post(`${app.address}/api/auth/_log`, { data: { level: 'error', code: 'Quillfeather' } })
    ).status(),
    'no address': (
      await request.get(`${app.address}/api/auth/signin?callbackUrl=http://127.0.0.1:1.example/`, { maxRedirects: 0 })
    ).status(),
  }
  expect(statuses).toEqual({
    'no form': 400,
    'broken bound values': 400,
    'no JSON': 400,
    'a line for the log': 404,
    'no address': 302,
  })
})

/** Sends the first lines of a request unchanged, and returns the first line of the answer; empty when none comes. */
function firstLineOf(...lines: readonly string[]): Promise<string> {
  const { hostname, port } = new URL(app.address)
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port), timeout: 5_000 })
    socket.on('connect', () => socket.write([...lines, '', ''].join('\r\n')))
    socket.on('data', (answer) => {
      resolve(answer.toString().split('\r\n', 1)[0] ?? '')
      socket.destroy()
    })
    socket.on('timeout', () => socket.destroy())
    socket.on('close', () => {
      resolve('')
    })
    socket.on('error', reject)
  })
}

test('addresses in every form that HTTP has, and offers of another protocol, are answered', async () => {
  const offers = (protocol: string) => [
    'Connection: Upgrade, HTTP2-Settings',
    `Upgrade: ${protocol}`,
    'HTTP2-Settings: AAMAAABkAAQAAP__',
  ]
  const host = 'Host: localhost'
  const answers = {
    'a page written in full': await firstLineOf('GET http://localhost/sign-in HTTP/1.1', host),
    'a host alone': await firstLineOf('GET http://localhost?q=1 HTTP/1.1', host),
    'the API written in full': await firstLineOf('GET http://localhost/api/v1/me HTTP/1.1', host),
    'no path': await firstLineOf('OPTIONS * HTTP/1.1', host),
    'a scheme without a host': await firstLineOf('GET http:/// HTTP/1.1', host),
    'a page that is traced': await firstLineOf('TRACE /sign-in HTTP/1.1', host),
    'a page by a web socket': await firstLineOf('GET /sign-in HTTP/1.1', host, ...offers('websocket')),
    'what is not there by a web socket': await firstLineOf('GET /nonsense HTTP/1.1', host, ...offers('websocket')),
    'the API by HTTP/2': await firstLineOf('GET /api/v1/openapi.json HTTP/1.1', host, ...offers('h2c')),
  }
  expect(answers).toEqual({
    'a page written in full': 'HTTP/1.1 200 OK',
    'a host alone': 'HTTP/1.1 307 Temporary Redirect',
    'the API written in full': 'HTTP/1.1 401 Unauthorized',
    'no path': 'HTTP/1.1 400 Bad Request',
    'a scheme without a host': 'HTTP/1.1 400 Bad Request',
    'a page that is traced': 'HTTP/1.1 405 Method Not Allowed',
    'a page by a web socket': 'HTTP/1.1 200 OK',
    'what is not there by a web socket': 'HTTP/1.1 404 Not Found',
    'the API by HTTP/2': 'HTTP/1.1 200 OK',
  })
})

test('the server is alive and logged no error', () => {
  expect(app.isRunning()).toBe(true)
  // Next itself reports an unknown action.
  const lines = app
    .printed()
    .split('\n')
    .filter((line) => !/Server Action|Server Reference ID/.test(line))
  expect(lines.filter((line) => /"level":(50|60)|Error:/.test(line))).toEqual([])
})
