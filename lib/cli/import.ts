import { readFile, stat } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import type { Command } from 'commander'
import { z } from 'zod'
import { encodingNames, type EncodingGround, type EncodingName } from '@/lib/domain/documents/encodings'
import { nameFormats } from '@/lib/domain/documents/import-formats'
import {
  documentOverridesSchema,
  maxFileBytes,
  sourceChoiceSchema,
  type DocumentOverrides,
} from '@/lib/domain/documents/schema'
import { DomainError } from '@/lib/domain/errors'
import { permit, type Actor } from '@/lib/server/access/gate'
import { createDocument } from '@/lib/server/documents/create'
import { metadataOf, previewImport, readImport } from '@/lib/server/documents/read-import'
import { readAddress } from '@/lib/server/documents/read-address'
import { isWebAddress } from '@/lib/domain/fields'
import { callerFolder } from '@/lib/server/env'
import type { StorableDocument } from '@/lib/server/reading/storable-document'
import { check } from '@/lib/server/http/request-body'
import { explainFailure } from './explain-failure'
import { operatorOf } from './operator'

/** What is said about a document beside its text. */
interface Described {
  title: string
  author: string
  publishedOn: string | null
  language: string
}

const counted = [
  ['headings', 'heading'],
  ['paragraphs', 'paragraph'],
  ['lists', 'list'],
  ['tables', 'table'],
  ['quotes', 'quotation'],
  ['notes', 'note'],
  ['citations', 'citation marker'],
  ['links', 'link'],
  ['images', 'image'],
  ['codeBlocks', 'code block'],
] as const

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
}

/** Adds `sourcemark import` to the command line. */
export function registerImport(program: Command): void {
  program
    .command('import')
    .description(`import documents: ${nameFormats('and')}; files of at most 25 MB with at most 5 MB of text`)
    .argument('<files...>', 'the files, or addresses of pages, which are fetched')
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
    .option('--allow-duplicate', 'import a text that the workspace already holds once more')
    .action(importFiles)
}

async function importFiles(files: string[], options: ImportOptions): Promise<void> {
  const overrides = readOverrides(files, options)
  const source = check(sourceChoiceSchema, { name: options.source }, 'option --source')
  const encoding = check(z.enum(encodingNames).optional(), options.encoding, 'option --encoding')
  const actor = await operatorOf(options.workspace)
  let failed = 0
  for (const file of files) {
    try {
      const { language } = overrides
      const imported = isWebAddress(file)
        ? await readAddress(file, {}, { caller: 'command line', language, encoding })
        : await readFileToImport(file, { language, encoding })
      if (options.dryRun === true) await showPreview(actor, file, { imported, overrides })
      else {
        const { document } = await createDocument(permit(actor, 'document.create'), {
          source,
          imported,
          overrides,
          origin: 'command_line',
          allowDuplicate: options.allowDuplicate === true,
        })
        console.log(
          `${describeImport(file, { imported, document })}\n  imported as ${document.id} (revision ${document.revision.id})`,
        )
      }
    } catch (error) {
      const explained = explainFailure(error)
      if (explained === null) throw error
      failed += 1
      console.error(`${file}: ${explained}`)
    }
  }
  if (failed === 0) return
  const done = files.length - failed
  throw new DomainError(
    'invalid',
    `${failed} of ${files.length} files could not be imported${done > 0 ? `; the rest were` : ''}.`,
  )
}

async function showPreview(
  actor: Actor,
  file: string,
  { imported, overrides }: { imported: StorableDocument; overrides: DocumentOverrides },
): Promise<void> {
  const preview = await previewImport(permit(actor, 'document.create'), imported)
  const existing =
    preview.existing === null ? '' : `\n  already here as "${preview.existing.title}" (${preview.existing.id})`
  console.log(
    `${describeImport(file, { imported, document: metadataOf(imported, overrides) })}\n  nothing was stored${existing}`,
  )
}

/** The options as they are checked everywhere else. @throws DomainError `invalid` naming the option. */
function readOverrides(
  files: readonly string[],
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

/** @throws DomainError `too-large` before a large file is read, `invalid` for a folder. */
async function readFileToImport(
  file: string,
  chosen: { language: string | undefined; encoding: EncodingName | undefined },
): Promise<StorableDocument> {
  const path = resolve(callerFolder(), file)
  const { size, isFolder } = await stat(path).then((found) => ({ size: found.size, isFolder: found.isDirectory() }))
  if (isFolder) throw new DomainError('invalid', 'This is a folder. Name its files, such as folder/*.txt.')
  if (size > maxFileBytes) {
    throw new DomainError(
      'too-large',
      `The file has ${(size / 1024 / 1024).toFixed(1)} MB; at most 25 MB can be imported at once. Split it into parts.`,
    )
  }
  return readImport({ bytes: await readFile(path), fileName: basename(path) }, { caller: 'command line', ...chosen })
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}

const grounds: Record<EncodingGround, string> = {
  certain: 'by its bytes',
  declared: 'as the file says',
  guessed: 'a guess; --encoding says otherwise',
  chosen: 'as you said',
}

/** How a text file was decoded, and how that is known; nothing for files that are no text themselves. */
function describeEncoding({ encoding, ground }: StorableDocument['original']): string[] {
  return ground === null ? [] : [`  encoding: ${encoding} (${grounds[ground]})`]
}

/** A few lines on what was read: metadata, size, structure, and the parts that do not count with their first words. */
function describeImport(
  file: string,
  { imported, document }: { imported: StorableDocument; document: Described },
): string {
  const { summary } = imported
  const structure = counted
    .map(([key, noun]) => [key === 'headings' ? summary.headings.length : summary[key], noun] as const)
    .filter(([number]) => number > 0)
    .map(([number, noun]) => count(number, noun))
  const said = [document.author, document.publishedOn ?? '', document.language].filter((part) => part !== '')
  const regions = summary.regions.map(
    ({ reason, sentences, opening }) => `  out of scope: ${reason}, ${count(sentences, 'sentence')}: ${opening}`,
  )
  return [
    `${file}: ${document.title}`,
    `  ${said.join(', ')}`,
    `  ${count(imported.wordCount, 'word')}, ${count(imported.sentenceCount, 'sentence')}, ${summary.checkable} to be decided; SHA-256 ${imported.sha256}`,
    `  ${structure.join(', ')}`,
    ...describeEncoding(imported.original),
    ...imported.notices.map((notice) => `  note: ${notice}`),
    ...regions,
  ].join('\n')
}
