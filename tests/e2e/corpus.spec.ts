/** Real articles arrive as the same text by browser, command line and API, and are read well. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test, type Page, type TestInfo } from '@playwright/test'
import { claims } from '@/bench/keys/claims'
import { flows } from '@/bench/keys/flows'
import { Typist } from '@/bench/keys/typist'
import type { AnnotationView } from '@/lib/domain/annotations/schema'
import type { DocumentView, ImportPreview, RevisionSummary, RevisionView } from '@/lib/domain/documents/schema'
import type { SessionMatrix } from '@/lib/domain/assignments/matrix'
import { unpackSentences } from '@/lib/domain/text/sentences'
import { openAs, setUpOwner, type Person } from './support/people'
import { findShared, textFilesOf } from './support/shared'
import { planSession } from './support/sessions'
import { settle } from './support/settle'
import { startApp, type App } from './support/start-app'
import { watchPages } from './support/watch'

const corpus = findShared('corpus')
if (corpus.missing !== null) process.stderr.write(`${corpus.missing}\n`)
test.skip(corpus.missing !== null, corpus.missing ?? '')
test.describe.configure({ mode: 'serial' })

const articles = corpus.missing === null ? textFilesOf(corpus.path) : []
/** The SHA-256 of each article's canonical text, by the way it was imported and its file name. */
const hashes = {
  'command line': new Map<string, string>(),
  api: new Map<string, string>(),
  browser: new Map<string, string>(),
}

let app: App
let owner: Person

test.beforeAll(async () => {
  app = await startApp()
  owner = await setUpOwner(app)
})

test.afterAll(async () => {
  await app.stop()
})

function sha256(bytes: Buffer | string): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** Records the hash of every stored document, checked against its text and its original bytes. */
async function noteHashes(way: keyof typeof hashes): Promise<DocumentView[]> {
  const { items } = await owner.api.send<{ items: DocumentView[] }>('GET', '/documents?limit=50')
  for (const { id, revision } of items) {
    const { items: revisions } = await owner.api.send<{ items: RevisionSummary[] }>('GET', `/documents/${id}/revisions`)
    const article = articles.find(({ bytes }) => sha256(bytes) === revisions[0]?.original?.sha256)
    if (article === undefined)
      throw new Error(`The bytes kept of a document imported by ${way} are those of no article`)
    expect(sha256(await owner.api.send<string>('GET', `/revisions/${revision.id}/text`))).toBe(revision.sha256)
    hashes[way].set(article.name, revision.sha256)
  }
  return items
}

/** The offset of the first sentence that a reviewer must decide. */
function firstCheckable({ sentences }: RevisionView): number | undefined {
  return unpackSentences(sentences).find(({ kind }) => kind === 'sentence')?.start
}

async function deleteAll(documents: readonly DocumentView[]): Promise<void> {
  for (const { id, version } of documents) await owner.api.change('DELETE', `/documents/${id}`, { version })
}

test('by command line', async () => {
  test.setTimeout(120_000)
  const outcome = await app.commandLine('import', ...articles.map(({ path }) => path), '--source', 'By command line')
  expect(outcome.code, outcome.stdout + outcome.stderr).toBe(0)
  const documents = await noteHashes('command line')
  expect(documents).toHaveLength(articles.length)
  const again = await app.commandLine('import', articles[0]?.path ?? '', '--source', 'By command line')
  expect(again.code, 'the same file twice is noticed').not.toBe(0)
  expect(again.stdout + again.stderr).toMatch(/already/)
  await deleteAll(documents)
})

test('by the API', async () => {
  for (const { bytes, name } of articles) {
    const body = { text: bytes.toString('utf8'), fileName: name, source: { name: 'By API' } }
    await owner.api.send('POST', '/documents', body)
    const again = await owner.api.ask<{ detail: string }>('POST', '/documents', { body })
    expect(again.status, 'the same text twice is noticed').toBe(409)
  }
  const documents = await noteHashes('api')
  expect(documents).toHaveLength(articles.length)
  await deleteAll(documents)
})

