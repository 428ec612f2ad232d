import type { Page } from '@playwright/test'
import { cardOf, expect, expectDecided, expectSaved, openAs, tabTo, test } from './review-app'

test.describe.configure({ mode: 'default' })

async function rateSentence(page: Page, number: number, key: string): Promise<void> {
  await tabTo(page, '.reader-text')
  for (let press = 0; press < number; press++) await page.keyboard.press('ArrowDown')
  await page.keyboard.press(key)
  await expectSaved(page)
}

/** The reading position: how far the text is scrolled, and where each of its blocks is on the screen. */
async function placesOfText(page: Page) {
  return page.evaluate(() => ({
    scrolled: document.querySelector('[data-review-scroller]')?.scrollTop,
    blocks: [...document.querySelectorAll('.reader-text > *')].map((block) => {
      const { left, top, width, height } = block.getBoundingClientRect()
      return [left, top, width, height]
    }),
  }))
}

test('what someone else marks waits until it is asked for, and the text does not move', async ({ app, browser }) => {
  const contexts = [
    await browser.newContext({ viewport: { width: 1280, height: 520 } }),
    await browser.newContext({ viewport: { width: 1280, height: 520 } }),
  ]
  const [forMina, forTomas] = contexts
  if (forMina === undefined || forTomas === undefined) throw new Error('Two windows were asked for')
  const mina = await openAs({ app, context: forMina, who: 'mina', document: 'live' })
  const tomas = await openAs({ app, context: forTomas, who: 'tomas', document: 'live' })
  await expect(mina.getByRole('img', { name: 'Also here: Tomas Bell' })).toBeVisible()
  await expect(tomas.getByRole('img', { name: 'Also here: Mina Reyes' })).toBeVisible()

  await mina.mouse.move(400, 300)
  await mina.mouse.wheel(0, 180)
  await expect
    .poll(() => mina.evaluate(() => document.querySelector('[data-review-scroller]')?.scrollTop))
    .toBeGreaterThan(100)
  const before = await placesOfText(mina)
  expect(before.blocks.length).toBeGreaterThan(5)

  await rateSentence(tomas, 1, '2')
  await expect(mina.getByRole('button', { name: '1 new' })).toBeVisible()
  expect(await placesOfText(mina)).toEqual(before)
  await expect(cardOf(mina, 'When the Norrvik bridge')).toHaveCount(0)
  await expect(mina.getByRole('heading', { name: 'Annotations 0' })).toBeVisible()
  // A second change of the same annotation still counts as one; a change of another one counts as a second.
  await tomas.keyboard.press('3')
  await expectSaved(tomas)
  await rateSentence(tomas, 2, '2')
  await expect(mina.getByRole('button', { name: '2 new' })).toBeVisible()
  expect(await placesOfText(mina)).toEqual(before)

  await mina.getByRole('button', { name: '2 new' }).click()
  await expect(mina.getByRole('heading', { name: 'Annotations 2' })).toBeVisible()
  await expect(mina.getByRole('button', { name: /new$/ })).toHaveCount(0)
  const after = await placesOfText(mina)
  expect(after).toEqual(before)

  // A deletion is held back too, in the list as in the margin.
  await mina.getByRole('button', { name: 'Show as a list' }).click()
  await expect(mina.getByRole('listitem').filter({ hasText: 'Tomas Bell' })).toHaveCount(2)
  await tomas.keyboard.press('Delete')
  await expectSaved(tomas)
  await expect(mina.getByRole('button', { name: '1 new' })).toBeVisible()
  await expect(mina.getByRole('listitem').filter({ hasText: 'Tomas Bell' })).toHaveCount(2)
  await mina.getByRole('button', { name: '1 new' }).click()
  await expect(mina.getByRole('listitem').filter({ hasText: 'Tomas Bell' })).toHaveCount(1)

  await tomas.close()
  await expect(mina.getByRole('img', { name: 'Also here: Tomas Bell' })).toHaveCount(0)
  await Promise.all(contexts.map((context) => context.close()))
})

test('what one marks oneself in another browser is there at once', async ({ app, browser }) => {
  const contexts = [await browser.newContext(), await browser.newContext()]
  const [atHome, atWork] = contexts
  if (atHome === undefined || atWork === undefined) throw new Error('Two windows were asked for')
  const home = await openAs({ app, context: atHome, who: 'mina', document: 'live-own' })
  const work = await openAs({ app, context: atWork, who: 'mina', document: 'live-own' })
  await rateSentence(work, 1, '2')
  await expectDecided(work, 1, 10)
  await expectDecided(home, 1, 10)
  await expect(cardOf(home, 'When the Norrvik bridge')).toHaveCount(1)
  await tabTo(home, '.reader-text')
  await home.keyboard.press('ArrowDown')
  await home.keyboard.press('ArrowDown')
  await home.keyboard.press('0')
  await expectDecided(work, 2, 10)
  await expect(work.getByRole('button', { name: /new$/ })).toHaveCount(0)
  await expect(work.getByRole('img', { name: /Also here/ })).toHaveCount(0)
  await Promise.all(contexts.map((context) => context.close()))
})

test('the tabs of a browser share one feed, and another tab takes over when the first closes', async ({
  app,
  context,
}) => {
  const feeds: string[] = []
  context.on('request', (request) => {
    if (request.url().includes('/api/v1/live')) feeds.push(request.url())
  })
  const first = await openAs({ app, context, who: 'tomas', document: 'live-tabs' })
  await first.locator('.reader[data-ready]').waitFor()
  await expect.poll(() => feeds.length).toBeGreaterThan(0)
  // The parts of a page arrive one after another, and a later one may request a feed with more in it.
  await first.waitForTimeout(1_000)
  const own = feeds.length
  const second = await context.newPage()
  await second.goto(first.url())
  await second.locator('.reader[data-ready]').waitFor()
  await second.waitForTimeout(500)
  expect(feeds).toHaveLength(own)
  await first.close()
  await expect.poll(() => feeds.length).toBeGreaterThan(own)
  const mina = await openAs({
    app,
    context: (await context.browser()?.newContext()) ?? context,
    who: 'mina',
    document: 'live-tabs',
  })
  await rateSentence(mina, 1, '1')
  await expect(second.getByRole('button', { name: '1 new' })).toBeVisible()
  await mina.context().close()
})
