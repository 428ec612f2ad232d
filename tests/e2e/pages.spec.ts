/** No page ends blank, in an error, or wider than a small screen, for any visitor and any ids in its address. */
import { randomUUID } from 'node:crypto'
import { expect, test, type Browser, type BrowserContext } from '@playwright/test'
import { pageAt, pageFolders, placesOf, placesOfRows, publicPlacesOf, type ShownIds } from './support/pages'
import { joinAs, openAs, setUpOwner, signIn, type Person } from './support/people'
import { planSessions } from './support/sessions'
import { settle } from './support/settle'
import { startApp, type App } from './support/start-app'
import { watchPages } from './support/watch'
import { fillWorkspace, type World } from './support/world'

let app: App
let world: World
let shown: ShownIds
let foreign: World & { session: string; report: string }
let published: string
const people: Record<'owner' | 'lead' | 'reviewer' | 'viewer', Person | null> = {
  owner: null,
  lead: null,
  reviewer: null,
  viewer: null,
}

function present(person: Person | null): Person {
  if (person === null) throw new Error('This person was not made')
  return person
}

test.beforeAll(async () => {
  test.setTimeout(120_000)
  app = await startApp()
  const owner = await setUpOwner(app)
  people.owner = owner
  people.lead = await joinAs({ owner, role: 'lead', name: 'Leo Brandt' })
  people.reviewer = await joinAs({ owner, role: 'reviewer', name: 'Rosa Lind' })
  people.viewer = await joinAs({ owner, role: 'viewer', name: 'Vera Moen' })
  world = await fillWorkspace(owner, people.reviewer)
  const sessions = await planSessions(owner, {
    documentIds: [world.document, world.persian],
    pair: [
      { name: 'Olga Winter', person: owner },
      { name: 'Rosa Lind', person: people.reviewer },
    ],
  })
  const frozen = JSON.parse((await app.runScript('tests/e2e/support/seed-report.ts')).stdout) as Record<
    'report' | 'published',
    string
  >
  published = frozen.published
  shown = { ...world, ...sessions, report: frozen.report }
  const made = await app.runScript('tests/e2e/support/seed-foreign.ts')
  if (made.code !== 0) throw new Error(`The other workspace was not made: ${made.stderr}`)
  foreign = JSON.parse(made.stdout) as typeof foreign
})

test.afterAll(async () => {
  await app.stop()
})

/** The server's answer for a path, after redirects. */
async function askFor(
  context: BrowserContext,
  path: string,
): Promise<{ path: string; status: number; heading: string }> {
  const answer = await context.request.get(app.address + path)
  const heading = (/<h1\b[^>]*>(.*?)<\/h1>/s.exec(await answer.text())?.[1] ?? '').replaceAll(/<[^>]*>/g, '').trim()
  return { path, status: answer.status(), heading }
}

interface Look {
  path: string
  status: number
  heading: string
  words: number
  overflow: number
}

/** Opens each path at the width of a small screen, and reports its content with all problems. */
async function lookAt(
  browser: Browser,
  person: Person | null,
  paths: readonly string[],
): Promise<{ looks: Look[]; faults: string[] }> {
  const context = await openAs(browser, person, { viewport: { width: 390, height: 844 } })
  // The browser's own message about a page that rightly answers 404 or 400.
  const watch = watchPages(context, {
    address: app.address,
    expected: [/Failed to load resource: the server responded with a status of 40[04]/],
  })
  const page = await context.newPage()
  const looks: Look[] = []
  const faults: string[] = []
  for (const path of paths) {
    const response = await page.goto(app.address + path)
    await page
      .locator('h1')
      .first()
      .waitFor({ state: 'attached', timeout: 5_000 })
      .catch(() => faults.push(`${path}: no heading`))
    await settle(page)
    const found = await page.evaluate(() => ({
      heading: document.querySelector('h1')?.textContent ?? '',
      words: (document.body.innerText.match(/\S+/gu) ?? []).length,
      overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    }))
    looks.push({ path, status: response?.status() ?? 0, ...found })
    faults.push(...watch.take().map((fault) => `${path}: ${fault}`))
  }
  await context.close()
  return { looks, faults }
}

function problemsOf(looks: readonly Look[], wanted: (look: Look) => number): string[] {
  return looks.flatMap((look) => [
    ...(look.status === wanted(look)
      ? []
      : [`${look.path} answered ${String(look.status)}, not ${String(wanted(look))}`]),
    ...(look.words >= 5 && look.heading.trim() !== ''
      ? []
      : [`${look.path} is all but blank (${String(look.words)} words)`]),
    ...(look.overflow <= 0 ? [] : [`${look.path} is ${String(look.overflow)} px wider than a telephone`]),
  ])
}

const statusFor =
  (role: keyof typeof people) =>
  ({ path }: { path: string }) =>
    (placesOf(shown).find((place) => place.path === path)?.only ?? [role]).includes(role) ? 200 : 404

test('every page answers an owner', async ({ browser }) => {
  const paths = placesOf(shown).map(({ path }) => path)
  const { looks, faults } = await lookAt(browser, people.owner, paths)
  expect([...problemsOf(looks, statusFor('owner')), ...faults]).toEqual([])
})

