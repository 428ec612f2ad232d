import { existsSync } from 'node:fs'
import type { LaunchOptions } from '@playwright/test'

/** Where Linux distributions put the browser. */
const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/**
 * How tests and benchmarks start Chromium: the machine's own when there is one, or the one that CHROMIUM names, else Playwright's download.
 * The switches keep it from looking anything up by itself, and from starting processes for pages that nobody has asked for yet.
 */
export function chromiumLaunch(): LaunchOptions {
  const executablePath = process.env['CHROMIUM'] ?? installed.find(existsSync)
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
