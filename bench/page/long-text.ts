import type { Browser } from '@playwright/test'
import { openAs, type Person } from '../../tests/e2e/support/people'
import type { App } from '../../tests/e2e/support/start-app'
import { importText } from '../../tests/e2e/support/world'
import { writeArticle } from './article'

/** How soon a long text can be used, in ms of wall-clock time. */
export interface Opening {
  /** From the request for the page until the reader takes keys and its first highlights are painted. */
  bare: number
  marked: number
  /** From the key that rates a sentence until its card is open, with all marks present. */
  rated: number
}

async function openText(browser: Browser, person: Person, address: string) {
  const context = await openAs(browser, person, { viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  const started = performance.now()
  await page.goto(address, { waitUntil: 'commit' })
  await page.locator('.reader[data-ready]').waitFor()
  return { context, page, started }
}

/** Opens a text of `words` words, without marks and with `marks` of the current member's own, and rates one more sentence. */
export async function openLongText(
  { app, browser, owner }: { app: App; browser: Browser; owner: Person },
  { words, marks }: { words: number; marks: number },
): Promise<Opening> {
  const text = writeArticle(words)
  const { id, revision } = await importText(owner, { text, source: 'Arnvik Courier' })
  const address = `${app.address}/documents/${id}`
  const warm = await openText(browser, owner, address)
  await warm.context.close()
  const bare = await openText(browser, owner, address)
  const bareTime = performance.now() - bare.started
  await bare.context.close()
  const seeded = await app.runScript('bench/page/seed.ts', revision.id, String(marks))
  if (seeded.code !== 0) throw new Error(`The marks were not made:\n${seeded.stderr}`)
  const { context, page, started } = await openText(browser, owner, address)
  await page.waitForFunction(() => [...CSS.highlights.values()].some(({ size }) => size > 0))
  const marked = performance.now() - started
  await page.waitForTimeout(2_000)
  await page.locator('.reader-text').click({ position: { x: 300, y: 300 } })
  await page.keyboard.press('Escape')
  await page.keyboard.press('ArrowDown')
  const pressed = performance.now()
  await page.keyboard.press('2')
  await page.locator('article[data-open]').first().waitFor()
  const rated = performance.now() - pressed
  await context.close()
  return { bare: bareTime, marked, rated }
}
