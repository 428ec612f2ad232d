import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { cruise, type ICruiseOptions, type ICruiseResult, type IFlattenedRuleSet } from 'dependency-cruiser'
import { afterAll, beforeAll, expect, test } from 'vitest'

interface Configuration {
  forbidden: { name: string; comment: string }[]
  options: ICruiseOptions
}

const { default: config } = (await import(pathToFileURL(resolve('.dependency-cruiser.js')).href)) as {
  default: Configuration
}

/** A small project with one violation of each rule, and no other fault. */
const files: Record<string, string> = {
  'package.json': JSON.stringify({ dependencies: { zod: '1.0.0', heavy: '1.0.0', pg: '1.0.0' } }),
  'node_modules/zod/package.json': '{ "name": "zod", "main": "index.js" }',
  'node_modules/zod/index.js': '',
  'node_modules/heavy/package.json': '{ "name": "heavy", "main": "index.js" }',
  'node_modules/heavy/index.js': '',
  'node_modules/pg/package.json': '{ "name": "pg", "main": "index.js" }',
  'node_modules/pg/index.js': '',
  'node_modules/lucky/package.json': '{ "name": "lucky", "main": "index.js" }',
  'node_modules/lucky/index.js': '',
  'lib/domain/words.ts': `import 'zod'`,
  'lib/server/sources/data.ts': `import '../../domain/words'`,
  'lib/server/sources/loaders.ts': `import './data'`,
  'lib/client/outbox.ts': `import '../domain/words'`,
  'components/ui/button.tsx': '',
  'components/sources/list.tsx': `import '../ui/button'\nimport '../../lib/client/outbox'`,
  'app/page.tsx': `import '../lib/server/sources/loaders'\nimport '../components/sources/list'`,
  'tests/setup/rows.ts': `import '../../lib/server/sources/data'`,

  'lib/domain/impure.ts': `import '../server/sources/data'`,
  'lib/domain/weighty.ts': `import 'heavy'`,
  'lib/server/upward.ts': `import '../../app/page'`,
  'lib/client/reaching.ts': `import '../server/sources/data'`,
  'components/sources/reading.tsx': `import '../../lib/server/sources/data'`,
  'components/ui/knowing.tsx': `import '../../lib/client/outbox'`,
  'app/direct/page.tsx': `import '../../lib/server/sources/data'`,
  'lib/server/sources/routes.ts': `import './loaders'`,
  'components/sources/rows.tsx': `import 'pg'`,
  'lib/cli/showing.ts': `import '../../components/ui/button'`,
  'prisma/borrowing.ts': `import '../tests/setup/rows'`,
  'lib/server/one.ts': `import './other'`,
  'lib/server/other.ts': `import './one'`,
  'lib/server/lucky.ts': `import 'lucky'`,
  'lib/server/astray.ts': `import './nowhere'`,
}

/** Which planted file must be refused by which rule. */
const planted: Record<string, string> = {
  'domain-is-pure': 'lib/domain/impure.ts',
  'domain-uses-few-packages': 'lib/domain/weighty.ts',
  'server-never-looks-up': 'lib/server/upward.ts',
  'client-below-components': 'lib/client/reaching.ts',
  'components-never-touch-server': 'components/sources/reading.tsx',
  'ui-is-generic': 'components/ui/knowing.tsx',
  'pages-read-through-loaders': 'app/direct/page.tsx',
  'api-never-uses-loaders': 'lib/server/sources/routes.ts',
  'prisma-only-in-server': 'components/sources/rows.tsx',
  'cli-looks-down': 'lib/cli/showing.ts',
  'product-never-uses-tests': 'prisma/borrowing.ts',
  'no-cycles': 'lib/server/one.ts',
  'declared-packages-only': 'lib/server/lucky.ts',
  resolvable: 'lib/server/astray.ts',
}

let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sourcemark-boundaries-'))
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

test('every rule has a planted violation', () => {
  expect(Object.keys(planted).sort()).toEqual(config.forbidden.map(({ name }) => name).sort())
})

test('every rule teaches', () => {
  for (const { comment } of config.forbidden) expect(comment.length).toBeGreaterThan(20)
})

test('each planted violation is refused by its rule, and nothing else is', async () => {
  const { tsConfig: _ofTheProject, ...options } = config.options
  const ruleSet = { forbidden: config.forbidden } as IFlattenedRuleSet
  const { output } = await cruise(['app', 'components', 'lib', 'prisma', 'tests'], {
    ...options,
    baseDir: folder,
    validate: true,
    ruleSet,
  })
  const { violations } = (output as ICruiseResult).summary
  const found = new Map<string, string[]>()
  for (const { rule, from } of violations) found.set(rule.name, [...(found.get(rule.name) ?? []), from])
  for (const [rule, file] of Object.entries(planted)) expect(found.get(rule) ?? [], rule).toContain(file)
  const plantedFiles = new Set([...Object.values(planted), 'lib/server/other.ts'])
  expect(violations.filter(({ from }) => !plantedFiles.has(from))).toEqual([])
})
