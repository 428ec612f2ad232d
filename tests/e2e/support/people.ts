import { randomUUID } from 'node:crypto'
import {
  request,
  type APIRequestContext,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from '@playwright/test'
import type { Role } from '@/lib/domain/access/policy'
import { TokenApi } from './token-api'
import type { App } from './start-app'

/** The password of everyone in browser tests. */
export const password = 'ferry lantern quarry 1974'

type State = Awaited<ReturnType<BrowserContext['storageState']>>

/** A person who joined. `state` opens browser windows that are signed in. */
export interface Person {
  email: string
  state: State
  api: TokenApi
}

async function submitted(page: Page, button: string, arrivesAt: RegExp): Promise<void> {
  await page.getByRole('button', { name: button, exact: true }).click()
  await page.waitForURL(arrivesAt)
}

/** The hidden fields of a password form, as the server wrote them. */
function hiddenFields(html: string): Record<string, string> {
  const form = [...html.matchAll(/<form\b.*?<\/form>/gs)]
    .map(([whole]) => whole)
    .find((each) => each.includes('name="password"'))
  if (form === undefined) throw new Error(`There is no form that asks for a password:\n${html.slice(0, 2000)}`)
  const plain = (value: string) => value.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&amp;', '&')
  return Object.fromEntries(
    [...form.matchAll(/<input type="hidden" name="([^"]*)"(?: value="([^"]*)")?/g)].map(([, name = '', value = '']) => [
      plain(name),
      plain(value),
    ]),
  )
}

/**
 * Sends the form of a one-time link as a browser without scripts does, which takes a fraction of the time. Then makes a personal token with every
 * scope for the person who is signed in. `shell.spec.ts` and `people.spec.ts` fill such forms in by hand.
 */
async function joinBy(link: string, email: string, fields: Record<string, string>): Promise<Person> {
  const { origin } = new URL(link)
  const context = await request.newContext({ extraHTTPHeaders: { origin } })
  try {
    const page = await context.get(link)
    const form = { ...hiddenFields(await page.text()), timeZone: 'Pacific/Chatham', password, ...fields }
    const sent = await context.post(link, { multipart: form, maxRedirects: 0 })
    if (sent.status() !== 303) throw new Error(`Nobody joined: ${String(sent.status())} ${await sent.text()}`)
    return { email, state: await context.storageState(), api: await tokenFor(context, origin) }
  } finally {
    await context.dispose()
  }
}

async function tokenFor(signedIn: APIRequestContext, address: string): Promise<TokenApi> {
  const answer = await signedIn.post(`${address}/api/v1/tokens`, {
    data: { id: randomUUID(), name: 'Browser tests', scopes: ['read', 'annotate', 'manage', 'administer'] },
  })
  if (answer.status() !== 201) throw new Error(`No token was made: ${await answer.text()}`)
  const { secret } = (await answer.json()) as { secret: string }
  return new TokenApi(address, secret)
}

/** The values that the first owner of a new server enters. */
export interface FirstOwner {
  workspace?: string
  name?: string
}

const ownerEmail = 'olga@example.org'

/** Signs up the first owner with the one-time link of a new server. */
export function setUpOwner(
  app: App,
  { workspace = 'Harbour desk', name = 'Olga Winter' }: FirstOwner = {},
): Promise<Person> {
  return joinBy(app.setupLink, ownerEmail, { workspaceName: workspace, name, email: ownerEmail })
}

/** Does the same by hand, in a browser window. */
export async function setUpOwnerInBrowser(browser: Browser, app: App): Promise<Person> {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(app.setupLink)
  await page.getByLabel('Name of the workspace').fill('Harbour desk')
  await page.getByLabel('Your name').fill('Olga Winter')
  await page.getByLabel('Your e-mail address').fill(ownerEmail)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await submitted(page, 'Create the workspace', /\/documents$/)
  const state = await context.storageState()
  const person = { email: ownerEmail, state, api: await tokenFor(context.request, app.address) }
  await context.close()
  return person
}

/** Invites a person and joins as them: opens the link, chooses a name and a password. */
export async function joinAs({ owner, role, name }: { owner: Person; role: Role; name: string }): Promise<Person> {
  const email = `${role}.${randomUUID().slice(0, 8)}@example.org`
  const { link } = await owner.api.send<{ link: string }>('POST', '/invitations', { id: randomUUID(), email, role })
  return joinBy(link, email, { name })
}

/** Signs in through the page, in a browser window that is signed out. A person with waiting work lands in the inbox. */
export async function signIn(page: Page, app: App, email: string): Promise<void> {
  await page.goto(`${app.address}/sign-in`)
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await submitted(page, 'Sign in', /\/(documents|inbox)$/)
}

/** A browser window in which the person is signed in; signed out for null. */
export async function openAs(
  browser: Browser,
  person: Person | null,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  return browser.newContext({ ...options, ...(person === null ? {} : { storageState: person.state }) })
}
