import { randomUUID } from 'node:crypto'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from '@playwright/test'
import type { Role } from '@/lib/domain/access/policy'
import { TokenApi } from './token-api'
import type { App } from './start-app'

/** The password of everyone in browser tests. */
export const password = 'ferry lantern quarry 1974'

type State = Awaited<ReturnType<BrowserContext['storageState']>>

/** Someone who signed in once through the page; `state` lets further browser windows start signed in. */
export interface Person {
  email: string
  state: State
  api: TokenApi
}

async function submitted(page: Page, button: string, arrivesAt: RegExp): Promise<void> {
  await page.getByRole('button', { name: button, exact: true }).click()
  await page.waitForURL(arrivesAt)
}

/** A personal token of the user who is signed in, with every scope, made as the settings page makes it. */
async function tokenFor(app: App, page: Page): Promise<TokenApi> {
  const answer = await page.request.post(`${app.address}/api/v1/tokens`, {
    data: { id: randomUUID(), name: 'Browser tests', scopes: ['read', 'annotate', 'manage', 'administer'] },
  })
  if (answer.status() !== 201) throw new Error(`No token was made: ${await answer.text()}`)
  const { secret } = (await answer.json()) as { secret: string }
  return new TokenApi(app.address, secret)
}

/** Opens the one-time link of a new server and becomes its first owner. */
export async function setUpOwner(
  browser: Browser,
  app: App,
  names: { workspace?: string; name?: string } = {},
): Promise<Person> {
  const context = await browser.newContext()
  const page = await context.newPage()
  const email = 'olga@example.org'
  await page.goto(app.setupLink)
  await page.getByLabel('Name of the workspace').fill(names.workspace ?? 'Harbour desk')
  await page.getByLabel('Your name').fill(names.name ?? 'Olga Winter')
  await page.getByLabel('Your e-mail address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await submitted(page, 'Create the workspace', /\/documents$/)
  const person = { email, state: await context.storageState(), api: await tokenFor(app, page) }
  await context.close()
  return person
}

/** Invites someone, who opens the link, chooses a name and a password, and joins. */
export async function joinAs(
  browser: Browser,
  app: App,
  { owner, role, name }: { owner: Person; role: Role; name: string },
): Promise<Person> {
  const email = `${role}.${randomUUID().slice(0, 8)}@example.org`
  const { link } = await owner.api.send<{ link: string }>('POST', '/invitations', { id: randomUUID(), email, role })
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(link)
  await page.getByLabel('Your name').fill(name)
  await page.getByLabel('Choose a password', { exact: true }).fill(password)
  await submitted(page, 'Join', /\/documents$/)
  const person = { email, state: await context.storageState(), api: await tokenFor(app, page) }
  await context.close()
  return person
}

/** Signs in through the page, in a browser window that knows nobody; who has something waiting lands in the inbox. */
export async function signIn(page: Page, app: App, email: string): Promise<void> {
  await page.goto(`${app.address}/sign-in`)
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await submitted(page, 'Sign in', /\/(documents|inbox)$/)
}

/** A browser window in which the person is signed in; null for nobody. */
export async function openAs(
  browser: Browser,
  person: Person | null,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  return browser.newContext({ ...options, ...(person === null ? {} : { storageState: person.state }) })
}
