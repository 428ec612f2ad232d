import { getDomain } from 'tldts'
import { z } from 'zod'
import { encodingNames, type EncodingName } from '@/lib/domain/documents/encodings'
import {
  documentOverridesSchema,
  pasteFormats,
  sourceChoiceSchema,
  type DocumentMetadata,
  type DocumentOverrides,
  type ImportPreview,
  type SuggestedSource,
} from '@/lib/domain/documents/schema'
import { DomainError } from '@/lib/domain/errors'
import { filledTextSchema, idSchema, isWellFormed, textSchema, webAddressSchema } from '@/lib/domain/fields'
import type { Actor, Permit } from '../access/gate'
import { database } from '../db/client'
import type { RevisionOrigin } from '../db/generated/sqlite/client'
import { problemOf, type Problem } from '../http/answers'
import { check, type MultipartForm } from '../http/request-body'
import { findLike } from '../likeness/find'
import type { StorableDocument } from '../reading/storable-document'

/** The first `max` UTF-16 code units of a text, without cutting a character in half. */
function cut(text: string, max: number): string {
  return text.slice(0, max).replace(/[\uD800-\uDBFF]$/, '')
}

/** The metadata of an imported document: the caller's values first, then what the text says about itself, where that can be stored. */
export function metadataOf(imported: StorableDocument, overrides: DocumentOverrides): DocumentMetadata {
  const found = {
    title: cut(imported.title, 1000),
    author: cut(imported.author, 500),
    publishedOn: imported.publishedOn,
    language: imported.language,
    url: addressOf(imported) ?? '',
  }
  const { shape } = documentOverridesSchema
  const storable = <K extends keyof typeof found>(key: K) =>
    shape[key].safeParse(found[key]).success ? found[key] : undefined
  return {
    title: overrides.title ?? storable('title') ?? 'Untitled',
    author: overrides.author ?? storable('author') ?? '',
    publishedOn: overrides.publishedOn === undefined ? (storable('publishedOn') ?? null) : overrides.publishedOn,
    language: overrides.language ?? storable('language') ?? 'und',
    url: overrides.url ?? storable('url') ?? '',
  }
}

/** Previews an import; stores nothing. */
export async function previewImport(
  permit: Permit<'document.create'>,
  imported: StorableDocument,
): Promise<ImportPreview> {
  const { read } = await database()
  const { original } = imported
  const like = await findLike(read, permit, { imported })
  const { title, author, publishedOn, language, url } = metadataOf(imported, {})
  return {
    fileName: original.fileName ?? '',
    title,
    author,
    publishedOn,
    language,
    url,
    suggestedSource: await suggestSource(permit, imported),
    sha256: imported.sha256,
    wordCount: imported.wordCount,
    sentenceCount: imported.sentenceCount,
    content: imported.content,
    summary: imported.summary,
    notices: imported.notices,
    original: {
      sha256: original.sha256,
      byteLength: original.bytes.length,
      mediaType: original.mediaType,
      encoding: original.encoding,
      ground: original.ground,
    },
    existing: like === null || like.likeness === 'near' ? null : { id: like.id, title: like.title },
    similar: like?.likeness === 'near' ? like : null,
  }
}

/** The most bytes of a JSON body with a text: five megabytes, up to three bytes of JSON for each, and room for the rest. */
export const importBodyLimit = 16 * 1024 * 1024
/** The most bytes of a form with files. */
export const importFormLimit = 32 * 1024 * 1024
/** The most files of one form. */
export const maxFiles = 20

const pasteFields = {
  text: z
    .string()
    .refine(isWellFormed, 'The text has half of a surrogate pair; send whole characters.')
    .optional()
    .describe('The text, at most 5 MB as UTF-8. Give this or `address`.'),
  address: webAddressSchema
    .optional()
    .describe(
      'The address of a page, which is fetched: only from the public internet, and where its robots.txt allows.',
    ),
  format: z
    .enum(pasteFormats)
    .optional()
    .describe('The format. By default, a text that starts like an HTML page is read as HTML, any other as plain text.'),
  fileName: textSchema(300).optional(),
}

/** Exactly one of a text and an address must be given. */
function hasOneOrigin({ text, address }: { text?: string | undefined; address?: string | undefined }): boolean {
  return (text === undefined) !== (address === undefined)
}
const oneOrigin = { path: ['text'], message: 'Give a text, or the address of a page in "address".' }

const expectedSha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'Give the hash that the preview returned.')
  .optional()
  .describe('The hash of the previewed text: the import is refused when the text has another.')

const previewLanguage = documentOverridesSchema.shape.language.describe(
  'The language whose rules end the sentences. By default, the one that the text declares, or else the one detected.',
)

/** The body of a preview of a revision. */
export const revisionPreviewBodySchema = z.strictObject(pasteFields).refine(hasOneOrigin, oneOrigin)

/** The body of a preview. */
export const previewBodySchema = z
  .strictObject({ ...pasteFields, language: previewLanguage })
  .refine(hasOneOrigin, oneOrigin)

