/** One fresh visit to a page with one engine, timed by the browser's own main-thread counters. */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser, type CDPSession, type Page } from '@playwright/test'
import { build } from 'esbuild'
import { median } from '../median'
import { longestTasks } from '../trace'
import type { Hits } from './pages/driver'

/**
 * `raw` is a plain page; `raw, laid out on the way` skips the layout of blocks far from the screen (`content-visibility`). `decorations` has one
 * decoration per mark; `decorations of the window` is our own reader in a browser without CSS highlights.
 */
export const engines = ['ours', 'raw', 'raw, laid out on the way', 'decorations', 'decorations of the window'] as const
export type EngineName = (typeof engines)[number]

/** The figures of one visit: ms of main-thread time, minus that of the same waiting without work. */
export interface Visit {
  open: number
  load: number
  add: number
  elsewhere: number
  scroll: number
  hits: Hits | null
}

export interface Cell {
  words: number
  annotations: number
}

const root = fileURLToPath(new URL('../..', import.meta.url))
const address = 'http://bench.test/'
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Bundles each engine's page as the product is built: minified, with React in production mode. */
export async function bundlePages(): Promise<Map<string, string>> {
  const files = new Map<string, string>()
  const result = await build({
    entryPoints: ['ours.tsx', 'raw.ts', 'decorations.ts'].map((name) => `${root}bench/reader/pages/${name}`),
    bundle: true,
    minify: true,
    format: 'esm',
    jsx: 'automatic',
    target: 'es2022',
    write: false,
    outdir: '/pages',
    splitting: true,
    alias: { '@': root.replace(/\/$/, '') },
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
  })
  for (const file of result.outputFiles) files.set(file.path.split('/').at(-1) ?? '', file.text)
  return files
}

/** Starts Chromium: Debian's if it is installed, otherwise Playwright's own. */
export async function startBrowser(): Promise<Browser> {
  const path = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
  return chromium.launch({ args: flags, ...(existsSync(path) ? { executablePath: path } : {}) })
}

const tokens =
  ':root{--paper:#faf8f3;--sunken:#f1eee5;--line:#e4dfd3;--line-strong:#c9c1b0;--ink:#1e1c19;--ink-2:#524d44;--ink-3:#6a6458;--accent:#2c4a86;--accent-soft:#e5ebf7;--selection:#cfdcf5;' +
  '--sourced:#17683f;--sourced-soft:#dcf0e2;--unsourced:#855200;--unsourced-soft:#fbeecb;--contradicted:#a8281d;--contradicted-soft:#fbe3de;--not-checkable:#5b5a69;--not-checkable-soft:#ebeaf1}' +
  'html,body{height:100%;margin:0}body{display:grid;grid-template-rows:3rem 1fr}#scroller{overflow-y:auto;position:relative}#holder{max-width:640px;margin:0 auto;padding:1rem}'

async function servePages(page: Page, files: Map<string, string>, engine: EngineName): Promise<void> {
  const plain = engine === 'raw' ? '.reader-text>*{content-visibility:visible!important}' : ''
  await page.route(`${address}**`, async (route) => {
    const name = new URL(route.request().url()).pathname.slice(1)
    const file = files.get(name)
    if (file !== undefined && name.endsWith('.js')) return route.fulfill({ contentType: 'text/javascript', body: file })
    return route.fulfill({
      contentType: 'text/html; charset=utf-8',
      body:
        `<!doctype html><html lang="en"><title>Bench</title><style>${tokens}${files.get(`${name}.css`) ?? ''}${plain}</style>` +
        `<body><header id="elsewhere">Saved</header><div id="scroller"><div id="holder"></div></div><script type="module" src="/${name}.js"></script></body></html>`,
    })
  })
}

class Meter {
  private readonly session: CDPSession
  private readonly page: Page

  constructor(session: CDPSession, page: Page) {
    this.session = session
    this.page = page
  }

  private async read(): Promise<number> {
    const { metrics } = await this.session.send('Performance.getMetrics')
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000
  }

