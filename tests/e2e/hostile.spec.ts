/**
 * Hostile texts, stored in every field and shown on every page, run nothing, with and without the content security policy: the policy is only the
 * second line of defence.
 */
import { randomUUID } from 'node:crypto'
import { expect, test, type Browser } from '@playwright/test'
import type { DocumentView, ImportPreview } from '@/lib/domain/documents/schema'
import { findArmed, placeCanary } from './support/canary'
import { openAs, setUpOwner, type Person } from './support/people'
import { findShared, readJson } from './support/shared'
import { settle } from './support/settle'
import { startApp, type App } from './support/start-app'
import type { ApiAnswer } from './support/token-api'
import { watchPages } from './support/watch'

const files = ['testdata/strings/html-sanitizer-payloads.json', 'testdata/strings/naughty-strings.json'].map(findShared)
const missing = files.find((file) => file.missing !== null)?.missing ?? null
if (missing !== null) process.stderr.write(`${missing}\n`)
test.skip(missing !== null, missing ?? '')

const payloads =
  missing === null ? (readJson(files[0]?.path ?? '') as { payload: string }[]).map(({ payload }) => payload) : []
const strings = missing === null ? [...payloads, ...(readJson(files[1]?.path ?? '') as string[])] : []
/** Short names for the narrowest fields, one for each kind of attack. */
const names = [
  '<img src=x onerror=alert(1)>',
  '"><svg onload=alert(1)>',
  "'-alert(1)-'",
  '</script><script>alert(1)</script>',
  '{{constructor.constructor("alert(1)")()}}',
  '<iframe srcdoc="<script>parent.alert(1)</script>">',
]

let app: App
let owner: Person
let paths: string[] = []

function inGroups<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, group) =>
    items.slice(group * size, (group + 1) * size),
  )
}

/** Calls for each item, eight at a time. */
async function forAll<T>(items: readonly T[], act: (item: T, at: number) => Promise<void>): Promise<void> {
  const entries = [...items.entries()]
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let next = entries.shift(); next !== undefined; next = entries.shift()) await act(next[1], next[0])
    }),
  )
}

/** Whether a value was stored unchanged; a refusal must be a plain 422. */
function assertStored<T>({ status, body }: ApiAnswer<T>, value: string, read: (body: T) => string): boolean {
  if (status === 422) return false
  expect(status, value).toBe(201)
  expect(read(body)).toBe(value)
  return true
}

