import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('.', import.meta.url))

export default defineConfig({
  resolve: { alias: { '@': root.replace(/\/$/, '') } },
  test: {
    // An odd time zone: code that quietly depends on the machine's zone fails here.
    env: { TZ: 'Pacific/Chatham' },
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['{app,components,lib,prisma,scripts}/**/*.test.{ts,tsx}'], exclude: ['lib/server/**', '**/node_modules/**'] },
      },
      {
        extends: true,
        test: { name: 'server', include: ['lib/server/**/*.test.ts', 'tests/api/**/*.test.ts'], testTimeout: 30_000, hookTimeout: 120_000 },
      },
    ],
  },
})
