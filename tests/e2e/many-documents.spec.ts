/** Several documents of the list at once: selected by pointer and keyboard, tagged, deleted and added to a session, each with its result. */
import type { Page, Route } from '@playwright/test'
import { expect, test, visitAs } from './outcome-app'
import { findProblemsInThemes } from './support/axe'

test.describe.configure({ mode: 'default' })

const bar = (page: Page) => page.getByRole('region', { name: 'Selected documents' })
const boxes = (page: Page) => page.getByRole('checkbox', { name: /^Select “/ })

test('documents are selected one by one, as a range, all at once, and by keyboard', async ({ app, browser }) => {
  const page = await visitAs({ app, browser, who: 'lena', path: '/documents?sort=title' })
  const all = page.getByRole('checkbox', { name: 'Select all on this page' })
  await expect(boxes(page)).toHaveCount(3)
  await expect(bar(page)).toHaveCount(0)

  await boxes(page).nth(0).click()
  await expect(bar(page)).toContainText('1 document selected')
  await boxes(page)
    .nth(2)
    .click({ modifiers: ['Shift'] })
  await expect(bar(page)).toContainText('3 documents selected')
  await expect(all).toBeChecked()
  await boxes(page).nth(1).click()
  await expect(bar(page)).toContainText('2 documents selected')
  expect(await all.evaluate((box: HTMLInputElement) => box.indeterminate)).toBe(true)
  expect(await findProblemsInThemes(page, 'two documents selected')).toEqual([])
  await page.keyboard.press('Escape')
  await expect(bar(page)).toHaveCount(0)

  // X on the focused row, then Shift X on another one above.
  const links = page.locator('tr[data-document] a[href^="/documents/"]:not([href*="?"])')
  await links.nth(2).focus()
  await page.keyboard.press('x')
  await expect(boxes(page).nth(2)).toBeChecked()
  await links.nth(1).focus()
  await page.keyboard.press('Shift+X')
  await expect(bar(page)).toContainText('2 documents selected')
  await page.keyboard.press('x')
  await expect(bar(page)).toContainText('1 document selected')
  await all.click()
  await expect(bar(page)).toContainText('3 documents selected')
  await bar(page).getByRole('button', { name: 'Clear' }).click()
  await expect(bar(page)).toHaveCount(0)
  await page.context().close()

  const reader = await visitAs({ app, browser, who: 'mina', path: '/documents' })
  await expect(reader.locator('tr[data-document]')).toHaveCount(3)
  await expect(reader.getByRole('checkbox')).toHaveCount(0)
  await reader.context().close()
})

test('the keys of an open menu leave the selection alone', async ({ app, browser }) => {
  const page = await visitAs({ app, browser, who: 'lena', path: '/documents?sort=title' })
  const row = page.locator(`tr[data-document="${app.documentId}"]`)
  const box = row.getByRole('checkbox')
  const menu = page.getByRole('menu')
  await box.check()
  const open = row.getByRole('button', { name: /^Actions for / })
  await open.click()
  await expect(menu.getByRole('menuitem').first()).toBeFocused()
  await page.keyboard.press('x')
  await expect(box).toBeChecked()
  await page.keyboard.press('Escape')
  await expect(menu).toHaveCount(0)
  await expect(bar(page)).toContainText('1 document selected')
  await expect(open).toBeFocused()
  await page.keyboard.press('x')
  await expect(box).not.toBeChecked()
  await page.context().close()
})

test('while documents are being deleted, nothing else is done to them', async ({ app, browser }) => {
  const page = await visitAs({ app, browser, who: 'lena', path: '/documents?sort=title' })
  const held: Route[] = []
  await page.route('**/api/v1/documents/bulk', (route) => {
    held.push(route)
  })
  await boxes(page).nth(0).click()
  await bar(page).getByRole('button', { name: 'Delete' }).click()
  for (const name of ['Tags …', 'Add to a session …', 'Clear'])
    await expect(bar(page).getByRole('button', { name })).toBeDisabled()
  for (const route of held) await route.abort()
  await expect(bar(page).getByRole('button', { name: 'Tags …' })).toBeEnabled()
  await expect(bar(page)).toContainText('1 document selected')
  await page.context().close()
})

test('what was selected is tagged, deleted and put into a session, and each outcome is told', async ({
  app,
  browser,
}) => {
  const page = await visitAs({ app, browser, who: 'lena', path: '/documents?sort=title' })
  const origin = { Origin: app.address }
  const imported = await page.request.post(`${app.address}/api/v1/documents`, {
    headers: origin,
    data: { text: 'The lock was dug by hand. It took nine years.', title: 'The lock', source: { id: app.sourceId } },
  })
  const { id: freeId } = (await imported.json()) as { id: string }
  await page.reload()
  const all = page.getByRole('checkbox', { name: 'Select all on this page' })
  const tags = page.getByRole('list', { name: 'Tags' })
  const free = page.locator(`tr[data-document="${freeId}"]`)

  await all.click()
  await bar(page).getByRole('button', { name: 'Tags …' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toContainText('Write a tag, or tick one to take off.')
  await dialog.getByLabel('Add tags').fill('Harbour, spring')
  await page.keyboard.press('Enter')
  await expect(page.getByText('4 documents changed.')).toBeVisible()
  await expect(tags).toHaveText(Array.from({ length: 4 }, () => /Harbour.*spring/))
  await all.click()
  await bar(page).getByRole('button', { name: 'Tags …' }).click()
  for (const name of ['Harbour', 'spring']) await dialog.getByRole('checkbox', { name }).check()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(tags).toHaveCount(0)

  // Two of them are needed in sessions, and one was assessed in a closed session: they remain, stay selected, and the reasons are given.
  await all.click()
  await bar(page).getByRole('button', { name: 'Delete' }).click()
  await expect(
    page.getByText(/1 document deleted\. .*1 document was not deleted: This document is under review in/),
  ).toBeVisible()
  await expect(free).toHaveCount(0)
  await expect(bar(page)).toContainText('3 documents selected')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('1 document brought back.')).toBeVisible()
  await expect(free).toHaveCount(1)
  await expect(bar(page)).toContainText('3 documents selected')
  await expect(free.getByRole('checkbox')).not.toBeChecked()
  await bar(page).getByRole('button', { name: 'Clear' }).click()

  await free.getByRole('checkbox').click()
  await bar(page).getByRole('button', { name: 'Add to a session …' }).click()
  await dialog.getByLabel('Review session').selectOption({ label: 'Second look (draft)' })
  await dialog.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(page.getByText('1 document added to “Second look”.')).toBeVisible()
  await expect(bar(page)).toHaveCount(0)
  const taken = await page.request.delete(`${app.address}/api/v1/review-sessions/${app.draftId}/documents/${freeId}`, {
    headers: origin,
  })
  expect(taken.status()).toBe(204)
  const gone = await page.request.post(`${app.address}/api/v1/documents/bulk`, {
    headers: origin,
    data: { action: 'delete', ids: [freeId] },
  })
  expect(gone.ok(), await gone.text()).toBe(true)
  await page.context().close()
})
