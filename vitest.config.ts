import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '')

export default defineConfig({
  resolve: { alias: { '@': root } },
  test: {
    // An odd time zone: code that quietly depends on the machine's zone fails here.
    env: { TZ: 'Pacific/Chatham', LOG_LEVEL: 'silent', AUTH_SECRET: 'known to everyone, for tests only' },
    setupFiles: ['tests/setup/console.ts'],
    // Loading its modules takes a file longer than most of its tests: a process keeps them for the next file, and what a file changes for its whole
    // process it changes back. A hook belongs into a test file: that of a module which files share would run for the first of them alone.
    isolate: false,
    // Half of the time goes into waiting for databases: two files at once on two cores, which the default of one a core less would not give.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // A busy machine is no reason to fail.
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
