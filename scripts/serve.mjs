/** The production start: serves the build, creates no account and no sample, and prints a one-time link for the first owner. */
import { isBuilt } from './prepare/build.mjs'
import { suitsNode } from './prepare/install.mjs'
import { plainError, runCommand, runTypeScript } from './prepare/run.mjs'
import { assertListenable, serveBuild } from './prepare/server.mjs'

await runCommand(async () => {
  if (!isBuilt()) throw plainError('There is no build to serve. Make one first: npm run build')
  if (!suitsNode())
    throw plainError(
      `The packages were installed for another version of Node than this ${process.versions.node}. Run: npm run build`,
    )
  const prepared = await runTypeScript('lib/cli/prepare.ts', ['production'], { ipc: true })
  await assertListenable(prepared)
  await serveBuild(prepared)
  console.log(`Sourcemark is at ${prepared.address}`)
  if (prepared.setupLink !== null) {
    console.log(
      `There is no account yet. The person who opens this link within 24 hours becomes the first owner:\n  ${prepared.setupLink}`,
    )
  }
})
