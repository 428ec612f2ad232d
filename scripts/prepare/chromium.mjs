import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { plainError, root, run } from './run.mjs'

const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

const advice =
  'Browser tests need Chromium. Install it (Debian: apt-get install chromium), or name one with CHROMIUM=/path/to/chromium, or let Playwright download one: npx playwright install chromium'

function isThere() {
  return (process.env.CHROMIUM !== undefined && existsSync(process.env.CHROMIUM)) || installed.some(existsSync)
}

async function playwrightHasOne() {
  const { chromium } = await import('@playwright/test')
  return existsSync(chromium.executablePath())
}

/** Makes sure that there is a Chromium for browser tests: the machine's, else Debian's, else Playwright's download. Says what to do when none can be had. */
export async function ensureChromium() {
  if (isThere() || (await playwrightHasOne())) return
  const mayInstall = process.getuid?.() === 0 && spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status === 0
  if (mayInstall) {
    console.log('Installing Chromium.')
    const env = { DEBIAN_FRONTEND: 'noninteractive' }
    try {
      await run('apt-get', ['update', '-q'], { quiet: true, env })
      await run('apt-get', ['install', '-q', '-y', '--no-install-recommends', 'chromium'], { quiet: true, env })
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