test('by browser, looked at before storing, and shown in the reader', async ({ browser }, testInfo) => {
  test.setTimeout(180_000)
  const context = await openAs(browser, owner)
  const watch = watchPages(context, { address: app.address })
  const page = await context.newPage()
  await page.goto(`${app.address}/documents/import`)
  await page.getByLabel('Choose files').setInputFiles(articles.map(({ path }) => path))
  await page.getByLabel('Source', { exact: true }).fill('By browser')
  await page.getByRole('button', { name: `Import ${String(articles.length)} documents` }).click()
  await expect(page.getByText('Imported', { exact: true })).toHaveCount(articles.length + 1)
  const documents = await noteHashes('browser')

  await page.goto(`${app.address}/documents/import`)
  await page.getByLabel('Choose files').setInputFiles(articles[0]?.path ?? '')
  await expect(page.getByText('This text is already here as')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Import', exact: true })).toBeDisabled()

  for (const document of documents) {
    await page.goto(`${app.address}/documents/${document.id}`)
    await expect(page.locator('.reader-text')).toBeVisible()
    await settle(page)
    const text = await owner.api.send<string>('GET', `/revisions/${document.revision.id}/text`)
    // With the folded parts, which do not count.
    const shown = (await page.locator('.reader-text').textContent()) ?? ''
    expect([...new Set(text.match(/\S+/gu))].filter((word) => !shown.includes(word))).toEqual([])
    await saveScreens(testInfo, page, document)
  }
  await context.close()
  expect(watch.take()).toEqual([])
})

async function saveScreens(testInfo: TestInfo, page: Page, { title }: DocumentView): Promise<void> {
  const name = title.replaceAll(/[^\p{L}\p{N}]+/gu, '-').slice(0, 60)
  for (const [size, height] of [
    ['screen', 900],
    ['long', 3600],
  ] as const) {
    await page.setViewportSize({ width: 1440, height })
    const path = testInfo.outputPath(`${name}-${size}.png`)
    await page.screenshot({ path })
    await testInfo.attach(`${title} (${size})`, { path })
  }
  await page.setViewportSize({ width: 1440, height: 900 })
}

test('an article is reviewed and submitted without a mouse, from the first ↓ on, in no more than 70 keys for ten claims with evidence', async ({
  browser,
}) => {
  const { items } = await owner.api.send<{ items: DocumentView[] }>('GET', '/documents?limit=50')
  const article = items.find(({ revision }) => revision.sha256 === hashes.browser.get('brink-of-war.txt'))
  if (article === undefined) throw new Error('The article brink-of-war.txt was not imported by browser.')
  const session = await planSession(owner, {
    name: 'Ten claims',
    documentIds: [article.id],
    reviewers: ['Olga Winter'],
    isActive: true,
    protocol: { reviewersPerDocument: 1, minimumReviewers: 1, requireSentenceDecisions: false },
  })
  const context = await openAs(browser, owner)
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const page = await context.newPage()
  await page.addInitScript(() => {
    addEventListener('pointerdown', () => {
      throw new Error('A mouse was used.')
    })
  })
  const watch = watchPages(context, { address: app.address })
  await page.goto(`${app.address}/documents/${article.id}`)
  await page.locator('.reader[data-ready]').waitFor()

  const typist = new Typist(page)
  for (const [at, claim] of claims.entries()) {
    // The first arrow key reaches the first sentence, and J the others.
    const [next, ...steps] = flows[claim.kind]
    expect(next).toEqual({ press: 'j' })
    for (const step of [at === 0 ? { press: 'ArrowDown' } : { press: 'j' }, ...steps]) await typist.do(step, claim)
  }
  expect(typist.count.keys).toBeGreaterThan(50)
  expect(typist.count.keys).toBeLessThanOrEqual(70)
  await expect(page.locator('[data-save]')).toHaveText('All saved')

  for (const key of ['g', 'x']) await page.keyboard.press(key)
  const submit = page
    .getByRole('dialog', { name: 'Submit this review' })
    .getByRole('button', { name: 'Submit', exact: true })
  await expect(submit).toBeEnabled()
  for (let presses = 0; presses < 4; presses++)
    if (!(await submit.evaluate((button) => button === document.activeElement))) await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Submitted. Your marks are locked.')).toBeVisible()

  const marks = await owner.api.send<{ items: AnnotationView[] }>(
    'GET',
    `/revisions/${article.revision.id}/annotations`,
  )
  const made = [...marks.items].sort((a, b) => a.start - b.start)
  expect(
    made.map(({ note, missing, citations }) => ({ note, missing, quotes: citations.map(({ quote }) => quote) })),
  ).toEqual(
    claims.map(({ kind, note, words }) => ({ note, missing: null, quotes: kind === 'unsourced' ? [] : [words.quote] })),
  )
  const sentences = await owner.api.send<RevisionView>('GET', `/revisions/${article.revision.id}`)
  expect(made[0]?.start, 'the first mark stands on the first sentence that is to be decided').toBe(
    firstCheckable(sentences),
  )
  const { items: references } = await owner.api.send<{ items: { title: string }[] }>('GET', '/references')
  expect(references).toHaveLength(2)
  const { documents } = await owner.api.send<SessionMatrix>('GET', `/review-sessions/${session.id}/matrix`)
  expect(documents[0]?.cells[0]?.state).toBe('submitted')
  await context.close()
  expect(watch.take()).toEqual([])
})

test('all three ways give the same text', () => {
  for (const { name } of articles) {
    const all = [hashes['command line'].get(name), hashes.api.get(name), hashes.browser.get(name)]
    expect(all[0], name).toMatch(/^[0-9a-f]{64}$/)
    expect(new Set(all).size, name).toBe(1)
  }
})

test('what was recognised, as a table', async ({}, testInfo) => {
  const lines = [
    '| article | headings | lists (items) | tables (rows) | notes | citation markers | links | checkable sentences | out of scope |',
    '|---|---|---|---|---|---|---|---|---|',
  ]
  const details: string[] = []
  for (const { name, path } of articles) {
    const preview = await owner.api.send<ImportPreview>('POST', '/documents/preview', {
      text: readFileSync(path, 'utf8'),
      fileName: name,
    })
    const { headings, lists, listItems, tables, tableRows, notes, citations, links, checkable, regions } =
      preview.summary
    const out = regions.map(({ reason, sentences }) => `${reason} (${String(sentences)})`).join(', ')
    lines.push(
      `| ${[name, headings.length, `${String(lists)} (${String(listItems)})`, `${String(tables)} (${String(tableRows)})`, notes, citations, links, checkable, out].join(' | ')} |`,
    )
    details.push(
      `\n## ${name}: ${preview.title}\n`,
      ...headings.map(
        ({ level, text, outOfScope }) => `${'#'.repeat(level)} ${text}${outOfScope ? ' (out of scope)' : ''}`,
      ),
      ...regions.map(({ reason, opening }) => `- ${reason}: ${opening}`),
    )
    expect(headings.length, `${name} has headings`).toBeGreaterThan(0)
    expect(checkable, `${name} has sentences to check`).toBeGreaterThan(10)
  }
  const path = testInfo.outputPath('recognised.md')
  const table = [...lines, ...details].join('\n')
  const { writeFileSync, mkdirSync } = await import('node:fs')
  mkdirSync(testInfo.outputDir, { recursive: true })
  writeFileSync(path, `${table}\n`)
  await testInfo.attach('What was recognised', { path })
  expect(lines).toHaveLength(articles.length + 2)
})
