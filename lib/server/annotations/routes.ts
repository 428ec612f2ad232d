import { z } from 'zod'
import { ratings } from '@/lib/domain/annotations/rating'
import {
  annotationInputSchema,
  annotationPatchSchema,
  annotationViewSchema,
  maxBulkDecisions,
  sentenceDecisionInputSchema,
  sentenceDecisionsInputSchema,
  sentenceDecisionViewSchema,
} from '@/lib/domain/annotations/schema'
import { notFound } from '@/lib/domain/errors'
import { idSchema } from '@/lib/domain/fields'
import { answer, answerNothing } from '../http/answers'
import { addOperation, createRoutes } from '../http/operation'
import { pageQuery, pageSchema } from '../http/pagination'
import { listDecisions, maxDecisionPage } from '../sentence-decisions/data'
import { decideSentences, withdrawDecision } from '../sentence-decisions/mutations'
import { listAnnotations, maxAnnotationPage, readAnnotation } from './data'
import {
  createAnnotation,
  deleteAnnotation,
  restoreAnnotation,
  updateAnnotation,
  type CreatedAnnotation,
} from './mutations'

/** Routes of annotations. */
export const annotationRoutes = createRoutes()

const noun = 'annotation'
const many = '/revisions/{revisionId}/annotations'
const one = '/annotations/{annotationId}'
const shown = { description: 'The annotation.', schema: annotationViewSchema }
const made = { 201: shown, 200: { ...shown, description: 'Made by an earlier identical request.' } }
const example = {
  start: 0,
  end: 24,
  exact: 'The harbour froze twice.',
  rating: 'unsourced',
  note: 'No record is named.',
}

function answerCreated({ annotation, created }: CreatedAnnotation): Response {
  return answer(annotation, { status: created ? 201 : 200, version: annotation.version })
}

addOperation(
  annotationRoutes,
  {
    id: 'listAnnotations',
    noun,
    summary: 'A revision’s annotations in text order',
    method: 'get',
    path: many,
    action: 'annotation.read',
    query: z.strictObject({
      cursor: pageQuery.cursor,
      limit: z.coerce.number().int().min(1).max(maxAnnotationPage).default(200),
      author: idSchema.optional().describe('Only those of this member.'),
      rating: z.enum(ratings).optional(),
    }),
    answers: { 200: { description: 'A page of annotations.', schema: pageSchema(annotationViewSchema) } },
  },
  async ({ permit, params, query: { author, ...query } }) =>
    answer(await listAnnotations(permit, { ...query, revisionId: params.revisionId, authorId: author })),
)

addOperation(
  annotationRoutes,
  {
    id: 'createAnnotation',
    noun,
    summary: 'Highlight and rate a span',
    description:
      '`start` and `end` count UTF-16 code units of the canonical text. `exact` must equal the slice; without it, the slice is taken. A rating may lack its evidence: `missing` says what.',
    method: 'post',
    path: many,
    action: 'annotation.create',
    body: annotationInputSchema.strict(),
    answers: made,
    problems: ['conflict', 'gone'],
    example,
  },
  async ({ permit, params, body }) =>
    answerCreated(await createAnnotation(permit, { revisionId: params.revisionId, input: body })),
)

addOperation(
  annotationRoutes,
  {
    id: 'putAnnotation',
    noun,
    summary: 'Highlight and rate a span, with an id of your own',
    description: 'Safe to repeat: the same id with the same content is one annotation. To change it later, use PATCH.',
    method: 'put',
    path: one,
    action: 'annotation.create',
    body: annotationInputSchema.omit({ id: true }).extend({ revisionId: idSchema }).strict(),
    answers: made,
    problems: ['conflict', 'gone'],
    example: { revisionId: '01932f6a-7c00-7000-8000-3d5c1f2a9b01', ...example },
  },
  async ({ permit, params, body: { revisionId, ...input } }) =>
    answerCreated(await createAnnotation(permit, { revisionId, input: { ...input, id: params.annotationId } })),
)

addOperation(
  annotationRoutes,
  {
    id: 'getAnnotation',
    noun,
    summary: 'One annotation',
    method: 'get',
    path: one,
    action: 'annotation.read',
    answers: { 200: shown },
  },
  async ({ permit, params }) => {
    const annotation = await readAnnotation(permit, params.annotationId)
    return answer(annotation, { version: annotation.version })
  },
)

