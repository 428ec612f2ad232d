import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '')

export default defineConfig({
  resolve: { alias: { '@': root } },
  test: {
    // An unusual time zone: code that silently depends on the machine's zone fails here.
    env: { TZ: 'Pacific/Chatham', LOG_LEVEL: 'silent', AUTH_SECRET: 'known to everyone, for tests only' },
    setupFiles: ['tests/setup/console.ts'],
    // Loading modules takes a file longer than most of its tests, so one process keeps them for the next file, and a file must restore what it
    // changes for the whole process. Hooks belong in test files: a hook in a shared module would run only for the first file that imports it.
    isolate: false,
    // Half of the time goes into waiting for databases, so two files run at once on two cores. The default would leave one core out.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // Slow machines must not fail tests.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    coverage: {
      provider: 'v8',
      include: ['lib/domain/**/*.ts'],
      exclude: ['**/*.test.ts'],
      reporter: ['text-summary', 'json-summary'],
      thresholds: { lines: 95 },
    },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{app,components,lib,prisma,scripts}/**/*.test.{ts,tsx}', 'tests/checks/**/*.test.ts'],
          exclude: ['lib/server/**', 'lib/cli/**', '**/node_modules/**'],
        },
      },
      {
        extends: true,
        test: {
          name: 'server',
          include: ['{lib/server,lib/cli,tests/api,tests/database}/**/*.test.ts'],
          globalSetup: ['tests/setup/global-setup.ts'],
        },
      },
    ],
  },
})
