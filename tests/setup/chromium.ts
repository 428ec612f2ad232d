import { existsSync } from 'node:fs'
import type { LaunchOptions } from '@playwright/test'

/** Where Linux distributions put the browser. */
const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** The same browser without a window, which takes a seventh less of the processor. Playwright's own download is of this kind. */
const installedShells = ['/usr/bin/chromium-headless-shell']

/**
 * How tests and benchmarks start Chromium: the one that CHROMIUM names, else the machine's own, else Playwright's download. Tests take the one without a
 * window where there is one; benchmarks (`isWhole`) take what people have. The switches keep it from looking anything up by itself, and from starting
 * processes for pages that nobody has asked for yet.
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