// Hydration is the same for all of these people; for the others, the server's answer shows whether they see the page.
for (const role of ['lead', 'reviewer', 'viewer'] as const) {
  test(`every page answers a ${role}, as the server sends it`, async ({ browser }) => {
    const context = await openAs(browser, present(people[role]))
    const problems: string[] = []
    for (const { path } of placesOf(shown)) {
      const { status, heading } = await askFor(context, path)
      const wanted = statusFor(role)({ path })
      if (status !== wanted) problems.push(`${path} answered ${String(status)}, not ${String(wanted)}`)
      if (wanted === 200 && heading === '') problems.push(`${path} has no heading`)
    }
    await context.close()
    expect(problems).toEqual([])
  })
}

test('every page of the application is in the list that these tests open, and every address in it leads to a page', () => {
  const folders = pageFolders()
  const links = publicPlacesOf({
    setUp: '/set-up/x',
    invite: '/invite/x',
    newPassword: '/new-password/x',
    published: '/r/x',
  })
  const pages = [...placesOf(shown).map(({ path }) => path), ...links].map((path) => pageAt(path, folders) ?? path)
  expect(folders.length).toBeGreaterThan(20)
  expect([...new Set(pages)].sort()).toEqual(folders.sort())
  // Pages of rows are also opened with ids that do not exist.
  const rows = placesOfRows({ source: 'a', document: 'b', batch: 'e', reference: 'c', session: 'd', report: 'f' })
  expect(rows.map((path) => pageAt(path, folders) ?? path).sort()).toEqual(
    folders.filter((folder) => folder.includes('/[id]')),
  )
})

test('unknown ids, ids of another workspace and invalid ids all answer as if nothing were there', async ({
  browser,
}) => {
  const ids = { reference: randomUUID(), session: randomUUID(), report: randomUUID() }
  const unknown = { source: randomUUID(), document: randomUUID(), batch: randomUUID(), ...ids }
  const rest = { session: '%ff', report: 'x' }
  const odd = { source: 'x', document: '..%2f..%2fetc', batch: '%00', reference: '%00', ...rest }
  const context = await openAs(browser, people.owner)
  const asked = []
  for (const path of [unknown, odd].flatMap(placesOfRows)) asked.push(await askFor(context, path))
  await context.close()
  // A request that no browser makes by itself may be refused before it reaches a page.
  const wrong = asked.filter(({ path, status }) => status !== 404 && !(path.includes('%') && status === 400))
  expect(wrong).toEqual([])
  // Hydration is the same for all missing rows: one of each page is enough.
  const { looks, faults } = await lookAt(browser, people.owner, [...placesOfRows(foreign), '/nothing/here'])
  expect([...problemsOf(looks, () => 404), ...faults]).toEqual([])
  // When a row is found missing after the page has begun to be sent, the status says nothing, but the words do.
  const revision = await lookAt(browser, people.owner, [`/documents/${world.document}?revision=${foreign.revision}`])
  expect([...asked, ...looks, ...revision.looks].map(({ heading }) => heading).join(' ')).not.toMatch(/Foreign|dam/)
})

test('odd queries are ignored or answered, never an error', async ({ browser }) => {
  const paths = [
    '/documents?cursor=nonsense',
    '/documents?source=x',
    `/documents?source=${world.source}`,
    '/references?q=dams',
    `/review-sessions/${shown.adjudication}/adjudication?claim=x&state=y`,
    '/documents?q=%25_%5C',
    '/documents?sort=x&sort=y',
    '/references?cursor=%00',
    '/sources?q=%F0%9F%98%80',
    `/documents/${world.document}#s99999`,
    '/sign-in?next=https://elsewhere.example/',
  ]
  const { looks, faults } = await lookAt(browser, people.owner, paths)
  expect([...problemsOf(looks, () => 200), ...faults]).toEqual([])
})

test('someone signed out is led to signing in, and back to where they wanted to go', async ({ browser }) => {
  const paths = [...placesOf(shown).map(({ path }) => path), ...placesOfRows(foreign)]
  const context = await browser.newContext()
  const asked = []
  for (const path of paths) asked.push(await askFor(context, path))
  expect(asked.filter(({ status }) => status !== 200)).toEqual([])
  const page = await context.newPage()
  await page.goto(`${app.address}/sources/${world.source}`)
  await expect(page).toHaveURL(/\/sign-in\?next=/)
  await context.close()
  // A page that is already being sent redirects in the browser.
  const underWay = asked.filter(({ heading }) => heading !== 'Sign in').map(({ path }) => path)
  const { looks, faults } = await lookAt(browser, null, [...underWay, `/documents/${foreign.document}`])
  expect([...problemsOf(looks, () => 200), ...faults]).toEqual([])
  // The API reference is public: its page is open to everyone.
  expect(looks.filter(({ heading }) => heading !== 'Sign in').map(({ path }) => path)).toEqual(['/docs/api'])
})

test('links that were used or never were say so', async ({ browser }) => {
  const paths = [
    ...publicPlacesOf({
      setUp: new URL(app.setupLink).pathname,
      invite: new URL(world.inviteLink).pathname,
      newPassword: '/new-password/never',
      published,
    }),
    '/set-up/never',
    '/invite/never',
  ]
  const { looks, faults } = await lookAt(browser, null, paths)
  expect([...problemsOf(looks, () => 200), ...faults]).toEqual([])
})

test('signing in through the page opens the documents', async ({ page }) => {
  await signIn(page, app, present(people.lead).email)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Documents')
})

test('the server is alive and logged no error', () => {
  expect(app.isRunning()).toBe(true)
  expect(app.printed()).not.toMatch(/"level":(50|60)|Error:/)
})
