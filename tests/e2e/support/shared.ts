import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { root } from './start-app'

/** The folder of articles and hostile strings, which is beside the project and not part of it. */
const shared = resolve(root, '../shared')

/** A file of that folder, or the reason why it cannot be used. */
export function findShared(path: string): { path: string; missing: string | null } {
  const whole = join(shared, path)
  return {
    path: whole,
    missing: existsSync(whole) ? null : `../shared/${path} is not there: this test needs it beside the project.`,
  }
}

/** The text files of a folder, sorted by name. */
export function textFilesOf(folder: string): { name: string; path: string; bytes: Buffer }[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .sort()
    .map((name) => ({ name, path: join(folder, name), bytes: readFileSync(join(folder, name)) }))
}

export function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'))
}
