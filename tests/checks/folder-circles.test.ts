import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, expect, test } from 'vitest'

const { findFolderCircles } = (await import(pathToFileURL(resolve('scripts/checks/folder-circles.mjs')).href)) as {
  findFolderCircles: (folder: string) => string[][]
}

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

function plant(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'sourcemark-circles-'))
  folders.push(folder)
  const everywhere = {
    'components/ui/icons.tsx': '',
    'lib/client/api.ts': '',
    'lib/domain/words.ts': '',
    'lib/server/env.ts': '',
  }
  for (const [path, content] of Object.entries({ ...everywhere, ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  return folder
}

test('no folder of lib or components needs one that needs it', () => {
  expect(findFolderCircles(resolve('.'))).toEqual([])
})

test('a circle is told by its imports, though no two of its files need each other', () => {
  const folder = plant({
    'lib/server/claims/data.ts': `import { rows } from '../threads/rows'`,
    'lib/server/threads/rows.ts': '',
    'lib/server/threads/create.ts': `import type { Row } from '@/lib/server/tags/rows'`,
    'lib/server/tags/rows.ts': `export const load = () => import('../claims/present')`,
    'lib/server/claims/present.ts': '',
  })
  expect(findFolderCircles(folder)).toEqual([
    [
      'lib/server/claims/data.ts imports lib/server/threads/rows',
      'lib/server/threads/create.ts imports lib/server/tags/rows',
      'lib/server/tags/rows.ts imports lib/server/claims/present',
    ],
  ])
})

test.each([
  ['one way only', { 'lib/server/claims/data.ts': `import '../threads/rows'`, 'lib/server/threads/rows.ts': '' }],
  ['within one folder', { 'lib/server/a/x.ts': `import './sub/y'`, 'lib/server/a/sub/y.ts': `import '../z'` }],
  ['by a test', { 'lib/domain/a/x.ts': `import '../b/y'`, 'lib/domain/b/y.test.ts': `import '../a/x'` }],
  ['between areas', { 'lib/server/a/x.ts': `import '@/lib/domain/a/x'`, 'lib/domain/a/x.ts': '' }],
  ['of a package', { 'lib/server/a/x.ts': `import 'b'`, 'lib/server/b/y.ts': `import '../a/x'` }],
])('imports %s make none', (_name, files) => {
  expect(findFolderCircles(plant(files))).toEqual([])
})
