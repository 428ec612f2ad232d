import { z } from 'zod'
import { textSchema } from '@/lib/domain/fields'
import {
  mergeInputSchema,
  referenceInputSchema,
  referencePatchSchema,
  referenceSummarySchema,
  referenceTwinsSchema,
  referenceTypes,
  referenceViewSchema,
} from '@/lib/domain/references/schema'
import { encodingNames } from '@/lib/domain/documents/encodings'
import { nameFormats } from '@/lib/domain/documents/import-formats'
import { readTextSchema } from '@/lib/domain/references/kept-file'
import { limitImports } from '../reading/import-limit'
import { callerOf, readFile } from '../reading/read-submitted'
import { answer, answerNothing } from '../http/answers'
import { check, readMultipart } from '../http/request-body'
import { addOperation, createRoutes } from '../http/operation'
import { pageQuery, pageSchema } from '../http/pagination'
import { listReferences, readReference, referenceOrders } from './data'
import { listTwins, mergeReferences } from './merge'
import { presentReadText } from './present'
import { unmergeReference } from './unmerge'
import { createReference, deleteReference, restoreReference, updateReference } from './mutations'

/** Routes of references. */
export const referenceRoutes = createRoutes()

/** A snapshot has up to two million characters, each of at most six bytes in JSON. */
const bodyLimit = 13 * 1024 * 1024

/** The most bytes of a form with a file. */
const fileFormLimit = 26 * 1024 * 1024

const fileFormSchema = z
  .object({
    encoding: z.enum(encodingNames).describe('The encoding of a plain text file. By default, it is detected.'),
  })
  .partial()
const fileFormDocs = fileFormSchema.extend({ file: z.string().meta({ format: 'binary' }) })

const noun = 'reference'
const one = '/references/{referenceId}'
const shown = { description: 'The reference.', schema: referenceViewSchema }

addOperation(
  referenceRoutes,
  {
    id: 'listReferences',
    noun,
    summary: 'References, newest first unless sorted otherwise',
    method: 'get',
    path: '/references',
    action: 'reference.read',
    query: z.strictObject({
      ...pageQuery,
      q: textSchema(200).optional().describe('Words to find in the title, author, publisher, address or DOI.'),
      type: z.enum(referenceTypes).optional().describe('Only references of this CSL type.'),
      order: z.enum(referenceOrders).optional().describe('Last added first, by title, or last cited first.'),
      identifier: textSchema(2000)
        .optional()
        .describe(
          'Only references with this web address or DOI, in any spelling: scheme, www and tracking parameters are ignored.',
        ),
    }),
    answers: { 200: { description: 'A page of references.', schema: pageSchema(referenceSummarySchema) } },
  },
  async ({ permit, query }) => answer(await listReferences(permit, query)),
)

addOperation(
  referenceRoutes,
  {
    id: 'createReference',
    noun,
    summary: 'Make a reference',
    method: 'post',
    path: '/references',
    action: 'reference.create',
    body: referenceInputSchema,
    answers: { 201: shown, 200: { ...shown, description: 'Made by an earlier identical request.' } },
    problems: ['conflict', 'gone'],
    bodyLimit,
    example: { csl: { type: 'webpage', title: 'Tide tables', URL: 'https://tides.example/2025' } },
  },
  async ({ permit, body }) => {
    const { reference, created } = await createReference(permit, body)
    return answer(reference, { status: created ? 201 : 200, version: reference.version })
  },
)

