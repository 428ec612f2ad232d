/** A page comes in by its address, from a publisher on this machine: fetched, looked at, and stored; and what is told when it cannot be had. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { findProblemsInThemes } from './support/axe'
import { expect, testWith, visitAs, type SeededApp } from './support/seeded-app'

interface Seed {
  password: string
}

const test = testWith<Seed>('tests/e2e/outcome-seed.ts', { FETCH_LOOPBACK: 'only-for-tests' })

const article = `<!doctype html><html lang="en"><head><title>A cold winter</title><meta name="author" content="Ada Holm">
<meta property="og:site_name" content="Harbour Gazette"></head><body><nav><a href="/">Home</a></nav><article><h1>A cold winter</h1>
<p>The harbour froze twice in 1904. Nobody kept a log of it.</p><p>The mayor said that the ice was a metre thick.</p></article></body></html>`

let publisher = ''
const server = createServer((request, response) => {
  if (request.url === '/robots.txt') response.end('User-agent: *\nDisallow: /private')
  else if (request.url === '/winter')
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(article)
  else response.writeHead(404).end()
})

test.beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  publisher = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`
})
test.afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const visit = (app: SeededApp<Seed>, browser: Parameters<typeof visitAs>[0]['browser']) =>
  visitAs({ app, browser, who: 'lena', path: '/documents/import' })

test('an address that is pasted is fetched, looked at and stored with its source', async ({ app, browser }) => {
  const page = await visit(app, browser)
  await page.getByRole('tab', { name: 'Paste' }).click()
  await page.getByRole('textbox', { name: 'Text' }).fill(`${publisher}/winter`)
  await page.getByRole('button', { name: 'Import from this address' }).click()
  const texts = page.getByRole('region', { name: 'To look at' })
  await expect(texts.getByText('Ready')).toBeVisible()
  await expect(texts).toContainText('Ada Holm')
  await expect(texts.getByLabel('Title')).toHaveValue('A cold winter')
  await expect(texts.getByLabel('Address')).toHaveValue(`${publisher}/winter`)
  // The name that the page gives its site is offered, and used only when it is pressed.
  const source = page.getByLabel('Source', { exact: true })
  await expect(source).toHaveValue('')
  expect(await findProblemsInThemes(page, 'a page that was fetched')).toEqual([])
  await page.getByRole('button', { name: 'Harbour Gazette' }).click()
  await expect(source).toHaveValue('Harbour Gazette')
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await page.waitForURL(/\/documents\/[0-9a-f-]{36}$/)
  await expect(page.locator('.reader-text')).toContainText('Nobody kept a log of it.')
  await page.context().close()
})

test('what cannot be had is told, and the text can be pasted', async ({ app, browser }) => {
  const page = await visit(app, browser)
  await page.getByRole('tab', { name: 'Address' }).click()
  const addresses = page.getByRole('textbox', { name: 'Addresses' })
  await addresses.fill('winter')
  await page.getByRole('button', { name: 'Fetch', exact: true }).click()
  await expect(page.getByText('“winter” is not an address.')).toBeVisible()
  await addresses.fill(`${publisher}/private/page\n${publisher}/gone\nhttp://10.0.0.1/page`)
  await page.getByRole('button', { name: 'Fetch', exact: true }).click()
  await expect(
    page.getByText(/asks programs in its robots\.txt not to fetch this page\. .* paste its text/),
  ).toBeVisible()
  await expect(page.getByText(/answered 404: there is no such page/)).toBeVisible()
  await expect(page.getByText(/There is no public site at this address/)).toBeVisible()
  await page.getByRole('tab', { name: 'Paste' }).click()
  await page.getByRole('textbox', { name: 'Text' }).fill('The harbour froze twice. Nobody kept a log.')
  await page.getByRole('button', { name: 'Look at it' }).click()
  await expect(page.getByText('Ready')).toBeVisible()
  await page.context().close()
})
