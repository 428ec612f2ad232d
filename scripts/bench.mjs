/** `npm run bench -- <name> [--quick] [--table]`: runs bench/<name>/main.ts. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { ensureClients } from './prepare/generate.mjs'
import { ensureInstalled } from './prepare/install.mjs'
import { plainError, root, runCommand, runTypeScript } from './prepare/run.mjs'

await runCommand(async () => {
  const [name = '', ...args] = process.argv.slice(2)
  const known = readdirSync(join(root, 'bench')).filter((entry) => existsSync(join(root, 'bench', entry, 'main.ts')))
  if (!known.includes(name))
    throw plainError(`Name a benchmark: npm run bench -- <${known.join(' | ')}> [--quick] [--table]`)
  await ensureInstalled()
  await ensureClients()
  await runTypeScript(`bench/${name}/main.ts`, args)
})
