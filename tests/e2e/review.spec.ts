import { gzipSync } from 'node:zlib'
import type { Page } from '@playwright/test'
import { cardOf, expect, expectDecided, expectSaved, openAs, readerReady, tabTo, test } from './review-app'
import { findProblems, findProblemsInThemes } from './support/axe'
import { noteReady } from './support/note-ready'

test.describe.configure({ mode: 'default' })

const sentences = 10

async function goDown(page: Page, times: number): Promise<void> {
  for (let press = 0; press < times; press++) await page.keyboard.press('ArrowDown')
}

test('a whole review without a mouse', async ({ app, context }) => {
  const page = await openAs({ app, context, who: 'mina', document: 'keyboard' })
  await tabTo(page, '.reader-text')

  // No claim, unsourced, contradicted.
  await goDown(page, 1)
  await page.keyboard.press('0')
  await expectDecided(page, 1, sentences)
  await goDown(page, 1)
  await page.keyboard.press('2')
  await expectDecided(page, 2, sentences)
  await goDown(page, 2)
  await page.keyboard.press('3')
  const card = cardOf(page, 'Last year the bridge carried')
  await expect(card).toContainText('Needs a reference that contradicts it')
  await expect(page.getByRole('button', { name: '1 needs evidence' })).toBeVisible()

  // A note, saved automatically.
  await page.keyboard.press('n')
  await page.keyboard.type('The register counts 27,400 a day.')
  await expect(page.getByRole('textbox', { name: 'Note' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(card).toContainText('The register counts 27,400 a day.')

  // New evidence with kept text and a quote from it.
  await page.keyboard.press('e')
  await expect(page.getByRole('combobox', { name: 'Evidence' })).toBeFocused()
  await page.keyboard.type('Count of the eastern lane')
  await expect(page.getByRole('option', { name: /New reference/ })).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Quote')).toBeFocused()
  await page.keyboard.type('mean daily count was 27,400')
  await tabTo(page, 'summary:has-text("Title, author")').catch(async () => {
    await page.getByText('Title, author, date, text').focus()
  })
  await page.keyboard.press('Enter')
  await page.getByLabel('Text of the reference').focus()
  await page.keyboard.type('The mean daily count was 27,400 vehicles.')
  await expect(card).toContainText('Found word for word')
  await page.getByRole('textbox', { name: 'Place' }).focus()
  await page.keyboard.type('table 3')
  await page.keyboard.press('Control+Enter')
  await expect(card).toContainText('Count of the eastern lane, table 3')
  await expect(card).toContainText('quote found word for word')
  await expect(card).not.toContainText('Needs a reference')

  // Delete, undo, redo, undo.
  await page.keyboard.press('Escape')
  await expect(page.locator('.reader-text')).toBeFocused()
  await page.keyboard.press('Delete')
  await expect(card).toHaveCount(0)
  await expectDecided(page, 2, sentences)
  await page.keyboard.press('Control+z')
  await expect(card).toContainText('The register counts 27,400 a day.')
  await page.keyboard.press('Control+Shift+z')
  await expect(card).toHaveCount(0)
  await page.keyboard.press('Control+z')
  await expect(card).toHaveCount(1)
  await expectSaved(page)

  // A part of a sentence: shortened from its end by words.
  await tabTo(page, '.reader-text')
  await page.keyboard.press('j')
  await page.keyboard.press('Shift+ArrowLeft')
  await page.keyboard.press('4')
  await expectDecided(page, 4, sentences)

  // J moves through the remaining sentences, to the end.
  for (let left = sentences - 4; left > 0; left--) {
    await page.keyboard.press('j')
    await page.keyboard.press('0')
    await expectDecided(page, sentences - left + 1, sentences)
  }
  await page.keyboard.press('j')
  await expect(page.getByTestId('announcement')).toContainText('Every sentence is decided')
  await expectSaved(page)

  // The address follows the open card after a moment.
  await expect(page).not.toHaveURL(/#/)
  await page.reload()
  await readerReady(page)
  await expectDecided(page, sentences, sentences)
  await expect(card).toContainText('The register counts 27,400 a day.')
  await card.locator('[data-card-button]').click()
  await expect(card).toContainText('quote found word for word')
  await expect(page.locator('article[id^="card-"]')).toHaveCount(3)
})

test('the first key works on a page that was just opened', async ({ app, context }) => {
  const page = await openAs({ app, context, who: 'mina', document: 'first-key' })
  await expect(page.locator('.reader-text')).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('2')
  await expect(page.locator('article[data-open]')).toContainText('Unsourced')
  await expectSaved(page)
})

test('by mouse: select, rate, note, flag, move, delete, undo', async ({ app, context }) => {
  const page = await openAs({ app, context, who: 'mina', document: 'mouse' })
  const line = page.locator('.reader-text p').first()
  const box = await line.boundingBox()
  if (box === null) throw new Error('The paragraph is not laid out')
  await page.mouse.move(box.x + 4, box.y + 14)
  await page.mouse.down()
  await page.mouse.move(box.x + 280, box.y + 14, { steps: 8 })
  await page.mouse.up()
  const toolbar = page.getByRole('toolbar', { name: 'What to do with the selected words' })
  await toolbar.getByRole('button', { name: /^Unsourced/ }).click()
  const card = page.locator('article[data-open]')
  await expect(card).toContainText('When the Norrvik')

  // The open card is level with its words.
  const cardBox = await card.boundingBox()
  expect(Math.abs((cardBox?.y ?? 0) - box.y)).toBeLessThan(40)

  await card.getByRole('button', { name: 'Note (N)' }).click()
  await page.keyboard.type('Seen from the quay.')
  await card.getByRole('button', { name: 'Disputed' }).click()
  await expect(card).toContainText('Seen from the quay.')
  await expect(card.getByRole('button', { name: 'Disputed' })).toHaveAttribute('aria-pressed', 'true')

  await card.getByRole('button', { name: 'Change the passage' }).click()
  await page.mouse.move(box.x + 4, box.y + 14)
  await page.mouse.down()
  await page.mouse.move(box.x + 420, box.y + 14, { steps: 8 })
  await page.mouse.up()
  const before = await card.locator('[data-card-button]').textContent()
  await card.getByRole('button', { name: 'Use this passage' }).click()
  await expect(card.locator('[data-card-button]')).not.toHaveText(before ?? '')
  await expectSaved(page)

  await card.getByRole('button', { name: 'Delete' }).click()
  await expect(page.locator('article[id^="card-"]')).toHaveCount(0)
  // The message about the deletion offers the undo.
  await page.getByTestId('answer').getByRole('button', { name: 'Undo' }).click()
  await expect(page.locator('article[id^="card-"]')).toContainText('Seen from the quay.')
  await expectSaved(page)

  // A press on the words opens their card; a press elsewhere on the card closes it.
  await page.getByRole('button', { name: /^Close: When/ }).click()
  await expect(page.locator('article[data-open]')).toHaveCount(0)
  await page.mouse.click(box.x + 60, box.y + 14)
  await expect(page.locator('article[data-open]')).toHaveCount(1)
})

test('by touch on a small screen', async ({ app, browser }) => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
  const page = await openAs({ app, context, who: 'mina', document: 'touch' })
  await page.getByRole('button', { name: 'Next undecided' }).tap()
  await page.getByRole('button', { name: 'Contradicted', exact: true }).tap()
  const sheet = page.getByRole('region', { name: 'Annotation', exact: true })
  await expect(sheet).toContainText('Needs a reference that contradicts it')
  await sheet.getByRole('button', { name: 'Note (N)' }).tap()
  await page.keyboard.type('On the phone')
  await sheet.getByRole('button', { name: 'Close annotation' }).tap()
  await expect(sheet).toHaveCount(0)
  await page.getByRole('button', { name: 'Next undecided' }).tap()
  await page.getByRole('button', { name: 'No claim here' }).tap()
  await expect(page.getByTestId('coverage')).toContainText('2 of 10')
  await page.getByRole('button', { name: /^Annotations \(1\)/ }).tap()
  await page
    .getByRole('region', { name: 'Annotations' })
    .getByRole('button', { name: /When the Norrvik bridge/ })
    .tap()
  await expect(sheet).toContainText('On the phone')
  await expectSaved(page)
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect(overflow).toBeLessThanOrEqual(0)
  await context.close()
})

test('several reviewers are told apart and filtered; a viewer only reads', async ({ app, browser }) => {
  const minas = await browser.newContext()
  const mina = await openAs({ app, context: minas, who: 'mina', document: 'shared' })
  await tabTo(mina, '.reader-text')
  await goDown(mina, 1)
  await mina.keyboard.press('2')
  await expectSaved(mina)

  const tomass = await browser.newContext()
  const tomas = await openAs({ app, context: tomass, who: 'tomas', document: 'shared' })
  const hers = tomas.getByRole('article', { name: /by Mina Reyes/ })
  await expect(hers).toContainText('MR')
  await expectDecided(tomas, 0, sentences)
  await hers.getByRole('button', { name: /^Open/ }).click()
  await expect(hers.getByRole('button', { name: 'Delete' })).toHaveCount(0)
  await tabTo(tomas, '.reader-text')
  await goDown(tomas, 1)
  await tomas.keyboard.press('1')
  await expect(tomas.locator('article[id^="card-"]')).toHaveCount(2)
  await tomas.getByRole('button', { name: 'Filter' }).click()
  await tomas.getByRole('menuitemcheckbox', { name: 'Mina Reyes (1)' }).click()
  await expect(hers).toHaveCount(0)
  await expect(tomas.getByRole('heading', { name: 'Annotations 1 of 2' })).toBeVisible()
  await expectSaved(tomas)

  const veras = await browser.newContext()
  const vera = await openAs({ app, context: veras, who: 'vera', document: 'shared' })
  await expect(vera.locator('article[id^="card-"]')).toHaveCount(2)
  await vera.locator('.reader-text').focus()
  await goDown(vera, 2)
  await vera.keyboard.press('1')
  await expect(vera.locator('article[id^="card-"]')).toHaveCount(2)
  for (const context of [minas, tomass, veras]) await context.close()
})

test('two devices change the same annotation: both versions are shown and the notes merged', async ({
  app,
  browser,
}) => {
  const devices = [await browser.newContext(), await browser.newContext()] as const
  const first = await openAs({ app, context: devices[0], who: 'mina', document: 'conflict' })
  await tabTo(first, '.reader-text')
  await goDown(first, 1)
  await first.keyboard.press('2')
  await expectSaved(first)
  const second = await openAs({ app, context: devices[1], who: 'mina', document: 'conflict' })

  // The second has the note open before the first writes, and must not overwrite a text it has not seen.
  await second.locator('[data-card-button]').first().click()
  await second.getByRole('button', { name: 'Note (N)' }).click()
  await first.keyboard.press('n')
  await first.keyboard.type('From the first device')
  await first.keyboard.press('Escape')
  await expectSaved(first)
  await second.getByRole('textbox', { name: 'Note' }).focus()
  await second.keyboard.type('From the second device')
  await second.keyboard.press('Escape')
  const conflict = second.getByRole('alert').filter({ hasText: 'Changed elsewhere' })
  await expect(conflict).toContainText('From the first device')
  await expect(conflict).toContainText('From the second device')
  await expect(second.locator('[data-save]')).toHaveText('Not saved: 1 needs you')
  // By the keyboard alone: the stored one, mine, then both.
  await conflict.getByRole('radio', { name: 'Both' }).focus()
  await second.keyboard.press('ArrowLeft')
  await expect(conflict.getByRole('radio', { name: 'Mine' })).toBeChecked()
  await second.keyboard.press('ArrowRight')
  await second.keyboard.press('Tab')
  await expect(conflict.getByLabel('The note to save')).toBeFocused()
  await second.keyboard.press('Tab')
  await second.keyboard.press('Enter')
  await expectSaved(second)
  await second.reload()
  await readerReady(second)
  const card = second.locator('article[id^="card-"]')
  await expect(card).toContainText('From the first device')
  await expect(card).toContainText('From the second device')

  // Different fields than the other's change: no question is asked, and both are kept.
  await first.keyboard.press('d')
  await expectSaved(first)
  for (const page of [first, second]) {
    await page.reload()
    await readerReady(page)
    await expect(page.locator('article[id^="card-"]')).toContainText('From the second device')
    await expect(page.locator('article[id^="card-"]')).toContainText('disputed')
  }
  for (const device of devices) await device.close()
})

test('without a network nothing is lost, and after signing in again it is saved', async ({ app, context }) => {
  const page = await openAs({ app, context, who: 'mina', document: 'offline' })
  await tabTo(page, '.reader-text')
  await context.setOffline(true)
  await goDown(page, 1)
  await page.keyboard.press('2')
  await goDown(page, 1)
  await page.keyboard.press('0')
  await expect(page.locator('[data-save]')).toHaveText(/^2 waiting, offline since \d\d:\d\d$/)
  await expect(page.getByRole('button', { name: 'Retry' })).toBeVisible()
  await context.setOffline(false)
  await expectSaved(page)

  await context.clearCookies()
  await goDown(page, 1)
  await page.keyboard.press('4')
  await expect(page.locator('[data-save]')).toHaveText('Signed out: 1 change is kept on this device.')
  await page.getByRole('link', { name: 'Sign in again' }).click()
  await page.getByLabel('E-mail').fill('mina@example.org')
  await page.getByLabel('Password', { exact: true }).fill(app.password)
  await page.keyboard.press('Enter')
  await readerReady(page)
  await expectSaved(page)
  await expectDecided(page, 3, sentences)
})

test('scope: a part taken out and brought back changes the count at once', async ({ app, context }) => {
  const page = await openAs({ app, context, who: 'mina', document: 'scope' })
  await tabTo(page, '.reader-text')
  await goDown(page, 1)
  await page.keyboard.press('s')
  const dialog = page.getByRole('dialog', { name: 'What counts' })
  await dialog.getByRole('button', { name: 'Take it out of scope' }).click()
  await expectDecided(page, 0, sentences - 3)
  await page.keyboard.press('Control+z')
  await expectDecided(page, 0, sentences)
  await page.getByRole('button', { name: 'Scope' }).click()
  await dialog.getByRole('button', { name: 'Count it' }).click()
  await page.keyboard.press('Escape')
  await expectDecided(page, 0, sentences + 2)
  await expectSaved(page)
  await page.reload()
  await readerReady(page)
  await expectDecided(page, 0, sentences + 2)
})

test('links lead to a sentence and to an annotation, and say kindly when there is nothing', async ({
  app,
  context,
}) => {
  const page = await openAs({ app, context, who: 'mina', document: 'links' })
  await tabTo(page, '.reader-text')
  await goDown(page, 2)
  await page.keyboard.press('2')
  await expectSaved(page)
  const id = await page.locator('article[id^="card-"]').first().getAttribute('id')
  const address = page.url().replace(/#.*/, '')

  await page.goto('about:blank')
  await page.goto(`${address}#${(id ?? '').replace('card-', 'annotation-')}`)
  await expect(page.locator('article[data-open]')).toContainText('The last crossing')

  await page.goto('about:blank')
  await page.goto(`${address}#sentence-5`)
  await readerReady(page)
  await page.keyboard.press('4')
  await expect(cardOf(page, 'Engineers have warned')).toHaveCount(1)

  await page.goto('about:blank')
  await page.goto(`${address}#annotation-00000000-0000-7000-8000-000000000000`)
  await expect(page.getByRole('alert').filter({ hasText: 'The annotation of this link is not here' })).toBeVisible()

  await page.goto(`${address}?revision=00000000-0000-7000-8000-000000000000`)
  await expect(page.getByRole('heading', { name: 'This document is not here' })).toBeVisible()
})

test('a text from right to left reads right, and the panel stays where it is', async ({ app, context }) => {
  const page = await openAs({ app, context, who: 'mina', document: 'persian' })
  await tabTo(page, '.reader-text')
  await goDown(page, 1)
  await page.keyboard.press('2')
  const card = page.locator('article[data-open]')
  await expect(card).toContainText('پل نورویک')
  expect(
    await page
      .locator('.reader-text p')
      .first()
      .evaluate((element) => getComputedStyle(element).direction),
  ).toBe('rtl')
  const box = await card.boundingBox()
  expect(box?.x ?? 0).toBeGreaterThan(1000)
  await expectSaved(page)
})

test('axe finds nothing, in light and in dark', async ({ app, context }) => {
  const page = await openAs({ app, context, who: 'mina', document: 'axe' })
  const found: string[] = []
  const look = async (where: string) => found.push(...(await findProblemsInThemes(page, where)))
  await look('empty')
  await tabTo(page, '.reader-text')
  await goDown(page, 2)
  await page.keyboard.press('1')
  await goDown(page, 1)
  await page.keyboard.press('3')
  await look('open card')
  await page.keyboard.press('e')
  await page.getByRole('option', { name: /Traffic register/ }).waitFor()
  await look('evidence')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await page.keyboard.press('l')
  await expect(page.locator('[data-row]').first()).toBeVisible()
  await look('list')
  await page.keyboard.press('s')
  await page.getByRole('dialog', { name: 'What counts' }).waitFor()
  await look('scope')
  await page.keyboard.press('Escape')
  await page.setViewportSize({ width: 390, height: 844 })
  await page.getByRole('region', { name: 'Annotation', exact: true }).waitFor()
  await look('small screen')
  // Without an own choice the system's appearance applies, by another path to the same colours.
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
  await page.evaluate(() => {
    delete document.documentElement.dataset['theme']
  })
  found.push(...(await findProblems(page, { label: 'small screen, dark system', onlyColours: true })))
  await expectSaved(page)
  expect(found).toEqual([])
})

test('the text can be marked after at most 300 KB of script', async ({ app, context }) => {
  const first = await openAs({ app, context, who: 'mina', document: 'links' })
  // A page of its own, watched from the start: the requests that a page is still loading when it is left can no longer be read.
  const page = await context.newPage()
  const sizes = new Map<string, Promise<number>>()
  page.on('response', (response) => {
    if (response.request().resourceType() !== 'script') return
    sizes.set(
      response.url(),
      response.body().then((body) => gzipSync(body).length),
    )
  })
  await page.addInitScript(noteReady)
  await page.goto(first.url(), { waitUntil: 'commit' })
  await readerReady(page)
  await page.waitForLoadState('networkidle')
  const needed = await page.evaluate(() => {
    const ready = performance.getEntriesByName('can-be-marked')[0]?.startTime ?? Infinity
    return performance
      .getEntriesByType('resource')
      .filter(({ startTime }) => startTime <= ready)
      .map(({ name }) => name)
  })
  const counted = await Promise.all(needed.flatMap((name) => sizes.get(name) ?? []))
  expect(counted.length).toBeGreaterThan(3)
  expect(counted.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(300 * 1024)
  const all = await Promise.all(sizes.values())
  expect(all.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(320 * 1024)
})
