import { z } from 'zod'
import {
  revisionSummarySchema,
  revisionViewSchema,
  scopeChangeInputSchema,
  scopeChangeViewSchema,
} from '@/lib/domain/documents/schema'
import { answer, answerDownload, answerNothing } from '../http/answers'
import { addOperation, createRoutes } from '../http/operation'
import { logger } from '../log'
import { listRevisions, readRevision, readRevisionOriginal, readRevisionText } from './data'
import { changeScope, listScopeChanges } from './scope-changes'

/** Routes of revisions. They are immutable, so there is none to change one. */
export const revisionRoutes = createRoutes()

const noun = 'revision'

addOperation(
  revisionRoutes,
  {
    id: 'listRevisions',
    noun,
    summary: 'A document’s revisions, newest first',
    method: 'get',
    path: '/documents/{documentId}/revisions',
    action: 'document.read',
    answers: {
      200: {
        description: 'Revisions without their text.',
        schema: z.object({ items: z.array(revisionSummarySchema) }),
      },
    },
  },
  async ({ permit, params }) => answer({ items: await listRevisions(permit, params.documentId) }),
)

addOperation(
  revisionRoutes,
  {
    id: 'getRevision',
    noun,
    summary: 'One revision: structured content, canonical text, sentences, scope changes',
    description:
      '`sentences` is packed as two numbers per sentence: the distance from the end of the sentence before, and twice the length (plus one for a heading).',
    method: 'get',
    path: '/revisions/{revisionId}',
    action: 'document.read',
    answers: { 200: { description: 'The revision.', schema: revisionViewSchema } },
  },
  async ({ permit, params }) => answer(await readRevision(permit, params.revisionId)),
)

addOperation(
  revisionRoutes,
  {
    id: 'getRevisionText',
    noun,
    summary: 'The canonical text of a revision',
    description: 'UTF-8. Offsets of annotations count UTF-16 code units of this text.',
    method: 'get',
    path: '/revisions/{revisionId}/text',
    action: 'document.read',
    answers: { 200: { description: 'The text.', schema: z.string(), mediaType: 'text/plain' } },
  },
  async ({ permit, params, request }) => {
    const { text, sha256 } = await readRevisionText(permit, params.revisionId)
    return answerDownload(
      { bytes: text, sha256, mediaType: 'text/plain; charset=utf-8', fileName: `${params.revisionId}.txt` },
      request,
    )
  },
)

let redrawn = 0

addOperation(
  revisionRoutes,
  {
    id: 'noteRedrawnRevision',
    noun,
    summary: 'Report that a browser rendered a revision again',
    description:
      'The reader calls this when the HTML of a page did not match the document. It is recorded in the server’s log and changes nothing.',
    method: 'post',
    path: '/revisions/{revisionId}/redrawn',
    action: 'document.read',
    answers: { 204: { description: 'It is recorded.' } },
  },
  async ({ permit, params }) => {
    const { sha256 } = await readRevisionText(permit, params.revisionId)
    redrawn += 1
    logger().warn(
      { revisionId: params.revisionId, sha256, sinceStart: redrawn },
      'A reader drew its text anew: the HTML of the page did not fit the document',
    )
    return answerNothing()
  },
)

addOperation(
  revisionRoutes,
  {
    id: 'getRevisionOriginal',
    noun,
    summary: 'The bytes that a revision was read from',
    method: 'get',
    path: '/revisions/{revisionId}/original',
    action: 'document.read',
    answers: {
      200: {
        description: 'The original file, as a download.',
        schema: z.string().meta({ format: 'binary' }),
        mediaType: 'application/octet-stream',
      },
    },
  },
  async ({ permit, params, request }) => {
    const { bytes, sha256, fileName } = await readRevisionOriginal(permit, params.revisionId)
    return answerDownload({ bytes, sha256, fileName, mediaType: 'application/octet-stream' }, request)
  },
)

/** Routes of scope changes. */
export const scopeRoutes = createRoutes()

addOperation(
  scopeRoutes,
  {
    id: 'listScopeChanges',
    noun: 'scope change',
    summary: 'The scope changes of a revision, oldest first',
    method: 'get',
    path: '/revisions/{revisionId}/scope-changes',
    action: 'document.read',
    answers: { 200: { description: 'Scope changes.', schema: z.object({ items: z.array(scopeChangeViewSchema) }) } },
  },
  async ({ permit, params }) => answer({ items: await listScopeChanges(permit, params.revisionId) }),
)

addOperation(
  scopeRoutes,
  {
    id: 'changeScope',
    noun: 'scope change',
    summary: 'Bring a range of a revision into scope, or take it out of scope',
    method: 'post',
    path: '/revisions/{revisionId}/scope-changes',
    action: 'scope.change',
    body: scopeChangeInputSchema.strict(),
    answers: {
      201: { description: 'The change.', schema: scopeChangeViewSchema },
      200: { description: 'Made by an earlier identical request.', schema: scopeChangeViewSchema },
    },
    problems: ['conflict'],
    example: { start: 0, end: 120, inScope: false, reason: 'navigation' },
  },
  async ({ permit, params, body }) => {
    const { change, created } = await changeScope(permit, { revisionId: params.revisionId, input: body })
    return answer(change, { status: created ? 201 : 200 })
  },
)
