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

/** The folder that Next builds into. */
export const buildFolder = process.env.NEXT_DIST_DIR ?? '.next'

/** True when there is a build to serve. */
export function isBuilt() {
  return existsSync(join(root, buildFolder, 'BUILD_ID'))
}

/**
 * Builds the application unless the last build was made from the same files; true when it built.
 * @param options.beside other work goes on: it says nothing unless it fails, and lets that work go first
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
