import { expect, test, type BrowserContext, type Page } from '@playwright/test'
import { startMailbox, type Mailbox } from './support/mailbox'
import { joinAs, password, setUpOwner, type Person } from './support/people'
import { startApp, type App } from './support/start-app'

let app: App
let mailbox: Mailbox
let owner: Person

test.beforeAll(async () => {
  mailbox = await startMailbox()
  app = await startApp({ SMTP_URL: mailbox.url, MAIL_FROM: 'Sourcemark <desk@example.org>' })
  owner = await setUpOwner(app)
})
test.afterAll(async () => {
  await app.stop()
  await mailbox.stop()
})

async function signIn(page: Page, email: string, secret: string): Promise<void> {
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(secret)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

async function statusOfMe(context: BrowserContext): Promise<number> {
  return (await context.request.get(`${app.address}/api/v1/me`)).status()
}

test('the set-up link works once', async ({ page }) => {
  await page.goto(app.setupLink)
  await expect(page.getByRole('heading', { name: 'This link does not work' })).toBeVisible()
  await expect(page.getByText('This link was used')).toBeVisible()
})

test('pages carry a policy that lets only their own scripts run, and nothing breaks it', async ({ page }) => {
  const complaints: string[] = []
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) complaints.push(message.text())
  })
  const answer = await page.goto(`${app.address}/sign-in`)
  const headers = answer?.headers() ?? {}
  const policy = headers['content-security-policy'] ?? ''
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? ''
  expect(nonce.length).toBeGreaterThan(20)
  for (const part of [
    "default-src 'self'",
    "'strict-dynamic'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
  ]) {
    expect(policy).toContain(part)
  }
  expect(policy).not.toContain('unsafe-eval')
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
  })
  const again = await page.request.get(`${app.address}/sign-in`)
  expect(again.headers()['content-security-policy']).not.toContain(nonce)
  // A page with blocked scripts would not show the password.
  await page.getByLabel('Password', { exact: true }).fill('seen')
  await page.getByRole('button', { name: 'Show: Password' }).click()
  await expect(page.getByLabel('Password', { exact: true })).toHaveAttribute('type', 'text')
  await page.evaluate(() => {
    document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="document.title=\'owned\'">')
  })
  await page.waitForTimeout(300)
  expect(await page.title()).not.toBe('owned')
  expect(complaints.filter((text) => !text.includes('inline event handler'))).toEqual([])
})

test('signing in works without scripts, says what is wrong, and leads back', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(`${app.address}/settings/tokens`)
  expect(page.url()).toBe(`${app.address}/sign-in?next=%2Fsettings%2Ftokens`)
  await signIn(page, owner.email, 'not the right one')
  await expect(page.getByRole('alert')).toContainText('do not belong together')
  await expect(page.getByLabel('E-mail address')).toHaveValue(owner.email)
  await signIn(page, owner.email, password)
  await expect(page).toHaveURL(`${app.address}/settings/tokens`)
  await context.close()
})

for (const next of ['//example.org', 'https://example.org', '/\\example.org', 'javascript:alert(1)']) {
  test(`signing in never leads elsewhere: ${next}`, async ({ page }) => {
    await page.goto(`${app.address}/sign-in?next=${encodeURIComponent(next)}`)
    await signIn(page, owner.email, password)
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
    expect(new URL(page.url()).origin).toBe(app.address)
  })
}