test.beforeAll(async () => {
  if (missing !== null) return
  test.setTimeout(180_000)
  app = await startApp()
  owner = await setUpOwner(app, {
    workspace: '<b onmouseover=alert(1)>Desk</b>',
    name: '"><script>alert(1)</script>',
  })
  const { api } = owner
  const stored = { sources: 0, references: 0, documents: 0, notes: 0, tokens: 0 }
  const sourceIds: string[] = []
  const referenceIds: string[] = []
  await forAll(strings, async (value, at) => {
    const other = strings[(at + 1) % strings.length] ?? ''
    const source = await api.ask<{ id: string; name: string }>('POST', '/sources', {
      body: { name: value.slice(0, 300), kind: value.slice(0, 100), description: other },
    })
    if (assertStored(source, value.slice(0, 300), (body) => body.name)) {
      stored.sources += 1
      sourceIds.push(source.body.id)
    }
    const csl = {
      type: 'report',
      title: value,
      publisher: value.slice(0, 1000),
      'container-title': other.slice(0, 1000),
      author: [{ literal: value.slice(0, 600) }],
      note: value,
      DOI: value.slice(0, 300),
      page: value.slice(0, 100),
      custom: { [value]: value },
    }
    const reference = await api.ask<{ id: string; title: string }>('POST', '/references', {
      body: { csl, snapshotText: `${value}\n${other}` },
    })
    if (assertStored(reference, value, (body) => body.title)) {
      stored.references += 1
      referenceIds.push(reference.body.id)
    }
    // An address is either a plain web address or refused.
    if (!value.includes(':')) return
    const home = await api.ask<{ homepage: string }>('POST', '/sources', {
      body: { name: `Home ${String(at)}`, homepage: value },
    })
    expect([201, 422], value).toContain(home.status)
    if (home.status === 201 && value !== '') expect(new URL(home.body.homepage).protocol).toMatch(/^https?:$/)
  })
  const documents: DocumentView[] = []
  const imports = [
    ...inGroups(payloads, 20).map((group) => ({
      text: group.map((payload) => `<p>Before.</p>${payload}<p>After it stands a sentence.</p>`).join('\n'),
      format: 'html',
    })),
    ...inGroups(strings, 250).flatMap((group) => [
      { text: group.join('\n\n'), format: 'markdown' },
      { text: group.join('\n\n'), format: 'text' },
    ]),
  ]
  for (const [at, { text, format }] of imports.entries()) {
    const title =
      inGroups(strings, Math.ceil(strings.length / imports.length))
        [at]?.join(' ')
        .slice(0, 1000) ?? 'None'
    const answer = await api.ask<DocumentView>('POST', '/documents', {
      body: {
        text: text.replaceAll('\0', ''),
        format,
        title,
        author: title.slice(0, 500),
        source: { name: names[at % names.length] },
        fileName: names[at % names.length],
        allowDuplicate: true,
      },
    })
    expect(answer.status, JSON.stringify(answer.body).slice(0, 400)).toBe(201)
    documents.push(answer.body)
    stored.documents += 1
  }
  await forAll(inGroups(strings, 8), async (group, at) => {
    const document = documents[at % documents.length]
    const referenceId = referenceIds[at]
    if (document === undefined || referenceId === undefined) throw new Error('Nothing to annotate')
    const text = await api.send<string>('GET', `/revisions/${document.revision.id}/text`)
    const start = text.search(/\w{3}/u) + Math.floor(at / documents.length) * 5
    const note = group.join('\n').replaceAll('\0', '')
    const body = {
      start,
      end: start + 9,
      rating: 'contradicted',
      note,
      citations: [{ referenceId, stance: 'contradicts', quote: note.slice(0, 9000), locator: note.slice(0, 300) }],
    }
    const answer = await api.ask('POST', `/revisions/${document.revision.id}/annotations`, { body })
    expect([201, 422], JSON.stringify(answer.body)).toContain(answer.status)
    if (answer.status === 201) stored.notes += 1
  })
  await forAll(inGroups(strings, 8), async (group) => {
    const name = (group[0] ?? '').slice(0, 120)
    const answer = await api.ask('POST', '/tokens', { body: { id: randomUUID(), name, scopes: ['read'] } })
    expect([201, 409, 422], name).toContain(answer.status)
    if (answer.status === 201) stored.tokens += 1
  })
  process.stdout.write(`Stored ${JSON.stringify(stored)} of ${String(strings.length)} strings.\n`)
  expect(stored.sources).toBeGreaterThan(700)
  expect(stored.references).toBeGreaterThan(600)
  expect(stored.notes).toBeGreaterThan(80)
  const source = documents[0]?.source.id ?? ''
  paths = [
    '/documents',
    '/documents?q=%3Csvg%20onload%3Dalert(1)%3E',
    '/documents/import',
    ...documents.map(({ id }) => `/documents/${id}`),
    '/sources',
    ...[source, ...sourceIds.filter((_, at) => at % 70 === 0)].map((id) => `/sources/${id}`),
    `/sources/${source}/report`,
    '/references',
    '/references?q=%3Cscript%3E',
    ...referenceIds
      .filter((_, at) => at % 40 === 0)
      .flatMap((id, at) => (at % 6 === 0 ? [`/references/${id}`, `/references/${id}/edit`] : [`/references/${id}`])),
    '/references/new',
    '/settings',
    '/settings/members',
    '/settings/tokens',
    '/settings/workspace',
  ]
})

test.afterAll(async () => {
  if (missing === null) await app.stop()
})

async function visitAll(
  browser: Browser,
  { some, bypassCSP }: { some: readonly string[]; bypassCSP: boolean },
): Promise<string[]> {
  const context = await openAs(browser, owner, { bypassCSP })
  const canary = await placeCanary(context)
  const watch = watchPages(context, { address: app.address })
  const page = await context.newPage()
  const faults: string[] = []
  const left = [...some]
  for (let path = left.shift(); path !== undefined; path = left.shift()) {
    const response = await page.goto(app.address + path)
    if (response?.status() !== 200) faults.push(`${path} answered ${String(response?.status())}`)
    await settle(page)
    const next = await page
      .getByRole('link', { name: 'Next page' })
      .getAttribute('href', { timeout: 100 })
      .catch(() => null)
    if (next !== null) left.push(next)
    if (/^\/documents\/[0-9a-f-]{36}$/.test(path)) {
      await page.locator('.reader-text').waitFor()
      await page.keyboard.press('l')
    }
    if (!page.url().startsWith(app.address)) faults.push(`${path} went to ${page.url()}`)
    const found = [...(await findArmed(page)), ...canary.take(), ...watch.take()]
    faults.push(...found.map((fault) => `${path}: ${fault}`))
  }
  await context.close()
  return faults
}

