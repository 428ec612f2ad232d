import { randomUUID } from 'node:crypto'
import { createServer, type AddressInfo } from 'node:net'
import { expect, test, type Browser, type Page } from '@playwright/test'
import { setUpOwner, type Person } from './support/people'
import { startApp, type App } from './support/start-app'
import { startProvider, type ProviderProcess } from './support/start-provider'

let app: App
let provider: ProviderProcess
let owner: Person

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

test.beforeAll(async () => {
  const port = await freePort()
  app = await startApp({
    OIDC_ISSUER: `http://127.0.0.1:${String(port)}`,
    OIDC_CLIENT_ID: 'sourcemark',
    OIDC_CLIENT_SECRET: 'a secret for tests',
    OIDC_NAME: 'Harbour ID',
  })
  provider = await startProvider(port, `${app.address}/api/auth/callback/oidc`)
  owner = await setUpOwner(app)
})
test.afterAll(async () => {
  await provider.stop()
  await app.stop()
})

/** Signs in at the provider as `login`, starting with the button on one of our pages. */
async function continueAs(page: Page, login: string): Promise<void> {
  await page.getByRole('button', { name: 'Continue with Harbour ID' }).click()
  await page.locator('input[name=login]').fill(login)
  await page.locator('input[name=password]').fill('anything')
  await page.locator('button[type=submit]').click()
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.waitForURL((url) => url.origin === app.address && !url.pathname.startsWith('/api/auth'))
}

async function freshPage(browser: Browser): Promise<Page> {
  return (await browser.newContext()).newPage()
}

async function meOf(
  page: Page,
): Promise<{ status: number; body: { email: string; name: string; role: string; hasPassword: boolean } }> {
  const answer = await page.context().request.get(`${app.address}/api/v1/me`)
  return { status: answer.status(), body: (await answer.json()) as never }
}

function invite(email: string): Promise<{ link: string }> {
  return owner.api.send('POST', '/invitations', { id: randomUUID(), email, role: 'reviewer' })
}

for (const [login, problem] of [
  ['stranger', 'Nobody has invited this account'],
  ['unverified.guest', 'has not verified your e-mail address'],
  ['nameless', 'did not send your e-mail address'],
] as const) {
  test(`${login} is not let in`, async ({ browser }) => {
    // Even an invitation does not help an unverified address.
    if (login !== 'nameless' && login !== 'stranger') await invite(`${login}@example.org`)
    const page = await freshPage(browser)
    await page.goto(`${app.address}/sign-in`)
    await continueAs(page, login)
    await expect(page.getByText(problem)).toBeVisible()
    expect((await meOf(page)).status).toBe(401)
  })
}

test('someone invited joins, and is known the next time', async ({ browser }) => {
  const { link } = await invite('noa@example.org')
  const page = await freshPage(browser)
  await page.goto(link)
  await continueAs(page, 'noa')
  expect((await meOf(page)).body).toMatchObject({
    email: 'noa@example.org',
    name: 'noa of the provider',
    role: 'reviewer',
    hasPassword: false,
  })
  expect(page.url()).not.toContain('/invite/')
  const again = await freshPage(browser)
  await again.goto(`${app.address}/sign-in?next=%2Fsettings%2Ftokens`)
  await continueAs(again, 'noa')
  await expect(again).toHaveURL(`${app.address}/settings/tokens`)
  expect((await meOf(again)).body.email).toBe('noa@example.org')
})

test('a member with a password is linked by the verified address', async ({ browser }) => {
  const page = await freshPage(browser)
  await page.goto(`${app.address}/sign-in`)
  await continueAs(page, owner.email.split('@')[0] ?? '')
  expect((await meOf(page)).body).toMatchObject({ email: owner.email, role: 'owner', hasPassword: true })
})

test('a suspended member is signed in nowhere', async ({ browser }) => {
  const { link } = await invite('mara@example.org')
  const page = await freshPage(browser)
  await page.goto(link)
  await continueAs(page, 'mara')
  const { items } = await owner.api.send<{ items: { id: string; email: string; version: number }[] }>('GET', '/members')
  const member = items.find(({ email }) => email === 'mara@example.org')
  await owner.api.change('PATCH', `/members/${member?.id ?? ''}`, {
    body: { status: 'suspended' },
    version: member?.version ?? 0,
  })
  expect((await meOf(page)).status).toBe(401)
  const again = await freshPage(browser)
  await again.goto(`${app.address}/sign-in`)
  await continueAs(again, 'mara')
  await expect(again.getByRole('heading', { name: 'No workspace to go to' })).toBeVisible()
})

test('an answer of the provider that this browser did not ask for makes no session', async ({ browser }) => {
  const page = await freshPage(browser)
  const context = page.context()
  const problem = 'could not be verified'
  await page.goto(`${app.address}/sign-in`)
  await page.getByRole('button', { name: 'Continue with Harbour ID' }).click()
  await page.locator('input[name=login]').fill('noa')
  await page.locator('input[name=password]').fill('anything')
  await page.locator('button[type=submit]').click()
  await expect(page.getByRole('button', { name: 'Continue' })).toBeVisible()
  // Without the cookies of its own request, the browser counts as one that never asked.
  const noted = (await context.cookies()).filter(({ name }) => /^next-auth\.(state|pkce|nonce)/.test(name))
  expect(noted).toHaveLength(3)
  await context.clearCookies({ name: /^next-auth\.(state|pkce|nonce)/ })
  const sent = page.waitForRequest((request) => request.url().includes('/api/auth/callback/oidc'))
  await page.getByRole('button', { name: 'Continue' }).click()
  const answer = new URL((await sent).url())
  expect(answer.searchParams.get('code')?.length ?? 0).toBeGreaterThan(20)
  await expect(page.getByText(problem)).toBeVisible()
  expect((await meOf(page)).status).toBe(401)

  await context.addCookies(noted)
  const forged = new URL(answer)
  forged.searchParams.set('state', 'another-state-than-the-one-that-was-sent')
  await page.goto(forged.href)
  await expect(page.getByText(problem)).toBeVisible()
  expect((await meOf(page)).status).toBe(401)

  // The same answer with these cookies succeeds: it was valid, but not for a browser that had not asked.
  await context.addCookies(noted)
  await page.goto(answer.href)
  await page.waitForURL((url) => !url.pathname.startsWith('/api/auth'))
  expect((await meOf(page)).status).toBe(200)
})
