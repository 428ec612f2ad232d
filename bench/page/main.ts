/**
 * `npm run bench -- page [--quick] [--table]`: what opening the reader of a 5,000-word document costs a browser that has nothing of it yet: the script it
 * loads, as transferred, and the longest task on the main thread after the page has loaded. The sign-in page, which is little more than the
 * framework, is the floor to compare with. Then how soon a long text full of marks can be worked with, against the same text without any.
 */
import { chromium, type Browser, type Page } from '@playwright/test'
import { openAs, setUpOwner, type Person } from '../../tests/e2e/support/people'
import { startApp, type App } from '../../tests/e2e/support/start-app'
import { importText } from '../../tests/e2e/support/world'
import { chromiumLaunch } from '../../tests/setup/chromium'
import { writeArticle } from './article'
import { openLongText } from './long-text'
import { printLine, type BenchLine } from '../line'

const quick = process.argv.includes('--quick')
const visits = quick ? 2 : 5
/** How long a page is watched after it has loaded, in milliseconds. */
const watched = 3_000

interface Visit {
  /** Bytes of all scripts as transferred, which is gzipped; headers are not counted. */
  script: number
  /** The longest task that began after the load event, in milliseconds; 0 when none took 50. */
  longest: number
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
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
async function visit(open: () => Promise<Page>, address: string): Promise<Visit> {
  const page = await open()
  await page.goto(address, { waitUntil: 'load' })
  const longest = await longestTask(page)
  // Read after the page has been watched, so that what loads once it has come alive is counted, too.
  const script = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .filter((entry) => entry instanceof PerformanceResourceTiming)
      .filter(({ name }) => new URL(name).pathname.endsWith('.js'))
      .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
  )
  await page.context().close()
  return { script, longest }
}

function toLine({
  name,
  unit,
  ours,
  baseline,
  most,
}: {
  name: string
  unit: string
  ours: number
  baseline: number
  most: number
}): BenchLine {
  const ratio = baseline === 0 ? null : Number((ours / baseline).toFixed(3))
  return {
    bench: 'page',
    case: name,
    unit,
    ours,
    baseline,
    baselineName: 'sign-in page',
    ratio,
    goal: `≤ ${String(most)} ${unit}`,
    holds: ours <= most,
  }
}

async function measureLongText(place: { app: App; browser: Browser; owner: Person }): Promise<BenchLine[]> {
  const [words, marks] = quick ? [10_000, 1_000] : [50_000, 10_000]
  const { bare, marked, rated } = await openLongText(place, { words, marks })
  const text = `${String(words)} words with ${String(marks)} marks`
  const common = { bench: 'page', unit: 'ms', goal: null, holds: null }
  return [
    {
      ...common,
      case: `${text}: until it can be worked with`,
      ours: Math.round(marked),
      baseline: Math.round(bare),
      baselineName: 'no marks',
      ratio: Number((marked / bare).toFixed(3)),
    },
    {
      ...common,
      case: `${text}: from rating a sentence to its card`,
      ours: Math.round(rated),
      baseline: null,
      baselineName: null,
      ratio: null,
    },
  ]
}

async function measure(browser: Browser): Promise<BenchLine[]> {
  const app = await startApp()
  try {
    const owner = await setUpOwner(browser, app)
    const { id } = await importText(owner, { text: writeArticle(5_000), source: 'Arnvik Courier' })
    const reader: Visit[] = []
    const floor: Visit[] = []
    for (let turn = 0; turn < visits; turn += 1) {
      floor.push(await visit(async () => (await browser.newContext()).newPage(), `${app.address}/sign-in`))
      reader.push(await visit(async () => (await openAs(browser, owner)).newPage(), `${app.address}/documents/${id}`))
    }
    const kilobytes = (of: readonly Visit[]) => Number((median(of.map(({ script }) => script)) / 1024).toFixed(1))
    const longest = (of: readonly Visit[]) => Math.round(median(of.map((each) => each.longest)))
    return [
      toLine({
        name: 'script transferred by opening 5,000 words',
        unit: 'KB',
        ours: kilobytes(reader),
        baseline: kilobytes(floor),
        most: 200,
      }),
      toLine({
        name: 'longest task after load, 5,000 words (0: none over 50 ms)',
        unit: 'ms',
        ours: longest(reader),
        baseline: longest(floor),
        most: 50,
      }),
      ...(await measureLongText({ app, browser, owner })),
    ]
  } finally {
    await app.stop()
  }
}

const browser = await chromium.launch(chromiumLaunch())
try {
  for (const line of await measure(browser)) printLine(line)
} finally {
  await browser.close()
}
