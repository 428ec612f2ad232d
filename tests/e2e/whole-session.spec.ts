/** Four people take two real articles through a whole review session: plan, review blind, submit, adjudicate, close. */
import { randomUUID } from 'node:crypto'
import { expect, test, type BrowserContext, type Page, type TestInfo } from '@playwright/test'
import type { Rating } from '@/lib/domain/annotations/rating'
import type { AnnotationView } from '@/lib/domain/annotations/schema'
import type { DocumentView, RevisionView } from '@/lib/domain/documents/schema'
import type { SessionAgreement } from '@/lib/domain/agreement/schema'
import type { SessionView } from '@/lib/domain/review-sessions/schema'
import { checkableSentences, scopeRegions } from '@/lib/domain/text/scope'
import { unpackSentences } from '@/lib/domain/text/sentences'
import { buildTextIndex } from '@/lib/domain/text/text-index'
import { joinAs, openAs, setUpOwner, type Person } from './support/people'
import { findShared, textFilesOf } from './support/shared'
import { settle } from './support/settle'
import { startApp, type App } from './support/start-app'

const corpus = findShared('corpus')
if (corpus.missing !== null) process.stderr.write(`${corpus.missing}\n`)
test.skip(corpus.missing !== null, corpus.missing ?? '')
test.describe.configure({ mode: 'serial' })

/** The shortest articles, because everything is done by hand here. */
const read = ['brink-of-war.txt', 'connect-the-dots.txt']

let app: App
let lena: Person
let mina: Person
let tomas: Person
let aiko: Person
let documents: DocumentView[]
let session: SessionView
const windows: BrowserContext[] = []

async function memberId(person: Person): Promise<string> {
  return (await person.api.send<{ memberId: string }>('GET', '/me')).memberId
}

async function windowOf(browser: Parameters<typeof openAs>[0], person: Person): Promise<Page> {
  const context = await openAs(browser, person)
  windows.push(context)
  return context.newPage()
}

async function show(page: Page, info: TestInfo, name: string): Promise<void> {
  await settle(page)
  const path = info.outputPath(`${name.replaceAll(/\W+/g, '-')}.png`)
  await page.screenshot({ path })
  await info.attach(name, { path, contentType: 'image/png' })
}

async function current(): Promise<SessionView> {
  return lena.api.send<SessionView>('GET', `/review-sessions/${session.id}`)
}

async function move(name: string): Promise<void> {
  const { version } = await current()
  await lena.api.change('POST', `/review-sessions/${session.id}/transitions`, { body: { name }, version })
}

test.beforeAll(async () => {
  test.setTimeout(240_000)
  app = await startApp()
  const owner = await setUpOwner(app)
  lena = await joinAs({ owner, role: 'lead', name: 'Lena Oduya' })
  mina = await joinAs({ owner, role: 'reviewer', name: 'Mina Reyes' })
  tomas = await joinAs({ owner, role: 'reviewer', name: 'Tomas Bell' })
  aiko = await joinAs({ owner, role: 'reviewer', name: 'Aiko Sato' })
  documents = []
  for (const { name, bytes } of textFilesOf(corpus.path)) {
    const body = { text: bytes.toString('utf8'), fileName: name, source: { name: 'The corpus' } }
    const document = await lena.api.send<DocumentView>('POST', '/documents', body)
    if (read.includes(name)) documents.push(document)
  }
})

test.afterAll(async () => {
  await Promise.all(windows.map((context) => context.close()))
  await app.stop()
})

test('a lead plans the session, spreads the work and starts it', async ({ browser }, info) => {
  const page = await windowOf(browser, lena)
  await page.goto(`${app.address}/review-sessions`)
  await page.getByRole('button', { name: 'New session' }).first().click()
  await page.getByLabel('Name').fill('Two articles, spring')
  await page.getByRole('button', { name: 'Make the plan' }).click()
  await page.waitForURL(/\/review-sessions\/[0-9a-f-]{36}$/)
  const id = page.url().split('/').at(-1) ?? ''
  const { api } = lena
  session = await api.send<SessionView>('GET', `/review-sessions/${id}`)
  const { protocol } = session
  session = await api.change<SessionView>('PATCH', `/review-sessions/${id}`, {
    body: {
      question: 'What do they claim, and on what evidence?',
      guidelines:
        '## How to rate\n\n- Search for **ten minutes** before you rate unsourced.\n- Rate forecasts not checkable.',
      protocol: { ...protocol, reviewersPerDocument: 2, blind: true },
    },
    version: session.version,
  })
  const picked = { how: 'picked', documentIds: documents.map((document) => document.id) }
  await api.send('POST', `/review-sessions/${id}/documents`, picked)
  for (const person of [mina, tomas])
    await api.send('PUT', `/review-sessions/${id}/members/${await memberId(person)}`, { reviews: true })
  const settles = { reviews: false, adjudicates: true }
  await api.send('PUT', `/review-sessions/${id}/members/${await memberId(aiko)}`, settles)
  await page.reload()
  await show(page, info, 'plan')
  await move('activate')
  await api.send('POST', `/review-sessions/${id}/distribution`, { seed: 7 })
  await page.reload()
  await expect(page.getByRole('columnheader', { name: /Tomas Bell/ })).toBeVisible()
  await show(page, info, 'session page, nothing started')
})

