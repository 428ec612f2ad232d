import { expect, test, type BrowserContext, type Page } from '@playwright/test'
import type { DocumentView } from '@/lib/domain/documents/schema'
import { expectDecided, expectSaved, readerReady } from './review-app'
import { findProblems } from './support/axe'
import { joinAs, password, setUpOwner, type Person } from './support/people'
import { startApp, type App } from './support/start-app'
import { importText } from './support/world'

/** How often the long offline scenario runs; OUTBOX_ROUNDS=10 for a long run. */
const rounds = Number(process.env['OUTBOX_ROUNDS'] ?? '1')
const sentences = 60
const decisions = 50

let app: App
let owner: Person
let mina: Person
let tomas: Person

test.beforeAll(async () => {
  app = await startApp()
  owner = await setUpOwner(app)
  mina = await joinAs({ owner, role: 'reviewer', name: 'Mina Reyes' })
  tomas = await joinAs({ owner, role: 'reviewer', name: 'Tomas Bell' })
})
test.afterAll(async () => {
  await app.stop()
})

let documents = 0
/** A document of sixty sentences without marks. */
async function freshDocument(): Promise<DocumentView> {
  documents += 1
  const text = Array.from(
    { length: sentences },
    (_, place) =>
      `In year ${String(1900 + place)} the ferry of route ${String(documents)} carried ${String(200 + place)} people.`,
  )
  return importText(owner, { text: text.join(' '), source: 'Lake Radio', title: `Ferry route ${String(documents)}` })
}

/** Opens a document; a person who is signed out arrives by the sign-in page. */
async function openDocument(context: BrowserContext, document: DocumentView, who: Person): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`${app.address}/documents/${document.id}`)
  const form = page.getByLabel('E-mail address')
  await form.or(page.locator('.reader[data-ready]')).first().waitFor()
  if (await form.isVisible()) await passSignIn(page, who)
  await readerReady(page)
  return page
}

async function passSignIn(page: Page, who: Person): Promise<void> {
  await page.getByLabel('E-mail address').fill(who.email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** Decides the next `count` sentences by keyboard, alternating "no claim" and "unsourced". */
async function decide(page: Page, count: number): Promise<void> {
  await page.locator('.reader-text').focus()
  for (let place = 0; place < count; place++) {
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press(place % 2 === 0 ? '0' : '2')
  }
}

/** The number of changes in the browser's database; 0 when there is no database, which the check must not create. */
async function keptOnDevice(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const isThere = (await indexedDB.databases()).some(({ name }) => name === 'sourcemark-outbox')
    if (!isThere) return 0
    return new Promise<number>((resolve, reject) => {
      const request = indexedDB.open('sourcemark-outbox')
      request.onerror = () => {
        reject(new Error('The outbox cannot be opened'))
      }
      request.onsuccess = () => {
        const count = request.result.transaction('writes').objectStore('writes').count()
        count.onsuccess = () => {
          request.result.close()
          resolve(count.result)
        }
      }
    })
  })
}

