import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { plainError, root, run } from './run.mjs'

const oldestNode = [20, 19]
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

/**
 * SQLite's package in two versions with one interface (docs/decisions/0018-two-versions-of-sqlite.md): the first is compiled here, and is what Node 20
 * can load; the other comes compiled, and is what Node 24 can live with. The first has the name that everything asks for.
 */
const sqlite = 'node_modules/better-sqlite3'
const laterSqlite = 'node_modules/better-sqlite3-compiled'
const takesLater = major >= 22

function assertNode() {
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return
  throw plainError(`Node ${process.versions.node} is too old: Sourcemark needs ${oldestNode.join('.')} or newer.`)
}

function readLock(path) {
  const file = join(root, path)
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : {}
}

function versionAt(folder) {
  const file = join(root, folder, 'package.json')
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).version : undefined
}

/** True when node_modules holds what package-lock.json asks for; npm notes what it installed when it has finished. */
function isInstalled() {
  const wanted = readLock('package-lock.json')
  const present = readLock('node_modules/.package-lock.json')
  const isThere = ([path, { version, optional }]) =>
    path === '' || optional === true || present[path]?.version === version
  return Object.entries(wanted).every(isThere) && (takesLater || suitsNode())
}

const nativeProbe = `new (await import('better-sqlite3')).default(':memory:').close()`

/**
 * Settings for npm. better-sqlite3 is compiled where nobody has done so for this machine, and its compiler would download Node's headers although
 * most installations carry them; those beside the running Node are of its version, regardless of what npm is told elsewhere.
 */
function npmSettings() {
  const prefix = dirname(dirname(process.execPath))
  return existsSync(join(prefix, 'include/node/node.h')) ? { npm_config_nodedir: prefix } : {}
}

/** Runs what packages do after they are installed, but for SQLite, whose part takes longer than everything else. */
async function runInstallScripts() {
  const names = Object.entries(readLock('package-lock.json'))
    .filter(([path, { hasInstallScript }]) => hasInstallScript === true && path !== sqlite && path !== laterSqlite)
    .filter(([path]) => existsSync(join(root, path)))
    .map(([path]) => path.slice('node_modules/'.length))
  await run('npm', ['rebuild', '--loglevel=error', ...names], { quiet: true })
}

/** True when the version of SQLite's package where everything looks for it is the one for this Node. */
export function suitsNode() {
  const later = versionAt(laterSqlite)
  return later === undefined || takesLater === (versionAt(sqlite) === later)
}

function placeSqlite() {
  if (suitsNode()) return
  rmSync(join(root, sqlite), { recursive: true, force: true })
  cpSync(join(root, laterSqlite), join(root, sqlite), { recursive: true })
}

/**
 * Puts the packages of package-lock.json into node_modules when they are not there. Uses nothing but Node. Enough for generating, checking and
 * building; what opens SQLite needs `ensureCompiled` too.
 */
export async function ensurePackages() {
  assertNode()
  if (!isInstalled()) {
    console.log('Installing packages; the first time this takes a minute or two.')
    await run('npm', ['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'])
    await runInstallScripts()
  }
  placeSqlite()
}

/** True when this Node can load SQLite. */
export async function isCompiled() {
  try {
    await run(process.execPath, ['--input-type=module', '-e', `try { ${nativeProbe} } catch { process.exit(1) }`])
    return true
  } catch {
    return false
  }
}

/** Compiles SQLite when this Node cannot load what is there: more than a minute on one core. */
export async function ensureCompiled() {
  if (await isCompiled()) return
  console.log(`Compiling SQLite for Node ${process.versions.node}; this takes a minute or two.`)
  await run('npm', ['rebuild', 'better-sqlite3', '--loglevel=error'], { env: npmSettings() })
  if (await isCompiled()) return
  throw plainError(
    `SQLite was compiled, and Node ${process.versions.node} cannot load it. Remove the folder node_modules and try again.`,
  )
}

/** Installs and compiles the packages of package-lock.json when they are not there. Uses nothing but Node. */
export async function ensureInstalled() {
  await ensurePackages()
  await ensureCompiled()
}
