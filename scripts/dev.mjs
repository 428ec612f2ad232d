/** The development server: like `npm start`, with Next's development server in place of a build. */
import { join } from 'node:path'
import { ensureClients } from './prepare/generate.mjs'
import { ensureInstalled } from './prepare/install.mjs'
import { root, run, runCommand, runTypeScript } from './prepare/run.mjs'
import { assertListenable } from './prepare/server.mjs'

await runCommand(async () => {
  await ensureInstalled()
  await ensureClients()
  const prepared = await runTypeScript('lib/cli/prepare.ts', ['sample'], { ipc: true })
  await assertListenable(prepared)
  if (prepared.isEmpty) await runTypeScript('prisma/seed.ts')
  const next = join(root, 'node_modules/next/dist/bin/next')
  await run(process.execPath, [next, 'dev', '--hostname', prepared.host, '--port', String(prepared.port)], {
    env: { NEXT_TELEMETRY_DISABLED: '1' },
  })
})