test('signing out ends the session, also for a copy of its cookie', async ({ browser }) => {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(`${app.address}/sign-in`)
  await signIn(page, owner.email, password)
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
  const copy = await browser.newContext({ storageState: await context.storageState() })
  expect(await statusOfMe(copy)).toBe(200)
  await page.getByRole('button', { name: /: menu$/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.waitForURL(/\/sign-in$/)
  expect(await statusOfMe(context)).toBe(401)
  expect(await statusOfMe(copy)).toBe(401)
  await context.close()
  await copy.close()
})

test('signing out through next-auth ends a copied cookie, too', async ({ browser }) => {
  const context = await browser.newContext()
  const { csrfToken } = (await (await context.request.get(`${app.address}/api/auth/csrf`)).json()) as {
    csrfToken: string
  }
  await context.request.post(`${app.address}/api/auth/callback/credentials`, {
    form: { csrfToken, email: owner.email, password, json: 'true' },
  })
  expect(await statusOfMe(context)).toBe(200)
  const copy = await browser.newContext({ storageState: await context.storageState() })
  await context.request.post(`${app.address}/api/auth/signout`, { form: { csrfToken, json: 'true' } })
  expect(await statusOfMe(copy)).toBe(401)
  expect(await (await copy.request.get(`${app.address}/api/auth/session`)).json()).toEqual({})
  await context.close()
  await copy.close()
})

test('guessing is slowed down, regardless of the address it claims, and locks nobody else out', async ({ browser }) => {
  const context = await browser.newContext()
  const victim = 'reviewer.victim@example.org'
  const { csrfToken } = (await (await context.request.get(`${app.address}/api/auth/csrf`)).json()) as {
    csrfToken: string
  }
  const guess = (email: string, secret: string, forwarded: string) =>
    context.request.post(`${app.address}/api/auth/callback/credentials`, {
      form: { csrfToken, email, password: secret, json: 'true' },
      headers: { 'x-forwarded-for': forwarded },
    })
  for (let attempt = 0; attempt < 5; attempt += 1) {
    expect((await guess(victim, 'a guess', `203.0.113.${String(attempt)}`)).status()).toBe(401)
  }
  // The first wait is one second, which a slow machine may have spent on the previous guess; waits double.
  let refused = await guess(victim, 'a guess', '203.0.113.50')
  for (let attempt = 51; attempt < 57 && refused.status() === 401; attempt += 1) {
    refused = await guess(victim, 'a guess', `203.0.113.${String(attempt)}`)
  }
  expect(refused.status(), await refused.text()).toBe(429)
  expect(Number(refused.headers()['retry-after'])).toBeGreaterThanOrEqual(1)
  expect(await refused.json()).toMatchObject({ code: 'too-many-requests' })
  expect((await guess(owner.email, password, '203.0.113.1')).status()).toBe(200)
  expect(await statusOfMe(context)).toBe(200)
  await context.close()
})

test('another site cannot act with the session', async ({ browser }) => {
  const context = await browser.newContext({ storageState: owner.state })
  const rename = (headers: Record<string, string>) =>
    context.request.patch(`${app.address}/api/v1/me`, { data: { name: 'Olga Winter' }, headers })
  expect((await rename({ origin: 'https://example.org' })).status()).toBe(403)
  expect((await rename({ 'sec-fetch-site': 'cross-site' })).status()).toBe(403)
  expect((await rename({ origin: app.address, 'sec-fetch-site': 'same-origin' })).status()).toBe(200)
  await context.close()
})

test('an invitation arrives by mail, works once, and its member can be suspended at once', async ({ browser }) => {
  const page = await (await browser.newContext({ storageState: owner.state })).newPage()
  await page.goto(`${app.address}/settings/members`)
  await page.getByLabel('E-mail address').fill('noa@example.org')
  await page.getByLabel('Role', { exact: true }).selectOption('lead')
  await page.getByRole('button', { name: 'Invite', exact: true }).click()
  await expect(page.getByText('on its way to noa@example.org')).toBeVisible()
  const mail = await mailbox.wait('noa@example.org')
  expect(mail.text).toContain('Subject: Invitation to Harbour desk on Sourcemark')
  const link = /http:\/\/127\.0\.0\.1:\d+\/invite\/[\w-]+/.exec(mail.text)?.[0] ?? ''
  expect(link).toBe(await page.getByLabel('Link for noa@example.org').inputValue())

  const guest = await browser.newContext()
  const guestPage = await guest.newPage()
  await guestPage.goto(link)
  await guestPage.getByLabel('Your name').fill('Noa Lindqvist')
  await guestPage.getByLabel('Choose a password', { exact: true }).fill('noa@example.org')
  await guestPage.getByRole('button', { name: 'Join' }).click()
  await expect(guestPage.getByText('among the first that would be guessed')).toBeVisible()
  await guestPage.getByLabel('Choose a password', { exact: true }).fill(password)
  await guestPage.getByRole('button', { name: 'Join' }).click()
  await guestPage.waitForURL((url) => !url.pathname.startsWith('/invite'))
  const me = (await (await guest.request.get(`${app.address}/api/v1/me`)).json()) as { role: string }
  expect(me.role).toBe('lead')
  const late = await (await browser.newContext()).newPage()
  await late.goto(link)
  await expect(late.getByText('accepted already')).toBeVisible()

  await page.reload()
  await page.getByRole('button', { name: 'Suspend Noa Lindqvist' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Suspend' }).click()
  await expect(page.getByText('Suspended')).toBeVisible()
  expect(await statusOfMe(guest)).toBe(401)
  await guestPage.goto(`${app.address}/settings`)
  await expect(guestPage).toHaveURL(/\/sign-in/)
  await signIn(guestPage, 'noa@example.org', password)
  await expect(guestPage.getByRole('heading', { name: 'No workspace to go to' })).toBeVisible()
})

test('the last owner cannot leave the workspace without one', async ({ browser }) => {
  const page = await (await browser.newContext({ storageState: owner.state })).newPage()
  await page.goto(`${app.address}/settings/members`)
  await page.getByRole('button', { name: 'Change the role of Olga Winter' }).click()
  await page.getByRole('radio', { name: /^Viewer/ }).check()
  await page.getByRole('button', { name: 'Save the role' }).click()
  await expect(page.getByText('This is the last active owner')).toBeVisible()
  expect((await owner.api.ask('GET', '/me')).body).toMatchObject({ role: 'owner' })
})

test('a forgotten password is replaced by mail, which ends the old sessions', async ({ browser }) => {
  const person = await joinAs({ owner, role: 'reviewer', name: 'Rafael Osei' })
  const old = await browser.newContext({ storageState: person.state })
  expect(await statusOfMe(old)).toBe(200)
  const page = await (await browser.newContext()).newPage()
  await page.goto(`${app.address}/sign-in`)
  await page.getByRole('link', { name: 'Forgot your password?' }).click()
  await expect(page.getByRole('heading', { name: 'Forgotten password' })).toBeVisible()
  await page.getByLabel('E-mail address').fill('nobody-has-this@example.org')
  await page.getByRole('button', { name: 'Send a link' }).click()
  const answer = 'If an account has this address'
  await expect(page.getByText(answer)).toBeVisible()
  const before = mailbox.count()
  await page.reload()
  await page.getByLabel('E-mail address').fill(person.email)
  await page.getByRole('button', { name: 'Send a link' }).click()
  await expect(page.getByText(answer)).toBeVisible()
  await expect.poll(() => mailbox.count()).toBe(before + 1)
  const link =
    /http:\/\/127\.0\.0\.1:\d+\/new-password\/[\w-]+/.exec((await mailbox.wait(person.email)).text)?.[0] ?? ''
  await page.goto(link)
  await page.getByLabel('New password', { exact: true }).fill('cask thistle orbit lamp')
  await page.getByRole('button', { name: 'Set the password and sign in' }).click()
  await page.waitForURL((url) => !url.pathname.startsWith('/new-password'))
  expect(await statusOfMe(page.context())).toBe(200)
  expect(await statusOfMe(old)).toBe(401)
  await page.goto(link)
  await expect(page.getByText('This link was used already')).toBeVisible()
})

test('changing the password in the settings keeps this browser and ends the others', async ({ browser }) => {
  const person = await joinAs({ owner, role: 'viewer', name: 'Mara Petrov' })
  const other = await browser.newContext({ storageState: person.state })
  const page = await (await browser.newContext({ storageState: person.state })).newPage()
  await page.goto(`${app.address}/settings`)
  await page.getByLabel('Current password', { exact: true }).fill('not this one')
  await page.getByLabel('New password', { exact: true }).fill('cask thistle orbit lamp')
  await page.getByRole('button', { name: 'Change the password' }).click()
  await expect(page.getByText('This is not your current password')).toBeVisible()
  await page.getByLabel('Current password', { exact: true }).fill(password)
  await page.getByLabel('New password', { exact: true }).fill('cask thistle orbit lamp')
  await page.getByRole('button', { name: 'Change the password' }).click()
  await expect(page.getByText('The password is changed')).toBeVisible()
  expect(await statusOfMe(page.context())).toBe(200)
  expect(await statusOfMe(other)).toBe(401)
  await page.getByRole('button', { name: 'Sign out everywhere' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Sign out everywhere' }).click()
  await expect(page).toHaveURL(/\/sign-in$/)
  expect(await statusOfMe(page.context())).toBe(401)
})

test('a token is shown once, works, and stops when revoked', async ({ browser }) => {
  const page = await (await browser.newContext({ storageState: owner.state })).newPage()
  await page.goto(`${app.address}/settings/tokens`)
  await page.getByLabel('Name').fill('Nightly import')
  await page.getByRole('button', { name: 'Make the token' }).click()
  const secret = await page.getByLabel('Your new token').inputValue()
  const ask = () => page.request.get(`${app.address}/api/v1/me`, { headers: { authorization: `Bearer ${secret}` } })
  expect(await (await ask()).json()).toMatchObject({ via: 'token', scopes: ['read'] })
  await page.reload()
  await expect(page.getByText(secret)).toHaveCount(0)
  await page.getByRole('button', { name: 'Revoke Nightly import' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click()
  await expect(page.getByText('You have no tokens.').or(page.getByText('Browser tests'))).toBeVisible()
  await expect(page.getByText('Nightly import', { exact: true })).toHaveCount(0)
  const refused = await ask()
  expect(refused.status()).toBe(401)
  expect(await refused.json()).toMatchObject({ detail: expect.stringContaining('revoked') })
})

test('the health page tells that the server and its database work', async ({ request }) => {
  const answer = await request.get(`${app.address}/api/health`)
  expect(answer.status()).toBe(200)
  expect(await answer.json()).toEqual({
    status: 'ok',
    version: expect.stringMatching(/^\d+\.\d+\.\d+/) as unknown,
    database: 'ok',
    storage: 'ok',
  })
})

for (const path of [
  '/invite/nobody-made-this',
  '/set-up/%00',
  '/new-password/%F0%9F%92%A9',
  `/invite/${'x'.repeat(3000)}`,
  '/sign-in?error=%3Cscript%3Ealert(1)%3C/script%3E&next=%00',
  '/sign-in?next=a&next=b&error=toString',
  '/api/auth/callback/oidc?state=x&code=y',
  '/api/auth/error?error=Configuration',
  '/api/auth/no-such-thing',
  '/forgot-password',
]) {
  test(`an odd address gets a plain answer: ${path.slice(0, 60)}`, async ({ page }) => {
    const answer = await page.goto(app.address + path)
    expect(answer?.status()).toBeLessThan(500)
    expect((await page.locator('body').innerText()).trim()).not.toBe('')
  })
}
