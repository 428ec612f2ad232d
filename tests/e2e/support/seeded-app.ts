/** The application on a seeded database, shared by all files that name the same seed, with signing in to it. */
import {
  test as base,
  expect,
  type Browser,
  type BrowserContextOptions,
  type Cookie,
  type Page,
} from '@playwright/test'
import { startApp, type App } from './start-app'

/** The output of every seed: the password of all its people. */
interface Seed {
  password: string
}

/** A running application and the output of its seed. */
export type SeededApp<Made extends Seed> = Made & Pick<App, 'address' | 'runScript'>

/**
 * Tests with an application on a seeded database. The seed is a TypeScript file, given from the project's folder. It fills the configured database
 * and prints its result as its last line, as JSON. Files with the same `test` share the application when they run one after the other. `settings` are
 * added to those of the server.
 */
export function testWith<Made extends Seed>(seed: string, settings: Record<string, string> = {}) {
  return base.extend<object, { app: SeededApp<Made> }>({
    app: [
      async ({}, use) => {
        const app = await startApp(settings)
        try {
          const { code, stdout, stderr } = await app.runScript(seed)
          if (code !== 0) throw new Error(`The seed failed:\n${stderr}`)
          const made = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Made
          await use({ ...made, address: app.address, runScript: app.runScript })
        } finally {
          await app.stop()
        }
      },
      { scope: 'worker', timeout: 300_000 },
    ],
  })
}

/** The cookies of people who have signed in already, by application and name. */
const signedIn = new Map<string, Cookie[]>()

/**
 * Goes to a path as a person, given by their first name. The first visit goes through the sign-in page, later ones use the cookies. A path with a
 * fragment always goes through sign-in, which must preserve it.
 */
export async function signInTo(
  page: Page,
  { app, who, path }: { app: SeededApp<Seed>; who: string; path: string },
): Promise<void> {
  const key = `${app.address} ${who}`
  const known = path.includes('#') ? undefined : signedIn.get(key)
  if (known !== undefined) {
    await page.context().addCookies(known)
    await page.goto(app.address + path)
    return
  }
  await page.goto(app.address + path)
  await page.getByLabel('E-mail').fill(`${who}@example.org`)
  await page.getByLabel('Password', { exact: true }).fill(app.password)
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => url.pathname === path.split(/[?#]/)[0])
  signedIn.set(key, await page.context().cookies())
}

/** A visit: the person, the path and the width of the screen. */
export interface Visit<Made extends Seed> {
  app: SeededApp<Made>
  browser: Browser
  who: string
  path: string
  width?: number
  options?: BrowserContextOptions
}

/** Opens a path in a browser window of the person's own. Close its context at the end. */
export async function visitAs<Made extends Seed>(visit: Visit<Made>): Promise<Page> {
  const { app, browser, who, path, width = 1440, options = {} } = visit
  const context = await browser.newContext({ viewport: { width, height: 900 }, reducedMotion: 'reduce', ...options })
  const page = await context.newPage()
  await signInTo(page, { app, who, path })
  return page
}

export { expect }
