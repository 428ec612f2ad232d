import type { Page } from '@playwright/test'
import { noteReady } from '../../tests/e2e/support/note-ready'

/** How long a page is watched after it has loaded, in ms. */
const watched = 3_000

export interface Visit {
  /** The bytes of all scripts as transferred (gzipped), without headers. */
  script: number
  /** The bytes of scripts requested before the text could be marked; all of them on a page without a reader. */
  needed: number
  /** The longest task that began after the load event, in ms; 0 when none took 50 ms. */
  longest: number
}

async function longestTask(page: Page): Promise<number> {
  return page.evaluate(async (wait) => {
    const [navigation] = performance.getEntriesByType('navigation')
    const loadedAt = navigation instanceof PerformanceNavigationTiming ? navigation.loadEventEnd : 0
    let longest = 0
    const observer = new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries())
        if (startTime >= loadedAt) longest = Math.max(longest, duration)
    })
    observer.observe({ type: 'longtask', buffered: true })
    await new Promise((resolve) => setTimeout(resolve, wait))
    observer.disconnect()
    return longest
  }, watched)
}

/** Opens an address in a window with an empty cache. */
export async function visit(open: () => Promise<Page>, address: string): Promise<Visit> {
  const page = await open()
  await page.addInitScript(noteReady)
  await page.goto(address, { waitUntil: 'load' })
  const longest = await longestTask(page)
  // Read after the page has been watched, so that scripts loaded after hydration are counted too.
  const { ready, scripts } = await page.evaluate(() => ({
    ready: performance.getEntriesByName('can-be-marked')[0]?.startTime ?? Infinity,
    scripts: performance
      .getEntriesByType('resource')
      .filter((entry) => entry instanceof PerformanceResourceTiming)
      .filter(({ name }) => new URL(name).pathname.endsWith('.js'))
      .map(({ startTime, encodedBodySize }) => ({ startTime, size: encodedBodySize })),
  }))
  const sum = (of: typeof scripts) => of.reduce((total, { size }) => total + size, 0)
  await page.context().close()
  return { script: sum(scripts), needed: sum(scripts.filter(({ startTime }) => startTime <= ready)), longest }
}