addOperation(
  referenceRoutes,
  {
    id: 'readReferenceText',
    noun,
    summary: 'Read a file as the text of a reference, without storing anything',
    description: `What can be read: ${nameFormats('and')}. The answer's \`text\` and \`file\` can be sent as \`snapshotText\` and \`snapshotFile\`.`,
    method: 'post',
    path: '/references/text',
    action: 'reference.create',
    ownBody: { 'multipart/form-data': { schema: fileFormDocs } },
    answers: { 200: { description: 'The text of the file, and where its pages begin.', schema: readTextSchema } },
    problems: ['too-many-requests'],
  },
  async ({ actor, request }) => {
    const form = await readMultipart(request, { limit: fileFormLimit, maxFiles: 1 })
    const chosen = check(fileFormSchema, form.fields, 'form')
    await limitImports(actor, 1)
    const [file] = form.files
    if (file === undefined) throw new Error('A form without a file was let through')
    return answer(presentReadText(await readFile(file, { ...callerOf(actor, request), ...chosen })))
  },
)

addOperation(
  referenceRoutes,
  {
    id: 'listReferenceTwins',
    noun,
    summary: 'Pairs of references that seem to be the same',
    method: 'get',
    path: '/reference-twins',
    action: 'reference.read',
    answers: {
      200: { description: 'At most 100 pairs, the older reference of each first.', schema: referenceTwinsSchema },
    },
  },
  async ({ permit }) => answer({ items: await listTwins(permit) }),
)

addOperation(
  referenceRoutes,
  {
    id: 'getReference',
    noun,
    summary: 'One reference',
    method: 'get',
    path: one,
    action: 'reference.read',
    answers: { 200: shown },
  },
  async ({ permit, params }) => {
    const reference = await readReference(permit, params.referenceId)
    return answer(reference, { version: reference.version })
  },
)

addOperation(
  referenceRoutes,
  {
    id: 'updateReference',
    noun,
    summary: 'Change a reference',
    method: 'patch',
    path: one,
    action: 'reference.update',
    ifMatch: true,
    body: referencePatchSchema,
    answers: { 200: shown },
    bodyLimit,
    example: { snapshotText: 'High water at 06:12.' },
  },
  async ({ permit, params, version, body }) => {
    const reference = await updateReference(permit, { id: params.referenceId, version, patch: body })
    return answer(reference, { version: reference.version })
  },
)

addOperation(
  referenceRoutes,
  {
    id: 'deleteReference',
    noun,
    summary: 'Delete a reference that nothing cites',
    method: 'delete',
    path: one,
    action: 'reference.delete',
    ifMatch: true,
    answers: { 204: { description: 'It is deleted; restoring brings it back.' } },
    problems: ['conflict'],
  },
  async ({ permit, params, version }) => {
    await deleteReference(permit, { id: params.referenceId, version })
    return answerNothing()
  },
)

addOperation(
  referenceRoutes,
  {
    id: 'mergeReferences',
    noun,
    summary: 'Merge another reference into this one',
    method: 'post',
    path: `${one}/merge`,
    action: 'reference.delete',
    ifMatch: true,
    body: mergeInputSchema,
    answers: { 200: { ...shown, description: 'The reference that stays; the other one has left the library.' } },
    problems: ['conflict'],
  },
  async ({ permit, params, version, body }) => {
    const reference = await mergeReferences(permit, { id: params.referenceId, version, ...body })
    return answer(reference, { version: reference.version })
  },
)

addOperation(
  referenceRoutes,
  {
    id: 'unmergeReference',
    noun,
    summary: 'Undo the merge of a reference',
    method: 'post',
    path: `${one}/unmerge`,
    action: 'reference.delete',
    answers: {
      200: {
        ...shown,
        description:
          'The restored reference, with its citations. The other one has its own fields and kept text again. Idempotent.',
      },
    },
    problems: ['conflict'],
  },
  async ({ permit, params }) => {
    const reference = await unmergeReference(permit, params.referenceId)
    return answer(reference, { version: reference.version })
  },
)

addOperation(
  referenceRoutes,
  {
    id: 'restoreReference',
    noun,
    summary: 'Restore a deleted reference',
    method: 'post',
    path: `${one}/restore`,
    action: 'reference.delete',
    answers: { 200: shown },
  },
  async ({ permit, params }) => {
    const reference = await restoreReference(permit, params.referenceId)
    return answer(reference, { version: reference.version })
  },
)
