/** No page breaks a rule that axe can check: in light and dark, on wide and on small screens, and on two pages in high contrast too. */
import { expect, test, type Browser, type Page } from '@playwright/test'
import { findProblems, findProblemsInThemes } from './support/axe'
import { placesOf, publicPlacesOf, type ShownIds } from './support/pages'
import { joinAs, openAs, setUpOwner, type Person } from './support/people'
import { planSessions } from './support/sessions'
import { settle } from './support/settle'
import { startApp, type App } from './support/start-app'
import { fillWorkspace, type World } from './support/world'

let app: App
let owner: Person | null = null

const wide = { name: 'a wide screen', width: 1440, height: 900 }
const narrow = { name: 'a telephone', width: 390, height: 844 }

test.beforeAll(async () => {
  app = await startApp()
})

test.afterAll(async () => {
  await app.stop()
})

/** The findings of axe on the present page, at both sizes. The window is wide afterwards. */
async function findAtBothSizes(page: Page, label: string, highContrast = false): Promise<string[]> {
  const found: string[] = []
  for (const { name, ...size } of [wide, narrow]) {
    await page.setViewportSize(size)
    found.push(...(await findProblemsInThemes(page, `${label}, on ${name}`, highContrast)))
  }
  await page.setViewportSize(wide)
  return found
}

async function open(browser: Browser, person: Person | null, { width, height } = wide): Promise<Page> {
  const context = await openAs(browser, person, { viewport: { width, height }, reducedMotion: 'reduce' })
  return context.newPage()
}

async function visit(page: Page, path: string): Promise<void> {
  await page.goto(path.startsWith('http') ? path : app.address + path)
  await settle(page)
}

/**
 * Keeps two operations per method and three objects on the API's page, each with the first rows of its tables. One component makes more than a
 * hundred of them, and axe needs half a minute for all.
 */
async function keepSomeOperations(page: Page): Promise<void> {
  const methods = await page.evaluate(() => {
    const kept: string[] = []
    for (const operation of document.querySelectorAll('[data-operation]')) {
      const method = operation.querySelector('p.font-mono span')?.textContent ?? ''
      if (kept.filter((each) => each === method).length < 2) kept.push(method)
      else operation.remove()
    }
    for (const object of document.querySelectorAll('[aria-labelledby=objects] > div:nth-of-type(n + 4)'))
      object.remove()
    for (const row of document.querySelectorAll('tbody > tr:nth-child(n + 7)')) row.remove()
    return [...new Set(kept)].sort()
  })
  expect(methods).toEqual(['DELETE', 'GET', 'PATCH', 'POST', 'PUT'])
  expect(await page.locator('[aria-labelledby=objects] table').count()).toBe(3)
}

const highContrastPages = ['/documents', '/references']

