import { readFile, stat, readdir } from 'node:fs/promises'
import { basename, resolve, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Command } from 'commander'
import { z } from 'zod'
import { encodingNames, type EncodingName } from '@/lib/domain/documents/encodings'
import { nameFormats } from '@/lib/domain/documents/import-formats'
import {
  documentOverridesSchema,
  maxFileBytes,
  sourceChoiceSchema,
  type DocumentOverrides,
  type SourceChoice,
} from '@/lib/domain/documents/schema'
import { DomainError } from '@/lib/domain/errors'
import { permit, type Actor } from '@/lib/server/access/gate'
import { createDocument } from '@/lib/server/documents/create'
import { metadataOf, previewImport } from '@/lib/server/documents/read-import'
import { readImport } from '@/lib/server/reading/read-submitted'
import { readAddress } from '@/lib/server/documents/read-address'
import { createRevision } from '@/lib/server/documents/revise'
import { findLike } from '@/lib/server/likeness/find'
import { callerFolder } from '@/lib/server/env'
import type { StorableDocument } from '@/lib/server/reading/storable-document'
import { check } from '@/lib/server/http/request-body'
import { database } from '@/lib/server/db/client'
import { isWebAddress } from '@/lib/domain/fields'
import { explainFailure } from './explain-failure'
import { operatorOf } from './operator'
import {
  countOutcomes,
  describeImport,
  likenessInWords,
  outcomesAsJson,
  progressLine,
  tableOf,
  type ImportOutcome,
} from './import-report'

interface ImportOptions {
  source: string
  dryRun?: boolean
  title?: string
  author?: string
  date?: string
  language?: string
  encoding?: string
  url?: string
  workspace?: string
  allowDuplicate?: boolean
  same: string
  similar: string
  json?: boolean
}

const sameChoices = ['fail', 'skip', 'import'] as const
const similarChoices = ['import', 'skip', 'revise'] as const

/** Adds `sourcemark import` to the command line. */
export function registerImport(program: Command): void {
  program
    .command('import')
    .description(`import documents: ${nameFormats('and')}; files of at most 25 MB with at most 5 MB of text`)
    .argument('<files...>', 'files, folders with all that is in them, or addresses of pages, which are fetched')
    .requiredOption('--source <name>', 'the publisher; made when the workspace has none of this name')
    .option('--dry-run', 'show what would be imported, and store nothing')
    .option('--title <title>', 'the title, for a single file')
    .option('--author <author>', 'the author')
    .option('--date <date>', 'when it was published: 2025, 2025-03 or 2025-03-14')
    .option('--language <tag>', 'the language, such as en or pt-BR')
    .option(
      '--encoding <name>',
      'the encoding of files that are text themselves, such as windows-1252; recognised unless given',
    )
    .option('--url <address>', 'where it was published')
    .option('--workspace <name>', 'the workspace, by name or id; needed when there are several')
    .option('--allow-duplicate', 'import a text that the workspace already holds once more: the same as --same import')
    .option('--same <what>', 'what becomes of a text that the workspace already holds: fail, skip or import', 'fail')
    .option('--similar <what>', 'what becomes of a text much like one here: import, skip or revise', 'import')
    .option('--json', 'print what became of each as JSON, and nothing else')
    .action(importFiles)
}

/** The most files that are described individually during an import. */
const mostDescribed = 20

/** The least pause between two requests to one site, in ms. */
const hostPause = 1_000

interface ImportRun {
  actor: Actor
  source: SourceChoice
  overrides: DocumentOverrides
  encoding: EncodingName | undefined
  isDryRun: boolean
  same: (typeof sameChoices)[number]
  similar: (typeof similarChoices)[number]
  /** The time of the last request to each host, in ms since 1970. */
  asked: Map<string, number>
  /** Prints one file's outcome as soon as it is known. */
  tell: (line: string) => void
}

async function importFiles(named: string[], options: ImportOptions): Promise<void> {
  const source = check(sourceChoiceSchema, { name: options.source }, 'option --source')
  const encoding = check(z.enum(encodingNames).optional(), options.encoding, 'option --encoding')
  const same = check(z.enum(sameChoices), options.allowDuplicate === true ? 'import' : options.same, 'option --same')
  const similar = check(z.enum(similarChoices), options.similar, 'option --similar')
  const inputs = await findInputs(named)
  const overrides = readOverrides(inputs, options)
  const actor = await operatorOf(options.workspace)
  const isJson = options.json === true
  const describes = !isJson && inputs.length <= mostDescribed
  const run: ImportRun = {
    actor,
    source,
    overrides,
    encoding,
    same,
    similar,
    isDryRun: options.dryRun === true,
    asked: new Map(),
    tell: (line) => {
      if (describes) console.log(line)
    },
  }
  const outcomes: ImportOutcome[] = []
  for (const input of inputs) {
    showProgress({ done: outcomes.length, total: inputs.length, name: input.name })
    const outcome = await importOne(input, run)
    if (outcome.state === 'failed' && !isJson) console.error(`${input.name}: ${outcome.message ?? ''}`)
    outcomes.push(outcome)
  }
  showProgress({ done: outcomes.length, total: inputs.length, name: '' })
  if (isJson) console.log(outcomesAsJson(outcomes))
  else if (inputs.length > 1) console.log(`${tableOf(outcomes)}\n${countOutcomes(outcomes)}.`)
  if (inputs.length === 0) throw new DomainError('invalid', 'There is no file in this folder.')
  const failed = outcomes.filter(({ state }) => state === 'failed').length
  if (failed === 0) return
  const rest = failed < inputs.length ? '; the rest were' : ''
  throw new DomainError('invalid', `${failed} of ${inputs.length} files could not be imported${rest}.`)
}

