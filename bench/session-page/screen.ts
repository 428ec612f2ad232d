import { randomBytes } from 'node:crypto'
import { chromium, type Browser, type Page } from '@playwright/test'
import { z } from 'zod'
import { openAs, setUpOwner } from '../../tests/e2e/support/people'
import { startApp } from '../../tests/e2e/support/start-app'
import { chromiumLaunch } from '../../tests/setup/chromium'
import { longestTasks } from '../trace'
import type { Size } from './scene'

declare global {
  interface Window {
    /** The `aria-rowindex` of every row of the matrix that was drawn since watching began. */
    rowsSeen: Set<string>
  }
}

const traceSchema = z.object({ traceEvents: z.array(z.unknown()) })

/** The cost of a session's page in a browser. Times are in ms. */
export interface Screen {
  /** From the request to the last byte of the page: the first request, with empty caches, and the later ones. */
  first: number
  answers: readonly number[]
  /** The same for the list of sessions, which is little more than the frame of the workbench. */
  lists: readonly number[]
  /** The size of the page as transferred, in bytes. */
  transferred: number
  /** The longest task while the matrix is scrolled to its last row and back, in wall-clock and in processor time. */
  longest: number
  longestWork: number
  /** The number of scroll steps, and of rows drawn at least once; rows shown at the start count if they are drawn again. */
  steps: number
  seen: number
}

/** How far one wheel step scrolls, in px, and the pause between two, in ms. */
const turn = 480
const rest = 24

/** How long the page rests before it is scrolled, in ms. */
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

async function scrollThrough(
  page: Page,
  browser: Browser,
): Promise<Pick<Screen, 'longest' | 'longestWork' | 'steps' | 'seen'>> {
  const grid = page.getByRole('grid')
  const box = await grid.boundingBox()
  if (box === null) throw new Error('The page shows no matrix')
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await page.evaluate(() => {
    const seen = new Set<string>()
    window.rowsSeen = seen
    const scroller = document.querySelector('[role="grid"]')
    new MutationObserver(() => {
      for (const row of scroller?.querySelectorAll('[role="row"][aria-rowindex]') ?? [])
        seen.add(row.getAttribute('aria-rowindex') ?? '')
    }).observe(document.body, { childList: true, subtree: true })
  })
  const height = await grid.evaluate((element) => element.scrollHeight - element.clientHeight)
  const count = Math.ceil(height / turn)
  await browser.startTracing(page, { categories: ['toplevel'] })
  for (const direction of [1, -1]) {
    for (let at = 0; at < count; at += 1) {
      await page.mouse.wheel(0, turn * direction)
      await page.waitForTimeout(rest)
    }
    await page.waitForTimeout(500)
  }
  const { traceEvents } = traceSchema.parse(JSON.parse((await browser.stopTracing()).toString('utf8')))
  const tasks = longestTasks(traceEvents)
  const seen = await page.evaluate(() => window.rowsSeen.size)
  return { ...tasks, steps: count * 2, seen }
}

/** Opens a large session in the built application as its lead: requests the page many times, then scrolls through the matrix with the wheel. */
export async function measureScreen(
  { documents, reviewers, perDocument }: Size,
  { requests, databaseUrl }: { requests: number; databaseUrl: string },
): Promise<Screen> {
  const app = await startApp({ DATABASE_URL: databaseUrl, AUTH_SECRET: randomBytes(48).toString('base64') })
  const browser = await chromium.launch(chromiumLaunch({ isWhole: true }))
  try {
    const owner = await setUpOwner(app)
    const size = [documents, reviewers, perDocument].map(String)
    const { code, stdout, stderr } = await app.runScript('bench/session-page/seed.ts', ...size)
    if (code !== 0) throw new Error(`The scene was not made:\n${stderr}`)
    const address = `${app.address}/review-sessions/${stdout.trim().split('\n').at(-1) ?? ''}`
    const page = await (await openAs(browser, owner, { viewport: { width: 1440, height: 900 } })).newPage()
    await page.goto(`${app.address}/documents`)
    const { time: first } = await askPage(page, address)
    const list = `${app.address}/review-sessions`
    const answers: number[] = []
    const lists: number[] = []
    let transferred = 0
    for (let number = 0; number < requests; number += 1) {
      const { time, bytes } = await askPage(page, address)
      answers.push(time)
      transferred = bytes
      lists.push((await askPage(page, list)).time)
    }
    await page.goto(address)
    await page.getByRole('grid').locator('[data-at][tabindex="0"]').waitFor()
    // Work of the page after hydration is not part of scrolling.
    await page.waitForTimeout(watched)
    return { first, answers, lists, transferred, ...(await scrollThrough(page, browser)) }
  } finally {
    await browser.close()
    await app.stop()
  }
}
