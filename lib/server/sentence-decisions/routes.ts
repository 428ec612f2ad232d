import { z } from 'zod'
import {
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
import { listDecisions, maxDecisionPage } from './data'
import { decideSentences, withdrawDecision } from './mutations'

/** Routes of sentence decisions. */
export const sentenceDecisionRoutes = createRoutes()

const noun = 'sentence decision'
const many = '/revisions/{revisionId}/sentence-decisions'

addOperation(
  sentenceDecisionRoutes,
  {
    id: 'listSentenceDecisions',
    noun,
    summary: 'A revision’s sentence decisions in the order of the text',
    method: 'get',
    path: many,
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
    noun,
    summary: 'Decide that a sentence makes no claim',
    description:
      '`start` and `end` are the bounds that the revision gives the sentence. Deciding it again answers with the decision there is.',
    method: 'post',
    path: many,
    action: 'sentence-decision.create',
    body: sentenceDecisionInputSchema.strict(),
    answers: {
      201: { description: 'The decision.', schema: sentenceDecisionViewSchema },
      200: { description: 'It was decided before.', schema: sentenceDecisionViewSchema },
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
    noun,
    summary: `Decide that sentences make no claim, up to ${maxBulkDecisions} at once, all or none`,
    method: 'post',
    path: `${many}/bulk`,
    action: 'sentence-decision.create',
    body: sentenceDecisionsInputSchema.strict(),
    answers: {
      200: {
        description: 'The decisions in the order of the text; `created` counts those that were new.',
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
    noun,
    summary: 'Take your decision back',
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
