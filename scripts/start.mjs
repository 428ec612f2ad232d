/** From a fresh clone to a working page: installs, prepares, builds, fills an empty database with the sample workspace, and serves. */
import { ensureBuilt } from './prepare/build.mjs'
import { ensureClients } from './prepare/generate.mjs'
import { ensureCompiled, ensurePackages, isCompiled } from './prepare/install.mjs'
import { allOf, runCommand, runTypeScript } from './prepare/run.mjs'
import { assertListenable, serveBuild } from './prepare/server.mjs'

await runCommand(async () => {
  await ensurePackages()
  await ensureClients()
  // The first time, one core compiles while the other builds. Later, the settings are checked before a build.
  if (!(await isCompiled())) await allOf([ensureCompiled(), ensureBuilt()])
  const prepared = await runTypeScript('lib/cli/prepare.ts', ['sample'], { ipc: true })
  await assertListenable(prepared)
  await ensureBuilt()
  if (prepared.isEmpty) await runTypeScript('prisma/seed.ts')
  await serveBuild(prepared)
  console.log(`Sourcemark is at ${prepared.address}`)
  if (!prepared.isEmpty) {
    console.log('Forgot a password? npm run sourcemark -- reset-password-link <e-mail address>')
  }
})
