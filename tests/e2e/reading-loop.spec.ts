/** The loop of reading, rating and attaching evidence: its feedback, the position of its cards, its keys, and the links to its places. */
import type { Page } from '@playwright/test'
import { cardOf, expect, expectDecided, expectSaved, openAs, readerReady, tabTo, test } from './review-app'

test.describe.configure({ mode: 'default' })

const answerOf = (page: Page) => page.getByTestId('answer').filter({ visible: true })

async function goTo(page: Page, sentence: number): Promise<void> {
  await tabTo(page, '.reader-text')
  for (let press = 0; press < sentence; press++) await page.keyboard.press('ArrowDown')
}

/** Presses a key as another keyboard layout types it. */
async function pressAs(page: Page, init: { key: string; code: string; ctrlKey?: boolean }): Promise<void> {
  await page.evaluate((given) => {
    document
      .querySelector('.reader-text')
      ?.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...given }))
  }, init)
}

test('refused keys, undo and delete are answered where everyone sees it, and cover no card', async ({
  app,
  context,
}) => {
  const page = await openAs({ app, context, who: 'mina', document: 'answers' })
  await goTo(page, 1)
  for (const key of ['n', 'e', 't', 'd', 'p', 'Delete']) {
    await page.keyboard.press(key)
    await expect(answerOf(page), key).toContainText('No annotation is open. Rate the sentence first')
    await page.keyboard.press('ArrowDown')
  }
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('3')
  await expect(answerOf(page)).toHaveCount(0)
  await page.keyboard.press('Control+z')
  await expect(answerOf(page)).toHaveText('Undone: rated contradicted, sentence 6')
  await page.keyboard.press('Control+y')
  await expect(answerOf(page)).toHaveText('Redone: rated contradicted, sentence 6')
  await page.keyboard.press('Delete')
  await expect(answerOf(page)).toContainText('Deleted the annotation of sentence 6.')
  await answerOf(page).getByRole('button', { name: 'Undo' }).click()
  const card = page.locator('article[data-open]')
  await expect(card).toBeVisible()
  await page.keyboard.press('Escape')
  const [told, box] = [await answerOf(page).boundingBox(), await card.boundingBox()]
  expect(
    (box?.x ?? 0) >= (told?.x ?? 0) + (told?.width ?? 0) || (box?.y ?? 0) + (box?.height ?? 0) <= (told?.y ?? 0),
  ).toBe(true)
  await expectSaved(page)
})

test('letters are what the layout writes: Ctrl Y redoes in German, N opens the note in Colemak', async ({
  app,
  context,
}) => {
  const page = await openAs({ app, context, who: 'tomas', document: 'answers' })
  await goTo(page, 1)
  await page.keyboard.press('2')
  await expectDecided(page, 1, 10)
  await pressAs(page, { key: 'y', code: 'KeyZ', ctrlKey: true })
  await expect(answerOf(page)).toHaveText('Nothing to redo')
  await expectDecided(page, 1, 10)
  await pressAs(page, { key: 'z', code: 'KeyY', ctrlKey: true })
  await expectDecided(page, 0, 10)
  await pressAs(page, { key: 'y', code: 'KeyZ', ctrlKey: true })
  await expectDecided(page, 1, 10)
  await pressAs(page, { key: 'n', code: 'KeyJ' })
  await expect(page.getByRole('textbox', { name: 'Note' })).toBeFocused()
})

test('closed cards are one line beside their words, however crowded; the open one is level with them', async ({
  app,
  context,
}) => {
  const page = await openAs({ app, context, who: 'mina', document: 'crowded' })
  const cards = page.locator('article[id^="card-"]')
  await expect.poll(() => cards.count()).toBeGreaterThan(20)
  const places = () =>
    page.evaluate(() => {
      const text = document.querySelector('.reader-text')
      const lineOf = (words: string): number | null => {
        const walker = document.createTreeWalker(text ?? document.body, NodeFilter.SHOW_TEXT)
        for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
          const at = (node.textContent ?? '').indexOf(words.slice(0, 24))
          if (at < 0) continue
          const range = document.createRange()
          range.setStart(node, at)
          range.setEnd(node, at + 1)
          const { top, height } = range.getBoundingClientRect()
          return top + height / 2
        }
        return null
      }
      return [...document.querySelectorAll<HTMLElement>('article[id^="card-"]')].map((card) => {
        const { top, bottom, height } = card.getBoundingClientRect()
        const words = card.querySelector('[data-card-button]')?.getAttribute('aria-label') ?? ''
        const line = lineOf(words.replace(/^(Open|Close): /, ''))
        return { top, bottom, height, isOpen: card.dataset['open'] !== undefined, line }
      })
    })
  const closed = await places()
  const off = closed.map(({ top, bottom, line }) => Math.abs((top + bottom) / 2 - (line ?? Infinity)))
  expect(closed.every(({ height }) => height <= 32)).toBe(true)
  expect(Math.max(...off), 'no card stands far from its words').toBeLessThan(325)
  closed.forEach(({ bottom }, place) => {
    expect(closed[place + 1]?.top ?? Infinity).toBeGreaterThanOrEqual(bottom)
  })
  // If there is room, rows are level with their words.
  await page.getByRole('button', { name: 'Filter' }).click()
  await page.getByRole('menuitemcheckbox', { name: /^Tomas Bell/ }).click()
  await page.keyboard.press('Escape')
  await expect
    .poll(async () => {
      const rows = await places()
      return rows.filter(({ top, bottom, line }) => Math.abs((top + bottom) / 2 - (line ?? Infinity)) < 3).length
    })
    .toBeGreaterThan(3)
  await cardOf(page, 'Tolls ended in 1989.').first().locator('[data-card-button]').click()
  await expect(page.locator('article[data-open]')).toBeVisible()
  await expect
    .poll(async () => {
      const open = (await places()).find(({ isOpen }) => isOpen)
      return Math.abs((open?.top ?? 0) + 25 - (open?.line ?? Infinity))
    })
    .toBeLessThan(8)
})

