import { z } from 'zod'
import {
  documentOverridesSchema,
  pasteFormats,
  sourceChoiceSchema,
  type DocumentOverrides,
} from '@/lib/domain/documents/schema'
import { DomainError } from '@/lib/domain/errors'
import { filledTextSchema, idSchema, isWellFormed, textSchema } from '@/lib/domain/fields'
import type { Actor } from '../access/gate'
import type { RevisionOrigin } from '../db/generated/sqlite/client'
import { problemOf, type Problem } from '../http/problem'
import { check } from '../http/request-body'
import type { MultipartForm } from '../http/multipart'
import type { ImportedDocument } from '../importing/imported-document'
import { readImport } from './read-import'

/** The most bytes of a JSON body with a text: five megabytes, each byte at most three in JSON's escapes, and room for the rest. */
export const importBodyLimit = 16 * 1024 * 1024
/** The most bytes of a form with files. */
export const importFormLimit = 32 * 1024 * 1024
/** The most files of one form. */
export const maxFiles = 20

const pasteFields = {
  text: z
    .string()
    .refine(isWellFormed, 'The text has half of a surrogate pair; send whole characters.')
    .describe('The text, at most 5 MB as UTF-8.'),
  format: z
    .enum(pasteFormats)
    .optional()
    .describe('How to read it; left out, a text that starts like an HTML page is HTML, all else plain.'),
  fileName: textSchema(300).optional(),
}

/** The body of a preview. */
export const previewBodySchema = z.strictObject(pasteFields)

/** The body of an import. */
export const importBodySchema = z.strictObject({
  id: idSchema.optional(),
  source: sourceChoiceSchema,
  ...pasteFields,
  ...documentOverridesSchema.shape,
  allowDuplicate: z.boolean().default(false),
})

const formShape = {
  sourceId: idSchema,
  sourceName: filledTextSchema(300, 'Give the source a name.'),
  allowDuplicate: z.enum(['true', 'false']),
  ...documentOverridesSchema.shape,
}

/** The fields of a form beside its files. */
export const importFormSchema = z.strictObject(formShape).partial()

/** A form as the OpenAPI document shows it. */
export const importFormDocs = importFormSchema.extend({ file: z.array(z.string().meta({ format: 'binary' })) })

/** What a form says about all of its files. */
export interface FormChoices {
  source: { id: string } | { name: string }
  overrides: DocumentOverrides
  allowDuplicate: boolean
}

/** Reads the fields of a form. @throws DomainError `invalid`; a title is refused for several files. */
export function readFormChoices({ fields, files }: MultipartForm): FormChoices {
  const { sourceId, sourceName, allowDuplicate, ...overrides } = check(importFormSchema, fields, 'form')
  const source = sourceId === undefined ? (sourceName === undefined ? null : { name: sourceName }) : { id: sourceId }
  if (source === null || (sourceId !== undefined && sourceName !== undefined)) {
    const message = 'Give either sourceId or sourceName.'
    throw new DomainError('invalid', message, { fields: [{ path: 'sourceId', message }] })
  }
  if (files.length > 1 && overrides.title !== undefined) {
    const message = 'Several files cannot have one title; leave it out, or send them one by one.'
    throw new DomainError('invalid', message, { fields: [{ path: 'title', message }] })
  }
  return { source, overrides, allowDuplicate: allowDuplicate === 'true' }
}

/** Reads one file of a form. @throws DomainError as `readImport`, and `invalid` for a file name that cannot be stored. */
export async function readFile(file: File): Promise<ImportedDocument> {
  const fileName = check(textSchema(300), file.name, 'file name')
  return readImport({ bytes: new Uint8Array(await file.arrayBuffer()), fileName, mediaType: file.type })
}

/** What became of one file: exactly one of the two is there. */
export type FileOutcome<T> = { fileName: string } & ({ result: T } | { problem: Problem })

/**
 * Does something with each file in turn; a file that fails does not stop the others.
 * @throws the first failure when every file failed, so that nothing done is never answered as success; anything unexpected at once.
 */
export async function forEachFile<T>(
  files: readonly File[],
  act: (file: File) => Promise<T>,
): Promise<FileOutcome<T>[]> {
  const outcomes: FileOutcome<T>[] = []
  let firstFailure: DomainError | null = null
  for (const file of files) {
    try {
      outcomes.push({ fileName: file.name, result: await act(file) })
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      firstFailure ??= error
      outcomes.push({ fileName: file.name, problem: problemOf(error) })
    }
  }
  if (firstFailure !== null && outcomes.every((outcome) => 'problem' in outcome)) throw firstFailure
  return outcomes
}

/** Where a document comes from, by how its importer came in. */
export function originOf(actor: Actor, kind: 'paste' | 'file'): RevisionOrigin {
  if (actor.via === 'command-line') return 'command_line'
  return actor.via === 'token' ? 'api' : kind
}
