import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { root, run } from './run.mjs'
import { doOnce, hashFiles } from './stamp.mjs'

const sources = [
  'app',
  'components',
  'lib',
  'public',
  'prisma/schema.prisma',
  'next.config.js',
  'postcss.config.mjs',
  'tsconfig.json',
  'package-lock.json',
]
const rootFiles = ['proxy.ts', 'instrumentation.ts']

/** The output folder of Next's build. */
export const buildFolder = process.env.NEXT_DIST_DIR ?? '.next'

/** Whether there is a build to serve. */
export function isBuilt() {
  return existsSync(join(root, buildFolder, 'BUILD_ID'))
}

/**
 * Builds the application unless the last build was made from the same files; true when it built.
 * @param options.beside other work runs at the same time: the build prints nothing unless it fails, and runs at a lower priority
 */
export function ensureBuilt({ beside = false } = {}) {
  const stamp = join(buildFolder, 'sources')
  if (!isBuilt()) rmSync(join(root, stamp), { force: true })
  const hash = hashFiles([...sources, ...rootFiles])
  return doOnce(stamp, hash, async () => {
    if (!beside) console.log('Building the application.')
    await run(process.execPath, [join(root, 'node_modules/next/dist/bin/next'), 'build'], {
      quiet: beside,
      yields: beside,
      env: { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    })
  })
}
