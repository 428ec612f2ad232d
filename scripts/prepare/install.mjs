import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { plainError, root, run } from './run.mjs'

const oldestNode = [20, 19]
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

/**
 * SQLite's package in two versions with the same interface (docs/decisions/0018-two-versions-of-sqlite.md). The first is compiled here and works on
 * Node 20; the other comes compiled and works on Node 24. The first has the name that all imports use.
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

/** Whether node_modules contains what package-lock.json asks for; npm records this when it has finished. */
function isInstalled() {
  const wanted = readLock('package-lock.json')
  const present = readLock('node_modules/.package-lock.json')
  const isThere = ([path, { version, optional }]) =>
    path === '' || optional === true || present[path]?.version === version
  return Object.entries(wanted).every(isThere) && (takesLater || suitsNode())
}

const nativeProbe = `new (await import('better-sqlite3')).default(':memory:').close()`

/**
 * Environment variables for npm. better-sqlite3 is compiled when there is no binary for this machine. Its compiler would download Node's headers,
 * although most installations have them; the headers beside the running Node are of its version, regardless of npm's configuration.
 */
function npmSettings() {
  const prefix = dirname(dirname(process.execPath))
  return existsSync(join(prefix, 'include/node/node.h')) ? { npm_config_nodedir: prefix } : {}
}

/** Runs the install scripts of all packages except SQLite, which takes longer than everything else. */
async function runInstallScripts() {
  const names = Object.entries(readLock('package-lock.json'))
    .filter(([path, { hasInstallScript }]) => hasInstallScript === true && path !== sqlite && path !== laterSqlite)
    .filter(([path]) => existsSync(join(root, path)))
    .map(([path]) => path.slice('node_modules/'.length))
  await run('npm', ['rebuild', '--loglevel=error', ...names], { quiet: true })
}

/** Whether the SQLite package under the common name is the version for this Node. */
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
 * Installs the packages of package-lock.json when they are missing, using nothing but Node. Enough for generating, checking and building; programs
 * that open SQLite need `ensureCompiled` too.
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

/** Whether this Node can load SQLite. */
export async function isCompiled() {
  try {
    await run(process.execPath, ['--input-type=module', '-e', `try { ${nativeProbe} } catch { process.exit(1) }`])
    return true
  } catch {
    return false
  }
}

/** Compiles SQLite when this Node cannot load the present binary: more than a minute on one core. */
export async function ensureCompiled() {
  if (await isCompiled()) return
  console.log(`Compiling SQLite for Node ${process.versions.node}; this takes a minute or two.`)
  await run('npm', ['rebuild', 'better-sqlite3', '--loglevel=error'], { env: npmSettings() })
  if (await isCompiled()) return
  throw plainError(
    `SQLite was compiled, and Node ${process.versions.node} cannot load it. Remove the folder node_modules and try again.`,
  )
}

/** Installs and compiles the packages of package-lock.json when they are missing, using nothing but Node. */
export async function ensureInstalled() {
  await ensurePackages()
  await ensureCompiled()
}
