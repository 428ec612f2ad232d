import { expect, test, type Browser, type BrowserContext, type Page } from '@playwright/test'
import { openAs, setUpOwner, signIn, type Person } from './support/people'
import { startApp, type App } from './support/start-app'
import { importText } from './support/world'

let app: App
let owner: Person

test.beforeAll(async () => {
  app = await startApp()
  owner = await setUpOwner(app)
  await importText(owner, { text: 'The ferry ran late.', source: 'The Coastal Herald', title: 'The ferry' })
})
test.afterAll(async () => {
  await app.stop()
})

/** The values of the fields, groups and choices in a part of the page, in order. */
async function typedIn(page: Page, within: string): Promise<unknown[]> {
  return page
    .locator(within)
    .evaluateAll((elements) =>
      elements.flatMap((element) =>
        [...element.querySelectorAll('input, select, textarea')].map((field) =>
          field instanceof HTMLInputElement && ['checkbox', 'radio'].includes(field.type)
            ? field.checked
            : (field as HTMLInputElement).value,
        ),
      ),
    )
}

async function openPage(browser: Browser, path: string): Promise<Page> {
  const page = await (await openAs(browser, owner)).newPage()
  await page.goto(app.address + path)
  return page
}

async function signInBeside(context: BrowserContext): Promise<void> {
  const beside = await context.newPage()
  await signIn(beside, app, owner.email)
  await beside.close()
}

interface Form {
  path: string
  /** Opens the form, when it is not on the page, and fills it in. */
  fill: (page: Page) => Promise<void>
  /** The part of the page with its fields. */
  fields: string
  send: string
  /** Shown once it was accepted. */
  done: (page: Page) => Promise<void>
}

const forms: Record<string, Form> = {
  'the workspace': {
    path: '/settings/workspace',
    fill: async (page) => {
      await page.getByLabel('Name', { exact: true }).fill('Night desk')
      await page.getByLabel('Time zone').selectOption('Pacific/Honolulu')
    },
    fields: 'main form',
    send: 'Save',
    done: (page) => expect(page.getByText('Saved.', { exact: true })).toBeVisible(),
  },
  'one’s name': {
    path: '/settings',
    fill: (page) => page.getByLabel('Name', { exact: true }).fill('Olga Summer'),
    fields: 'main form:has([name="name"])',
    send: 'Save the name',
    done: (page) => expect(page.getByText('Your name is changed.')).toBeVisible(),
  },
  'a password': {
    path: '/settings',
    fill: async (page) => {
      await page.getByLabel('Current password', { exact: true }).fill('not the right one')
      await page.getByLabel('New password', { exact: true }).fill('cask thistle orbit lamp')
      await page.getByLabel('Keep my personal tokens').check()
    },
    fields: 'main form:has([name="newPassword"])',
    send: 'Change the password',
    done: (page) => expect(page.getByText('This is not your current password')).toBeVisible(),
  },
  'a token': {
    path: '/settings/tokens',
    fill: async (page) => {
      await page.getByLabel('Name', { exact: true }).fill('Nightly import')
      await page.getByLabel('Works for').selectOption('365')
      await page.getByLabel('Annotate', { exact: true }).check()
    },
    fields: 'main form',
    send: 'Make the token',
    done: (page) => expect(page.getByLabel('Your new token')).toBeVisible(),
  },
  'an invitation': {
    path: '/settings/members',
    fill: async (page) => {
      await page.getByLabel('E-mail address').fill('new@example.org')
      await page.getByRole('combobox', { name: 'Role' }).selectOption('lead')
    },
    fields: 'main form',
    send: 'Invite',
    done: (page) => expect(page.getByLabel('Link for new@example.org')).toBeVisible(),
  },
  'a source': {
    path: '/sources',
    fill: async (page) => {
      await page.getByRole('button', { name: 'New source' }).first().click()
      await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill('Lake Gazette')
      await page.getByRole('dialog').getByLabel('About').fill('Printed on Thursdays.')
    },
    fields: '[role="dialog"]',
    send: 'Make the source',
    done: (page) => expect(page.getByRole('dialog')).toHaveCount(0),
  },
  'a reference': {
    path: '/references/new',
    fill: async (page) => {
      await page.getByLabel('Title', { exact: true }).fill('Tide tables')
      await page.getByLabel('Publisher').fill('Harbour press')
      await page.getByLabel('Text of the reference').fill('High water at 06:12.')
    },
    fields: 'main form',
    send: 'Add to the library',
    done: (page) => expect(page.getByText('Added to the library.')).toBeVisible(),
  },
  'the details of a document': {
    path: '/documents',
    fill: async (page) => {
      await page.getByRole('button', { name: 'Actions for The ferry' }).click()
      await page.getByRole('menuitem', { name: 'Edit details' }).click()
      await page.getByRole('dialog').getByLabel('Author').fill('N. Falk')
      await page.getByRole('dialog').getByLabel('Tags').fill('shipping, spring')
    },
    fields: '[role="dialog"]',
    send: 'Save',
    done: (page) => expect(page.getByText('Saved.', { exact: true })).toBeVisible(),
  },
  'the tags of several documents': {
    path: '/documents',
    fill: async (page) => {
      await page.getByRole('checkbox', { name: 'Select all on this page' }).click()
      await page.getByRole('button', { name: 'Tags …' }).click()
      await page.getByRole('dialog').getByLabel('Add tags').fill('harbour, night')
    },
    fields: '[role="dialog"]',
    send: 'Save',
    done: (page) => expect(page.getByText('1 document changed.')).toBeVisible(),
  },
  'a review session': {
    path: '/review-sessions',
    fill: async (page) => {
      await page.getByRole('button', { name: 'New session' }).first().click()
      await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill('Spring check')
    },
    fields: '[role="dialog"]',
    send: 'Make the plan',
    done: (page) => expect(page).toHaveURL(/\/review-sessions\/[\w-]+$/),
  },
}

for (const [name, { path, fill, fields, send, done }] of Object.entries(forms)) {
  test(`what was typed for ${name} stays when one is signed out, and is taken after signing in`, async ({
    browser,
  }) => {
    const page = await openPage(browser, path)
    await fill(page)
    const typed = await typedIn(page, fields)
    await page.context().clearCookies()
    await page.getByRole('button', { name: send, exact: true }).click()
    await expect(page.getByText('You are signed out.').first()).toBeVisible()
    expect(new URL(page.url()).pathname).toBe(path)
    expect(await typedIn(page, fields)).toEqual(typed)
    await signInBeside(page.context())
    await page.getByRole('button', { name: send, exact: true }).click()
    await done(page)
    await page.context().close()
  })
}

test('what was typed stays without a connection, and when the answer makes no sense', async ({ browser }) => {
  const page = await openPage(browser, '/settings/tokens')
  await page.getByLabel('Name', { exact: true }).fill('Weekly export')
  const isAction = (url: URL) => url.pathname === '/settings/tokens'
  await page.route(isAction, (route) =>
    route.request().method() === 'POST' ? route.fulfill({ status: 502, body: 'Bad gateway' }) : route.continue(),
  )
  await page.getByRole('button', { name: 'Make the token' }).click()
  await expect(page.getByText('The server gave no usable answer.')).toBeVisible()
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Weekly export')
  await page.unroute(isAction)
  // It waits for the connection, and is then sent.
  await page.context().setOffline(true)
  await page.getByRole('button', { name: 'Make the token' }).click()
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Weekly export')
  await page.context().setOffline(false)
  await expect(page.getByLabel('Your new token')).toBeVisible()
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('')
  await page.context().close()
})
