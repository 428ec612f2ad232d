import { join } from 'node:path'
import { root, run } from './run.mjs'
import { doOnce, hashFiles } from './stamp.mjs'

const schemas = ['prisma/schema.prisma', 'prisma/postgresql/schema.prisma']

/** Generates the two database clients when they do not match the schemas. */
export async function ensureClients() {
  const hash = hashFiles([...schemas, 'prisma.config.ts', 'node_modules/prisma/package.json'])
  await doOnce('lib/server/db/generated/stamp', hash, async () => {
    console.log('Generating the database clients.')
    const prisma = join(root, 'node_modules/prisma/build/index.js')
    for (const schema of schemas) {
      await run(process.execPath, [prisma, 'generate', '--schema', schema, '--no-hints'], {
        quiet: true,
        env: { CHECKPOINT_DISABLE: '1', PRISMA_HIDE_UPDATE_MESSAGE: '1' },
      })
    }
  })
}
