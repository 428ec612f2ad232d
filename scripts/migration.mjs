/** `npm run migration -- <name>`: writes the migrations from the present schema to the models, for both databases. */
import { ensureClients } from './prepare/generate.mjs'
import { ensureInstalled } from './prepare/install.mjs'
import { runCommand, runTypeScript } from './prepare/run.mjs'

await runCommand(async () => {
  await ensureInstalled()
  await runTypeScript('scripts/migration/make.ts', process.argv.slice(2))
  await ensureClients()
})
