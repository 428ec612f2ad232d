/** The frame of every page: sign-in, files for browsers and machines, and links while the server is stopped. */
import { expect, test } from '@playwright/test'
import { readerReady } from './review-app'
import { openAs, setUpOwnerInBrowser, signIn, type Person } from './support/people'
import { startApp, type App } from './support/start-app'
import { watchPages } from './support/watch'
import { importText } from './support/world'

let app: App

test.beforeAll(async () => {
  app = await startApp()
})

test.afterAll(async () => {
  await app.stop()
})

test('an empty server says where its set-up link is, and tells no secret', async ({ page }) => {
  await page.goto(`${app.address}/sign-in`)
  await expect(page.getByRole('heading', { name: 'Not set up yet' })).toBeVisible()
  await expect(page.getByText('npm run sourcemark -- setup-link')).toBeVisible()
  expect(await page.content()).not.toContain(app.setupLink.slice(app.setupLink.lastIndexOf('/') + 1))
  await expect(page.getByLabel('Password')).toHaveCount(0)
})

test.describe('public files', () => {
  const files: [string, string][] = [
    ['/favicon.ico', 'image/x-icon'],
    ['/icon.svg', 'image/svg+xml'],
    ['/icon-192.png', 'image/png'],
    ['/icon-512.png', 'image/png'],
    ['/icon-maskable-512.png', 'image/png'],
    ['/apple-touch-icon.png', 'image/png'],
    ['/manifest.webmanifest', 'application/manifest+json'],
    ['/robots.txt', 'text/plain'],
  ]
  for (const [path, type] of files) {
    test(`${path} needs no sign-in, is cached, and carries the security headers`, async ({ request }) => {
      const answer = await request.get(app.address + path, { maxRedirects: 0 })
      expect(answer.status()).toBe(200)
      const headers = answer.headers()
      expect(headers['content-type']).toContain(type)
      expect(headers['cache-control']).toBe('public, max-age=86400, stale-while-revalidate=604800')
      expect(headers['content-security-policy']).toContain("default-src 'self'")
      expect(headers['x-content-type-options']).toBe('nosniff')
    })
  }

  test('robots are sent away, and the manifest names icons that are there', async ({ request, page }) => {
    expect(await (await request.get(`${app.address}/robots.txt`)).text()).toMatch(/^User-agent: \*\nDisallow: \/$/m)
    const manifest = (await (await request.get(`${app.address}/manifest.webmanifest`)).json()) as {
      icons: { src: string; sizes: string }[]
    }
    for (const { src, sizes } of manifest.icons) {
      await page.goto(app.address + src)
      if (sizes === 'any') continue
      const drawn = await page.locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth)
      expect(`${String(drawn)}x${String(drawn)}`).toBe(sizes)
    }
  })

  test('every page links them', async ({ page }) => {
    await page.goto(`${app.address}/sign-in`)
    const hrefs = await page
      .locator('head link[rel]')
      .evaluateAll((links) =>
        links
          .filter((link) => /icon|manifest/.test(link.getAttribute('rel') ?? ''))
          .map((link) => link.getAttribute('href')?.replace(/\?.*$/, '')),
      )
    expect(hrefs.toSorted()).toEqual(['/apple-touch-icon.png', '/favicon.ico', '/icon.svg', '/manifest.webmanifest'])
  })
})

