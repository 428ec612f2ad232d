/**
 * `npm run bench -- page [--quick] [--table]`: measures what opening the reader of a 5,000-word document costs a browser with an empty cache: the
 * script as transferred, and the longest main-thread task after the load event. The sign-in page, little more than the framework, is the baseline.
 * Then follow: how soon a long text full of marks can be used, compared with the same text without marks; how the editor takes over texts of 5,000,
 * 50,000 and 150,000 words; and the script of each kind of page.
 */
import { chromium, type Browser } from '@playwright/test'
import { openAs, setUpOwner, type Person } from '../../tests/e2e/support/people'
import { startApp, type App } from '../../tests/e2e/support/start-app'
import { importText } from '../../tests/e2e/support/world'
import { chromiumLaunch } from '../../tests/setup/chromium'
import { writeArticle } from './article'
import { openLongText } from './long-text'
import { measureMounting } from './mounting'
import { measureScripts } from './scripts'
import { visit, type Visit } from './visit'
import { printLine, type BenchLine } from '../line'
import { median } from '../median'

const quick = process.argv.includes('--quick')
const visits = quick ? 2 : 5
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
    const owner = await setUpOwner(app)
    const { id } = await importText(owner, { text: writeArticle(5_000), source: 'Arnvik Courier' })
    const reader: Visit[] = []
    const floor: Visit[] = []
    for (let turn = 0; turn < visits; turn += 1) {
      floor.push(await visit(async () => (await browser.newContext()).newPage(), `${app.address}/sign-in`))
      reader.push(await visit(async () => (await openAs(browser, owner)).newPage(), `${app.address}/documents/${id}`))
    }
    const kilobytes = (of: readonly Visit[], which: 'needed' | 'script') =>
      Number((median(of.map((each) => each[which])) / 1024).toFixed(1))
    const longest = (of: readonly Visit[]) => Math.round(median(of.map((each) => each.longest)))
    return [
      toLine({
        name: 'script until 5,000 words can be marked',
        unit: 'KB',
        ours: kilobytes(reader, 'needed'),
        baseline: kilobytes(floor, 'script'),
        most: 300,
      }),
      toLine({
        name: 'longest task after load, 5,000 words (0: none over 50 ms)',
        unit: 'ms',
        ours: longest(reader),
        baseline: longest(floor),
        most: 50,
      }),
      ...(await measureLongText({ app, browser, owner })),
      ...(await measureMounting(
        { app, browser, owner },
        { lengths: quick ? [5_000, 50_000] : [5_000, 50_000, 150_000], visits, marks: quick ? 1_000 : 10_000 },
      )),
      ...(await measureScripts(browser)),
    ]
  } finally {
    await app.stop()
  }
}

const browser = await chromium.launch(chromiumLaunch({ isWhole: true }))
try {
  for (const line of await measure(browser)) printLine(line)
} finally {
  await browser.close()
}