test('a server that nobody has set up, an empty workspace, and what is planted is found', async ({ browser }) => {
  const before = await open(browser, null)
  await visit(before, app.setupLink)
  const found = await findAtBothSizes(before, 'set-up')
  await before.context().close()
  owner = await setUpOwner(app)
  const page = await open(browser, owner)
  for (const path of [
    '/documents',
    '/documents/import',
    '/sources',
    '/references',
    '/review-sessions',
    '/inbox',
    '/settings/members',
    '/settings/tokens',
  ]) {
    await visit(page, path)
    found.push(...(await findProblemsInThemes(page, `empty ${path}`)))
  }
  expect(found).toEqual([])
  await page.evaluate(() => {
    const planted = document.createElement('p')
    planted.textContent = 'Hardly to be read'
    planted.style.color = '#888'
    planted.style.background = '#999'
    document.querySelector('main')?.append(planted, document.createElement('img'))
  })
  const planted = await findProblems(page, { label: 'planted' })
  expect(planted.map((line) => line.replace(/ \(.*/, '')).sort()).toEqual([
    'planted: color-contrast',
    'planted: image-alt',
  ])
  expect(await findProblems(page, { label: 'planted', onlyColours: true })).toHaveLength(1)
  await page.context().close()
})

test.describe('a workspace in use', () => {
  let lead: Person
  let reviewer: Person
  let world: World
  let shown: ShownIds
  let resetPath: string
  let published: string

  test.beforeAll(async () => {
    test.setTimeout(180_000)
    // The previous test made the owner, unless it is skipped.
    lead = owner ?? (await setUpOwner(app))
    reviewer = await joinAs({ owner: lead, role: 'reviewer', name: 'Rosa Lind' })
    world = await fillWorkspace(lead, reviewer)
    const sessions = await planSessions(lead, {
      documentIds: [world.document, world.persian],
      pair: [
        { name: 'Olga Winter', person: lead },
        { name: 'Rosa Lind', person: reviewer },
      ],
    })
    const frozen = JSON.parse((await app.runScript('tests/e2e/support/seed-report.ts')).stdout) as Record<
      'report' | 'published',
      string
    >
    published = frozen.published
    shown = { ...world, ...sessions, report: frozen.report }
    const link = await app.commandLine('reset-password-link', reviewer.email)
    resetPath = new URL(/http\S+/.exec(link.stdout)?.[0] ?? '').pathname
  })

  test('the pages before signing in', async ({ browser }) => {
    const page = await open(browser, null)
    const found: string[] = []
    const links = {
      setUp: new URL(app.setupLink).pathname,
      invite: new URL(world.inviteLink).pathname,
      newPassword: resetPath,
      published,
    }
    for (const path of [...publicPlacesOf(links), '/invite/never']) {
      await visit(page, path)
      found.push(...(await findAtBothSizes(page, path)))
    }
    await visit(page, '/sign-in')
    await page.getByLabel('E-mail address').fill('nobody@example.org')
    await page.getByLabel('Password', { exact: true }).fill('not the password')
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await page.getByRole('alert').filter({ hasText: /\w/ }).waitFor()
    found.push(...(await findAtBothSizes(page, 'a refused sign-in')))
    await page.context().close()
    expect(found).toEqual([])
  })

  test('the pages of the workbench', async ({ browser }) => {
    test.setTimeout(240_000)
    const page = await open(browser, lead)
    const found: string[] = []
    // The first page only redirects to another.
    const paths = placesOf(shown)
      .map(({ path }) => path)
      .filter((path) => path !== '/')
    for (const path of [...paths, '/nothing/here', `/documents/${shown.source}`]) {
      await visit(page, path)
      if (path === '/docs/api') await keepSomeOperations(page)
      found.push(...(await findAtBothSizes(page, path, highContrastPages.includes(path))))
    }
    await page.context().close()
    const other = await open(browser, reviewer)
    await visit(other, `/review-sessions/${shown.active}`)
    found.push(...(await findAtBothSizes(other, 'a session, for a reviewer')))
    await other.context().close()
    expect(found).toEqual([])
  })

  test('importing', async ({ browser }) => {
    const page = await open(browser, lead)
    await visit(page, '/documents/import')
    await page.getByRole('tab', { name: 'Paste' }).click()
    const found = await findAtBothSizes(page, 'import, paste')
    await page.getByRole('tab', { name: 'Files' }).click()
    await page.getByLabel('Choose files').setInputFiles([
      {
        name: 'ferry.md',
        mimeType: 'text/markdown',
        buffer: Buffer.from(
          '# The ferry\n\nThe ferry ran until 1975. It carried 90 cars.\n\n- One list\n- Two items\n\n| A | B |\n|---|---|\n| 1 | 2 |\n',
        ),
      },
      {
        name: 'picture.txt',
        mimeType: 'text/plain',
        buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]),
      },
    ])
    await expect(page.getByText('Cannot be imported')).toBeVisible()
    await page.getByText('Check the details and the structure').click()
    found.push(...(await findAtBothSizes(page, 'import, preview and refusal')))
    await page.context().close()
    expect(found).toEqual([])
  })

  for (const size of [wide, narrow]) {
    test(`what opens over the reader, on ${size.name}`, async ({ browser }) => {
      const page = await open(browser, reviewer, size)
      const found: string[] = []
      const look = async (label: string) => found.push(...(await findProblemsInThemes(page, `reader, ${label}`)))
      await visit(page, `/documents/${world.document}`)
      await page.locator('.reader[data-ready]').waitFor()
      await page.keyboard.press('j')
      await page.keyboard.press('2')
      await page.locator('article[data-open]').first().waitFor()
      await look('card open')
      await page.locator('article[data-open]').getByRole('button', { name: 'Note (N)' }).click()
      await look('note')
      await page.keyboard.press('Escape')
      await page.locator('article[data-open]').getByRole('button', { name: 'Evidence (E)' }).click()
      await page.getByRole('combobox').waitFor()
      await page.getByRole('combobox').fill('Reg')
      await page.getByRole('option').first().waitFor()
      await look('evidence')
      await page.getByRole('option', { name: /Register/ }).click()
      await page.getByLabel('Quote').waitFor()
      await look('citation')
      await visit(page, `/documents/${world.document}`)
      await page.locator('.reader[data-ready]').waitFor()
      await page.keyboard.press('?')
      await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
      await look('shortcut sheet')
      await page.keyboard.press('Escape')
      await page.keyboard.press('Control+k')
      await page.getByRole('combobox').waitFor()
      await look('palette')
      await page.keyboard.press('Escape')
      await page.keyboard.press('s')
      await page.getByRole('dialog').waitFor()
      await look('scope')
      await page.keyboard.press('Escape')
      if (size === wide) {
        // A small screen has no room for the list beside the text.
        await page.keyboard.press('l')
        await page.locator('[data-row]').first().waitFor()
        await look('list')
      }
      await page.context().close()
      expect(found).toEqual([])
    })
  }
})
