/** The running application with a closed session and a blind draft: its database is filled by outcome-seed.ts. */
import { testWith, visitAs, type SeededApp, type Visit } from './support/seeded-app'
import type { Page } from '@playwright/test'
import { expect } from './support/seeded-app'

interface Seed {
  password: string
  sessionId: string
  draftId: string
  sourceId: string
  documentId: string
  secondId: string
  thirdId: string
  runningId: string
  referenceId: string
  claimIds: string[]
}

export type App = SeededApp<Seed>

export const test = testWith<Seed>('tests/e2e/outcome-seed.ts')

/** An opened document with a hydrated reader; by default the one that was reviewed. */
export async function openText(visit: Omit<Visit<Seed>, 'path'> & { path?: string }): Promise<Page> {
  const page = await visitAs({ path: `/documents/${visit.app.documentId}`, ...visit })
  await expect(page.locator('.reader[data-ready]')).toBeVisible()
  return page
}

export { expect, visitAs }
