import { readdirSync, readFileSync } from 'node:fs'
import { join, posix, relative, sep } from 'node:path'
import ts from 'typescript'

/** The source files of an area of a project, without tests and generated files: "lib/server/auth/current.ts". */
export function sourceFiles(folder, area) {
  return readdirSync(join(folder, area), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(?<!\.test)\.tsx?$/.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((file) => !file.includes('/generated/'))
}

/** The target of an import from a file, without its extension; null for a package. */
function targetOf(file, specifier) {
  if (specifier.startsWith('@/')) return specifier.slice(2)
  return specifier.startsWith('.') ? posix.join(posix.dirname(file), specifier) : null
}

/**
 * The imports of a source file from its own project, including types and dynamic imports.
 * @returns the targets as paths without their extension: "lib/server/auth/current"
 */
export function importsOf(folder, file) {
  return ts
    .preProcessFile(readFileSync(join(folder, file), 'utf8'))
    .importedFiles.map(({ fileName }) => targetOf(file, fileName))
    .filter((target) => target !== null)
}