test('every page shows them and runs nothing, without the help of the content security policy', async ({ browser }) => {
  test.setTimeout(180_000)
  expect(await visitAll(browser, { some: paths, bypassCSP: true })).toEqual([])
})

test('a page of each kind breaks nothing of the content security policy', async ({ browser }) => {
  test.setTimeout(120_000)
  const kinds = new Map(paths.map((path) => [path.replaceAll(/[0-9a-f-]{36}/g, 'id'), path]))
  expect(await visitAll(browser, { some: [...kinds.values()], bypassCSP: false })).toEqual([])
})

test('the preview of an import shows them and runs nothing, also as names of the workspace and its people', async ({
  browser,
}) => {
  test.setTimeout(120_000)
  const context = await openAs(browser, owner, { bypassCSP: true })
  const canary = await placeCanary(context)
  const watch = watchPages(context, { address: app.address })
  const page = await context.newPage()
  await page.goto(`${app.address}/documents/import`)
  const files = inGroups(payloads, 60).map((group, at) => ({
    name: `<img src=x onerror=alert(1)>${String(at)}.html`,
    mimeType: 'text/html',
    buffer: Buffer.from(`<html><head><title>${group[0] ?? ''}</title></head><body>${group.join('\n')}</body></html>`),
  }))
  await page.getByLabel('Choose files').setInputFiles(files)
  await expect(page.getByText('Check the details and the structure')).toHaveCount(files.length)
  for (const summary of await page.getByText('Check the details and the structure').all()) await summary.click()
  const faults = [...(await findArmed(page))]
  for (const name of names) {
    const workspace = await owner.api.send<{ version: number }>('GET', '/workspace')
    await owner.api.change('PATCH', '/workspace', { body: { name }, version: workspace.version })
    const me = await page.request.patch(`${app.address}/api/v1/me`, { data: { name } })
    expect(me.status(), await me.text()).toBe(200)
    await page.goto(`${app.address}/settings/members`)
    await settle(page)
    await page.keyboard.press('Control+k')
    faults.push(...(await findArmed(page)))
  }
  await context.close()
  expect([...faults, ...canary.take(), ...watch.take()]).toEqual([])
})

test('each payload alone keeps no address that is code', async () => {
  const kept: string[] = []
  await forAll(payloads, async (payload) => {
    const answer = await owner.api.ask<ImportPreview>('POST', '/documents/preview', {
      body: { text: `<p>Before.</p>${payload}<p>After.</p>`, format: 'html' },
    })
    expect(answer.status, payload).toBeLessThan(500)
    if (answer.status !== 200) return
    for (const [, href = ''] of JSON.stringify(answer.body.content).matchAll(/"href":"([^"]*)"/g)) {
      if (!/^(https?:\/\/|mailto:)/i.test(href)) kept.push(`${href} of ${payload}`)
    }
  })
  expect(kept).toEqual([])
})

test('an original file is saved, never shown', async ({ browser }) => {
  const { items } = await owner.api.send<{ items: DocumentView[] }>('GET', '/documents?limit=1')
  const context = await openAs(browser, owner, { bypassCSP: true })
  const canary = await placeCanary(context)
  const page = await context.newPage()
  await page.goto(`${app.address}/settings`)
  const download = page.waitForEvent('download')
  await page.goto(`${app.address}/api/v1/revisions/${items[0]?.revision.id ?? ''}/original`).catch((error: unknown) => {
    // Chromium ends the navigation when it turns into a download.
    expect(String(error)).toMatch(/ERR_ABORTED|Download is starting/)
  })
  await download
  await context.close()
  expect(canary.take()).toEqual([])
})

test('the canary hears a page that does run them', async ({ browser }) => {
  const context = await openAs(browser, null, { bypassCSP: true })
  const canary = await placeCanary(context)
  const watch = watchPages(context, { address: app.address })
  await context.route(`${app.address}/raw`, (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><title>Raw</title><main>${payloads.join('\n')}<a href="javascript:alert(1)">x</a><img src=x onerror=alert(1)><img src="https://elsewhere.example/x.png"></main>`,
    }),
  )
  const page = await context.newPage()
  await page.goto(`${app.address}/raw`, { waitUntil: 'commit' })
  await expect.poll(() => canary.take().length).toBeGreaterThan(0)
  expect(watch.take().some((fault) => fault.startsWith('foreign: '))).toBe(true)
  expect((await findArmed(page)).length).toBeGreaterThan(10)
  await context.close()
})

test('the server is alive and logged no error', () => {
  expect(app.isRunning()).toBe(true)
  expect(app.printed()).not.toMatch(/"level":(50|60)|Error:/)
})
