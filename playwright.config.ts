import { defineConfig } from '@playwright/test'
import { chromiumLaunch } from './tests/setup/chromium'

export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  globalSetup: './tests/e2e/support/build.ts',
  // Each file starts its own server and browser. On two cores, two files at once spend a fifth of the time waiting.
  fullyParallel: false,
  workers: 3,
  // A busy build server can miss a time limit once; a test that passes only on retry is reported as flaky.
  retries: process.env.CI === undefined ? 0 : 1,
  timeout: 120_000,
  expect: { timeout: 10_000 },
  forbidOnly: process.env['CI'] !== undefined,
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    launchOptions: chromiumLaunch(),
    locale: 'en-GB',
    timezoneId: 'Pacific/Chatham',
    viewport: { width: 1440, height: 900 },
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
  },
})