/** Ends this browser's session on the server, like signing out in another tab, and leaves the cookie in place. */
async function endSession(context: BrowserContext): Promise<void> {
  const cookies = await context.cookies()
  const page = await context.newPage()
  await page.goto(`${app.address}/settings`)
  await page.getByRole('button', { name: /: menu$/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.waitForURL(/\/sign-in/)
  await page.close()
  await context.addCookies(cookies)
}

/** An annotation or a decision. */
interface Marked {
  id: string
  start: number
}

/** A document's marks on the server, and the number of events behind them. */
async function storedOf(document: DocumentView) {
  const { api } = owner
  const revision = `/revisions/${document.revision.id}`
  const all = async (path: string) => {
    const items: Marked[] = []
    let cursor: string | null = null
    do {
      const from: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`
      const answer: { items: Marked[]; next: string | null } = await api.send('GET', `${path}?limit=100${from}`)
      items.push(...answer.items)
      cursor = answer.next
    } while (cursor !== null)
    return items
  }
  const annotations = await all(`${revision}/annotations`)
  const made = await all(`${revision}/sentence-decisions`)
  const starts = [...annotations, ...made].map(({ start }) => start)
  const events = new Map<string, number>()
  let after = 0
  for (;;) {
    const answer = await api.send<{ items: { subjectId: string; sequence: number }[]; next: number }>(
      'GET',
      `/events?after=${String(after)}&limit=100`,
    )
    if (answer.items.length === 0) break
    for (const { subjectId } of answer.items) events.set(subjectId, (events.get(subjectId) ?? 0) + 1)
    after = answer.next
  }
  const perRow = [...annotations, ...made].map(({ id }) => events.get(id) ?? 0)
  return {
    annotations: annotations.length,
    decisions: made.length,
    places: new Set(starts).size,
    perRow: new Set(perRow),
  }
}

const halfEach = { annotations: decisions / 2, decisions: decisions / 2, places: decisions, perRow: new Set([1]) }

test(`decisions made offline arrive exactly once after the tab was closed and the sign-in has ended (${String(rounds)} times)`, async ({
  browser,
}) => {
  test.setTimeout(120_000 * rounds)
  for (let round = 0; round < rounds; round++) {
    const document = await freshDocument()
    const context = await browser.newContext()
    const page = await openDocument(context, document, mina)
    await context.setOffline(true)
    await decide(page, decisions)
    await expectDecided(page, decisions, sentences)
    await expect(page.locator('[data-save]')).toHaveText(/^50 waiting, offline since \d\d:\d\d$/)
    await expect.poll(() => keptOnDevice(page)).toBe(decisions)
    await page.close()
    await context.setOffline(false)
    // In one round the session ends on the server, in the next the cookie is gone.
    if (round % 2 === 0) await context.clearCookies()
    else await endSession(context)

    const again = await openDocument(context, document, mina)
    await expectDecided(again, decisions, sentences)
    await expectSaved(again)
    await expect.poll(() => keptOnDevice(again)).toBe(0)
    expect(await storedOf(document)).toEqual(halfEach)
    await again.reload()
    await readerReady(again)
    await expectDecided(again, decisions, sentences)
    expect(await storedOf(document)).toEqual(halfEach)
    await context.close()
  }
})

test('answers that get lost and a tab that dies in the middle double nothing', async ({ browser }) => {
  const document = await freshDocument()
  const context = await browser.newContext({ storageState: mina.state })
  const page = await openDocument(context, document, mina)
  let calls = 0
  await context.route('**/api/v1/revisions/**', async (route) => {
    calls += 1
    // The server has done its work; every other answer never comes.
    await route.fetch()
    if (calls % 2 === 0) await route.abort()
    else await route.fulfill({ response: await route.fetch() })
  })
  await decide(page, decisions)
  await expect.poll(() => calls).toBeGreaterThan(5)
  await page.close()
  await context.unrouteAll({ behavior: 'ignoreErrors' })
  const again = await openDocument(context, document, mina)
  await expect.poll(() => keptOnDevice(again)).toBe(0)
  await expectSaved(again)
  const { decisions: made, annotations, places, perRow } = await storedOf(document)
  expect(places).toBe(made + annotations)
  expect(perRow).toEqual(new Set([1]))
  await expectDecided(again, places, sentences)
  await context.close()
})

test('another page of the workbench sends what was left, and says so; another member’s is named and left alone', async ({
  browser,
}) => {
  const document = await freshDocument()
  const context = await browser.newContext({ storageState: mina.state })
  const page = await openDocument(context, document, mina)
  await context.setOffline(true)
  await decide(page, 3)
  await expect.poll(() => keptOnDevice(page)).toBe(3)
  await page.close()
  await context.clearCookies()
  await context.setOffline(false)

  const other = await context.newPage()
  await other.goto(`${app.address}/sources`)
  await passSignIn(other, tomas)
  await expect(other.getByText('3 changes of Mina Reyes are kept on this device')).toBeVisible()
  expect((await storedOf(document)).places).toBe(0)

  await context.clearCookies()
  await other.goto(`${app.address}/sources`)
  await passSignIn(other, mina)
  await expect(other.getByText(`3 changes of “${document.title}”, kept on this device, are saved now.`)).toBeVisible()
  expect((await storedOf(document)).places).toBe(3)
  expect(await keptOnDevice(other)).toBe(0)
  await context.close()
})

test('someone else signing in while a page is open does not take its work over', async ({ browser }) => {
  const document = await freshDocument()
  const context = await browser.newContext({ storageState: mina.state })
  const page = await openDocument(context, document, mina)
  await context.clearCookies()
  await context.addCookies(tomas.state.cookies)
  await decide(page, 2)
  await expect(page.locator('[data-save]')).toHaveText(
    'Another user is signed in. Mina Reyes: 2 changes are kept on this device.',
  )
  expect((await storedOf(document)).places).toBe(0)
  await context.clearCookies()
  await context.addCookies(mina.state.cookies)
  await expectSaved(page)
  expect((await storedOf(document)).places).toBe(2)
  await context.close()
})

test('two tabs share one outbox: one sends, both show it, and the second takes over', async ({ browser }) => {
  const document = await freshDocument()
  const context = await browser.newContext({ storageState: mina.state })
  const first = await openDocument(context, document, mina)
  const second = await openDocument(context, document, mina)
  await decide(first, 2)
  await expectSaved(first)
  await expectDecided(second, 2, sentences)
  await context.setOffline(true)
  await second.locator('.reader-text').focus()
  for (let place = 0; place < 3; place++) await second.keyboard.press('ArrowDown')
  await second.keyboard.press('0')
  await expectDecided(first, 3, sentences)
  await expect(second.locator('[data-save]')).toHaveText(/^1 waiting, offline/)
  await first.close()
  await context.setOffline(false)
  await expectSaved(second)
  expect((await storedOf(document)).places).toBe(3)
  await context.close()
})

test('a browser that keeps nothing says so and saves all the same', async ({ browser }) => {
  const document = await freshDocument()
  const context = await browser.newContext({ storageState: mina.state })
  await context.addInitScript(() => {
    Object.defineProperty(window, 'indexedDB', { value: undefined })
  })
  const page = await openDocument(context, document, mina)
  await expect(page.getByText('No copy on this device')).toBeVisible()
  await context.setOffline(true)
  await decide(page, 2)
  await expect(page.locator('[data-save]')).toHaveText(/^2 waiting, offline/)
  await context.setOffline(false)
  await expectSaved(page)
  expect((await storedOf(document)).places).toBe(2)
  await context.close()
})

test('a refused change keeps its words, says why and can be copied, tried again and discarded', async ({ browser }) => {
  const document = await freshDocument()
  const context = await browser.newContext({ storageState: mina.state })
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const page = await openDocument(context, document, mina)
  const reason = 'This work was submitted. Ask for it back to change it.'
  await context.route('**/api/v1/revisions/**', async (route) => {
    const problem = { type: 'about:blank', title: 'conflict', status: 409, code: 'conflict', detail: reason }
    await route.fulfill({ status: 409, contentType: 'application/problem+json', body: JSON.stringify(problem) })
  })
  await decide(page, 2)
  await expect(page.locator('[data-save]')).toHaveText('Not saved: 2 need you')
  await page.getByRole('button', { name: 'Show', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Not saved' })
  await expect(dialog.getByText(reason)).toHaveCount(2)
  await dialog.getByRole('button', { name: 'Copy all words' }).click()
  await expect(dialog.getByRole('button', { name: 'Copied' })).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('Rating: unsourced')
  expect(await findProblems(page, { label: 'not saved' })).toEqual([])

  // Closing asks first: what waits here will not go out by itself.
  const asked = page.waitForEvent('dialog')
  await page.close({ runBeforeUnload: true })
  const question = await asked
  expect(question.type()).toBe('beforeunload')
  await question.dismiss()

  await dialog.getByRole('button', { name: 'Discard', exact: true }).first().click()
  await expect(dialog.getByText(reason)).toHaveCount(1)
  await context.unrouteAll({ behavior: 'ignoreErrors' })
  await dialog.getByRole('button', { name: 'Try again', exact: true }).click()
  await expect(dialog.getByText('All changes are settled.')).toBeVisible()
  await page.keyboard.press('Escape')
  await expectSaved(page)
  expect((await storedOf(document)).places).toBe(1)
  expect(await keptOnDevice(page)).toBe(0)
  await context.close()
})

test('an annotation deleted elsewhere while it was changed here can be brought back with the change', async ({
  browser,
}) => {
  const document = await freshDocument()
  const devices = [
    await browser.newContext({ storageState: mina.state }),
    await browser.newContext({ storageState: mina.state }),
  ] as const
  const first = await openDocument(devices[0], document, mina)
  await decide(first, 2)
  await expectSaved(first)
  const second = await openDocument(devices[1], document, mina)
  // What an open card needs comes right after the reader.
  await second.waitForLoadState('networkidle')
  await devices[1].setOffline(true)
  await second.locator('[data-card-button]').first().click()
  await second.locator('article[data-open]').waitFor()
  await second.keyboard.press('d')
  await expect.poll(() => keptOnDevice(second)).toBe(1)
  // The card of what was marked last is open.
  await first.getByRole('button', { name: 'Delete' }).click()
  await expectSaved(first)

  await devices[1].setOffline(false)
  const problem = second.getByRole('alert').filter({ hasText: 'Deleted elsewhere' })
  await expect(problem).toBeVisible()
  await second.reload()
  await readerReady(second)
  // What waits on the device comes into the page after the reader, and moves the cards.
  await expect(async () => {
    if ((await second.locator('article[data-open]').count()) === 0)
      await second.locator('[data-card-button]').first().click()
    await expect(problem).toBeVisible({ timeout: 2_000 })
  }).toPass()
  await problem.getByRole('button', { name: 'Bring it back with my change' }).click()
  await expectSaved(second)
  await expect(second.locator('article[id^="card-"]')).toContainText('disputed')
  expect((await storedOf(document)).annotations).toBe(1)
  for (const device of devices) await device.close()
})
