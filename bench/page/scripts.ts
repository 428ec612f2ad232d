import type { Browser } from '@playwright/test'
import { z } from 'zod'
import type { BenchLine } from '../line'
import { startApp } from '../../tests/e2e/support/start-app'
import { signInTo } from '../../tests/e2e/support/seeded-app'
import { visit } from './visit'

/** The last line that the seed prints. */
const seedSchema = z.object({
  password: z.string(),
  sessions: z.record(z.string(), z.object({ id: z.string(), documentIds: z.array(z.string()), sourceId: z.string() })),
})

/** The script of each kind of page in bytes, for a browser with an empty cache: loaded at first, and loaded once the page is at rest. */
export async function measureScripts(browser: Browser): Promise<BenchLine[]> {
  const running = await startApp()
  try {
    const { code, stdout, stderr } = await running.runScript('tests/e2e/adjudication-seed.ts')
    if (code !== 0) throw new Error(`The seed failed:\n${stderr}`)
    const seed = seedSchema.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''))
    const app = { ...seed, address: running.address, runScript: running.runScript }
    const session = seed.sessions['keyboard']
    if (session === undefined) throw new Error('The seed made no session')
    const door = await browser.newContext()
    await signInTo(await door.newPage(), { app, who: 'joan', path: '/documents' })
    const storageState = await door.storageState()
    await door.close()
    const open = async () => (await browser.newContext({ storageState })).newPage()
    const floor = await visit(async () => (await browser.newContext()).newPage(), `${app.address}/sign-in`)
    const pages = {
      'list of documents': '/documents',
      reader: `/documents/${session.documentIds[0] ?? ''}`,
      session: `/review-sessions/${session.id}`,
      adjudication: `/review-sessions/${session.id}/adjudication`,
      report: `/sources/${session.sourceId}/report`,
    }
    const lines: BenchLine[] = []
    for (const [name, path] of Object.entries(pages)) {
      const { script } = await visit(open, app.address + path)
      lines.push({
        bench: 'page',
        case: `script of a page in all: ${name}`,
        unit: 'KB',
        ours: Number((script / 1024).toFixed(1)),
        baseline: Number((floor.script / 1024).toFixed(1)),
        baselineName: 'sign-in page',
        ratio: Number((script / floor.script).toFixed(3)),
        goal: null,
        holds: null,
      })
    }
    return lines
  } finally {
    await running.stop()
  }
}
