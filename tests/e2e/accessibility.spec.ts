/** No page breaks a rule that axe can check: light and dark, on a wide screen and on a telephone, two of them with high contrast too. */
import { AxeBuilder } from '@axe-core/playwright'
import { expect, test, type Browser, type Page } from '@playwright/test'
import { joinAs, openAs, setUpOwner, type Person } from './support/people'
import { planSession } from './support/sessions'
import { settle } from './support/settle'
import { startApp, type App } from './support/start-app'
import { fillWorkspace, type World } from './support/world'

let app: App
let fresh: App
let world: World
let owner: Person
let reviewer: Person
let setUpPath: string
let resetPath: string
let draft: string
let active: string

const widths = [
  { name: 'a wide screen', width: 1440, height: 900 },
  { name: 'a telephone', width: 390, height: 844 },
] as const

test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000)
  app = await startApp()
  // A second server whose set-up nobody has done, and whose workspace is empty once somebody has.
  fresh = await startApp()
  setUpPath = fresh.setupLink
  owner = await setUpOwner(browser, app)
  reviewer = await joinAs(browser, app, { owner, role: 'reviewer', name: 'Rosa Lind' })
  world = await fillWorkspace(owner, reviewer)
  const plan = { documentIds: [world.document, world.persian], reviewers: ['Olga Winter', 'Rosa Lind'] }
  draft = (await planSession(owner, { ...plan, name: 'Dams, autumn', isActive: false })).id
  active = (await planSession(owner, { ...plan, name: 'Dams, spring', isActive: true })).id
  const link = await app.commandLine('reset-password-link', reviewer.email)
  resetPath = /http\S+/.exec(link.stdout)?.[0] ?? ''
})

test.afterAll(async () => {
  await Promise.all([app.stop(), fresh.stop()])
})

interface Scan {
  label: string
  /** Look at the rules of colour only: what else axe checks is the same in every theme. */
  onlyColours?: boolean
}

