import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/**
 * Runs before all browser tests: makes the production build unless the last one is of the same files. With E2E_BUILD=kept, the present build is used
 * as it is.
 */
export default function buildOnce(): void {
  const folder = process.env['NEXT_DIST_DIR'] ?? '.next'
  if (process.env['E2E_BUILD'] === 'kept') {
    if (!existsSync(`${root}${folder}/BUILD_ID`))
      throw new Error(`E2E_BUILD=kept, but ${folder} holds no build. Make one first: npm run build`)
    return
  }
  execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: root, stdio: 'inherit' })
}
