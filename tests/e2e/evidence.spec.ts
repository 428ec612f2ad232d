/** Evidence in one field: an address or DOI, the library, a quote from the kept text, and how cards behave in the meantime. */
import type { Page } from '@playwright/test'
import { expect, expectSaved, openAs, test } from './review-app'

test.describe.configure({ mode: 'default' })

const field = (page: Page) => page.getByRole('combobox', { name: 'Evidence' })
const card = (page: Page) => page.locator('article[data-open]')

async function paste(page: Page, text: string): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.evaluate(async (words) => navigator.clipboard.writeText(words), text)
  await page.keyboard.press('Control+v')
}

/** Rates the next undecided sentence and opens its evidence. */
async function openEvidence(page: Page, rating: string): Promise<void> {
  await page.keyboard.press('j')
  await page.keyboard.press(rating)
  await page.keyboard.press('e')
  await expect(field(page)).toBeFocused()
}

test('an address is known as one, a known one is found however it is written, and Ctrl+Enter saves everywhere', async ({
  app,
  context,
}) => {
  const page = await openAs({ app, context, who: 'mina', document: 'evidence' })

  // A new address takes two keys, and never becomes the title of a reference without an address.
  await openEvidence(page, '3')
  await paste(page, 'https://tides.example/tables/tide-tables-2025')
  await expect(page.getByRole('option', { name: 'Cite https://tides.example/tables/tide-tables-2025' })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Quote')).toBeFocused()
  await expect(card(page).getByRole('radio', { name: 'Contradicts' })).toBeChecked()
  await paste(page, 'High water was at 06:12.')
  await page.keyboard.press('Enter')
  await expect(card(page)).toContainText('Tide tables 2025 – tides.example')
  await expect(card(page)).toContainText('no kept text to check the quote')
  await expect(card(page).locator('[data-card-button]')).toBeFocused()
  await expectSaved(page)

  // The same page in another spelling is offered first; an immediate Enter takes it although the answer is not there yet.
  await openEvidence(page, '1')
  await paste(page, 'http://www.tides.example/tables/tide-tables-2025/?utm_source=mail#top')
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Quote')).toBeFocused()
  await expect(card(page).getByRole('radio', { name: 'Supports' })).toBeChecked()
  await expect(card(page)).not.toContainText('New in the library')
  await page.getByRole('textbox', { name: 'Place' }).focus()
  await page.keyboard.type('p. 4')
  await page.keyboard.press('Control+Enter')
  await expect(card(page)).toContainText('Tide tables 2025 – tides.example')
  await expectSaved(page)

  // A DOI, with the detailed fields below.
  await openEvidence(page, '3')
  await paste(page, 'doi:10.1234/ABC')
  await page.keyboard.press('Enter')
  await card(page).getByText('Title, author, date, text').click()
  await page.getByLabel('Title').fill('On tides')
  await page.getByLabel('Publisher').focus()
  await page.keyboard.type('Harbour press')
  await page.keyboard.press('Control+Enter')
  await expect(card(page)).toContainText('On tides')
  await expectSaved(page)
  const { items } = (await (
    await page.request.get(`${app.address}/api/v1/references?identifier=10.1234%2Fabc`)
  ).json()) as { items: { title: string; publisher: string; doi: string; url: string }[] }
  expect(items).toMatchObject([{ title: 'On tides', publisher: 'Harbour press', doi: '10.1234/abc', url: '' }])
  const tides = (await (await page.request.get(`${app.address}/api/v1/references?q=tide-tables-2025`)).json()) as {
    items: { url: string }[]
  }
  expect(tides.items).toMatchObject([{ url: 'https://tides.example/tables/tide-tables-2025' }])
})

test('the quote is selected in the kept text, found despite its typography, and leads to its exact place', async ({
  app,
  context,
}) => {
  const page = await openAs({ app, context, who: 'mina', document: 'evidence-again' })
  await openEvidence(page, '1')
  await page.keyboard.type('letters of the mayor')
  await expect(page.getByRole('option', { name: /Letters of the mayor/ }).first()).toHaveAttribute(
    'aria-selected',
    'true',
  )
  await page.keyboard.press('Enter')
  const kept = page.getByRole('document', { name: 'Kept text' })
  await expect(kept).toContainText('The council met.')

  // Pasted with a typewriter's apostrophe.
  await expect(page.getByLabel('Quote')).toBeFocused()
  await paste(page, "The mayor's office wrote")
  await expect(card(page)).toContainText('Found, with other quotation marks')

  // Picked with the pointer: a double click selects a word.
  const words = await kept.locator('p').first().boundingBox()
  await page.mouse.dblclick((words?.x ?? 0) + 8, (words?.y ?? 0) + 8)
  await expect(page.getByLabel('Quote')).toHaveValue('The')

  // Picked by keyboard: a whole sentence, then the relevant words, at the second of two equal places.
  const rated = await card(page).getAttribute('data-rating')
  await kept.focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Quote')).toHaveValue('The mayor’s office wrote that 27,400 cars cross each day.')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Shift+ArrowLeft')
  await page.keyboard.press('Shift+ArrowLeft')
  await expect(page.getByLabel('Quote')).toHaveValue('The mayor’s office wrote')
  // The keys of the review are off: a digit does not rate, and J does not leave the text.
  await page.keyboard.press('2')
  await page.keyboard.press('j')
  await expect(kept).toBeFocused()
  expect(await card(page).getAttribute('data-rating')).toBe(rated)
  await page.keyboard.press('Control+Enter')
  await expect(card(page)).toContainText('quote found word for word')
  await expectSaved(page)

  // The same reference again, with the cursor in the quote.
  await page.keyboard.press('j')
  await page.keyboard.press('3')
  await page.keyboard.press('r')
  await expect(page.getByLabel('Quote')).toBeFocused()
  await expect(card(page)).toContainText('Letters of the mayor')
  await paste(page, "The mayor's office wrote")
  await page.keyboard.press('Enter')
  await expect(card(page)).toContainText('quote found with other quotation marks')
  await expectSaved(page)

  // A draft left with Escape is restored, and the field suggests the last reference first.
  await page.keyboard.press('j')
  await page.keyboard.press('1')
  await page.keyboard.press('e')
  await expect(page.getByRole('option').first()).toContainText('Again: Letters of the mayor')
  await page.keyboard.press('Enter')
  await page.keyboard.type('half a quote')
  await page.keyboard.press('Escape')
  await expect(card(page).locator('[data-card-button]')).toBeFocused()
  await page.keyboard.press('e')
  await expect(page.getByLabel('Quote')).toHaveValue('half a quote')
  await page.keyboard.press('Escape')

  // The card's title links to the quote in the kept text, and the outside address opens a new page.
  const box = await page.locator('.reader-text p').first().boundingBox()
  await page.mouse.click((box?.x ?? 0) + 60, (box?.y ?? 0) + 14)
  await expect(
    card(page)
      .getByRole('link', { name: /new tab/ })
      .first(),
  ).toHaveAttribute('target', '_blank')
  await card(page).getByRole('link', { name: 'Letters of the mayor', exact: true }).first().click()
  await expect(page).toHaveURL(/\/references\/[\w-]+#quote-\d+$/)
  const start = Number(/quote-(\d+)$/.exec(page.url())?.[1])
  expect(start).toBeGreaterThan(50)
  // The quoted words are highlighted and in view.
  await expect
    .poll(() =>
      page.evaluate(() =>
        [...(CSS.highlights.get('sm-found') ?? [])].map((range) => {
          const words = document.createRange()
          words.setStart(range.startContainer, range.startOffset)
          words.setEnd(range.endContainer, range.endOffset)
          const { top, bottom } = words.getBoundingClientRect()
          return top > 0 && bottom < window.innerHeight ? words.toString() : ''
        }),
      ),
    )
    .toContain('The mayor’s office wrote')
})

test('a library that cannot be searched makes nothing of the words, and what was cited here still can be', async ({
  app,
  context,
}) => {
  const page = await openAs({ app, context, who: 'mina', document: 'evidence-offline' })
  await openEvidence(page, '3')
  await page.keyboard.type('traffic register')
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Quote')).toBeFocused()
  await page.keyboard.press('Enter')
  await expectSaved(page)
  await page.keyboard.press('j')
  await page.keyboard.press('3')
  await context.setOffline(true)
  await page.keyboard.press('e')
  await page.keyboard.type('sums of the council')
  await expect(page.getByRole('alert').filter({ hasText: 'could not be searched' })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(field(page)).toHaveValue('sums of the council')
  await expect(page.getByLabel('Title')).toHaveCount(0)
  await field(page).fill('REGISTER')
  await expect(page.getByRole('option', { name: /Traffic register 2024/ })).toBeVisible()
  await expect(page.getByRole('option')).toHaveCount(1)
  await context.setOffline(false)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+Enter')
  await expect(card(page)).toContainText('Traffic register 2024')
  await expectSaved(page)
})

test('the panel stays inside its card and the claim in its place, at every width', async ({ app, context }) => {
  const page = await openAs({ app, context, who: 'mina', document: 'evidence-layout' })
  const long = `https://registers.example/${'a-very-long-part-of-an-address-without-any-space/'.repeat(4)}`
  for (const [width, height] of [
    [1440, 700],
    [1000, 900],
    [390, 844],
    [320, 640],
  ] as const) {
    await page.setViewportSize({ width, height })
    await page.keyboard.press('j')
    await page.keyboard.press('3')
    await expect(card(page)).toHaveCount(1)
    const scroller = page.locator('.reader-text').first()
    const topOf = () => scroller.evaluate((text) => Math.round(text.getBoundingClientRect().top))
    // The scrolling that J started has ended.
    await expect(async () => {
      const first = await topOf()
      await page.waitForTimeout(200)
      expect(await topOf()).toBe(first)
    }).toPass()
    const before = await topOf()
    const inside = async (where: string) => {
      const boxes = await card(page).evaluate((article) => {
        const outer = article.getBoundingClientRect()
        return [...article.querySelectorAll('section[aria-label="Evidence"] *')].flatMap((part) => {
          const { left, right, width: wide } = part.getBoundingClientRect()
          return wide > 1 && (left < outer.left - 1 || right > outer.right + 1)
            ? [`${part.tagName} ${String(Math.round(left))}–${String(Math.round(right))}`]
            : []
        })
      })
      expect(boxes, `${where} at ${String(width)}`).toEqual([])
      const sideways = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      expect(sideways, `${where} at ${String(width)}`).toBeLessThanOrEqual(0)
      expect(Math.abs((await topOf()) - before), `the text moved: ${where} at ${String(width)}`).toBeLessThanOrEqual(1)
    }
    await page.keyboard.press('e')
    await expect(field(page)).toBeFocused()
    await expect(field(page)).toBeInViewport()
    await inside('searching')
    await field(page).fill(long)
    await expect(page.getByRole('option', { name: /^Cite/ })).toBeVisible()
    await inside('an address')
    await page.keyboard.press('Enter')
    await expect(page.getByLabel('Quote')).toBeFocused()
    await expect(page.getByLabel('Quote')).toBeInViewport()
    await inside('citing')
    await card(page).getByText('Title, author, date, text').click()
    await inside('all fields')
    await page.keyboard.press('Escape')
    await expect(page.locator('section[aria-label="Evidence"]')).toHaveCount(0)
    expect(Math.abs((await topOf()) - before)).toBeLessThanOrEqual(1)
    await page.keyboard.press('Escape')
  }
})

/** The position of words in their paragraph, for a press on them. */
async function within(page: Page, words: string): Promise<{ x: number; y: number }> {
  return page.evaluate((wanted) => {
    const walker = document.createTreeWalker(
      document.querySelector('.reader-text') ?? document.body,
      NodeFilter.SHOW_TEXT,
    )
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const at = node.nodeValue?.indexOf(wanted) ?? -1
      if (at < 0) continue
      const range = document.createRange()
      range.setStart(node, at)
      range.setEnd(node, at + wanted.length)
      const [box] = range.getClientRects()
      const block = node.parentElement?.closest('[data-text]')?.getBoundingClientRect()
      if (box !== undefined && block !== undefined)
        return { x: box.x - block.x + box.width / 2, y: box.y - block.y + box.height / 2 }
    }
    throw new Error(`“${wanted}” does not stand in the text.`)
  }, words)
}

test('a citation marker shows its entry by key and by press, and the entry becomes evidence', async ({
  app,
  context,
}) => {
  const page = await openAs({ app, context, who: 'mina', document: 'cited' })
  const panel = page.getByRole('region', { name: 'Cited here' })

  await page.keyboard.press('j')
  await page.keyboard.press('1')
  await page.keyboard.press('.')
  await expect(panel).toContainText('Pier report. Read it')
  await expect(panel.getByRole('link')).toHaveAttribute('href', 'https://piers.example/report')
  await expect(panel.getByRole('button', { name: 'Attach cited reference' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(panel).toHaveCount(0)
  await expect(card(page)).toContainText('Pier report. Read it')
  await expect(card(page)).toContainText('cited at [1], sentence 1')
  await expectSaved(page)
  const { items } = (await (
    await page.request.get(
      `${app.address}/api/v1/references?identifier=${encodeURIComponent('https://piers.example/report')}`,
    )
  ).json()) as { items: { title: string }[] }
  expect(items.map(({ title }) => title)).toEqual(['Pier report. Read it'])

  // The other marker has no entry, and Escape returns to the text.
  await page.locator('.reader-text').getByText('[2]').click()
  await expect(panel).toContainText('2: the entry is not in this document.')
  await page.keyboard.press('Escape')
  await expect(panel).toHaveCount(0)

  // Authors with a year are a marker too, and so is a link.
  await page
    .locator('.reader-text')
    .getByText('Ropes wear out')
    .click({ position: await within(page, 'Okafor, 2019') })
  await expect(panel).toContainText('Ropes that wear out. Pier Books.')
  await page.keyboard.press('Escape')
  await page.locator('.reader-text').getByText('told the Herald').click()
  await expect(panel.getByRole('link')).toHaveAttribute('href', 'https://herald.example/council-answers')
  await page.keyboard.press('Escape')
  await expect(panel).toHaveCount(0)
})
