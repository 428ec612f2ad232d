import { existsSync } from 'node:fs'
import type { LaunchOptions } from '@playwright/test'

/** The paths at which Linux distributions install the browser. */
const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** The headless build of the same browser, which uses a seventh less of the processor. Playwright's own download is of this kind. */
const installedShells = ['/usr/bin/chromium-headless-shell']

/**
 * The launch options of Chromium for tests and benchmarks: the browser named by CHROMIUM, else the machine's own, else Playwright's download. Tests
 * use the headless build where there is one; benchmarks (`isWhole`) use the full browser that people have. The switches prevent background requests,
 * and processes for pages that nobody has opened yet.
 */
export function chromiumLaunch({ isWhole = false } = {}): LaunchOptions {
  const known = isWhole ? installed : [...installedShells, ...installed]
  const executablePath = process.env['CHROMIUM'] ?? known.find(existsSync)
  return {
    ...(executablePath === undefined ? {} : { executablePath }),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--renderer-process-limit=1',
    ],
  }
}
