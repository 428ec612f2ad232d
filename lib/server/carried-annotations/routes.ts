import { z } from 'zod'
import { carriedAnnotationViewSchema, carryDecisionSchema, carryOutcomes } from '@/lib/domain/revisions/schema'
import { answer } from '../http/answers'
import { addOperation, createRoutes } from '../http/operation'
import { listCarried, maxCarried } from './data'
import { decideCarried } from './mutations'

/** Routes of what became of annotations when a document's text changed. */
export const carriedAnnotationRoutes = createRoutes()

const noun = 'carried annotation'

addOperation(
  carriedAnnotationRoutes,
  {
    id: 'listCarriedAnnotations',
    noun,
    summary: 'Annotations of earlier revisions, and where their words stand in this one',
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
    noun,
    summary: 'Say what becomes of an annotation whose words have changed',
    description:
      '`confirm` carries it over where it was found, `correct` elsewhere, `retire` leaves it in the earlier revision, `reopen` takes the decision back.',
    method: 'post',
    path: '/carried-annotations/{carriedId}/decision',
    action: 'carried-annotation.decide',
    body: carryDecisionSchema,
    ifMatch: true,
    answers: { 200: { description: 'As it stands now.', schema: carriedAnnotationViewSchema } },
    problems: ['conflict'],
    example: { decision: 'confirm' },
  },
  async ({ permit, params, body, version }) => {
    const carried = await decideCarried(permit, { id: params.carriedId, version, decision: body })
    return answer(carried, { version: carried.version })
  },
)
