import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from '../prepare/run.mjs'
import { importsOf, sourceFiles } from './source-files.mjs'

/** The longest file, in lines, that counts as a part of its only importer, when that is in the same folder. */
const short = 40

/** The longest file, in lines, that taking in a part may make. */
const full = 300

/** Files named for their role in a folder may be as short as they like. */
const roles = new Set(['data', 'loaders', 'mutations', 'present', 'routes', 'rows', 'schema', 'words'])

const advice = `Nobody looks for so short a file under a name of its own. Move it into its importer, or gather it with the other parts that are about the same
thing in one file, under the name that a newcomer would look for.`

const withoutEnding = (path) => path.replace(/\.tsx?$/, '')

/** The facts about one file that the checks need. */
function describe(folder, file) {
  const text = readFileSync(join(folder, file), 'utf8')
  return {
    file,
    lines: text.split('\n').length - 1,
    runsIn: /^['"]use (client|server)['"]/m.exec(text)?.[1] ?? 'either',
    loadsLater: [...text.matchAll(/import\(\s*['"]([^'"]+)['"]\s*\)/g)].map(([, path]) => basename(path)),
  }
}

/** Whether a file is short, has a single importer in the same folder, and could be moved into it. */
function isFragment(part, importer) {
  return (
    part.lines <= short &&
    part.lines + importer.lines <= full &&
    dirname(part.file) === dirname(importer.file) &&
    part.runsIn === importer.runsIn &&
    !roles.has(basename(withoutEnding(part.file))) &&
    !importer.loadsLater.includes(basename(withoutEnding(part.file)))
  )
}

/**
 * The files of a project that are fragments of their only importer.
 * @returns a line for each: "lib/domain/tags/trim.ts (12 lines) is imported by lib/domain/tags/tags.ts alone"
 */
export function findFragments(folder) {
  const files = [
    ...['app', 'components', 'lib']
      .filter((area) => existsSync(join(folder, area)))
      .flatMap((area) => sourceFiles(folder, area)),
    ...['instrumentation.ts', 'proxy.ts'].filter((file) => existsSync(join(folder, file))),
  ]
  const importers = new Map()
  for (const file of files)
    for (const target of new Set(importsOf(folder, file)))
      importers.set(target, [...(importers.get(target) ?? []), file])
  return files
    .map((file) => ({ file, by: importers.get(withoutEnding(file)) ?? [] }))
    .filter(({ by }) => by.length === 1)
    .map(({ file, by: [importer] }) => ({ part: describe(folder, file), importer: describe(folder, importer) }))
    .filter(({ part, importer }) => isFragment(part, importer))
    .map(
      ({ part, importer }) =>
        `${part.file} (${part.lines} ${part.lines === 1 ? 'line' : 'lines'}) is imported by ${importer.file} alone`,
    )
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const fragments = findFragments(root)
  for (const line of fragments) console.error(line)
  if (fragments.length > 0) console.error(advice)
  process.exitCode = fragments.length > 0 ? 1 : 0
}
