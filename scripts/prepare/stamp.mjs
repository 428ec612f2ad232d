import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from './run.mjs'

const ignored = new Set(['node_modules', 'generated', '.DS_Store'])

function filesBelow(path) {
  const whole = join(root, path)
  if (!existsSync(whole)) return []
  if (statSync(whole).isFile()) return [path]
  return readdirSync(whole)
    .filter((name) => !ignored.has(name))
    .sort()
    .flatMap((name) => filesBelow(join(path, name)))
}

/** SHA-256 of the names and bytes of files and folders, without tests. */
export function hashFiles(paths) {
  const hash = createHash('sha256')
  for (const file of paths.flatMap(filesBelow)) {
    if (/\.test\.tsx?$/.test(file)) continue
    hash.update(`\0${file}\0`).update(readFileSync(join(root, file)))
  }
  return hash.digest('hex')
}

/** Runs `work` unless the stamp file records that it was done for this hash; true when it ran now. */
export async function doOnce(stampFile, hash, work) {
  const file = join(root, stampFile)
  if (existsSync(file) && readFileSync(file, 'utf8') === hash) return false
  await work()
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, hash)
  return true
}
