import { z } from 'zod'
import { DomainError } from '@/lib/domain/errors'
import {
  anchorCountsSchema,
  carriedAnnotationViewSchema,
  carryDecisionSchema,
  carryOutcomes,
  createdRevisionSchema,
  revisionChangesSchema,
  revisionPreviewSchema,
} from '@/lib/domain/revisions/schema'
import type { Actor, Permit } from '../access/gate'
import { listCarried, maxCarried } from '../carried-annotations/data'
import { decideCarried } from '../carried-annotations/mutations'
import { answer } from '../http/answers'
import { addOperation, createRoutes } from '../http/operation'
import { readMultipart } from '../http/request-body'
import { limitComparisons, limitImports, limitSubmission } from '../reading/import-limit'
import { callerOf, readFile, type ReadingChoices } from '../reading/read-submitted'
import { readSubmission } from './read-address'
import {
  importBodyLimit,
  importFormLimit,
  originOf,
  revisionBodySchema,
  revisionPreviewBodySchema,
} from './read-import'
import { carryOver, createRevision, previewRevision, readChanges, readLanguage } from './revise'

/** Routes that give a document another text, and show how it has changed. */
export const reviseRoutes = createRoutes()

const noun = 'revision'
const action = 'revision.create'
const path = '/documents/{documentId}/revisions'
const problems = ['too-many-requests'] as const
const ownBody = { 'multipart/form-data': { schema: z.object({ file: z.string().meta({ format: 'binary' }) }) } }
const created = {
  201: { description: 'The revision.', schema: createdRevisionSchema },
  200: { description: 'The latest revision already has this text; nothing was stored.', schema: createdRevisionSchema },
}
const example = { text: 'The harbour froze three times.\n\nNobody kept a log.', format: 'text' }

/** The options for reading a document's next revision: for the caller, in the document's language. */
async function choicesOf(
  permit: Permit<'revision.create'>,
  { actor, request, params }: { actor: Actor; request: Request; params: { documentId: string } },
): Promise<ReadingChoices> {
  return { ...callerOf(actor, request), language: await readLanguage(permit, params.documentId) }
}

/** The one file of a form. */
async function readOneFile(request: Request, choices: ReadingChoices) {
  const { files } = await readMultipart(request, { limit: importFormLimit, maxFiles: 1 })
  const [file] = files
  if (file === undefined) {
    const message = 'Send one file under "file".'
    throw new DomainError('invalid', message, { fields: [{ path: 'file', message }] })
  }
  return readFile(file, choices)
}

addOperation(
  reviseRoutes,
  {
    id: 'previewRevision',
    noun,
    summary: 'Compare a text with a document’s latest revision without storing anything',
    description: 'Returns how the text has changed, and the states of earlier revisions’ annotations in it.',
    method: 'post',
    path: `${path}/preview`,
    action,
    body: revisionPreviewBodySchema,
    bodyLimit: importBodyLimit,
    answers: { 200: { description: 'A preview of the revision.', schema: revisionPreviewSchema } },
    problems,
    example,
  },
  async ({ permit, actor, params, body, request }) => {
    await limitSubmission(actor, body)
    return answer(
      await previewRevision(permit, {
        documentId: params.documentId,
        imported: await readSubmission(body, await choicesOf(permit, { actor, request, params })),
      }),
    )
  },
)

addOperation(
  reviseRoutes,
  {
    id: 'createRevision',
    noun,
    summary: 'Store a text as a document’s next revision',
    description:
      'Annotations of earlier revisions are carried over at once where their words are the same in their place; the others wait for a person. Sessions keep the revision that they began with.',
    method: 'post',
    path,
    action,
    body: revisionBodySchema,
    bodyLimit: importBodyLimit,
    answers: created,
    problems: ['conflict', ...problems],
    example,
  },
  async ({ permit, actor, params, body, request }) => {
    await limitSubmission(actor, body)
    const imported = await readSubmission(body, await choicesOf(permit, { actor, request, params }))
    const { stored, created: isNew } = await createRevision(permit, {
      documentId: params.documentId,
      imported,
      origin: originOf(actor, body.address === undefined ? 'paste' : 'address'),
    })
    return answer(stored, { status: isNew ? 201 : 200 })
  },
)

