import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { plainError, root, run } from './run.mjs'

const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const shell = '/usr/bin/chromium-headless-shell'

const advice =
  'Browser tests need Chromium. Install it (Debian: apt-get install chromium), or name one with CHROMIUM=/path/to/chromium, or let Playwright download one: npx playwright install chromium'

function isThere() {
  return (
    (process.env.CHROMIUM !== undefined && existsSync(process.env.CHROMIUM)) || [shell, ...installed].some(existsSync)
  )
}

async function playwrightHasOne() {
  const { chromium } = await import('@playwright/test')
  return existsSync(chromium.executablePath())
}

/** Installs a Debian package, if permitted. */
async function installFromDebian(name) {
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  const patience = ['-o', 'Acquire::http::Timeout=15', '-o', 'Acquire::Retries=1']
  await run('apt-get', ['update', '-q', ...patience], { quiet: true, env })
  await run('apt-get', ['install', '-q', '-y', '--no-install-recommends', ...patience, name], { quiet: true, env })
}

function mayInstall() {
  return process.getuid?.() === 0 && spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status === 0
}

/**
 * Makes sure that Chromium is available for browser tests: the machine's, else Debian's, else Playwright's download. A build server also gets the
 * headless shell, with which tests are faster. Says what to do when none is available.
 */
export async function ensureChromium() {
  const isBuildServer = process.env.CI !== undefined && process.env.CHROMIUM === undefined
  if (isBuildServer && !existsSync(shell) && mayInstall())
    await installFromDebian('chromium-headless-shell').catch(() => undefined)
  if (isThere() || (await playwrightHasOne())) return
  if (mayInstall()) {
    console.log('Installing Chromium.')
    try {
      await installFromDebian('chromium')
    } catch {
      console.log('Debian has no Chromium for us; trying Playwright’s own.')
    }
    if (isThere()) return
  }
  try {
    await run(process.execPath, [`${root}node_modules/@playwright/test/cli.js`, 'install', 'chromium'], { quiet: true })
  } catch {
    throw plainError(advice)
  }
}
