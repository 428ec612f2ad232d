import { readFile, stat, writeFile } from 'node:fs/promises'
import { extname, resolve } from 'node:path'
import type { Command } from 'commander'
import { z } from 'zod'
import { ratings } from '@/lib/domain/annotations/rating'
import { DomainError, notFound } from '@/lib/domain/errors'
import {
  annotationImportSchema,
  exportFormats,
  type ExportFormat,
  type ImportedItem,
  type ImportReport,
} from '@/lib/domain/interchange/schema'
import { permit, type Actor } from '@/lib/server/access/gate'
import { database } from '@/lib/server/db/client'
import { callerFolder } from '@/lib/server/env'
import { check } from '@/lib/server/http/request-body'
import { exportAnnotations } from '@/lib/server/interchange/export'
import { importAnnotations } from '@/lib/server/interchange/import'
import { operatorOf } from './operator'

interface PlaceOptions {
  revision?: string
  workspace?: string
}

interface ExportOptions extends PlaceOptions {
  format?: string
  output?: string
}

interface ImportOptions extends PlaceOptions {
  preview?: boolean
  defaultRating?: string
  json?: boolean
}

/** The largest file of annotations in bytes: ten million characters of at most four bytes each. */
const maxAnnotationBytes = 40_000_000

/** Adds `sourcemark export-annotations` and `sourcemark import-annotations` to the command line. */
export function registerAnnotations(program: Command): void {
  program
    .command('export-annotations')
    .description('write the annotations of a document, as W3C Web Annotations, JSONL or CSV')
    .argument('<document>', 'the id of the document, or its address in the workbench')
    .option('--format <name>', 'jsonld, jsonl or csv; by the ending of --output unless given')
    .option('--output <file>', 'the file, which must not exist yet; printed unless given')
    .option('--revision <number>', 'the revision; the latest unless given')
    .option('--workspace <name>', 'the workspace, by name or id; needed when there are several')
    .action(exportFile)
  program
    .command('import-annotations')
    .description('attach the annotations of a file to a document: W3C Web Annotations, Hypothesis, JSONL or CSV')
    .argument('<document>', 'the id of the document, or its address in the workbench')
    .argument('<file>', 'the file')
    .option('--preview', 'say what would become of each annotation, and store nothing')
    .option('--default-rating <rating>', `for annotations without one: ${ratings.join(', ')}`)
    .option('--json', 'print the report as JSON')
    .option('--revision <number>', 'the revision; the latest unless given')
    .option('--workspace <name>', 'the workspace, by name or id; needed when there are several')
    .action(importFile)
}

async function exportFile(document: string, options: ExportOptions): Promise<void> {
  const format = readFormat(options)
  const actor = await operatorOf(options.workspace)
  const { revisionId } = await findRevision(actor, document, options.revision)
  const { bytes } = await exportAnnotations(permit(actor, 'annotation.read'), { revisionId, format })
  if (options.output === undefined) {
    process.stdout.write(bytes)
    return
  }
  const path = resolve(callerFolder(), options.output)
  try {
    await writeFile(path, bytes, { flag: 'wx' })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
      throw new DomainError('invalid', `${path} exists already: an export never overwrites a file.`)
    throw error
  }
  console.log(`Wrote the annotations to ${path}.`)
}

function readFormat({ format, output }: ExportOptions): ExportFormat {
  const ending = extname(output ?? '').slice(1)
  const named = format ?? exportFormats.find((known) => known === ending) ?? 'jsonld'
  return check(z.enum(exportFormats), named, 'option --format')
}

async function importFile(document: string, file: string, options: ImportOptions): Promise<void> {
  const content = await readText(file)
  const { defaultRating, preview = false } = options
  const input = check(annotationImportSchema, { content, defaultRating, preview }, 'command line')
  const actor = await operatorOf(options.workspace)
  const { revisionId, number } = await findRevision(actor, document, options.revision)
  const report = await importAnnotations(permit(actor, 'annotation.create'), { revisionId, input })
  console.log(options.json === true ? JSON.stringify(report) : describeReport(file, report, number))
  const { refused } = report.counts
  if (refused > 0)
    throw new DomainError(
      'invalid',
      `${refused} of ${report.items.length} annotations ${preview ? 'would be' : 'were'} refused.`,
    )
}

/** @throws DomainError `too-large` before a large file is read, `invalid` for a folder and for bytes that are not UTF-8. */
async function readText(file: string): Promise<string> {
  const path = resolve(callerFolder(), file)
  const found = await stat(path)
  if (found.isDirectory()) throw new DomainError('invalid', `${file} is a folder. Name the file in it.`)
  if (found.size > maxAnnotationBytes)
    throw new DomainError('too-large', `${file} has more than 40 MB. Divide it, and import the parts.`)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path))
  } catch (error) {
    if (error instanceof TypeError) throw new DomainError('invalid', `${file} is not UTF-8. Save it as UTF-8.`)
    throw error
  }
}

/**
 * Finds the revision of a document, which is named by its id or by its address in the workbench.
 * @throws DomainError `not-found` for the document or the revision.
 */
async function findRevision(
  actor: Actor,
  document: string,
  revision: string | undefined,
): Promise<{ revisionId: string; number: number }> {
  const id = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i.exec(document)?.[0].toLowerCase()
  if (id === undefined)
    throw new DomainError('invalid', `${document} is not the id of a document. It stands in the address of its page.`)
  const number =
    revision === undefined ? undefined : check(z.coerce.number().int().min(1), revision, 'option --revision')
  const { read } = await database()
  const row = await read.revision.findFirst({
    where: {
      documentId: id,
      workspaceId: actor.workspaceId,
      document: { deletedAt: null },
      ...(number === undefined ? {} : { number }),
    },
    orderBy: { number: 'desc' },
    select: { id: true, number: true },
  })
  if (row === null) throw notFound(number === undefined ? 'document' : 'revision')
  return { revisionId: row.id, number: row.number }
}

function describeReport(file: string, { preview, counts, items }: ImportReport, number: number): string {
  const attached = `${String(counts.attached)} ${preview ? 'would be attached' : 'attached'}`
  return [
    `${file}: ${attached} to revision ${String(number)}, ${String(counts.present)} here already, ${String(counts.refused)} refused`,
    ...items.flatMap(describeItem),
  ].join('\n')
}

/** Details of an item beyond the counts. */
function describeItem({ index, id, reason, leftOut }: ImportedItem): string[] {
  const name = `  ${String(index + 1)}${id === null ? '' : ` (${id})`}`
  return [...(reason === null ? [] : [`${name}: ${reason}`]), ...leftOut.map((words) => `${name}, left out: ${words}`)]
}
