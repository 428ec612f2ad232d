/** The reader alone in a real browser, with a long text: the drawn window, scrolling, printing, the minimap. */
import { expect, type Page } from '@playwright/test'
import type { DocumentContent } from '@/lib/domain/text/model'
import { openReader } from './reader-engine-harness'
import { mark, paragraph, rangeOf, show, stateOf, test } from './reader-engine-steps'

/** Waits until the whole text is laid out; long texts are laid out in steps. */
async function laidOut(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const last = document.querySelector('.reader-text[data-long] > :last-child')
    return last instanceof HTMLElement && last.style.contentVisibility === 'visible'
  })
}

test.describe('a long text', () => {
  const long: DocumentContent = {
    type: 'doc',
    content: Array.from({ length: 900 }, (_, at) =>
      paragraph(`Paragraph ${String(at)} says this. ${'Some more words follow here. '.repeat(12)}`),
    ),
  }
  const marks = Array.from({ length: 900 }, (_, at) =>
    mark(`m${String(at)}`, rangeOf(long, `Paragraph ${String(at)} says`), {
      rating: at % 2 === 0 ? 'sourced' : 'contradicted',
    }),
  )

  test.beforeEach(async ({ page }) => {
    await openReader(page)
    await show(page, stateOf(long, { annotations: marks }))
  })

  test('draws what is on the screen and little more, wherever one scrolls', async ({ page }) => {
    for (const at of [0, 450, 899, 120]) {
      await page.evaluate((place) => window.reader.handle()?.scrollTo(place), marks[at] ?? { start: 0, end: 1 })
      await expect
        .poll(() =>
          page.evaluate(() => {
            const seen = [...document.querySelectorAll('.reader-text [data-text]')].filter((block) => {
              const box = block.getBoundingClientRect()
              return box.height > 0 && box.bottom > 0 && box.top < window.innerHeight
            })
            const ranges = [...CSS.highlights.values()].flatMap((highlight) => [...highlight])
            const missing = seen.filter((block) => !ranges.some((range) => block.contains(range.startContainer)))
            return { missing: missing.length, seen: seen.length > 2, few: ranges.length < 400 }
          }),
        )
        .toEqual({ missing: 0, seen: true, few: true })
      await expect
        .poll(() =>
          page.evaluate(
            (place) => {
              const extent = window.reader.handle()?.extentOf(place)
              const scroller = document.getElementById('scroller')
              return (
                extent != null &&
                scroller !== null &&
                extent.top >= scroller.scrollTop &&
                extent.bottom <= scroller.scrollTop + scroller.clientHeight
              )
            },
            marks[at] ?? { start: 0, end: 1 },
          ),
        )
        .toBe(true)
    }
  })

  test('does not scroll to what is in view already', async ({ page }) => {
    const before = await page.evaluate(() => document.getElementById('scroller')?.scrollTop)
    await page.evaluate((place) => window.reader.handle()?.scrollTo(place), marks[1] ?? { start: 0, end: 1 })
    await page.waitForTimeout(300)
    expect(await page.evaluate(() => document.getElementById('scroller')?.scrollTop)).toBe(before)
  })

  test('keeps what is on the screen where it is while the rest is laid out', async ({ page }) => {
    // Blocks without layout are estimated at much less than their height.
    await page.addStyleTag({
      content: '.reader-text[data-long] > * { contain-intrinsic-block-size: 20px !important }',
    })
    const place = marks[450] ?? { start: 0, end: 1 }
    const height = () => page.evaluate(() => document.querySelector('.reader-text')?.clientHeight ?? 0)
    const before = await height()
    await page.evaluate((range) => window.reader.handle()?.scrollTo(range), place)
    await laidOut(page)
    expect(await height()).toBeGreaterThan(before * 1.5)
    const isSeen = await page.evaluate((range) => {
      const extent = window.reader.handle()?.extentOf(range)
      const scroller = document.getElementById('scroller')
      const top = (extent?.top ?? Number.NaN) - (scroller?.scrollTop ?? 0)
      return top >= 0 && top < (scroller?.clientHeight ?? 0)
    }, place)
    expect(isSeen).toBe(true)
  })

  test('does not move under the eyes of a reader while the rest is laid out', async ({ page }) => {
    // For a block on the screen and all blocks above it: their heights were estimated, and too large.
    const topOfMiddle = () =>
      page.evaluate(() => document.querySelector('.reader-text > :nth-child(451)')?.getBoundingClientRect().top ?? 0)
    await page.evaluate((range) => window.reader.handle()?.scrollTo(range), marks[450] ?? { start: 0, end: 1 })
    await expect.poll(async () => Math.abs((await topOfMiddle()) - 450)).toBeLessThan(450)
    const before = await topOfMiddle()
    await laidOut(page)
    expect(Math.abs((await topOfMiddle()) - before)).toBeLessThan(30)
  })

  test('stays laid out when only the height of the window changes, as by the bars of a telephone', async ({ page }) => {
    await laidOut(page)
    const notLaidOut = () => page.locator('.reader-text > :not([style*="content-visibility: visible"])').count()
    expect(await notLaidOut()).toBe(0)
    const counted = page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          window.addEventListener('resize', () => {
            const blocks = document.querySelectorAll('.reader-text > *')
            resolve(
              [...blocks].filter((block) => !block.hasAttribute('style') || block.getAttribute('style') === '').length,
            )
          })
        }),
    )
    await page.setViewportSize({ width: page.viewportSize()?.width ?? 1280, height: 500 })
    expect(await counted).toBe(0)
  })

  test('never changes an element for marks', async ({ page }) => {
    await laidOut(page)
    const changes = await page.evaluate(async (list) => {
      const text = document.querySelector('.reader-text')
      let seen = 0
      const watch = new MutationObserver((records) => {
        seen += records.length
      })
      if (text !== null) watch.observe(text, { subtree: true, childList: true, attributes: true, characterData: true })
      window.reader.set({ annotations: list.slice(5), activeAnnotationId: 'm7', currentSentence: 3 })
      document.getElementById('scroller')?.scrollTo({ top: 4000 })
      await new Promise((resolve) => setTimeout(resolve, 200))
      return seen
    }, marks)
    expect(changes).toBe(0)
  })

  test('draws everything for paper, and the window again afterwards', async ({ page }) => {
    const count = () =>
      page.evaluate(() => [...CSS.highlights.values()].reduce((sum, highlight) => sum + highlight.size, 0))
    await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')))
    expect(await count()).toBe(marks.length)
    await page.evaluate(() => window.dispatchEvent(new Event('afterprint')))
    expect(await count()).toBeLessThan(marks.length / 2)
    expect((await page.pdf()).length).toBeGreaterThan(10_000)
  })

  test('moves by the minimap, with keys and with the pointer', async ({ page }) => {
    const map = page.getByRole('slider', { name: 'Place in the document' })
    await map.focus()
    await page.keyboard.press('End')
    await expect.poll(() => map.getAttribute('aria-valuenow').then(Number)).toBeGreaterThan(95)
    await page.keyboard.press('Home')
    await expect.poll(() => map.getAttribute('aria-valuenow').then(Number)).toBe(0)
    const box = await map.boundingBox()
    if (box === null) throw new Error('There is no minimap.')
    await page.mouse.click(box.x + 10, box.y + box.height / 2)
    await expect.poll(() => map.getAttribute('aria-valuenow').then(Number)).toBeGreaterThan(40)
    await expect.poll(() => map.getAttribute('aria-valuenow').then(Number)).toBeLessThan(60)
  })
})
