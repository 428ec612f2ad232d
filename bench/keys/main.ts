/**
 * `npm run bench -- keys [--table]`: counts the keys of a review. In the built application (build it first), a person without a mouse reviews ten
 * claims of an article: two bring a reference that the library does not have, six cite one of these again, two have no source; each has a note.
 * A key, a chord or a paste counts as one. Words of notes are left out; letters of searches and of bibliographies are counted separately. Seconds
 * follow the keystroke-level model. The result is read back from the server: ten marks, eight quotes, two references.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Browser } from '@playwright/test'
import type { AnnotationView } from '@/lib/domain/annotations/schema'
import { openAs, setUpOwner } from '../../tests/e2e/support/people'
import { findShared } from '../../tests/e2e/support/shared'
import { startApp } from '../../tests/e2e/support/start-app'
import { importText } from '../../tests/e2e/support/world'
import { chromiumLaunch } from '../../tests/setup/chromium'
import { printLine } from '../line'
import { claims } from './claims'
import { flows } from './flows'
import { secondsOf, Typist, type Count } from './typist'

const goal = { keys: 70, seconds: 35 }
/** Measured on 29 November 2026, when a new reference took a form of ten fields and a quote was saved by its button. */
const before = { keys: 106, seconds: 72.7 }

/** The article of the comparison, or without it a generated one with as many sentences. */
function readArticle(): string {
  const corpus = findShared('corpus')
  if (corpus.missing === null) return readFileSync(join(corpus.path, 'brink-of-war.txt'), 'utf8')
  process.stderr.write(`${corpus.missing} A made-up article takes its place.\n`)
  return claims.map((_, at) => `The envoys met for the ${String(at + 1)}th time in that year.`).join(' ')
}

function check(annotations: readonly AnnotationView[], references: number): void {
  const citations = annotations.flatMap((annotation) => annotation.citations)
  const quotes = new Set(citations.map(({ quote }) => quote))
  const wanted = claims.filter(({ kind }) => kind !== 'unsourced').map(({ words }) => words.quote)
  const wrong = [
    annotations.length === claims.length ? '' : `${String(annotations.length)} marks`,
    annotations.every(({ note }) => note !== '') ? '' : 'a mark without its note',
    annotations.every(({ missing }) => missing === null) ? '' : 'a mark that lacks evidence',
    citations.length === wanted.length && wanted.every((quote) => quotes.has(quote))
      ? ''
      : `quotes: ${[...quotes].join(' | ')}`,
    references === 2 ? '' : `${String(references)} references`,
  ].filter((line) => line !== '')
  if (wrong.length > 0) throw new Error(`The review did not come out as it was written: ${wrong.join('; ')}`)
}

async function review(browser: Browser): Promise<Count> {
  const app = await startApp()
  try {
    const owner = await setUpOwner(app)
    const document = await importText(owner, { text: readArticle(), source: 'Arnvik Courier' })
    const context = await openAs(browser, owner, { viewport: { width: 1440, height: 900 } })
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    const page = await context.newPage()
    await page.goto(`${app.address}/documents/${document.id}`)
    await page.locator('.reader[data-ready]').waitFor()
    const typist = new Typist(page)
    for (const [at, claim] of claims.entries()) {
      for (const [number, step] of flows[claim.kind].entries()) {
        await typist.do(step, claim).catch((cause: unknown) => {
          const where = `Claim ${String(at + 1)} (${claim.kind}), step ${String(number + 1)} ${JSON.stringify(step)}`
          throw new Error(`${where} did not work`, { cause })
        })
      }
    }
    await page.locator('[data-save]').getByText('All saved').waitFor()
    const { items: annotations } = await owner.api.send<{ items: AnnotationView[] }>(
      'GET',
      `/revisions/${document.revision.id}/annotations`,
    )
    const { items: references } = await owner.api.send<{ items: unknown[] }>('GET', '/references')
    check(annotations, references.length)
    return typist.count
  } finally {
    await app.stop()
  }
}

const browser = await chromium.launch(chromiumLaunch({ isWhole: true }))
try {
  const count = await review(browser)
  const line = { bench: 'keys', baselineName: 'with a form of ten fields' }
  const letters = { searchLetters: count.searchLetters, bibliographyLetters: count.bibliographyLetters }
  printLine(
    {
      ...line,
      case: 'ten claims with evidence, without a mouse',
      unit: 'count',
      ours: count.keys,
      baseline: before.keys,
      ratio: Number((count.keys / before.keys).toFixed(2)),
      goal: `≤ ${String(goal.keys)} keys`,
      holds: count.keys <= goal.keys,
    },
    letters,
  )
  const seconds = secondsOf(count)
  printLine({
    ...line,
    case: 'ten claims with evidence, by the keystroke-level model',
    unit: 's',
    ours: Number(seconds.toFixed(1)),
    baseline: before.seconds,
    ratio: Number((seconds / before.seconds).toFixed(2)),
    goal: `≤ ${String(goal.seconds)} s`,
    holds: seconds <= goal.seconds,
  })
} finally {
  await browser.close()
}