  /** Main-thread time in ms of `work` and of what follows until the page is idle again. */
  async of(work: string): Promise<number> {
    const before = await this.read()
    await this.page.evaluate(`(async () => { await (${work}); await window.bench.settle() })()`)
    return (await this.read()) - before
  }
}

interface VisitInput {
  browser: Browser
  files: Map<string, string>
  engine: EngineName
  cell: Cell
}

const pageOf: Record<EngineName, string> = {
  ours: 'ours',
  raw: 'raw',
  'raw, laid out on the way': 'raw',
  decorations: 'decorations',
  'decorations of the window': 'ours',
}

async function visitPage<T>(
  { browser, files, engine }: VisitInput,
  use: (page: Page, session: CDPSession) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  try {
    const page = await context.newPage()
    await servePages(page, files, engine)
    if (engine === 'decorations of the window')
      await page.addInitScript(() => {
        Reflect.deleteProperty(CSS, 'highlights')
      })
    await page.goto(address + pageOf[engine])
    await page.waitForFunction(() => typeof window.bench === 'object')
    return await use(page, await context.newCDPSession(page))
  } finally {
    await context.close()
  }
}

/** Reloads the page and measures each operation in turn. */
export async function measureVisit(input: VisitInput & { hits: boolean }): Promise<Visit> {
  const { engine, cell, hits } = input
  return visitPage(input, async (page, session) => {
    // Processor time, not wall-clock time: other work on the machine does not count.
    await session.send('Performance.enable', { timeDomain: 'threadTicks' })
    const meter = new Meter(session, page)
    const wait = () => meter.of('null')
    const floor = await repeat(3, wait)
    const open = (await meter.of(`window.bench.open(${String(cell.words)})`)) - floor
    const idle = await repeat(3, wait)
    await page.evaluate((count) => {
      window.bench.prepare(count)
    }, cell.annotations)
    const load = (await meter.of('window.bench.load()')) - idle
    const add = await repeat(5, () => meter.of('window.bench.addOne()'))
    const elsewhere = await repeat(5, () => meter.of('window.bench.changeElsewhere()'))
    // The browser's own hit test takes tens of milliseconds among many ranges, so a few points are enough.
    const found = hits ? await page.evaluate((count) => window.bench.hit(count), engine === 'raw' ? 12 : 300) : null
    const scroll = (await meter.of('window.bench.scroll(30)')) - idle
    return { open, load, add: add - idle, elsewhere: elsewhere - idle, scroll, hits: found }
  })
}

/** The longest main-thread task, in ms of processor time, over all a reader does once the text is open. */
export async function measureLongestTask(input: VisitInput): Promise<number> {
  return visitPage(input, async (page, session) => {
    const { words, annotations } = input.cell
    await page.evaluate(
      `(async () => { await window.bench.open(${String(words)}); window.bench.prepare(${String(annotations)}); await window.bench.settle() })()`,
    )
    const events: unknown[] = []
    session.on('Tracing.dataCollected', ({ value }) => {
      events.push(...value)
    })
    const complete = new Promise<void>((resolve) => {
      session.once('Tracing.tracingComplete', () => {
        resolve()
      })
    })
    await session.send('Tracing.start', {
      transferMode: 'ReportEvents',
      traceConfig: { includedCategories: ['disabled-by-default-devtools.timeline'], excludedCategories: ['*'] },
    })
    for (const work of ['load()', 'addOne()', 'changeElsewhere()', 'hit(50)', 'scroll(60)', 'addOne()']) {
      await page.evaluate(`(async () => { await window.bench.${work}; await window.bench.settle() })()`)
    }
    await session.send('Tracing.end')
    await complete
    return longestTasks(events).longestWork
  })
}

async function repeat(times: number, measure: () => Promise<number>): Promise<number> {
  const figures: number[] = []
  for (let count = 0; count < times; count++) figures.push(await measure())
  return median(figures)
}
