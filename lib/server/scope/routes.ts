import { z } from 'zod'
import { scopeChangeInputSchema, scopeChangeViewSchema } from '@/lib/domain/documents/schema'
import { answer } from '../http/answers'
import { addOperation, createRoutes } from '../http/operation'
import { listScopeChanges } from './data'
import { changeScope } from './mutations'

/** Routes of scope changes. */
export const scopeRoutes = createRoutes()

const noun = 'scope change'
const path = '/revisions/{revisionId}/scope-changes'

addOperation(
  scopeRoutes,
  {
    id: 'listScopeChanges',
    noun,
    summary: 'What people said counts and does not count in a revision, the oldest first',
    method: 'get',
    path,
    action: 'document.read',
    answers: { 200: { description: 'Scope changes.', schema: z.object({ items: z.array(scopeChangeViewSchema) }) } },
  },
  async ({ permit, params }) => answer({ items: await listScopeChanges(permit, params.revisionId) }),
)

addOperation(
  scopeRoutes,
  {
    id: 'changeScope',
    noun,
    summary: 'Bring a range of a revision into scope, or take it out',
    method: 'post',
    path,
    action: 'scope.change',
    body: scopeChangeInputSchema.strict(),
    answers: {
      201: { description: 'The change.', schema: scopeChangeViewSchema },
      200: { description: 'It was made before, by the same request.', schema: scopeChangeViewSchema },
    },
    problems: ['conflict'],
    example: { start: 0, end: 120, inScope: false, reason: 'navigation' },
  },
  async ({ permit, params, body }) => {
    const { change, created } = await changeScope(permit, { revisionId: params.revisionId, input: body })
    return answer(change, { status: created ? 201 : 200 })
  },
)
