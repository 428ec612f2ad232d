/**
 * A page is imported by its address or by the bookmarklet, from a publisher on this machine: fetched, looked at, and stored. Also the messages when
 * it cannot be fetched.
 */
import { readFileSync } from 'node:fs'
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

/** What a script writes, and what was typed, for somebody who is signed in there. */
const behindSignIn = `<!doctype html><html lang="en"><head><title>Ice on the quay</title><link rel="canonical" href="https://other.example/not-here"></head><body>
<form><input name="token" type="hidden" value="secret-of-the-form"></form><article><h1>Ice on the quay</h1><p id="late"></p>
<p>The ferry waited for <a href="/tides">the tide</a> until noon on Friday.</p></article>
<script>document.getElementById('late').textContent = 'The quay was closed for nine days in February.'</script></body></html>`

let publisher = ''
const server = createServer((request, response) => {
  if (request.url === '/robots.txt') response.end('User-agent: *\nDisallow: /private')
  else if (request.url === '/winter')
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(article)
  else if (request.url === '/members')
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(behindSignIn)
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
  // The name that the page gives its site is offered, and used only when pressed.
  const source = page.getByLabel('Source', { exact: true })
  await expect(source).toHaveValue('')
  expect(await findProblemsInThemes(page, 'a page that was fetched')).toEqual([])
  await page.getByRole('button', { name: 'Harbour Gazette' }).click()
  await expect(source).toHaveValue('Harbour Gazette')
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await page.waitForURL(/\/documents\/[0-9a-f-]{36}$/)
  await expect(page.locator('.reader-text')).toContainText('Nobody kept a log of it.')
  await page.getByRole('button', { name: 'About this document' }).click()
  const about = page.getByRole('dialog', { name: 'About this document' })
  await expect(about).toContainText('Fetched from its address')
  await expect(about).toContainText('text/html; charset=utf-8')
  expect(await findProblemsInThemes(page, 'what is known of a document')).toEqual([])
  const saved = page.waitForEvent('download')
  await about.getByRole('link', { name: 'Download what the site answered' }).click()
  expect(readFileSync(await (await saved).path(), 'utf8')).toBe(article)
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

test('the bookmarklet sends a page as the browser has it, and nothing is stored before it is imported', async ({
  app,
  browser,
}) => {
  const workbench = await visit(app, browser)
  await workbench.getByRole('tab', { name: 'Browser' }).click()
  const bookmarklet = await workbench.getByRole('link', { name: 'Send to Sourcemark' }).getAttribute('href')
  const page = await workbench.context().newPage()
  await page.goto(`${publisher}/members`)
  await expect(page.getByText('The quay was closed')).toBeVisible()
  const opened = page.waitForEvent('popup')
  await page.evaluate(decodeURIComponent(bookmarklet?.replace('javascript:', '') ?? ''))
  const preview = await opened
  await preview.waitForURL(`${app.address}/documents/import`)
  const texts = preview.getByRole('region', { name: 'To look at' })
  await expect(texts.getByText('Ready')).toBeVisible()
  await expect(texts.getByLabel('Title')).toHaveValue('Ice on the quay')
  await expect(texts.getByLabel('Address')).toHaveValue(`${publisher}/members`)
  await expect(texts.locator('.reader-text')).toContainText('The quay was closed for nine days in February.')
  await expect(texts.getByRole('link', { name: 'the tide' })).toHaveAttribute('href', `${publisher}/tides`)
  expect(await preview.evaluate(() => window.opener === null)).toBe(true)
  await preview
    .getByRole('combobox', { name: 'Source' })
    .or(preview.getByLabel('Source', { exact: true }))
    .first()
    .fill('Harbour Gazette')
  await preview.getByRole('button', { name: 'Import', exact: true }).click()
  await preview.waitForURL(/\/documents\/[0-9a-f-]{36}$/)
  const id = preview.url().split('/').at(-1) ?? ''
  const { items } = (await (await preview.request.get(`${app.address}/api/v1/documents/${id}/revisions`)).json()) as {
    items: { id: string }[]
  }
  const original = await preview.request.get(`${app.address}/api/v1/revisions/${items[0]?.id ?? ''}/original`)
  const kept = await original.text()
  expect(kept).not.toContain('secret-of-the-form')
  expect(kept).not.toContain('other.example')
  await workbench.context().close()
})
