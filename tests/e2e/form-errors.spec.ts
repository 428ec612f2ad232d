/** A wrong value in any form: the problem is shown at its field, nothing is sent, and the typed values stay. */
import { expect, test, type Page } from '@playwright/test'
import { openAs, password, setUpOwner, type Person } from './support/people'
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

interface Form {
  path: string
  /** The button that opens the form, when it is not on the page. */
  open?: (page: Page) => Promise<void>
  isDialog?: true
  /** Values by label; those in `wrong` are refused. */
  values: Record<string, string>
  wrong: string[]
  send: string
}

const forms: Record<string, Form> = {
  'a reference': {
    path: '/references/new',
    values: { Title: ' ', Publisher: 'Harbour press', Date: '2025-13', 'Web address': 'tides' },
    wrong: ['Title', 'Date', 'Web address'],
    send: 'Add to the library',
  },
  'a source': {
    path: '/sources',
    isDialog: true,
    open: (page) => page.getByRole('button', { name: 'New source' }).first().click(),
    values: { Name: ' ', 'Home page': 'gazette', About: 'Printed on Thursdays.' },
    wrong: ['Name', 'Home page'],
    send: 'Make the source',
  },
  'the details of a document': {
    path: '/documents',
    isDialog: true,
    open: async (page) => {
      await page.getByRole('button', { name: 'Actions for The ferry' }).click()
      await page.getByRole('menuitem', { name: 'Edit details' }).click()
    },
    values: { Title: ' ', Author: 'N. Falk', Published: '2025-02-30', Language: 'old english', Tags: 'x'.repeat(41) },
    wrong: ['Title', 'Published', 'Language', 'Tags'],
    send: 'Save',
  },
  'the tags of several documents': {
    path: '/documents',
    isDialog: true,
    open: async (page) => {
      await page.getByRole('checkbox', { name: 'Select all on this page' }).click()
      await page.getByRole('button', { name: 'Tags …' }).click()
    },
    values: { 'Add tags': `harbour, ${'x'.repeat(41)}` },
    wrong: ['Add tags'],
    send: 'Save',
  },
  'a text to import': {
    path: '/documents/import',
    open: (page) => page.getByRole('tab', { name: 'Paste' }).click(),
    values: { Text: '   ' },
    wrong: ['Text'],
    send: 'Look at it',
  },
  'a review session': {
    path: '/review-sessions',
    isDialog: true,
    open: (page) => page.getByRole('button', { name: 'New session' }).first().click(),
    values: { Name: '  ' },
    wrong: ['Name'],
    send: 'Make the plan',
  },
  'an invitation': {
    path: '/settings/members',
    values: { 'E-mail address': 'nobody@nowhere' },
    wrong: ['E-mail address'],
    send: 'Invite',
  },
  'a token': {
    path: '/settings/tokens',
    values: { Name: '   ' },
    wrong: ['Name'],
    send: 'Make the token',
  },
  'a password': {
    path: '/settings',
    values: { 'Current password': password, 'New password': 'short' },
    wrong: ['New password'],
    send: 'Change the password',
  },
  'one’s name': { path: '/settings', values: { Name: '  ' }, wrong: ['Name'], send: 'Save the name' },
  'the workspace': { path: '/settings/workspace', values: { Name: '  ' }, wrong: ['Name'], send: 'Save' },
}

for (const [name, { path, open, isDialog, values, wrong, send }] of Object.entries(forms)) {
  test(`what is wrong in ${name} stands at its field, and what was typed stays`, async ({ browser }) => {
    const page = await (await openAs(browser, owner)).newPage()
    await page.goto(app.address + path)
    await open?.(page)
    const form = isDialog === true ? page.getByRole('dialog') : page.locator('main')
    const field = (label: string) =>
      form
        .getByRole('textbox', { name: label })
        .or(form.getByLabel(label, { exact: true }))
        .first()
    for (const [label, value] of Object.entries(values)) await field(label).fill(value)
    await form.getByRole('button', { name: send, exact: true }).click()
    for (const [label, value] of Object.entries(values)) {
      if (wrong.includes(label)) {
        await expect(field(label), label).toHaveAttribute('aria-invalid', 'true')
        expect(await errorAt(page, field(label)), label).toMatch(/\w.*\.$/)
      } else await expect(field(label), label).not.toHaveAttribute('aria-invalid')
      await expect(field(label), label).toHaveValue(value)
    }
    expect(new URL(page.url()).pathname).toBe(path)
    await page.context().close()
  })
}

/** The error of a field, from the elements that describe it. */
async function errorAt(page: Page, field: ReturnType<Page['locator']>): Promise<string> {
  const ids = ((await field.getAttribute('aria-describedby')) ?? '').split(' ')
  const error = ids.find((id) => id.endsWith('-error')) ?? ''
  return (await page.locator(`[id="${error}"]`).textContent()) ?? ''
}