addOperation(
  annotationRoutes,
  {
    id: 'updateAnnotation',
    noun,
    summary: 'Change your annotation',
    description: 'Send only what changes. `citations` and `tags` replace the whole list.',
    method: 'patch',
    path: one,
    action: 'annotation.update',
    ifMatch: true,
    body: annotationPatchSchema.strict(),
    answers: { 200: shown },
    problems: ['conflict'],
    example: { rating: 'contradicted', note: 'The harbour log says otherwise.' },
  },
  async ({ permit, params, version, body }) => {
    const annotation = await updateAnnotation(permit, { id: params.annotationId, version, patch: body })
    return answer(annotation, { version: annotation.version })
  },
)

addOperation(
  annotationRoutes,
  {
    id: 'deleteAnnotation',
    noun,
    summary: 'Delete your annotation',
    method: 'delete',
    path: one,
    action: 'annotation.delete',
    ifMatch: true,
    answers: { 204: { description: 'It is deleted; restoring brings it back.' } },
  },
  async ({ permit, params, version }) => {
    await deleteAnnotation(permit, { id: params.annotationId, version })
    return answerNothing()
  },
)

addOperation(
  annotationRoutes,
  {
    id: 'restoreAnnotation',
    noun,
    summary: 'Restore your deleted annotation',
    method: 'post',
    path: `${one}/restore`,
    action: 'annotation.delete',
    answers: { 200: shown },
  },
  async ({ permit, params }) => {
    const annotation = await restoreAnnotation(permit, params.annotationId)
    return answer(annotation, { version: annotation.version })
  },
)

/** Routes of sentence decisions. */
export const sentenceDecisionRoutes = createRoutes()

addOperation(
  sentenceDecisionRoutes,
  {
    id: 'listSentenceDecisions',
    noun: 'sentence decision',
    summary: 'A revision’s sentence decisions in text order',
    method: 'get',
    path: '/revisions/{revisionId}/sentence-decisions',
    action: 'annotation.read',
    query: z.strictObject({
      cursor: pageQuery.cursor,
      limit: z.coerce.number().int().min(1).max(maxDecisionPage).default(200),
      author: idSchema.optional().describe('Only those of this member.'),
    }),
    answers: { 200: { description: 'A page of decisions.', schema: pageSchema(sentenceDecisionViewSchema) } },
  },
  async ({ permit, params, query: { author, ...query } }) =>
    answer(await listDecisions(permit, { ...query, revisionId: params.revisionId, authorId: author })),
)

addOperation(
  sentenceDecisionRoutes,
  {
    id: 'decideSentence',
    noun: 'sentence decision',
    summary: 'Decide that a sentence makes no claim',
    description:
      '`start` and `end` are the bounds of the sentence in the revision. Deciding it again returns the existing decision.',
    method: 'post',
    path: '/revisions/{revisionId}/sentence-decisions',
    action: 'sentence-decision.create',
    body: sentenceDecisionInputSchema.strict(),
    answers: {
      201: { description: 'The decision.', schema: sentenceDecisionViewSchema },
      200: { description: 'Already decided.', schema: sentenceDecisionViewSchema },
    },
    problems: ['conflict'],
    example: { start: 0, end: 24 },
  },
  async ({ permit, params, body }) => {
    const { decisions, created } = await decideSentences(permit, {
      revisionId: params.revisionId,
      decisions: [body],
      isList: false,
    })
    const [decision] = decisions
    if (decision === undefined) throw notFound('sentence decision')
    return answer(decision, { status: created > 0 ? 201 : 200 })
  },
)

addOperation(
  sentenceDecisionRoutes,
  {
    id: 'decideSentences',
    noun: 'sentence decision',
    summary: `Decide that sentences make no claim, up to ${maxBulkDecisions} at once, all or none`,
    method: 'post',
    path: '/revisions/{revisionId}/sentence-decisions/bulk',
    action: 'sentence-decision.create',
    body: sentenceDecisionsInputSchema.strict(),
    answers: {
      200: {
        description: 'The decisions in text order; `created` counts the new ones.',
        schema: z.object({ items: z.array(sentenceDecisionViewSchema), created: z.number().int() }),
      },
    },
    problems: ['conflict'],
    example: {
      decisions: [
        { start: 0, end: 24 },
        { start: 25, end: 60 },
      ],
    },
  },
  async ({ permit, params, body }) => {
    const { decisions, created } = await decideSentences(permit, {
      revisionId: params.revisionId,
      ...body,
      isList: true,
    })
    return answer({ items: decisions, created })
  },
)

addOperation(
  sentenceDecisionRoutes,
  {
    id: 'withdrawSentenceDecision',
    noun: 'sentence decision',
    summary: 'Withdraw your decision',
    method: 'delete',
    path: '/sentence-decisions/{decisionId}',
    action: 'sentence-decision.delete',
    answers: { 204: { description: 'The sentence is undecided again.' } },
  },
  async ({ permit, params }) => {
    await withdrawDecision(permit, params.decisionId)
    return answerNothing()
  },
)