/** Decides every sentence by keyboard: the first ones with the given keys, the others as no claim. */
async function review(page: Page, keys: readonly string[]): Promise<void> {
  await page.locator('.reader[data-ready]').waitFor()
  await page.locator('.reader-text').focus()
  const coverage = page.getByTestId('coverage')
  const total = Number(/of (\d+) sentences/.exec((await coverage.textContent()) ?? '')?.[1])
  expect(total).toBeGreaterThan(10)
  for (let sentence = 0; sentence < total; sentence += 1) {
    await page.keyboard.press('j')
    await page.keyboard.press(keys[sentence] ?? '0')
    await expect(coverage).toHaveText(`${String(sentence + 1)} of ${String(total)} sentences decided`)
  }
  await expect(page.locator('[data-save]')).toHaveText('All saved')
}

/** Decides every sentence of a document through the API, like `review` by keyboard. */
async function reviewByApi(person: Person, { revision }: DocumentView, keys: readonly string[]): Promise<void> {
  const ratings: Record<string, Rating> = { '2': 'unsourced', '4': 'not_checkable' }
  const shown = await person.api.send<RevisionView>('GET', `/revisions/${revision.id}`)
  const outOfScope = scopeRegions(buildTextIndex(shown.content))
  const sentences = checkableSentences(unpackSentences(shown.sentences), outOfScope)
  const path = `/revisions/${revision.id}`
  const decisions: { start: number; end: number }[] = []
  for (const [place, { start, end }] of sentences.entries()) {
    const rating = ratings[keys[place] ?? '0']
    if (rating === undefined) decisions.push({ start, end })
    else await person.api.send('POST', `${path}/annotations`, { start, end, rating })
  }
  await person.api.send('POST', `${path}/sentence-decisions/bulk`, { decisions })
}

const minaRates = ['2', '4', '2', '2']
const tomasRates = ['2', '2', '4', '0']

test('two reviewers work at the same time, blind, and submit', async ({ browser }, info) => {
  test.setTimeout(360_000)
  const pages = [await windowOf(browser, mina), await windowOf(browser, tomas)] as const
  await pages[0].goto(`${app.address}/inbox`)
  await expect(pages[0].getByText(documents[0]?.title ?? '?').first()).toBeVisible()
  await show(pages[0], info, 'inbox of a reviewer')
  const [byHand, other] = documents
  if (byHand === undefined || other === undefined) throw new Error('Two articles were imported')
  for (const document of documents) {
    if (document === other) {
      // The second document is reviewed through the API, like by a program: the same marks.
      await reviewByApi(mina, document, minaRates)
      await reviewByApi(tomas, document, tomasRates)
    }
    await Promise.all(pages.map((page) => page.goto(`${app.address}/documents/${document.id}`)))
    await expect(pages[0].getByText(/only you see your marks/)).toBeVisible()
    if (document === byHand) {
      await review(pages[0], minaRates)
      await review(pages[1], tomasRates)
    }
    // Nothing of the other reviewer: not on the page, not after a reload, not through the API.
    await pages[0].reload()
    await pages[0].locator('.reader[data-ready]').waitFor()
    await expect(pages[0].getByRole('heading', { name: 'Annotations 4' })).toBeVisible()
    expect(await pages[0].content()).not.toContain('Tomas Bell')
    const path = `/revisions/${document.revision.id}/annotations`
    const seen = await mina.api.send<{ items: AnnotationView[] }>('GET', path)
    expect(new Set(seen.items.map(({ author }) => author.id))).toEqual(new Set([await memberId(mina)]))
    expect((await lena.api.send<{ items: AnnotationView[] }>('GET', path)).items).toEqual([])
    await show(pages[0], info, `blind review of ${document.title}`)
    for (const page of pages) {
      await page.getByRole('region', { name: 'Review session' }).getByRole('button', { name: 'Submit' }).click()
      const dialog = page.getByRole('dialog', { name: 'Submit this review' })
      await expect(dialog.getByText('Nothing is missing')).toBeVisible()
      await expect(dialog.getByRole('button', { name: 'Submit' })).toBeFocused()
      await page.keyboard.press('Enter')
      await expect(page.getByText(/Your marks are locked\./).first()).toBeVisible()
    }
  }
  await show(pages[0], info, 'submitted')
  await pages[0].goto(`${app.address}/inbox`)
  await expect(pages[0].getByText('Nothing waits for you')).toBeVisible()
})

