/** The running application for the review tests: a database of their own, filled by review-seed.ts, and the ways of a person through it. */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, expect, type BrowserContext, type Page } from '@playwright/test'

interface Seed {
  password: string
  documents: Record<string, string>
}

export interface App extends Seed {
  address: string
}

/** Browsers that are installed on the machine, and the switches that keep them quiet and offline. */
export const launchOptions = {
  ...(process.env['CHROMIUM_PATH'] === ''
    ? {}
    : { executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium' }),
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
}

function runNode(args: string[], env: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.once('error', reject)
    child.once('exit', (code) => {
      if (code === 0) resolve(output)
      else reject(new Error(`node ${args.join(' ')} ended with ${String(code)}`))
    })
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => {
        if (address !== null && typeof address === 'object') resolve(address.port)
        else reject(new Error('The system gave no port'))
      })
    })
  })
}

async function waitForServer(address: string, server: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt++) {
    if (server.exitCode !== null) throw new Error(`The server ended with ${String(server.exitCode)} before it answered`)
    const answered = await fetch(`${address}/sign-in`).then(
      (response) => response.ok,
      () => false,
    )
    if (answered) return
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  throw new Error('The server did not answer within two minutes')
}

/** The application on a free port with a fresh database, once for all tests of a worker. */
export const test = base.extend<object, { app: App }>({
  app: [
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'sourcemark-review-'))
      const port = await freePort()
      const address = `http://127.0.0.1:${String(port)}`
      const env = {
        ...process.env,
        DATA_DIR: folder,
        PORT: String(port),
        HOST: '127.0.0.1',
        LOG_LEVEL: 'error',
        NEXT_TELEMETRY_DISABLED: '1',
      }
      await runNode(['--import', 'tsx', 'lib/cli/prepare.ts', 'test'], env)
      const seeded = await runNode(['--import', 'tsx', 'tests/e2e/review-seed.ts'], env)
      const seed = JSON.parse(seeded.trim().split('\n').at(-1) ?? '') as Seed
      const server = spawn(process.execPath, ['scripts/serve.mjs'], { env, stdio: ['ignore', 'ignore', 'inherit'] })
      try {
        await waitForServer(address, server)
        await use({ ...seed, address })
      } finally {
        server.kill('SIGTERM')
        rmSync(folder, { recursive: true, force: true })
      }
    },
    { scope: 'worker', timeout: 300_000 },
  ],
})

/** Opens a document as a member, through the sign-in page that stands before it. */
export async function openAs(given: {
  app: App
  context: BrowserContext
  who: string
  document: string
  fragment?: string
}): Promise<Page> {
  const { app, context, who, document, fragment = '' } = given
  const page = await context.newPage()
  await page.goto(`${app.address}/documents/${app.documents[document] ?? document}${fragment}`)
  await page.getByLabel('E-mail').fill(`${who}@example.org`)
  await page.getByLabel('Password', { exact: true }).fill(app.password)
  await page.keyboard.press('Enter')
  await readerReady(page)
  return page
}

/** Waits until the reader has come alive. */
export async function readerReady(page: Page): Promise<void> {
  await page.locator('.reader[data-ready]').waitFor()
}

/** Everything typed so far is on the server. */
export async function expectSaved(page: Page): Promise<void> {
  await expect(page.locator('[data-save]')).toHaveText('All saved')
}

export async function expectDecided(page: Page, decided: number, total: number): Promise<void> {
  await expect(page.getByTestId('coverage')).toHaveText(`${String(decided)} of ${String(total)} sentences decided`)
}

/** Presses Tab until the focus is on the element: it fails when the keyboard cannot get there. */
export async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) === true, selector)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab never reached ${selector}`)
}

/** The card of the words that begin so. */
export function cardOf(page: Page, words: string) {
  return page.locator('article[id^="card-"]').filter({ hasText: words })
}

export { expect }
