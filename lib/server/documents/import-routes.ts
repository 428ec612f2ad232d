import { z } from 'zod'
import { nameFormats } from '@/lib/domain/documents/import-formats'
import { documentViewSchema, importPreviewSchema } from '@/lib/domain/documents/schema'
import { answer, problemSchema } from '../http/answers'
import { check, readMultipart } from '../http/request-body'
import { addOperation, createRoutes } from '../http/operation'
import { createDocument } from './create'
import { limitImports, limitSubmission } from '../reading/import-limit'
import {
  forEachFile,
  importBodyLimit,
  importBodySchema,
  importFormDocs,
  importFormLimit,
  maxFiles,
  originOf,
  previewBodySchema,
  previewFormDocs,
  previewFormSchema,
  readFormChoices,
  previewImport,
} from './read-import'
import { callerOf, readFile } from '../reading/read-submitted'
import { readSubmission } from './read-address'

/** Routes that read a text into a document, or preview that. */
export const importRoutes = createRoutes()

const noun = 'document'
const action = 'document.create'
const problems = ['too-many-requests'] as const
const ownBody = { 'multipart/form-data': { schema: importFormDocs } }

function outcomesOf(name: 'document' | 'preview', schema: z.ZodType) {
  const outcome = z.object({ fileName: z.string(), [name]: schema.optional(), problem: problemSchema.optional() })
  return z.object({ items: z.array(outcome) })
}

addOperation(
  importRoutes,
  {
    id: 'previewDocument',
    noun,
    summary: 'Read a text or a page without storing anything',
    description: 'Returns the structure, the text’s own metadata, and the document that already holds it.',
    method: 'post',
    path: '/documents/preview',
    action,
    body: previewBodySchema,
    bodyLimit: importBodyLimit,
    answers: { 200: { description: 'A preview of the document.', schema: importPreviewSchema } },
    problems,
    example: { text: 'The harbour froze twice.\n\nNobody kept a log.', format: 'text' },
  },
  async ({ permit, actor, body: { language, ...body }, request }) => {
    await limitSubmission(actor, body)
    return answer(await previewImport(permit, await readSubmission(body, { ...callerOf(actor, request), language })))
  },
)

addOperation(
  importRoutes,
  {
    id: 'createDocument',
    noun,
    summary: 'Import a text or a page',
    description:
      'Metadata that you leave out is taken from the text. The language that you give decides where sentences end. `source` is an existing source by id, or one by name, which is made when there is none.',
    method: 'post',
    path: '/documents',
    action,
    body: importBodySchema,
    bodyLimit: importBodyLimit,
    answers: {
      201: { description: 'The document.', schema: documentViewSchema },
      200: { description: 'Imported by an earlier identical request.', schema: documentViewSchema },
    },
    problems: ['conflict', 'gone', ...problems],
    example: {
      source: { name: 'Harbour Gazette' },
      text: 'The harbour froze twice.',
      title: 'A cold winter',
      language: 'en',
    },
  },
  async ({
    permit,
    actor,
    request,
    body: { id, source, allowDuplicate, text, address, format, fileName, expectedSha256, ...overrides },
  }) => {
    await limitSubmission(actor, { address })
    const submission = { text, address, format, fileName, expectedSha256 }
    const { language } = overrides
    const imported = await readSubmission(submission, { ...callerOf(actor, request), language })
    const created = await createDocument(permit, {
      id,
      source,
      imported,
      overrides,
      allowDuplicate,
      origin: originOf(actor, address === undefined ? 'paste' : 'address'),
    })
    return answer(created.document, { status: created.created ? 201 : 200, version: created.document.version })
  },
)

addOperation(
  importRoutes,
  {
    id: 'previewFiles',
    noun,
    summary: `Read up to ${maxFiles} files without storing anything`,
    description: `What can be read: ${nameFormats('and')}. The format is recognised by a file’s bytes, not by its name.`,
    method: 'post',
    path: '/documents/files/preview',
    action,
    ownBody: { 'multipart/form-data': { schema: previewFormDocs } },
    answers: {
      200: {
        description: 'For each file its preview, or the reason why it has none.',
        schema: outcomesOf('preview', importPreviewSchema),
      },
    },
    problems,
  },
  async ({ permit, actor, request }) => {
    const form = await readMultipart(request, { limit: importFormLimit, maxFiles })
    const chosen = check(previewFormSchema, form.fields, 'form')
    await limitImports(actor, form.files.length)
    const items = await forEachFile(form.files, async (file) => ({
      preview: await previewImport(permit, await readFile(file, { ...callerOf(actor, request), ...chosen })),
    }))
    return answer({ items: items.map(flatten) })
  },
)

addOperation(
  importRoutes,
  {
    id: 'createDocuments',
    noun,
    summary: `Import up to ${maxFiles} files`,
    description: `Give \`sourceId\` or \`sourceName\`. What can be read: ${nameFormats('and')}. A file that cannot be imported does not stop the others; when none can be imported, the answer is the problem of the first.`,
    method: 'post',
    path: '/documents/files',
    action,
    ownBody,
    answers: {
      200: {
        description: 'For each file its document, or the reason why it has none.',
        schema: outcomesOf('document', documentViewSchema),
      },
    },
    problems: ['conflict', ...problems],
  },
  async ({ permit, actor, request }) => {
    const form = await readMultipart(request, { limit: importFormLimit, maxFiles })
    const { encoding, ...choices } = readFormChoices(form)
    await limitImports(actor, form.files.length)
    const items = await forEachFile(form.files, async (file) => {
      const { document } = await createDocument(permit, {
        ...choices,
        imported: await readFile(file, { ...callerOf(actor, request), language: choices.overrides.language, encoding }),
        origin: originOf(actor, 'file'),
      })
      return { document }
    })
    return answer({ items: items.map(flatten) })
  },
)

function flatten<T extends object>(outcome: { fileName: string } & ({ result: T } | { problem: unknown })) {
  return 'result' in outcome ? { fileName: outcome.fileName, ...outcome.result } : outcome
}
