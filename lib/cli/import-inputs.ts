import { readdir, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { isWebAddress } from '@/lib/domain/fields'
import { callerFolder } from '@/lib/server/env'

/** A file or an address to be imported. `name` is what the caller wrote, or the path below the folder that they named. */
export interface ImportInput {
  name: string
  kind: 'file' | 'address'
}

/**
 * What is named on the command line, in its order: a folder stands for all files in it and below, by their paths; hidden ones are left out. What is not there
 * stays in the list, as the import of it says why it fails.
 */
export async function findInputs(named: readonly string[]): Promise<ImportInput[]> {
  const inputs: ImportInput[] = []
  for (const name of named) {
    if (isWebAddress(name)) inputs.push({ name, kind: 'address' })
    else if (await isFolder(name)) inputs.push(...(await filesBelow(name)))
    else inputs.push({ name, kind: 'file' })
  }
  return inputs
}

async function isFolder(name: string): Promise<boolean> {
  return stat(resolve(callerFolder(), name)).then(
    (found) => found.isDirectory(),
    () => false,
  )
}

async function filesBelow(folder: string): Promise<ImportInput[]> {
  const entries = await readdir(resolve(callerFolder(), folder), { withFileTypes: true })
  const inputs: ImportInput[] = []
  const ordered = entries.toSorted((one, other) => one.name.localeCompare(other.name, 'en', { numeric: true }))
  for (const entry of ordered) {
    if (entry.name.startsWith('.')) continue
    const name = join(folder, entry.name)
    if (entry.isDirectory()) inputs.push(...(await filesBelow(name)))
    else if (entry.isFile()) inputs.push({ name, kind: 'file' })
  }
  return inputs
}
