/** The rich-text field in the reader: marks and pasting in a note, keys of an input method, and keys typed while a panel opens. */
import { expect, test, type Browser, type Page } from '@playwright/test'
import type { AnnotationView } from '@/lib/domain/annotations/schema'
import { findProblems } from './support/axe'
import { openAs, setUpOwner, type Person } from './support/people'
import { startApp, type App } from './support/start-app'
import { annotate, importText } from './support/world'

let app: App
let owner: Person
let path: string
let annotationId: string

async function open(browser: Browser, fragment = `#annotation-${annotationId}`): Promise<Page> {
  const page = await (await openAs(browser, owner)).newPage()
  await page.goto(`${app.address}${path}${fragment}`)
  await page.locator('.reader[data-ready]').waitFor()
  return page
}

async function openNote(page: Page) {
  await page.locator('article[data-open]').getByRole('button', { name: 'Note (N)' }).click()
  const note = page.getByRole('textbox', { name: 'Note' })
  await expect(note).toBeFocused()
  await expect(note).toHaveAttribute('contenteditable', 'true')
  return note
}

/** The code of the panel that opens next is slow to load. */
async function delayScripts(page: Page): Promise<void> {
  await page.route(/\/_next\/static\/chunks\//, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 400))
    await route.continue()
  })
}

async function storedNote(): Promise<string> {
  return (await owner.api.send<AnnotationView>('GET', `/annotations/${annotationId}`)).note
}

test.beforeAll(async () => {
  test.setTimeout(180_000)
  app = await startApp()
  owner = await setUpOwner(app)
  const document = await importText(owner, {
    text: 'The pier was opened in 1931. It carried two thousand people. Nobody has counted since.',
    source: 'Pier Gazette',
    title: 'The pier',
  })
  path = `/documents/${document.id}`
  annotationId = await annotate(owner, {
    revision: document.revision.id,
    words: 'opened in 1931',
    rating: 'unsourced',
    note: '',
  })
})

test.afterAll(async () => {
  await app.stop()
})

test('a note with marks, pasted words made plain, and kept as Markdown', async ({ browser }) => {
  const page = await open(browser)
  const note = await openNote(page)
  await page.keyboard.type('Seen in the ')
  await page.keyboard.press('Control+b')
  await page.keyboard.type('year book')
  await page.keyboard.press('Control+b')
  await page.keyboard.type('.')
  expect(await findProblems(page, { label: 'a note' })).toEqual([])
  await note.evaluate((element) => {
    const data = new DataTransfer()
    const hostile =
      '<p class="MsoNormal" style="color:red">Plain <span style="font-weight:700">bold</span><span style="display:none">secret</span>' +
      '<img src="x" onerror="window.hurt = true"><script>window.hurt = true</script> <a href="javascript:alert(1)" onclick="x()">bad</a></p>'
    data.setData('text/html', hostile)
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  })
  await expect(note).toContainText('Plain bold bad')
  await expect(note).not.toContainText('secret')
  expect(await note.locator('img, script, [style*="color"], a').count()).toBe(0)
  await page.keyboard.press('Control+Enter')
  await expect(note).toBeHidden()
  // Text typed before a pause is stored earlier than text pasted after it.
  await expect.poll(storedNote).toContain('Plain **bold** bad')
  expect(await storedNote()).toContain('Seen in the **year book**.')
  await expect(page.locator('article[data-open] strong').first()).toHaveText('year book')
  expect(await page.evaluate(() => 'hurt' in window)).toBe(false)
})

test('nothing acts while an input method is composing', async ({ browser }) => {
  const page = await open(browser)
  const note = await openNote(page)
  const before = await storedNote()
  const client = await page.context().newCDPSession(page)
  await client.send('Input.imeSetComposition', { text: 'かいとう', selectionStart: 4, selectionEnd: 4 })
  await note.evaluate((element) => {
    for (const key of ['Escape', 'Enter'])
      element.dispatchEvent(
        new KeyboardEvent('keydown', {
          key,
          ctrlKey: key === 'Enter',
          isComposing: true,
          bubbles: true,
          cancelable: true,
        }),
      )
  })
  await expect(note).toBeVisible()
  expect(await storedNote()).toBe(before)
  await client.send('Input.insertText', { text: '回答' })
  await page.keyboard.press('Escape')
  await expect(note).toBeHidden()
  await expect.poll(storedNote).toContain('回答')
})

test('keys typed while the discussion is opening are its words, and no shortcuts', async ({ browser }) => {
  const page = await open(browser, '')
  await delayScripts(page)
  await page.getByRole('button', { name: /^Discussion/ }).click()
  await page.keyboard.type('no 1 knows')
  const field = page.getByRole('textbox', { name: 'Start a discussion' })
  await expect(field).toHaveText('no 1 knows')
  await page.keyboard.type(' why')
  await expect(field).toHaveText('no 1 knows why')
  await expect(page.getByRole('textbox', { name: 'Note' })).toHaveCount(0)
})

test('a space that was typed before the editor was there stands in it once', async ({ browser }) => {
  const page = await open(browser, '')
  await delayScripts(page)
  await page.getByRole('button', { name: /^Discussion/ }).click()
  await page.keyboard.type('Who ')
  const field = page.getByRole('textbox', { name: 'Start a discussion' })
  await expect(field).toHaveAttribute('contenteditable', 'true')
  await expect(field).toBeFocused()
  await page.keyboard.type('knows')
  expect(await field.evaluate((element) => element.textContent)).toBe('Who knows')
})