async function scan(page: Page, { label, onlyColours = false }: Scan): Promise<string[]> {
  // Without frames axe need not open a second page to put its findings together, which takes longer than finding them.
  expect(page.frames()).toHaveLength(1)
  const builder = new AxeBuilder({ page }).setLegacyMode()
  const { violations } = await (
    onlyColours ? builder.withRules(['color-contrast', 'link-in-text-block']) : builder
  ).analyze()
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${label}: ${id} (${help}) at ${node.target.join(' ')}: ${node.html.slice(0, 140)}`),
  )
}

/**
 * Checks what the page shows now in light, dark and, when asked, in high contrast of both. A telephone shows the same colours in another order,
 * so there one theme is enough.
 */
async function scanThemes(page: Page, label: string, highContrast = false): Promise<string[]> {
  const found: string[] = []
  // Colours that are still on their way from one theme to the other are in neither.
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const isNarrow = (page.viewportSize()?.width ?? 0) < 600
  const themes = isNarrow ? ['light'] : ['light', 'dark']
  const contrasts = highContrast && !isNarrow ? [undefined, 'more'] : [undefined]
  const looks = contrasts.flatMap((contrast) => themes.map((theme) => ({ theme, contrast })))
  for (const [at, { theme, contrast }] of looks.entries()) {
    await page.evaluate(
      ([chosen, more]) => {
        const { dataset } = document.documentElement
        dataset['theme'] = chosen
        if (more === undefined) delete dataset['contrast']
        else dataset['contrast'] = more
      },
      [theme, contrast] as const,
    )
    // The new colours are painted a few frames later, and axe reads what is painted.
    await page.waitForTimeout(300)
    const name = `${label}, ${theme}${contrast === undefined ? '' : ', high contrast'}`
    found.push(...(await scan(page, { label: name, onlyColours: at > 0 })))
  }
  return found
}

async function open(
  browser: Browser,
  person: Person | null,
  { width, height }: { width: number; height: number },
): Promise<Page> {
  const context = await openAs(browser, person, { viewport: { width, height }, reducedMotion: 'reduce' })
  return context.newPage()
}

async function visit(page: Page, path: string): Promise<void> {
  await page.goto(path.startsWith('http') ? path : app.address + path)
  await settle(page)
}

/** Leaves some operations of the API's page: more than a hundred are made by one component, and axe takes a minute for all of them. */
async function keepSomeOperations(page: Page): Promise<void> {
  const left = await page.evaluate(() => {
    const operations = [...document.querySelectorAll('[data-operation]')]
    for (const operation of operations.slice(15)) operation.remove()
    return document.querySelectorAll('[data-operation]').length
  })
  expect(left).toBe(15)
}

const highContrastPages = ['/documents', '/references']

for (const size of widths) {
  test(`the pages before signing in, on ${size.name}`, async ({ browser }) => {
    const page = await open(browser, null, size)
    const found: string[] = []
    for (const path of ['/sign-in', setUpPath, world.inviteLink, '/invite/never', '/forgot-password', resetPath]) {
      await visit(page, path)
      found.push(...(await scanThemes(page, path)))
    }
    await visit(page, '/sign-in')
    await page.getByLabel('E-mail address').fill('nobody@example.org')
    await page.getByLabel('Password', { exact: true }).fill('not the password')
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await page.getByRole('alert').filter({ hasText: /\w/ }).waitFor()
    found.push(...(await scanThemes(page, 'a refused sign-in')))
    await page.context().close()
    expect(found).toEqual([])
  })

  test(`the pages of the workbench, on ${size.name}`, async ({ browser }) => {
    test.setTimeout(240_000)
    const page = await open(browser, owner, size)
    const { source, emptySource, reference } = world
    const paths = [
      '/documents',
      '/documents?q=nothing+of+that+name',
      '/sources',
      `/sources/${source}`,
      `/sources/${emptySource}`,
      `/sources/${source}/report`,
      `/sources/${emptySource}/report`,
      '/review-sessions',
      `/review-sessions/${draft}`,
      `/review-sessions/${active}`,
      '/references',
      '/references/new',
      `/references/${reference}`,
      `/references/${reference}/edit`,
      '/settings',
      '/settings/members',
      '/settings/tokens',
      '/settings/workspace',
      '/docs/api',
      '/nothing/here',
      `/documents/${source}`,
    ]
    const found: string[] = []
    for (const path of paths) {
      await visit(page, path)
      if (path === '/docs/api') await keepSomeOperations(page)
      found.push(...(await scanThemes(page, path, highContrastPages.includes(path))))
    }
    await page.context().close()
    expect(found).toEqual([])
  })

  test(`importing, on ${size.name}`, async ({ browser }) => {
    const page = await open(browser, owner, size)
    await visit(page, '/documents/import')
    const found = await scanThemes(page, 'import, files')
    await page.getByRole('tab', { name: 'Paste' }).click()
    found.push(...(await scanThemes(page, 'import, paste')))
    await page.getByRole('tab', { name: 'Files' }).click()
    await page.locator('input[type=file]').setInputFiles([
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
    found.push(...(await scanThemes(page, 'import, preview and refusal')))
    await page.context().close()
    expect(found).toEqual([])
  })

  test(`the reader and what opens over it, on ${size.name}`, async ({ browser }) => {
    const page = await open(browser, reviewer, size)
    await visit(page, `/documents/${world.document}`)
    await page.locator('.reader-text').waitFor()
    const found = await scanThemes(page, 'reader')
    await visit(page, `/documents/${world.document}#annotation-${world.annotation}`)
    await visit(page, `/documents/${world.document}`)
    await page.locator('.reader[data-ready]').waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('2')
    await page.locator('article[data-open]').first().waitFor()
    found.push(...(await scanThemes(page, 'reader, card open')))
    await page.locator('article[data-open]').getByRole('button', { name: 'Note (N)' }).click()
    found.push(...(await scanThemes(page, 'reader, note')))
    await page.keyboard.press('Escape')
    await page.locator('article[data-open]').getByRole('button', { name: 'Evidence (E)' }).click()
    await page.getByRole('combobox').waitFor()
    await page.getByRole('combobox').fill('Reg')
    await page.getByRole('option').first().waitFor()
    found.push(...(await scanThemes(page, 'reader, evidence')))
    await page.getByRole('option', { name: /Register/ }).click()
    await page.getByLabel('Quote').waitFor()
    found.push(...(await scanThemes(page, 'reader, citation')))
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await visit(page, `/documents/${world.document}`)
    await page.locator('.reader-text').waitFor()
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
    found.push(...(await scanThemes(page, 'shortcut sheet')))
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').waitFor()
    found.push(...(await scanThemes(page, 'palette')))
    await page.keyboard.press('Escape')
    await page.keyboard.press('s')
    await page.getByRole('dialog').waitFor()
    found.push(...(await scanThemes(page, 'scope')))
    await page.keyboard.press('Escape')
    await page.keyboard.press('l')
    found.push(...(await scanThemes(page, 'reader, list')))
    await visit(page, `/documents/${world.persian}`)
    found.push(...(await scanThemes(page, 'reader, right to left')))
    await page.context().close()
    expect(found).toEqual([])
  })
}

test('an empty workspace', async ({ browser }) => {
  const first = await setUpOwner(browser, fresh)
  const page = await open(browser, first, widths[0])
  const found: string[] = []
  for (const path of [
    '/documents',
    '/documents/import',
    '/sources',
    '/references',
    '/settings/members',
    '/settings/tokens',
  ]) {
    await visit(page, fresh.address + path)
    found.push(...(await scanThemes(page, `empty ${path}`)))
  }
  await page.context().close()
  expect(found).toEqual([])
})