test('the keys at the foot follow what is open', async ({ app, context }) => {
  const page = await openAs({ app, context, who: 'mina', document: 'copied' })
  const keys = page.getByTestId('dock-keys')
  await goTo(page, 1)
  await expect(keys).toContainText(/^↑↓sentence1sourced/)
  await page.keyboard.press('3')
  await expect(keys).toContainText(/^Eevidence/)
  await page.keyboard.press('2')
  await expect(keys).toContainText(/^↑↓sentenceEevidence/)
  await page.keyboard.press('Shift+ArrowLeft')
  await expect(keys).toContainText('Ycopy link')
})

test('a decision goes on to the next sentence by itself where that is switched on', async ({ app, context }) => {
  const page = await openAs({ app, context, who: 'tomas', document: 'copied' })
  await goTo(page, 1)
  await page.keyboard.press('?')
  await page.getByRole('checkbox', { name: 'Go on to the next sentence after a decision' }).check()
  await page.keyboard.press('Escape')
  await tabTo(page, '.reader-text')
  for (const key of ['0', '0', '4', '2']) await page.keyboard.press(key)
  await expectDecided(page, 4, 10)
  await page.keyboard.press('3')
  await page.keyboard.press('1')
  await expectDecided(page, 5, 10)
})

test('a link is copied and leads back, also through signing in', async ({ app, browser }) => {
  const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] })
  const page = await openAs({ app, context, who: 'mina', document: 'copied' })
  const copied = () => page.evaluate(() => navigator.clipboard.readText())
  await goTo(page, 4)
  await page.keyboard.press('y')
  await expect(answerOf(page)).toHaveText('Copied the link to sentence 4.')
  const toSentence = await copied()
  expect(toSentence).toMatch(/\/documents\/[0-9a-f-]+#sentence-4$/)
  await page.keyboard.press('2')
  await page.getByRole('button', { name: 'Copy link (Y)' }).click()
  await expect(answerOf(page)).toHaveText('Copied the link to the annotation of sentence 4.')
  expect(await copied()).toMatch(/#annotation-[0-9a-f-]+$/)
  await page.getByRole('button', { name: 'Copy link (Y)' }).hover()
  await tabTo(page, '.reader-text')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Shift+ArrowLeft')
  await page.keyboard.press('y')
  await expect(answerOf(page)).toContainText('Copied the link to the selected words in sentence 5.')
  const toWords = await copied()
  expect(toWords).toMatch(/\?revision=[0-9a-f-]+#passage-\d+-\d+$/)
  await page.goto('about:blank')
  await page.goto(toWords)
  await readerReady(page)
  await expect
    .poll(() => page.evaluate(() => document.getSelection()?.toString() ?? ''))
    .toMatch(/^Engineers have warned/)
  await context.close()

  // For a signed-out visitor, sign-in keeps the fragment, and nothing else.
  const fresh = await browser.newContext()
  const other = await fresh.newPage()
  await other.goto(toSentence)
  await other.getByLabel('E-mail').fill('tomas@example.org')
  await other.getByLabel('Password', { exact: true }).fill(app.password)
  await other.keyboard.press('Enter')
  // Once the reader is there, the address moves to the open card.
  await other.waitForURL(toSentence, { waitUntil: 'commit' })
  await readerReady(other)
  await other.keyboard.press('y')
  await expect(answerOf(other)).toContainText('sentence 4')
  await fresh.close()
})

test('tags are written by keyboard, offered again, shown on the line, and narrow the list', async ({
  app,
  context,
}) => {
  const page = await openAs({ app, context, who: 'mina', document: 'tags' })
  await goTo(page, 1)
  await page.keyboard.press('2')
  await page.keyboard.press('t')
  await expect(
    page.getByRole('textbox', { name: 'Add a tag' }).or(page.getByRole('combobox', { name: 'Add a tag' })),
  ).toBeFocused()
  await page.keyboard.type('Harbour, Traffic counts')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  const card = page.locator('article[data-open]')
  await expect(card.getByRole('list', { name: 'Tags' })).toHaveText('HarbourTraffic counts')
  await tabTo(page, '.reader-text')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('2')
  await page.keyboard.press('t')
  await expect(page.locator('datalist option')).toHaveCount(2)
  await page.keyboard.type('harbour')
  await page.keyboard.press('Control+Enter')
  await expectSaved(page)
  await page.keyboard.press('Control+z')
  await expect(answerOf(page)).toContainText('Undone: changed the tags')
  await page.keyboard.press('Control+y')
  await expectSaved(page)
  await page.getByRole('button', { name: 'Filter' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Traffic counts (1)' }).click()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('heading', { name: 'Annotations 1 of 2' })).toBeVisible()

  // The address contains the filters and the open card.
  await expect(page).toHaveURL(/tags=traffic\+counts/)
  await page.reload()
  await readerReady(page)
  await expect(page.getByRole('heading', { name: 'Annotations 1 of 2' })).toBeVisible()
  const first = cardOf(page, 'When the Norrvik')
  await first.locator('[data-card-button]').click()
  await expect(page).toHaveURL(
    new RegExp(`#${((await first.getAttribute('id')) ?? '').replace('card-', 'annotation-')}$`),
  )
  await page.reload()
  await readerReady(page)
  await expect(page.locator('article[data-open]')).toContainText('When the Norrvik')
})

test('guidelines stay open beside the text while one works, and submitting groups what is missing', async ({
  app,
  browser,
}) => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const page = await openAs({ app, context, who: 'mina', document: 'session' })
  await page.getByRole('button', { name: /^Guidelines/ }).click()
  const guidelines = page.getByRole('complementary', { name: 'Guidelines' })
  await expect(guidelines).toContainText('Rules')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await goTo(page, 1)
  await page.keyboard.press('3')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('3')
  await expectSaved(page)
  await expect(guidelines).toBeVisible()
  await page.getByRole('region', { name: 'Review session' }).getByRole('button', { name: 'Submit' }).click()
  const dialog = page.getByRole('dialog', { name: 'Submit this review' })
  await expect(dialog.getByRole('button', { name: /2 contradicted without a contradicting reference/ })).toBeVisible()
  const undecided = dialog.getByRole('button', { name: /sentences undecided.*First: sentence 3/ })
  await undecided.click()
  await page.keyboard.press('0')
  await expectDecided(page, 3, 10)
  await page.getByRole('button', { name: 'Close the guidelines' }).click()
  await expect(guidelines).toHaveCount(0)
  // On a smaller screen they are a sheet, and the text stays reachable.
  await page.setViewportSize({ width: 390, height: 844 })
  await page.getByRole('button', { name: /^Guidelines/ }).click()
  await expect(page.getByRole('region', { name: 'Guidelines' })).toContainText('Rules')
  // When everything is decided, the foot offers the next step.
  await page.setViewportSize({ width: 1440, height: 900 })
  await tabTo(page, '.reader-text')
  for (let left = 7; left > 0; left--) {
    await page.keyboard.press('j')
    await page.keyboard.press('0')
    await expectDecided(page, 10 - left + 1, 10)
  }
  await expect(page.getByRole('button', { name: 'Submit' })).toHaveCount(2)
  await context.close()
})

test('what is typed while a card is on its way is in its field', async ({ app, context }) => {
  const first = await openAs({ app, context, who: 'mina', document: 'links' })
  const page = await context.newPage()
  let release: () => void = () => undefined
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  // Requests of the page after it can be marked are delayed, as over a slow connection.
  await page.route('**/_next/static/chunks/*.js', async (route) => {
    const isReady = await page.evaluate(() => document.querySelector('.reader[data-ready]') !== null).catch(() => false)
    if (isReady) await held
    await route.continue()
  })
  await page.goto(first.url(), { waitUntil: 'commit' })
  await readerReady(page)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('4')
  await page.keyboard.press('n')
  await expect(page.getByLabel('The field is opening')).toBeFocused()
  await page.keyboard.type('Nobody can know 1 ')
  // Escape would leave the field, and the field keeps its words, so it waits until they can be kept.
  await page.keyboard.press('Escape')
  release()
  const card = page.locator('article[data-open]')
  await expect(card.getByRole('textbox', { name: 'Note' })).toBeFocused()
  await page.keyboard.type('of these')
  await page.keyboard.press('Control+Enter')
  await expect(card).toContainText('Nobody can know 1 of these')
  await expect(card).toHaveAttribute('data-rating', 'not_checkable')
  await expectSaved(page)
})

test('what is marked, open and focused looks as it should: colours stay, lines do not meet, no frame, no stray shadow', async ({
  app,
  context,
}) => {
  const page = await openAs({ app, context, who: 'mina', document: 'look' })
  const skip = page.getByRole('link', { name: 'Skip to the content' })
  const shadowOf = () => skip.evaluate((link) => getComputedStyle(link).boxShadow)
  expect(await shadowOf()).toBe('none')
  await skip.focus()
  await expect.poll(shadowOf).not.toBe('none')
  await expect(skip).toBeInViewport()

  // Words that two people rated differently have two lines, one below the other.
  const drawn = (name: string) => page.evaluate((wanted) => CSS.highlights.get(wanted)?.size ?? 0, name)
  const seconds = async () => (await drawn('sm-unsourced-second')) + (await drawn('sm-contradicted-second'))
  await expect.poll(seconds, 'the mark beneath has a line of its own').toBeGreaterThan(0)
  const styleOf = (name: string) =>
    page.locator('.reader-text').evaluate((text, wanted) => {
      const style = getComputedStyle(text, `::highlight(${wanted})`)
      const { textDecorationColor, textDecorationStyle, textUnderlineOffset, backgroundColor } = style
      return { line: `${textDecorationStyle} ${textDecorationColor}`, offset: textUnderlineOffset, backgroundColor }
    }, name)
  for (const rating of ['unsourced', 'contradicted']) {
    const [first, second, open] = [
      await styleOf(`sm-${rating}-own-1`),
      await styleOf(`sm-${rating}-second`),
      await styleOf(`sm-active-${rating}`),
    ]
    expect(second.line).toBe(first.line)
    expect(Number.parseFloat(second.offset)).toBeGreaterThan(Number.parseFloat(first.offset))
    // The open mark keeps the line of its rating; its background is darker.
    expect(open.line).toBe(first.line)
    expect(open.backgroundColor).not.toBe(first.backgroundColor)
  }
  await goTo(page, 1)
  await page.keyboard.press('Enter')
  const open = page.locator('article[data-open]')
  await expect(open).toHaveCount(1)
  await expect.poll(async () => drawn(`sm-active-${(await open.getAttribute('data-rating')) ?? ''}`)).toBeGreaterThan(0)
  await page.keyboard.press('Escape')

  // A mouse selection and a key press put no focus frame around the article.
  await page
    .locator('.reader-text p')
    .nth(1)
    .dblclick({ position: { x: 60, y: 12 } })
  await page.keyboard.press('4')
  await expectDecided(page, 2, 10)
  expect(
    await page
      .locator('.reader-text')
      .evaluate((text) =>
        [text, text.parentElement ?? text].map(
          (element) => `${getComputedStyle(element).outlineStyle} ${getComputedStyle(element).boxShadow}`,
        ),
      ),
  ).toEqual(['none none', 'none none'])
  await expectSaved(page)

  // The rule of the panel extends to the foot of a short text.
  await page.goto(`${app.address}/documents/${app.documents['persian'] ?? ''}`)
  await readerReady(page)
  const [panel, column] = await Promise.all([
    page.getByRole('complementary', { name: 'Annotations' }).boundingBox(),
    page.locator('[data-review-scroller]').boundingBox(),
  ])
  expect((panel?.y ?? 0) + (panel?.height ?? 0)).toBeGreaterThanOrEqual(
    (column?.y ?? 0) + (column?.height ?? Infinity) - 1,
  )
})

test('a page that asks for its data again leaves a field that is open alone', async ({ app, context }) => {
  const page = await openAs({ app, context, who: 'mina', document: 'links' })
  for (const key of ['ArrowDown', '4', 'n']) await page.keyboard.press(key)
  const note = page.locator('article[data-open]').getByRole('textbox', { name: 'Note' })
  await expect(note).toBeFocused()
  await page.keyboard.type('Begun before')
  // By then the address names the open card.
  await expect.poll(() => new URL(page.url()).hash).toContain('#annotation-')
  const answered = page.waitForResponse(
    (response) => response.url().includes('_rsc=') && response.url().includes('/documents/'),
  )
  await page.evaluate(() => {
    const { router } = Reflect.get(window, 'next') as { router: { refresh: () => void } }
    router.refresh()
  })
  await answered
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 1_500)))
  await expect(note).toBeFocused()
  await page.keyboard.type(' and after')
  await page.keyboard.press('Control+Enter')
  await expect(page.locator('article[data-open]')).toContainText('Begun before and after')
})