test('an adjudicator settles every claim by keyboard', async ({ browser }, info) => {
  test.setTimeout(240_000)
  await move('start-adjudication')
  // The session's page shows what is left to settle, and all work, with nothing left to assign.
  const ofLead = await windowOf(browser, lena)
  await ofLead.goto(`${app.address}/review-sessions/${session.id}`)
  await expect(ofLead.getByText('In adjudication')).toBeVisible()
  await expect(ofLead.getByRole('list', { name: 'The session in figures' })).toContainText('8 claims, 8 to settle')
  await expect(ofLead.getByRole('link', { name: 'Open adjudication' }).first()).toBeVisible()
  await expect(ofLead.getByRole('grid').getByText('submitted', { exact: true })).toHaveCount(4)
  await settle(ofLead)
  await ofLead.getByRole('grid').locator('[data-assignment]').first().click()
  await expect(ofLead.getByRole('menuitem', { name: 'Accept' })).toBeVisible()
  await expect(ofLead.getByRole('menuitem', { name: /Give to another reviewer/ })).toHaveCount(0)
  await show(ofLead, info, 'session page, in adjudication')
  await ofLead.close()
  const page = await windowOf(browser, aiko)
  await page.goto(`${app.address}/inbox`)
  await page.getByRole('link', { name: session.name, exact: true }).click()
  await page.waitForURL(/\/adjudication/)
  await settle(page)
  // The names behind ratings are masked until the claim is decided.
  await expect(page.getByText('Mina Reyes')).toHaveCount(0)
  await show(page, info, 'adjudication')
  const { progress } = await current()
  const claims = progress.claims ?? 0
  // Four spans of one reviewer and three of the other on the same sentences, in two documents.
  expect(claims).toBe(8)
  for (let decided = 0; decided < claims; decided += 1) {
    // A person waits until the last one is decided before going on.
    await expect(page.getByText(`${String(decided)} of ${String(claims)} claims decided`)).toBeVisible()
    // Unsourced, because nothing was found.
    await page.keyboard.press('2')
    await page.keyboard.press('n')
    await page.keyboard.press('Enter')
    await expect.poll(async () => (await current()).progress.openClaims).toBe(claims - decided - 1)
  }
  await show(page, info, 'everything settled')
})

test('the lead closes it, and everyone sees what was decided and how far they agreed', async ({ browser }, info) => {
  const page = await windowOf(browser, lena)
  await move('close')
  expect((await current()).state).toBe('closed')
  await page.goto(`${app.address}/review-sessions/${session.id}`)
  await expect(page.getByText('Closed', { exact: true })).toBeVisible()
  await expect(page.getByRole('list', { name: 'The session in figures' })).toContainText('8 claims')
  await expect(page.getByRole('link', { name: 'Verdicts' })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'What holds us up' })).toHaveCount(0)
  await expect(page.getByRole('grid').getByText('100 %')).toHaveCount(2)
  await show(page, info, 'closed session')
  await page.goto(`${app.address}/review-sessions/${session.id}/agreement`)
  await expect(page.getByText('Agreement not established')).toBeVisible()
  await show(page, info, 'agreement')
  await page.goto(`${app.address}/sources/${documents[0]?.source.id ?? randomUUID()}/report`)
  const report = page.getByRole('article')
  await expect(report).toContainText('What do they claim, and on what evidence?')
  await expect(report).toContainText('Not random: people chose the documents.')
  await expect(report.getByRole('region', { name: 'How sure is this?' })).toContainText(
    'That is not enough to say how other reviewers would judge.',
  )
  await show(page, info, 'report')
  const found = await mina.api.send<SessionAgreement>('GET', `/review-sessions/${session.id}/agreement`)
  expect(found.agreement?.claims).toMatchObject({ total: 8, coMarked: 6 })
  expect(found.agreement?.session.labelAlpha.n).toBe(6)
  const forMina = await windowOf(browser, mina)
  await forMina.goto(`${app.address}/documents/${documents[0]?.id ?? randomUUID()}`)
  await forMina.locator('.reader[data-ready]').waitFor()
  await expect(forMina.getByRole('complementary', { name: 'Verdicts' })).toBeVisible()
  await show(forMina, info, 'what was decided, for a reviewer')
  await forMina.keyboard.press('v')
  await expect(forMina.getByText('Tomas Bell').first()).toBeVisible()
})
