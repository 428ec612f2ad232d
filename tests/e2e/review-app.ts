/** The running application for the review tests: its database is filled by review-seed.ts, and these functions act as a member. */
import type { BrowserContext, Page } from '@playwright/test'
import { expect, signInTo, testWith, type SeededApp } from './support/seeded-app'

interface Seed {
  password: string
  documents: Record<string, string>
}

export type App = SeededApp<Seed>

export const test = testWith<Seed>('tests/e2e/review-seed.ts')

/** Opens a document as a member, through the sign-in page. */
export async function openAs(given: {
  app: App
  context: BrowserContext
  who: string
  document: string
  fragment?: string
}): Promise<Page> {
  const { app, context, who, document, fragment = '' } = given
  const page = await context.newPage()
  await signInTo(page, { app, who, path: `/documents/${app.documents[document] ?? document}${fragment}` })
  await readerReady(page)
  return page
}

/** Waits until the reader is hydrated. */
export async function readerReady(page: Page): Promise<void> {
  await page.locator('.reader[data-ready]').waitFor()
}

/** Waits until everything typed so far is on the server. */
export async function expectSaved(page: Page): Promise<void> {
  await expect(page.locator('[data-save]')).toHaveText('All saved')
}

export async function expectDecided(page: Page, decided: number, total: number): Promise<void> {
  await expect(page.getByTestId('coverage')).toHaveText(`${String(decided)} of ${String(total)} sentences decided`)
}

/** Presses Tab until the element has the focus; fails when the keyboard cannot reach it. */
export async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) === true, selector)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab never reached ${selector}`)
}

/** The card of the annotation whose words begin like this. */
export function cardOf(page: Page, words: string) {
  return page.locator('article[id^="card-"]').filter({ hasText: words })
}

export { expect }