addOperation(
  reviseRoutes,
  {
    id: 'previewRevisionFile',
    noun,
    summary: 'Compare a file with a document’s latest revision without storing anything',
    method: 'post',
    path: `${path}/file/preview`,
    action,
    ownBody,
    answers: { 200: { description: 'A preview of the revision.', schema: revisionPreviewSchema } },
    problems,
  },
  async ({ permit, actor, params, request }) => {
    await limitImports(actor, 1)
    const imported = await readOneFile(request, await choicesOf(permit, { actor, request, params }))
    return answer(await previewRevision(permit, { documentId: params.documentId, imported }))
  },
)

addOperation(
  reviseRoutes,
  {
    id: 'createRevisionOfFile',
    noun,
    summary: 'Store a file as a document’s next revision',
    method: 'post',
    path: `${path}/file`,
    action,
    ownBody,
    answers: created,
    problems: ['conflict', ...problems],
  },
  async ({ permit, actor, params, request }) => {
    await limitImports(actor, 1)
    const imported = await readOneFile(request, await choicesOf(permit, { actor, request, params }))
    const { stored, created: isNew } = await createRevision(permit, {
      documentId: params.documentId,
      imported,
      origin: originOf(actor, 'file'),
    })
    return answer(stored, { status: isNew ? 201 : 200 })
  },
)

addOperation(
  reviseRoutes,
  {
    id: 'carryAnnotationsOver',
    noun,
    summary: 'Carry annotations of sessions closed since over to a document’s latest revision',
    description: 'Idempotent. Returns how many annotations there were, by their state in the latest revision.',
    method: 'post',
    path: '/documents/{documentId}/carry-over',
    action,
    answers: { 200: { description: 'The counts by state.', schema: anchorCountsSchema } },
    problems: ['conflict', ...problems],
  },
  async ({ permit, actor, params }) => {
    await limitComparisons(actor)
    return answer(await carryOver(permit, params.documentId))
  },
)

addOperation(
  reviseRoutes,
  {
    id: 'getChanges',
    noun,
    summary: 'The differences between the texts of two revisions',
    method: 'get',
    path: '/documents/{documentId}/changes',
    action: 'document.read',
    query: z.strictObject({
      from: z.coerce.number().int().min(1).max(1_000_000),
      to: z.coerce.number().int().min(1).max(1_000_000),
    }),
    answers: { 200: { description: 'The changes, block by block.', schema: revisionChangesSchema } },
    problems,
  },
  async ({ permit, actor, params, query }) => {
    await limitComparisons(actor)
    return answer(await readChanges(permit, { documentId: params.documentId, ...query }))
  },
)

/** Routes of the outcomes of annotations when a document's text changed. */
export const carriedAnnotationRoutes = createRoutes()

addOperation(
  carriedAnnotationRoutes,
  {
    id: 'listCarriedAnnotations',
    noun: 'carried annotation',
    summary: 'Annotations of earlier revisions, with the place of their words in this one',
    description: `In the order of this revision, those whose words are lost first; at most ${String(maxCarried)}.`,
    method: 'get',
    path: '/revisions/{revisionId}/carried-annotations',
    action: 'carried-annotation.read',
    query: z.strictObject({ outcome: z.enum(carryOutcomes).optional() }),
    answers: {
      200: { description: 'Annotations.', schema: z.object({ items: z.array(carriedAnnotationViewSchema) }) },
    },
  },
  async ({ permit, params, query }) =>
    answer({ items: await listCarried(permit, { revisionId: params.revisionId, outcome: query.outcome }) }),
)

addOperation(
  carriedAnnotationRoutes,
  {
    id: 'decideCarriedAnnotation',
    noun: 'carried annotation',
    summary: 'Decide what becomes of an annotation whose words have changed',
    description:
      '`confirm` carries it over where it was found, `correct` elsewhere, `retire` leaves it in the earlier revision, `reopen` reverses the decision.',
    method: 'post',
    path: '/carried-annotations/{carriedId}/decision',
    action: 'carried-annotation.decide',
    body: carryDecisionSchema,
    ifMatch: true,
    answers: { 200: { description: 'The annotation with its outcome.', schema: carriedAnnotationViewSchema } },
    problems: ['conflict'],
    example: { decision: 'confirm' },
  },
  async ({ permit, params, body, version }) => {
    const carried = await decideCarried(permit, { id: params.carriedId, version, decision: body })
    return answer(carried, { version: carried.version })
  },
)
