import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'

const { findFragments } = (await import(pathToFileURL(resolve('scripts/checks/fragments.mjs')).href)) as {
  findFragments: (folder: string) => string[]
}

function fragmentsOf(files: Record<string, string>): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'sourcemark-fragments-'))
  onTestFinished(() => {
    rmSync(folder, { recursive: true })
  })
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  return findFragments(folder)
}

const trim = 'export const trim = (tag: string) => tag.trim()\n'
const tags = "import { trim } from './trim'\n"

test('no short file of the project stands beside the only file that imports it', () => {
  expect(findFragments(resolve('.'))).toEqual([])
})

test('a short file is told when one file alone imports it, tests aside', () => {
  expect(
    fragmentsOf({
      'lib/domain/tags/tags.ts': tags,
      'lib/domain/tags/trim.ts': trim,
      'lib/domain/tags/trim.test.ts': "import { trim } from './trim'\n",
    }),
  ).toEqual(['lib/domain/tags/trim.ts (1 line) is imported by lib/domain/tags/tags.ts alone'])
})

test.each([
  [
    'that two files import',
    { 'lib/domain/tags/tags.ts': tags, 'lib/domain/tags/list.ts': tags, 'lib/domain/tags/trim.ts': trim },
  ],
  [
    'of another folder',
    { 'lib/domain/tags/tags.ts': "import { trim } from '../words/trim'\n", 'lib/domain/words/trim.ts': trim },
  ],
  ['that is not short', { 'lib/domain/tags/tags.ts': tags, 'lib/domain/tags/trim.ts': trim.repeat(41) }],
  ['whose importer is full', { 'lib/domain/tags/tags.ts': tags.repeat(300), 'lib/domain/tags/trim.ts': trim }],
  ['named for what it does', { 'lib/server/tags/routes.ts': "import './data'\n", 'lib/server/tags/data.ts': trim }],
  [
    'that is loaded later',
    { 'components/tags/list.tsx': "const part = () => import('./trim')\n", 'components/tags/trim.ts': trim },
  ],
  ['for the browser', { 'components/tags/list.tsx': tags, 'components/tags/trim.ts': `'use client'\n${trim}` }],
  [
    'that the proxy needs too',
    {
      'proxy.ts': "import '@/lib/server/auth/trim'\n",
      'lib/server/auth/list.ts': tags,
      'lib/server/auth/trim.ts': trim,
    },
  ],
])('a file %s is none', (_name, files) => {
  expect(fragmentsOf(files)).toEqual([])
})
