import { z } from 'zod'
import {
  bulkDocumentsSchema,
  documentPatchSchema,
  documentsChangedSchema,
  documentViewSchema,
  withdrawalSchema,
} from '@/lib/domain/documents/schema'
import { idSchema, textSchema } from '@/lib/domain/fields'
import { tagViewSchema } from '@/lib/domain/tags/schema'
import { answer, answerNothing } from '../http/answers'
import { addOperation, createRoutes } from '../http/operation'
import { pageQuery, pageSchema } from '../http/pagination'
import { listTags } from '../tags/data'
import { documentOrders, listDocuments, readDocumentView } from './data'
import { changeManyDocuments, deleteDocument, restoreDocument, updateDocument } from './mutations'

/** Routes of stored documents; import-routes.ts has those that import them. */
export const documentRoutes = createRoutes()

const noun = 'document'
const one = '/documents/{documentId}'
const exampleId = '01932f6a-7c00-7000-8000-3d5c1f2a9b01'
const shown = { description: 'The document.', schema: documentViewSchema }

addOperation(
  documentRoutes,
  {
    id: 'listDocuments',
    noun,
    summary: 'Documents, last imported first unless sorted otherwise',
    method: 'get',
    path: '/documents',
    action: 'document.read',
    query: z.strictObject({
      ...pageQuery,
      source: idSchema.optional().describe('Only documents of this source.'),
      q: textSchema(200).optional().describe('Words to find in the title, the author or the text, ignoring case.'),
      tag: textSchema(200).optional().describe('Only documents with this tag, ignoring case.'),
      sort: z
        .enum(documentOrders)
        .default('imported')
        .describe('The order. A cursor is valid only for the order it came from.'),
    }),
    answers: { 200: { description: 'A page of documents.', schema: pageSchema(documentViewSchema) } },
  },
  async ({ permit, query: { source, ...query } }) =>
    answer(await listDocuments(permit, { ...query, sourceId: source })),
)

addOperation(
  documentRoutes,
  {
    id: 'changeDocuments',
    noun,
    summary: 'One action on many documents',
    description:
      'Tags, deletes or restores them in one transaction. Documents that cannot be changed are left as they are and returned with the reason.',
    method: 'post',
    path: '/documents/bulk',
    action: 'document.update',
    body: bulkDocumentsSchema,
    answers: { 200: { description: 'The outcome of each document.', schema: documentsChangedSchema } },
    example: { action: 'tag', ids: [exampleId], add: ['shipping'] },
  },
  async ({ permit, body }) => answer(await changeManyDocuments(permit, body)),
)

addOperation(
  documentRoutes,
  {
    id: 'getDocument',
    noun,
    summary: 'One document',
    method: 'get',
    path: one,
    action: 'document.read',
    answers: { 200: shown },
  },
  async ({ permit, params }) => {
    const document = await readDocumentView(permit, params.documentId)
    return answer(document, { version: document.version })
  },
)

addOperation(
  documentRoutes,
  {
    id: 'updateDocument',
    noun,
    summary: 'Change the metadata of a document',
    description: 'Its text never changes. `sourceId` moves it to another source; `tags` replaces all its tags.',
    method: 'patch',
    path: one,
    action: 'document.update',
    ifMatch: true,
    body: documentPatchSchema.strict(),
    answers: { 200: shown },
    example: { publishedOn: '2025-03' },
  },
  async ({ permit, params, version, body }) => {
    const document = await updateDocument(permit, { id: params.documentId, version, patch: body })
    return answer(document, { version: document.version })
  },
)

addOperation(
  documentRoutes,
  {
    id: 'deleteDocument',
    noun,
    summary: 'Delete a document with its marks',
    description: 'A document that a closed session assessed has to be withdrawn with a reason instead.',
    method: 'delete',
    path: one,
    action: 'document.delete',
    ifMatch: true,
    answers: { 204: { description: 'It is deleted; restoring brings it back with everything on it.' } },
    problems: ['conflict'],
  },
  async ({ permit, params, version }) => {
    await deleteDocument(permit, { id: params.documentId, version })
    return answerNothing()
  },
)

addOperation(
  documentRoutes,
  {
    id: 'withdrawDocument',
    noun,
    summary: 'Withdraw a document that a closed session assessed',
    description:
      'It is deleted, and its claims leave the figures of its source; the report lists it with the reason, the member, the date and what had been settled. Restoring brings it back.',
    method: 'post',
    path: `${one}/withdrawal`,
    action: 'document.delete',
    ifMatch: true,
    body: withdrawalSchema,
    answers: { 204: { description: 'It is withdrawn.' } },
    problems: ['conflict'],
    example: { reason: 'It was published by another paper.' },
  },
  async ({ permit, params, version, body }) => {
    await deleteDocument(permit, { id: params.documentId, version, reason: body.reason })
    return answerNothing()
  },
)

addOperation(
  documentRoutes,
  {
    id: 'restoreDocument',
    noun,
    summary: 'Restore a deleted document',
    method: 'post',
    path: `${one}/restore`,
    action: 'document.delete',
    answers: { 200: shown },
    problems: ['conflict'],
  },
  async ({ permit, params }) => {
    const document = await restoreDocument(permit, params.documentId)
    return answer(document, { version: document.version })
  },
)

/** Routes of tags. */
export const tagRoutes = createRoutes()

addOperation(
  tagRoutes,
  {
    id: 'listTags',
    noun: 'tag',
    summary: 'The tags in use, most used first',
    description: 'Only tags of annotations and documents that you may see; at most 200.',
    method: 'get',
    path: '/tags',
    action: 'tag.read',
    query: z.strictObject({ q: textSchema(200).optional().describe('Part of the tag.') }),
    answers: { 200: { description: 'Tags.', schema: z.object({ items: z.array(tagViewSchema) }) } },
  },
  async ({ permit, query: { q } }) => answer({ items: await listTags(permit, { q }) }),
)
