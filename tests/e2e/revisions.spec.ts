/** A publisher changes a text: the later one is stored, annotations are carried over, and changed ones wait for a decision. */
import { createServer } from 'node:http'
import { expect, test, type Browser, type Page } from '@playwright/test'
import type { DocumentView } from '@/lib/domain/documents/schema'
import { readerReady } from './review-app'
import { findProblemsInThemes } from './support/axe'
import { joinAs, openAs, setUpOwner, type Person } from './support/people'
import { startApp, type App } from './support/start-app'
import { annotate, importText } from './support/world'

let app: App

let owner: Person
/** The page as the publisher serves it now. */
let published = ''
const publisher = createServer((request, response) => {
  if (request.url === '/robots.txt') response.writeHead(404).end()
  else response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(published)
})

test.beforeAll(async () => {
  await new Promise<void>((resolve) => publisher.listen(0, '127.0.0.1', resolve))
  app = await startApp({ FETCH_LOOPBACK: 'only-for-tests' })
  owner = await setUpOwner(app)
})

test.afterAll(async () => {
  publisher.close()
  await app.stop()
})

const before = `The ferry to Solholm

The ferry carried 412 cars on its busiest day in May.

The council paid 3.1 million for a new pier in 2019, the register says.

The lamp of the old pier was sold to a museum abroad.

Nobody kept a log of the winter storms, the harbour master said.`

/** One sentence is edited, one is removed. */
const after = before
  .replace('3.1 million for a new pier in 2019', '2.4 million for a wider pier in 2021')
  .replace('The lamp of the old pier was sold to a museum abroad.\n\n', '')

async function visit(browser: Browser, who: Person, path: string): Promise<Page> {
  const context = await openAs(browser, who)
  const page = await context.newPage()
  await page.goto(app.address + path)
  return page
}

test('a later text comes in, and each annotation finds its place or waits for a decision', async ({ browser }) => {
  const reviewer = await joinAs({ owner, role: 'reviewer', name: 'Ana Ruiz' })
  const document = await importText(owner, {
    text: before,
    source: 'The Coastal Herald',
    title: 'The ferry to Solholm',
  })
  const revision = document.revision.id
  const mark = (words: string) => annotate(reviewer, { revision, words, rating: 'unsourced' })
  await mark('The ferry carried 412 cars on its busiest day in May.')
  await mark('The council paid 3.1 million for a new pier in 2019')
  await mark('The lamp of the old pier was sold to a museum abroad.')

  const page = await visit(browser, owner, `/documents/${document.id}/revise`)
  // A text that is already stored changes nothing.
  await page.getByRole('tab', { name: 'Paste' }).click()
  await page.getByLabel('Text', { exact: true }).fill(before)
  await page.getByRole('button', { name: 'Look at it' }).click()
  await expect(page.getByText('There is nothing to store.')).toBeVisible()
  // The later text.
  await page.getByLabel('Text', { exact: true }).fill(after)
  await page.getByRole('button', { name: 'Look at it' }).click()
  await expect(page.getByText('1 annotation keeps its place. 2 annotations wait for a decision')).toBeVisible()
  await expect(page.locator('ins').filter({ hasText: 'wider' })).toBeVisible()
  await expect(page.locator('del').filter({ hasText: 'The lamp' })).toBeVisible()
  expect(await findProblemsInThemes(page, 'a later text')).toEqual([])
  await page.getByRole('button', { name: 'Store as revision 2' }).click()

  // The queue, by keyboard: lost annotations come first.
  await page.waitForURL(/changes\?from=1&to=2/)
  const queue = page.getByRole('list', { name: 'Annotations to decide' })
  await expect(queue.getByRole('listitem')).toHaveCount(2)
  await expect(queue.getByRole('listitem').first()).toContainText('Words gone')
  expect(await findProblemsInThemes(page, 'what has changed')).toEqual([])
  await queue.getByRole('listitem').first().focus()
  await page.keyboard.press('r')
  await expect(queue.getByRole('listitem')).toHaveCount(1)
  await expect(queue.getByRole('listitem').first()).toBeFocused()
  await page.keyboard.press('c')
  await expect(page.getByRole('heading', { name: 'Nothing waits' })).toBeVisible()
  // Taken back, and then placed by hand.
  await page.getByRole('button', { name: 'Undo' }).last().click()
  await expect(queue.getByRole('listitem')).toHaveCount(1)
  await queue.getByRole('listitem').first().focus()
  await page.keyboard.press('e')
  const dialog = page.getByRole('dialog', { name: 'Where does it belong?' })
  await dialog.locator('.reader[data-ready] .reader-text').focus()
  for (let step = 0; step < 3; step++) await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(dialog.getByRole('status').last()).toContainText('wider pier in 2021, the register says.')
  await dialog.getByRole('button', { name: 'Carry over here' }).click()
  await expect(page.getByRole('heading', { name: 'Nothing waits' })).toBeVisible()

  // The reader shows the later text with both marks, and the earlier one unchanged.
  const reading = await visit(browser, reviewer, `/documents/${document.id}`)
  await readerReady(reading)
  await expect(reading.getByText('revision 2 of 2')).toBeVisible()
  await expect(reading.locator('article[id^="card-"]')).toHaveCount(2)
  await reading.goto(`${app.address}/documents/${document.id}?revision=${revision}`)
  await readerReady(reading)
  await expect(reading.getByText('This is an earlier revision.')).toBeVisible()
  await expect(reading.locator('article[id^="card-"]')).toHaveCount(3)
  await reading.getByRole('link', { name: 'see what has changed' }).click()
  await expect(reading.getByRole('heading', { name: 'What has changed' })).toBeVisible()
})

test('a page that was imported by its address is looked at again', async ({ browser }) => {
  const pageOf = (words: string) =>
    `<!doctype html><html lang="en"><head><title>The lighthouse</title></head><body><article><h1>The lighthouse</h1>${words
      .split('\n\n')
      .map((paragraph) => `<p>${paragraph}</p>`)
      .join('')}</article></body></html>`
  const words = 'The lamp burned 400 litres of oil a year.\n\nThe keeper lived alone on the rock until 1962.'
  published = pageOf(words)
  const port = (publisher.address() as { port: number }).port
  const address = `http://127.0.0.1:${String(port)}/lighthouse`
  const document = await owner.api.send<DocumentView>('POST', '/documents', {
    address,
    url: address,
    source: { name: 'The Coastal Herald' },
  })
  await annotate(owner, { revision: document.revision.id, words: '400 litres of oil', rating: 'contradicted' })

  const page = await visit(browser, owner, '/documents')
  await page.getByRole('button', { name: 'Actions for The lighthouse' }).click()
  await page.getByRole('menuitem', { name: 'Check for changes' }).click()
  await expect(page.getByText('There is nothing to store.')).toBeVisible()

  // The publisher edits it without notice.
  published = pageOf(words.replace('400 litres', '90 litres'))
  await page.getByRole('button', { name: 'Check for changes' }).click()
  await expect(page.getByText('1 annotation waits for a decision: 1 whose words have changed.')).toBeVisible()
  await page.getByRole('button', { name: 'Store as revision 2' }).click()
  const queue = page.getByRole('list', { name: 'Annotations to decide' })
  await expect(queue.locator('del')).toHaveText('400')
  await expect(queue.locator('ins')).toHaveText('90')
  await queue.getByRole('listitem').focus()
  await page.keyboard.press('c')
  await page.getByRole('link', { name: 'Read revision 2' }).click()
  await readerReady(page)
  await expect(page.locator('article[id^="card-"]')).toHaveCount(1)
})
