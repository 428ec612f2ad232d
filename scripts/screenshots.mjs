/**
 * `node scripts/screenshots.mjs [folder]`: takes screenshots of every page, filled with the sample workspace, in light and dark, wide and narrow.
 * They are written to test-results/screenshots unless a folder is named.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { ensureChromium } from './prepare/chromium.mjs'
import { ensureInstalled } from './prepare/install.mjs'
import { plainError, root, runCommand } from './prepare/run.mjs'

/** How long a page may take to settle, in ms. */
const settles = 600
const sizes = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } }

async function freePort() {
  const server = createServer()
  await new Promise((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address()
  await new Promise((done) => server.close(done))
  return port
}

/** Starts `npm start` on an empty data folder, and reads its address and the owner's sign-in from its output. */
async function startSample(dataDir) {
  const port = await freePort()
  const env = {
    ...process.env,
    PORT: String(port),
    HOST: '127.0.0.1',
    DATA_DIR: dataDir,
    DATABASE_URL: '',
    LOG_LEVEL: 'error',
  }
  const server = spawn(process.execPath, ['scripts/start.mjs'], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let printed = ''
  await new Promise((done, fail) => {
    server.stdout.on('data', (chunk) => {
      printed += chunk
      if (/Sourcemark is at/.test(printed)) done()
    })
    server.once('exit', () => fail(plainError(`The server did not start:\n${printed}`)))
  })
  const owner = /^\s+owner\s.*\s(\S+@\S+)\s+(\S+)\s*$/m.exec(printed)
  if (owner === null) throw plainError('The server did not say how the owner signs in.')
  return { server, address: `http://127.0.0.1:${port}`, email: owner[1], password: owner[2] }
}

async function signIn(page, { address, email, password }) {
  await page.goto(`${address}/sign-in`)
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in') && url.pathname !== '/')
}

/** The pages, with ids of the sample: the document with the most annotations, its source, a reference, and a session in each state. */
async function listPages(page, address) {
  const read = async (path) => (await (await page.request.get(`${address}/api/v1${path}`)).json()).items
  const documents = (await read('/documents?limit=200')).sort((a, b) => b.annotationCount - a.annotationCount)
  const [reference] = await read('/references?limit=1')
  const [document] = documents
  const sessions = await read('/review-sessions?limit=200')
  const inState = (state) => sessions.find((session) => session.state === state)
  const [adjudicated, closed] = [inState('adjudication'), inState('closed')]
  const verdicts =
    closed === undefined ? undefined : (await read(`/assignments?session=${closed.id}&limit=1`))[0]?.document
  const source = document.source.id
  const rightToLeft = documents.find(({ language }) => /^(fa|ar|he|ur)/.test(language))
  return {
    inbox: '/inbox',
    documents: '/documents',
    sessions: '/review-sessions',
    ...Object.fromEntries(sessions.map(({ id, state }) => [`session-${state}`, `/review-sessions/${id}`])),
    ...(adjudicated === undefined ? {} : { adjudication: `/review-sessions/${adjudicated.id}/adjudication` }),
    ...(verdicts === undefined ? {} : { verdicts: `/documents/${verdicts.id}` }),
    import: '/documents/import',
    reader: `/documents/${document.id}`,
    ...(rightToLeft === undefined ? {} : { 'reader-right-to-left': `/documents/${rightToLeft.id}` }),
    sources: '/sources',
    source: `/sources/${source}`,
    report: `/sources/${source}/report`,
    references: '/references',
    reference: `/references/${reference.id}`,
    'reference-edit': `/references/${reference.id}/edit`,
    'reference-new': '/references/new',
    'settings-account': '/settings',
    'settings-members': '/settings/members',
    'settings-tokens': '/settings/tokens',
    'settings-workspace': '/settings/workspace',
    'not-found': '/nothing/here',
  }
}

async function takeAll(browser, app, folder) {
  const context = await browser.newContext({ viewport: sizes.wide })
  const page = await context.newPage()
  await page.goto(`${app.address}/sign-in`)
  await page.screenshot({ path: join(folder, 'sign-in.png') })
  await signIn(page, app)
  const pages = await listPages(page, app.address)
  for (const theme of ['light', 'dark']) {
    await context.addCookies([{ name: 'sourcemark-theme', value: theme, url: app.address }])
    for (const [size, viewport] of Object.entries(sizes)) {
      await page.setViewportSize(viewport)
      for (const [name, path] of Object.entries(pages)) {
        await page.goto(app.address + path)
        if (await page.locator('.reader').count()) await page.locator('.reader[data-ready]').first().waitFor()
        await page.waitForTimeout(settles)
        await page.screenshot({ path: join(folder, `${name}-${size}-${theme}.png`), fullPage: true })
      }
    }
  }
  await context.close()
}

await runCommand(async () => {
  await ensureInstalled()
  await ensureChromium()
  const folder = resolve(process.argv[2] ?? join(root, 'test-results/screenshots'))
  mkdirSync(folder, { recursive: true })
  const dataDir = mkdtempSync(join(tmpdir(), 'sourcemark-screenshots-'))
  const app = await startSample(dataDir)
  try {
    const { chromium } = await import('@playwright/test')
    const executablePath = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser'].find(
      (path) => path !== undefined && existsSync(path),
    )
    const browser = await chromium.launch({
      executablePath,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    })
    await takeAll(browser, app, folder)
    await browser.close()
    console.log(`The pictures are in ${folder}`)
  } finally {
    app.server.kill('SIGTERM')
    rmSync(dataDir, { recursive: true, force: true })
  }
})
