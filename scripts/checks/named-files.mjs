import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from '../prepare/run.mjs'

/** The pages that describe the present layout. Decisions are dated, and name the files of their time. */
const pages = ['CONTRIBUTING.md', 'README.md', 'docs/architecture.md', 'docs/glossary.md']

const skipped = new Set(['node_modules', 'generated'])

/** The paths of all files below a folder, without hidden, installed and generated ones. */
function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.') && !skipped.has(name))
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)]))
}

/**
 * Source files that a page names, by full path or by its end, and that do not exist.
 * @returns a line for each: "docs/architecture.md names lib/client/outbox.ts"
 */
export function findMissingFiles(folder) {
  const there = filesBelow(folder).map((file) => `/${relative(folder, file).split(sep).join('/')}`)
  return pages.flatMap((page) =>
    there.includes(`/${page}`)
      ? [...readFileSync(join(folder, page), 'utf8').matchAll(/`([\w./()[\]-]+\.(?:tsx?|mjs|css))`/g)]
          .filter(([, name]) => !there.some((file) => file.endsWith(`/${name}`)))
          .map(([, name]) => `${page} names ${name}`)
      : [],
  )
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const missing = findMissingFiles(root)
  for (const line of missing) console.error(`${line}, which is not there. Name the file that does its work now.`)
  process.exitCode = missing.length > 0 ? 1 : 0
}
