/**
 * `node scripts/checks/complete-lockfile.mjs`, after `npm install` changed package-lock.json. With a registry that mirrors only some platforms, npm
 * leaves the packages of other platforms out of the lockfile, and `npm ci` then refuses to install on any platform. This adds them with their
 * version, and with the platform fields by which npm skips them.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from '../prepare/run.mjs'

const systems = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'sunos', 'win32', 'netbsd', 'openbsd', 'aix']
const processors = ['arm64', 'x64', 'arm', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32']

/** The places where a package at `path` finds another one: beside it, or in a folder above. */
function placesOf(path, name) {
  const parts = path.split('/node_modules/')
  const above = parts.map((_part, place) => `${parts.slice(0, place + 1).join('/node_modules/')}/node_modules/${name}`)
  return [...above, `node_modules/${name}`]
}

/** The optional dependencies that the lockfile lacks, as `[place, name, version range]`. */
export function findMissing({ packages }) {
  return Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => !placesOf(path, name).some((place) => place in packages))
      .map(([name, range]) => [`node_modules/${name}`, name, range]),
  )
}

function entryOf(name, range) {
  const words = name.split('/').at(-1).split('-')
  const os = systems.filter((system) => words.includes(system) || (system === 'win32' && words.includes('windows')))
  const cpu = processors.filter((processor) => words.includes(processor))
  const libc = words.some((word) => word.startsWith('musl'))
    ? ['musl']
    : words.some((word) => word.startsWith('gnu'))
      ? ['glibc']
      : []
  if (cpu.length === 0) throw new Error(`${name} names no processor: add it to package-lock.json by hand.`)
  return {
    version: range.replace(/^[~^]/, ''),
    cpu,
    ...(libc.length === 0 ? {} : { libc }),
    optional: true,
    ...(os.length === 0 ? {} : { os }),
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const file = join(root, 'package-lock.json')
  const lock = JSON.parse(readFileSync(file, 'utf8'))
  const missing = findMissing(lock)
  for (const [place, name, range] of missing) lock.packages[place] = entryOf(name, range)
  const [whole, ...rest] = Object.entries(lock.packages)
  rest.sort(([one], [other]) => one.localeCompare(other, 'en'))
  lock.packages = Object.fromEntries([whole, ...rest])
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
  console.log(`Added ${missing.length} packages of other platforms to package-lock.json.`)
}