/** The body of a revision. */
export const revisionBodySchema = z.strictObject({ ...pasteFields, expectedSha256 }).refine(hasOneOrigin, oneOrigin)

/** The body of an import. */
export const importBodySchema = z
  .strictObject({
    id: idSchema.optional(),
    source: sourceChoiceSchema,
    ...pasteFields,
    expectedSha256,
    ...documentOverridesSchema.shape,
    allowDuplicate: z.boolean().default(false),
  })
  .refine(hasOneOrigin, oneOrigin)

const encodingField = z.enum(encodingNames).describe('The encoding of plain text files. By default, it is detected.')

const formShape = {
  encoding: encodingField,
  sourceId: idSchema,
  sourceName: filledTextSchema(300, 'Give the source a name.'),
  allowDuplicate: z.enum(['true', 'false']),
  ...documentOverridesSchema.shape,
}

/** The fields of a form beside its files. */
export const importFormSchema = z.strictObject(formShape).partial()

/** The fields of a form whose files are only previewed. */
export const previewFormSchema = z.object({ encoding: encodingField, language: previewLanguage }).partial()

/** The import form as the OpenAPI document shows it. */
export const importFormDocs = importFormSchema.extend({ file: z.array(z.string().meta({ format: 'binary' })) })

/** The preview form as the OpenAPI document shows it. */
export const previewFormDocs = previewFormSchema.extend({ file: z.array(z.string().meta({ format: 'binary' })) })

/** The choices of a form that apply to all of its files. */
export interface FormChoices {
  source: { id: string } | { name: string }
  overrides: DocumentOverrides
  allowDuplicate: boolean
  encoding: EncodingName | undefined
}

/** Reads the fields of a form. @throws DomainError `invalid`, also for a title together with several files. */
export function readFormChoices({ fields, files }: MultipartForm): FormChoices {
  const { sourceId, sourceName, allowDuplicate, encoding, ...overrides } = check(importFormSchema, fields, 'form')
  const source = sourceId === undefined ? (sourceName === undefined ? null : { name: sourceName }) : { id: sourceId }
  if (source === null || (sourceId !== undefined && sourceName !== undefined)) {
    const message = 'Give either sourceId or sourceName.'
    throw new DomainError('invalid', message, { fields: [{ path: 'sourceId', message }] })
  }
  if (files.length > 1 && overrides.title !== undefined) {
    const message = 'Several files cannot have one title. Leave it out, or send them one by one.'
    throw new DomainError('invalid', message, { fields: [{ path: 'title', message }] })
  }
  return { source, overrides, allowDuplicate: allowDuplicate === 'true', encoding }
}

/** The result of one file: exactly one of the two is set. */
export type FileOutcome<T> = { fileName: string } & ({ result: T } | { problem: Problem })

/**
 * Processes files one after the other; a file that fails does not stop the others.
 * @throws the first failure when every file failed, so that an import of nothing is never reported as a success; any unexpected error at once.
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

/** The origin of a document: the command line, the API, or else the given kind. */
export function originOf(actor: Actor, kind: 'paste' | 'file' | 'address'): RevisionOrigin {
  if (actor.via === 'command-line') return 'command_line'
  return actor.via === 'token' ? 'api' : kind
}

/** The registered domain of an address, such as "example.co.uk"; null for an IP address or a name of a private network. */
function domainOf(address: string): string | null {
  return getDomain(address, { allowPrivateDomains: true })
}

/**
 * A document's address: its canonical address, unless it was fetched from another site, in which case the fetched address. Null when there is
 * neither.
 */
function addressOf({ canonicalUrl, fetched }: Pick<StorableDocument, 'canonicalUrl' | 'fetched'>): string | null {
  if (fetched === null) return canonicalUrl
  const isOwn = canonicalUrl !== null && domainOf(canonicalUrl) === domainOf(fetched.url)
  return isOwn ? canonicalUrl : fetched.url
}

/**
 * Suggests the publisher of a document: the source of the workspace whose homepage has the same registered domain, else the page's own name for its
 * site, else the domain. Null for a document without an address.
 */
export async function suggestSource(
  { workspaceId }: Permit,
  imported: StorableDocument,
): Promise<SuggestedSource | null> {
  const address = addressOf(imported)
  const domain = address === null ? null : domainOf(address)
  const name = imported.publisher ?? domain
  const { read } = await database()
  const columns = { orderBy: { createdAt: 'asc' }, select: { name: true, homepage: true } } as const
  if (domain !== null) {
    const near = await read.source.findMany({
      where: { workspaceId, deletedAt: null, homepage: { contains: domain } },
      take: 50,
      ...columns,
    })
    const known = near.find(({ homepage }) => domainOf(homepage) === domain)
    if (known !== undefined) return { name: known.name, isKnown: true }
  }
  if (address === null || name === null) return null
  const named = await read.source.findFirst({ where: { workspaceId, deletedAt: null, name }, ...columns })
  return { name, isKnown: named !== null }
}
