import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { plainError, root, run } from './run.mjs'

const oldestNode = [20, 19]

function assertNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return
  throw plainError(`Node ${process.versions.node} is too old: Sourcemark needs ${oldestNode.join('.')} or newer.`)
}

function readLock(path) {
  const file = join(root, path)
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : {}
}

/** True when node_modules holds what package-lock.json asks for; npm notes what it installed when it has finished. */
export function isInstalled() {
  const wanted = readLock('package-lock.json')
  const present = readLock('node_modules/.package-lock.json')
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === '' || optional === true || present[path]?.version === version,
  )
}

const nativeProbe = `new (await import('better-sqlite3')).default(':memory:').close()`

/**
 * Settings for npm. better-sqlite3 is compiled where nobody has done so for this machine, and its compiler would download Node's headers although
 * most installations carry them; those beside the running Node are of its version, whatever npm is told elsewhere.
 */
function npmSettings() {
  const prefix = dirname(dirname(process.execPath))
  return existsSync(join(prefix, 'include/node/node.h')) ? { npm_config_nodedir: prefix } : {}
}

/**
 * Puts the packages of package-lock.json into node_modules when they are not there, without compiling anything. Uses nothing but Node. Enough for
 * generating, checking and building; what opens SQLite needs `ensureCompiled` too.
 */
export async function ensurePackages() {
  assertNode()
  if (isInstalled()) return
  console.log('Installing packages; the first time this takes a few minutes.')
  await run('npm', ['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'])
}

/** True when better-sqlite3 was compiled, and for this version of Node. */
export async function isCompiled() {
  try {
    await run(process.execPath, ['--input-type=module', '-e', `try { ${nativeProbe} } catch { process.exit(1) }`])
    return true
  } catch {
    return false
  }
}

/** Compiles what the packages carry as source when this machine has no use of what is there: more than a minute, most of it SQLite, on one core. */
export async function ensureCompiled() {
  if (await isCompiled()) return
  console.log(`Compiling SQLite for Node ${process.versions.node}; this takes a minute or two.`)
  await run('npm', ['rebuild', '--loglevel=error'], { env: npmSettings() })
  if (await isCompiled()) return
  throw plainError(
    `SQLite was compiled, and Node ${process.versions.node} cannot load it. Was it compiled for another version? Look at what \`npm config get nodedir\` names, and try again.`,
  )
}

/** Installs and compiles the packages of package-lock.json when they are not there. Uses nothing but Node. */
export async function ensureInstalled() {
  await ensurePackages()
  await ensureCompiled()
}