/** Redraws the progress bar in place, on a terminal only. */
function showProgress(progress: { done: number; total: number; name: string }): void {
  if (!process.stderr.isTTY || progress.total < 2) return
  const isDone = progress.done === progress.total
  process.stderr.write(`\r\u001B[K${progressLine(progress)}${isDone ? '\n' : ''}`)
}

/** Imports one file or address. A failure that people can fix is an outcome like any other. */
async function importOne(input: ImportInput, run: ImportRun): Promise<ImportOutcome> {
  const { name } = input
  try {
    const imported = await readInput(input, run)
    if (run.isDryRun) return await showPreview(name, { imported, run })
    return await storeOne(name, { imported, run })
  } catch (error) {
    const message = explainFailure(error)
    if (message === null) throw error
    return { name, state: 'failed', message }
  }
}

async function readInput({ name, kind }: ImportInput, run: ImportRun): Promise<StorableDocument> {
  const { encoding, asked } = run
  const { language } = run.overrides
  if (kind === 'file') return readFileToImport(name, { language, encoding })
  const { host } = new URL(name)
  const wait = (asked.get(host) ?? 0) + hostPause - Date.now()
  if (wait > 0) await sleep(wait)
  try {
    return await readAddress(name, {}, { caller: 'command line', language, encoding })
  } finally {
    asked.set(host, Date.now())
  }
}

async function storeOne(
  name: string,
  { imported, run }: { imported: StorableDocument; run: ImportRun },
): Promise<ImportOutcome> {
  const { actor, source, overrides, same, similar, tell } = run
  const pass = permit(actor, 'document.create')
  const { read } = await database()
  const like = await findLike(read, pass, { imported })
  if (like !== null && like.likeness !== 'near' && same === 'skip')
    return { name, state: 'skipped', documentId: like.id, message: `This text is already here as “${like.title}”.` }
  if (like?.likeness === 'near' && similar === 'skip')
    return { name, state: 'skipped', documentId: like.id, message: likenessInWords(like) }
  if (like?.likeness === 'near' && similar === 'revise') {
    const { stored } = await createRevision(permit(actor, 'revision.create'), {
      documentId: like.id,
      imported,
      origin: 'command_line',
    })
    tell(`${name}: a revision of ${like.title}`)
    return { name, state: 'revised', title: like.title, documentId: like.id, revisionId: stored.revision.id }
  }
  const { document } = await createDocument(pass, {
    source,
    imported,
    overrides,
    origin: 'command_line',
    allowDuplicate: same === 'import',
  })
  const { id: documentId, title, revision } = document
  tell(
    `${describeImport(name, { imported, document })}\n  imported as ${documentId} (revision ${revision.id})${like?.likeness === 'near' ? `\n  note: ${likenessInWords(like)}` : ''}`,
  )
  const message = like?.likeness === 'near' ? { message: likenessInWords(like) } : {}
  return { name, state: 'imported', title, documentId, revisionId: revision.id, ...message }
}

async function showPreview(
  name: string,
  { imported, run }: { imported: StorableDocument; run: ImportRun },
): Promise<ImportOutcome> {
  const preview = await previewImport(permit(run.actor, 'document.create'), imported)
  const metadata = metadataOf(imported, run.overrides)
  const { existing, similar } = preview
  const here = existing === null ? '' : `already here as "${existing.title}" (${existing.id})`
  const near = similar === null ? '' : likenessInWords(similar)
  const lines = [describeImport(name, { imported, document: metadata }), '  nothing was stored']
  run.tell([...lines, ...[here, near].filter((line) => line !== '').map((line) => `  ${line}`)].join('\n'))
  return { name, state: 'read', title: metadata.title, ...(here + near === '' ? {} : { message: here + near }) }
}

/** Checks the options by the same rules as the API. @throws DomainError `invalid` naming the option. */
function readOverrides(
  files: readonly ImportInput[],
  { title, author, date, language, url }: ImportOptions,
): DocumentOverrides {
  if (title !== undefined && files.length > 1) {
    throw new DomainError(
      'invalid',
      'Several files cannot have one title. Leave --title out, or import them one by one.',
    )
  }
  const given = { title, author, publishedOn: date, language, url }
  const known = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  return check(documentOverridesSchema, known, 'command line')
}

/** @throws DomainError `too-large` before a large file is read. */
async function readFileToImport(
  file: string,
  chosen: { language: string | undefined; encoding: EncodingName | undefined },
): Promise<StorableDocument> {
  const path = resolve(callerFolder(), file)
  const { size } = await stat(path)
  if (size > maxFileBytes) {
    throw new DomainError(
      'too-large',
      `The file has ${(size / 1024 / 1024).toFixed(1)} MB; at most 25 MB can be imported at once. Split it into parts.`,
    )
  }
  return readImport({ bytes: await readFile(path), fileName: basename(path) }, { caller: 'command line', ...chosen })
}

/** A file or an address to be imported. `name` is the argument as written, or the path within the named folder. */
interface ImportInput {
  name: string
  kind: 'file' | 'address'
}

/**
 * Lists the arguments in order. A folder is expanded to all files below it, sorted by path, without hidden ones. A missing path stays in the list:
 * its import says why it fails.
 */
async function findInputs(named: readonly string[]): Promise<ImportInput[]> {
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
