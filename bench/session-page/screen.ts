import { randomBytes } from 'node:crypto'
import { chromium, type Page } from '@playwright/test'
import { openAs, setUpOwner } from '../../tests/e2e/support/people'
import { startApp } from '../../tests/e2e/support/start-app'
import { chromiumLaunch } from '../../tests/setup/chromium'
import type { Size } from './scene'

/** What the page of a session costs in a browser. Times in ms. */
export interface Screen {
  /** From the request to the last byte of the page: the first one, which knows nothing yet, and the others. */
  first: number
  answers: readonly number[]
  /** What the page weighs as it is sent, in bytes. */
  transferred: number
  /** The longest task while the matrix is scrolled from its first row to its last and back; 0 when none took 50. */
  longest: number
  /** Steps that were scrolled, and documents that came into view at least once. */
  steps: number
  seen: number
}

/** How far one turn of the wheel scrolls, in px, and how long the hand rests between two, in ms. */
const turn = 480
const rest = 24

/** How long the page is left alone before it is scrolled, in ms. */
const watched = 2_000

async function askPage(page: Page, address: string): Promise<{ time: number; bytes: number }> {
  return page.evaluate(async (url) => {
    const before = performance.now()
    const answer = await fetch(url, { cache: 'no-store' })
    if (!answer.ok) throw new Error(`The page was answered with ${String(answer.status)}`)
    await answer.text()
    const time = performance.now() - before
    const entry = performance.getEntriesByName(url).at(-1)
    return { time, bytes: entry instanceof PerformanceResourceTiming ? entry.encodedBodySize : 0 }
  }, address)
}

async function scrollThrough(page: Page): Promise<Pick<Screen, 'longest' | 'steps' | 'seen'>> {
  const grid = page.getByRole('grid')
  const box = await grid.boundingBox()
  if (box === null) throw new Error('The page shows no matrix')
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await page.evaluate(() => {
    const seen = new Set<string>()
    const watch = { longest: 0, seen }
    Object.assign(window, { scrollWatch: watch })
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) watch.longest = Math.max(watch.longest, duration)
    }).observe({ type: 'longtask' })
    const scroller = document.querySelector('[role="grid"]')
    scroller?.addEventListener('scroll', () => {
      for (const row of scroller.querySelectorAll('[role="row"][aria-rowindex]'))
        seen.add(row.getAttribute('aria-rowindex') ?? '')
    })
  })
  const height = await grid.evaluate((element) => element.scrollHeight - element.clientHeight)
  const count = Math.ceil(height / turn)
  for (const direction of [1, -1]) {
    for (let at = 0; at < count; at += 1) {
      await page.mouse.wheel(0, turn * direction)
      await page.waitForTimeout(rest)
    }
    await page.waitForTimeout(500)
  }
  const { longest, seen } = await page.evaluate(() => {
    const watch = (window as unknown as { scrollWatch: { longest: number; seen: Set<string> } }).scrollWatch
    return { longest: Math.round(watch.longest), seen: watch.seen.size }
  })
  return { longest, steps: count * 2, seen }
}

/** Opens a large session in the built application as its lead does: asks for the page many times, then scrolls through the matrix with the wheel. */
export async function measureScreen(
  { documents, reviewers, perDocument }: Size,
  { requests, databaseUrl }: { requests: number; databaseUrl: string },
): Promise<Screen> {
  const app = await startApp({ DATABASE_URL: databaseUrl, AUTH_SECRET: randomBytes(48).toString('base64') })
  const browser = await chromium.launch(chromiumLaunch())
  try {
    const owner = await setUpOwner(browser, app)
    const size = [documents, reviewers, perDocument].map(String)
    const { code, stdout, stderr } = await app.runScript('bench/session-page/seed.ts', ...size)
    if (code !== 0) throw new Error(`The scene was not made:\n${stderr}`)
    const address = `${app.address}/review-sessions/${stdout.trim().split('\n').at(-1) ?? ''}`
    const page = await (await openAs(browser, owner, { viewport: { width: 1440, height: 900 } })).newPage()
    await page.goto(`${app.address}/review-sessions`)
    const { time: first } = await askPage(page, address)
    const answers: number[] = []
    let transferred = 0
    for (let number = 0; number < requests; number += 1) {
      const { time, bytes } = await askPage(page, address)
      answers.push(time)
      transferred = bytes
    }
    await page.goto(address)
    await page.getByRole('grid').locator('[data-at][tabindex="0"]').waitFor()
    // What the page does on its own account after it has come alive is not scrolling.
    await page.waitForTimeout(watched)
    return { first, answers, transferred, ...(await scrollThrough(page)) }
  } finally {
    await browser.close()
    await app.stop()
  }
}
