import { readdirSync, readFileSync } from 'node:fs'
import { join, posix, relative, sep } from 'node:path'
import ts from 'typescript'

/** The source files below an area of a project, without tests and what is generated: "lib/server/auth/current.ts". */
export function sourceFiles(folder, area) {
  return readdirSync(join(folder, area), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(?<!\.test)\.tsx?$/.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((file) => !file.includes('/generated/'))
}

/** Where an import of a file leads, without its ending; null for a package. */
function targetOf(file, specifier) {
  if (specifier.startsWith('@/')) return specifier.slice(2)
  return specifier.startsWith('.') ? posix.join(posix.dirname(file), specifier) : null
}

/**
 * What a source file imports from its own project, types and what it loads later too.
 * @returns the targets as paths without their ending: "lib/server/auth/current"
 */
export function importsOf(folder, file) {
  return ts
    .preProcessFile(readFileSync(join(folder, file), 'utf8'))
    .importedFiles.map(({ fileName }) => targetOf(file, fileName))
    .filter((target) => target !== null)
}