test.describe('with an owner', () => {
  let email = ''
  let owner: Person

  test.beforeAll(async ({ browser }) => {
    owner = await setUpOwnerInBrowser(browser, app)
    email = owner.email
  })

  for (const next of ['/%E3%80%B1', '/%25', '/%E3%81', '/%F0%9F%90%9F?q=%E3%80%B1', '/%00', '/%ED%A0%80']) {
    test(`no address to come back to breaks signing in: ${next}`, async ({ page }) => {
      const statuses: number[] = []
      page.on('response', (response) => {
        if (new URL(response.url()).origin === app.address) statuses.push(response.status())
      })
      await page.goto(`${app.address}/sign-in?next=${next}`)
      await page.getByLabel('E-mail address').fill(email)
      await page.getByLabel('Password', { exact: true }).fill('ferry lantern quarry 1974')
      await page.getByRole('button', { name: 'Sign in', exact: true }).click()
      await page.waitForURL((url) => url.pathname !== '/sign-in')
      // After signing in, the page continues by itself.
      await page.goto(`${app.address}/sign-in?next=${next}`)
      await page.goto(`${app.address}/sign-in?callbackUrl=${next}`)
      expect(statuses.filter((status) => status >= 500)).toEqual([])
    })
  }

  test('a new workspace shows the first steps, which follow what was done and can be hidden', async ({ page }) => {
    await signIn(page, app, email)
    const steps = page.getByRole('region', { name: /^First steps/ })
    await expect(steps).toContainText('0 of 4')
    await expect(steps.locator('[aria-current="step"]')).toContainText('Import a document')
    await importText(owner, { text: 'The gauge at the quay was read daily.', source: 'Quay Post', title: 'The gauge' })
    await page.reload()
    await expect(steps).toContainText('1 of 4')
    await expect(steps.locator('[aria-current="step"]')).toContainText('Invite your team')
    await steps.getByRole('button', { name: 'Hide' }).click()
    await expect(steps).toHaveCount(0)
    await page.reload()
    await expect(page.getByRole('link', { name: 'The gauge' })).toBeVisible()
    await expect(steps).toHaveCount(0)
  })

  test('a page asks for where its links lead once someone comes near one, and not before', async ({ page }) => {
    await signIn(page, app, email)
    const asked: string[] = []
    page.on('request', (request) => {
      const { pathname, searchParams } = new URL(request.url())
      if (searchParams.has('_rsc')) asked.push(pathname)
    })
    await page.goto(`${app.address}/documents`)
    await expect(page.getByRole('heading', { name: 'Documents', level: 1 })).toBeVisible()
    await page.waitForLoadState('networkidle')
    expect(asked).toEqual([])
    await page.getByRole('link', { name: 'Sources' }).hover()
    await expect.poll(() => asked).toContain('/sources')
    await page.getByRole('link', { name: 'References' }).focus()
    await expect.poll(() => asked).toContain('/references')
  })

  test('documents are tagged with their details, and a tag narrows the list by the address', async ({ page }) => {
    await importText(owner, { text: 'The mole was rebuilt in 1931.', source: 'Quay Post', title: 'The mole' })
    await signIn(page, app, email)
    await page.getByRole('button', { name: 'Actions for The mole' }).click()
    await page.getByRole('menuitem', { name: 'Edit details' }).click()
    await page.getByLabel('Tags').fill('Harbour, Winter works, HARBOUR')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('list', { name: 'Tags' }).getByRole('link', { name: 'Winter works' }).click()
    await page.waitForURL(/tag=Winter/)
    await expect(page.getByRole('link', { name: 'The mole' })).toBeVisible()
    await expect(page.getByRole('link', { name: 'The gauge' })).toHaveCount(0)
    await expect(page.getByLabel('Tag', { exact: true })).toHaveValue('Winter works')
    await page.getByLabel('Tag', { exact: true }).selectOption('Every tag')
    await expect(page.getByRole('link', { name: 'The gauge' })).toBeVisible()
    expect(page.url()).not.toContain('tag=')
  })

  test('the palette finds people, texts and reports, and offers what was opened last', async ({ page }) => {
    const { id } = await importText(owner, { text: 'Sluices close at dusk.', source: 'Quay Post', title: 'The sluice' })
    await signIn(page, app, email)
    await page.goto(`${app.address}/documents/${id}`)
    await readerReady(page)
    await expect.poll(() => page.evaluate(() => JSON.stringify(localStorage))).toContain('The sluice')
    await page.keyboard.press('Control+k')
    const palette = page.getByRole('dialog', { name: 'Find or do anything' })
    await expect(palette.getByRole('option').first()).toContainText('The sluice')
    const find = async (words: string, group: string, option: string) => {
      await palette.getByRole('combobox').fill(words)
      await expect(palette.getByRole('group', { name: group }).getByRole('option', { name: option })).toBeVisible()
    }
    await find('OLGA', 'People', 'Olga Winter')
    await find('at dusk', 'Documents', 'The sluice')
    await find('quay post', 'Reports', 'Quay Post')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/sources\//)
  })

  test('a day is the reader’s own, with the whole moment on hover', async ({ page }) => {
    await signIn(page, app, email)
    await page.goto(`${app.address}/settings/members`)
    const joined = page.locator('main time').first()
    const local = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'Pacific/Chatham' })
    await expect(joined).toHaveText(local.format(new Date((await joined.getAttribute('datetime')) ?? '')))
    await expect(joined).toHaveAttribute('title', /GMT\+1[23]:45$/)
  })

  test('the workspace takes the time zone of the browser that set it up, and an owner changes it', async ({ page }) => {
    await signIn(page, app, email)
    await page.goto(`${app.address}/settings/workspace`)
    const zone = page.getByLabel('Time zone')
    await expect(zone).toHaveValue('Pacific/Chatham')
    await zone.selectOption('Pacific/Honolulu')
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByText('Saved.')).toBeVisible()
    await page.reload()
    await expect(zone).toHaveValue('Pacific/Honolulu')
  })

  test('a link pressed while the server is stopped waits for it, and nothing is lost', async ({ browser }) => {
    const document = await importText(owner, { text: 'The weir was built in 1904. It leaks.', source: 'Lake Radio' })
    const context = await openAs(browser, owner)
    const page = await context.newPage()
    await page.goto(`${app.address}/documents/${document.id}`)
    await readerReady(page)
    const watch = watchPages(context, {
      address: app.address,
      expected: [/Failed to load resource: net::ERR_/, /^failed: /],
    })
    await app.pause()
    await page.locator('.reader-text').focus()
    await page.keyboard.press('j')
    await page.keyboard.press('2')
    await expect(page.locator('[data-save]')).toHaveText(/1 waiting/)
    const notice = page.getByText('The server does not answer.')
    await page.getByRole('link', { name: 'Sources' }).first().click()
    await expect(notice).toBeVisible()
    await page.getByRole('button', { name: 'Try now' }).click()
    await expect(notice).toBeVisible()
    // Still the application: its frame is there, and nothing was reloaded.
    await expect(page.getByRole('navigation', { name: 'Places' })).toBeVisible()
    await app.resume()
    // Next asks again every three seconds, and the server has just started; a person may try sooner.
    const heading = page.getByRole('heading', { level: 1, name: 'Sources' })
    await expect(async () => {
      const again = page.getByRole('button', { name: 'Try now' })
      if (await again.isVisible()) await again.click({ timeout: 1_000 })
      await expect(heading).toBeVisible({ timeout: 6_000 })
    }).toPass({ timeout: 60_000 })
    await expect(page.getByRole('link', { name: 'Lake Radio', exact: true })).toBeVisible()
    await expect(notice).toHaveCount(0)
    expect(watch.take()).toEqual([])
    const saved = () => owner.api.send<{ items: unknown[] }>('GET', `/revisions/${document.revision.id}/annotations`)
    await expect.poll(async () => (await saved()).items.length, { timeout: 30_000 }).toBe(1)
    await context.close()
  })
})
