import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'

const { findMissingFiles } = (await import(pathToFileURL(resolve('scripts/checks/named-files.mjs')).href)) as {
  findMissingFiles: (folder: string) => string[]
}

test('the files that the architecture and its neighbours name are there', () => {
  expect(findMissingFiles(resolve('.'))).toEqual([])
})

test('a page that names a file by its path or its name is told when the file is gone', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sourcemark-named-'))
  onTestFinished(() => {
    rmSync(folder, { recursive: true })
  })
  const files = {
    'docs/architecture.md':
      'First `lib/domain/words.ts`, then `words.ts`, `ords.ts` and `app/[id]/page.tsx`; not `npm run check`.',
    'lib/domain/words.ts': '',
    'node_modules/pkg/ords.ts': '',
  }
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  expect(findMissingFiles(folder)).toEqual([
    'docs/architecture.md names ords.ts',
    'docs/architecture.md names app/[id]/page.tsx',
  ])
})
