/** Installs if necessary, and builds if the sources changed. */
import { ensureBuilt } from './prepare/build.mjs'
import { ensureClients } from './prepare/generate.mjs'
import { ensureInstalled } from './prepare/install.mjs'
import { runCommand } from './prepare/run.mjs'

await runCommand(async () => {
  await ensureInstalled()
  await ensureClients()
  if (!(await ensureBuilt())) console.log('The build is current.')
})
