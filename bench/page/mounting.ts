import type { Browser, BrowserContext, CDPSession } from '@playwright/test'
import { openAs, type Person } from '../../tests/e2e/support/people'
import type { App } from '../../tests/e2e/support/start-app'
import { importText } from '../../tests/e2e/support/world'
import type { BenchLine } from '../line'
import { median } from '../median'
import { writeArticle } from './article'

declare global {
  interface Window {
    /** The counts of `watchText`. `marked` is when a mark appeared; all times are in ms. */
    seenByBench: { writes: number; shift: number; marked: number; longest: number }
  }
}

/** The cost of a text until it could be used. */
interface Mounting {
  /** Changes to the text's elements between parsing the page and the first possible mark. */
  writes: number
  /** The sum of the layout shifts before the first key, as the browser scores them, with fonts in the cache. */
  shift: number
  /** The longest main-thread task from the start, in ms; 0 when none took 50 ms. */
  longest: number
  /** From the arrival of the last byte of HTML until a pressed key had made a mark, in ms. */
  untilMarked: number
}

/** Counts changes to the text while the editor takes it over. Runs in the page, before any other script. */
function watchText(): void {
  const seen = { writes: 0, shift: 0, marked: 0, longest: 0 }
  window.seenByBench = seen
  document.addEventListener('DOMContentLoaded', () => {
    new MutationObserver((records) => {
      for (const { target } of records) {
        const element = target instanceof Element ? target : target.parentElement
        const isReady = document.querySelector('.reader[data-ready]') !== null
        if (!isReady && element?.closest('.reader-text') != null) seen.writes += 1
        if (seen.marked === 0 && document.querySelector('article[data-open]') !== null) seen.marked = performance.now()
      }
    }).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true })
  })
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      if ('value' in entry && 'hadRecentInput' in entry && entry.hadRecentInput !== true)
        seen.shift += Number(entry.value)
  }).observe({ type: 'layout-shift', buffered: true })
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) seen.longest = Math.max(seen.longest, duration)
  }).observe({ type: 'longtask', buffered: true })
}

async function mount(browser: Browser, person: Person, address: string): Promise<Mounting> {
  const context = await openAs(browser, person, { viewport: { width: 1440, height: 900 } })
  const first = await mountIn(context, address)
  const again = await mountIn(context, address)
  await context.close()
  return { ...first, shift: again.shift, writes: Math.max(first.writes, again.writes) }
}

async function mountIn(context: BrowserContext, address: string): Promise<Mounting> {
  const page = await context.newPage()
  await page.addInitScript(watchText)
  await page.goto(address, { waitUntil: 'commit' })
  // Keys are pressed from the first moment on; they have no effect until the page listens.
  const open = page.locator('article[data-open]')
  while ((await open.count()) === 0) {
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('2')
  }
  await page.waitForTimeout(500)
  const measured = await page.evaluate(() => {
    const [navigation] = performance.getEntriesByType('navigation')
    const arrived = navigation instanceof PerformanceNavigationTiming ? navigation.responseEnd : 0
    const { writes, shift, marked, longest } = window.seenByBench
    return { writes, shift, longest, untilMarked: marked - arrived }
  })
  await page.close()
  return measured
}

async function heapOf(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage')
  const { metrics } = await session.send('Performance.getMetrics')
  return metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? Number.NaN
}

/** The script memory of an opened text at rest, in bytes. */
async function memoryOf(browser: Browser, person: Person, address: string): Promise<number> {
  const context = await openAs(browser, person, { viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('Performance.enable')
  await session.send('HeapProfiler.enable')
  await page.goto(address, { waitUntil: 'commit' })
  await page.locator('.reader[data-ready]').waitFor()
  await page.waitForTimeout(3_000)
  const used = await heapOf(session)
  await context.close()
  return used
}

/**
 * How the editor takes over a text that the server rendered, for several lengths: what it rewrites, what moves, and how soon a key marks. Also the
 * memory of the longest text without marks and with 10,000.
 */
export async function measureMounting(
  { app, browser, owner }: { app: App; browser: Browser; owner: Person },
  { lengths, visits, marks }: { lengths: readonly number[]; visits: number; marks: number },
): Promise<BenchLine[]> {
  const lines: BenchLine[] = []
  const line = (given: Partial<BenchLine> & Pick<BenchLine, 'case' | 'unit' | 'ours'>) => {
    lines.push({ bench: 'page', baseline: null, baselineName: null, ratio: null, goal: null, holds: null, ...given })
  }
  const megabytes = (bytes: number) => Number((bytes / 1024 / 1024).toFixed(1))
  for (const words of lengths) {
    const text = `${String(words)} words`
    const { id, revision } = await importText(owner, {
      text: writeArticle(words),
      source: 'Arnvik Courier',
      allowDuplicate: true,
    })
    const address = `${app.address}/documents/${id}`
    const seen: Mounting[] = []
    for (let turn = 0; turn < visits; turn += 1) seen.push(await mount(browser, owner, address))
    const writes = Math.max(...seen.map((each) => each.writes))
    const shift = Math.max(...seen.map((each) => each.shift))
    line({
      case: `${text}: changes of the text at mounting`,
      unit: 'count',
      ours: writes,
      goal: '0',
      holds: writes === 0,
    })
    line({ case: `${text}: layout shift`, unit: '', ours: shift, goal: '0', holds: shift === 0 })
    line({
      case: `${text}: from the HTML until a key has marked`,
      unit: 'ms',
      ours: Math.round(median(seen.map((each) => each.untilMarked))),
    })
    line({ case: `${text}: longest task`, unit: 'ms', ours: Math.round(median(seen.map((each) => each.longest))) })
    if (words !== lengths.at(-1)) continue
    const bare = await memoryOf(browser, owner, address)
    const seeded = await app.runScript('bench/page/seed.ts', revision.id, String(marks))
    if (seeded.code !== 0) throw new Error(`The marks were not made:\n${seeded.stderr}`)
    const full = await memoryOf(browser, owner, address)
    line({
      case: `${text}: memory of the script with ${String(marks)} marks`,
      unit: 'MB',
      ours: megabytes(full),
      baseline: megabytes(bare),
      baselineName: 'few marks',
      ratio: Number((full / bare).toFixed(3)),
    })
  }
  return lines
}
