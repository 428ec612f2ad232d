import { z } from 'zod'
import { textSchema } from '@/lib/domain/fields'
import { sourceInputSchema, sourcePatchSchema, sourceViewSchema } from '@/lib/domain/sources/schema'
import { answer, answerNothing } from '../http/answers'
import { addOperation, createRoutes } from '../http/operation'
import { pageQuery, pageSchema } from '../http/pagination'
import { listSources, readSource } from './data'
import { createSource, deleteSource, restoreSource, updateSource } from './mutations'

/** Routes of sources. */
export const sourceRoutes = createRoutes()

const noun = 'source'
const one = '/sources/{sourceId}'
const shown = { description: 'The source.', schema: sourceViewSchema }

addOperation(
  sourceRoutes,
  {
    id: 'listSources',
    noun,
    summary: 'Sources by name',
    method: 'get',
    path: '/sources',
    action: 'source.read',
    query: z.strictObject({
      ...pageQuery,
      q: textSchema(200).optional().describe('Words to find in the name or homepage.'),
    }),
    answers: { 200: { description: 'A page of sources.', schema: pageSchema(sourceViewSchema) } },
  },
  async ({ permit, query }) => answer(await listSources(permit, query)),
)

addOperation(
  sourceRoutes,
  {
    id: 'createSource',
    noun,
    summary: 'Make a source',
    method: 'post',
    path: '/sources',
    action: 'source.create',
    body: sourceInputSchema.strict(),
    answers: { 201: shown, 200: { ...shown, description: 'Made by an earlier identical request.' } },
    problems: ['conflict', 'gone'],
    example: { name: 'Harbour Gazette', kind: 'newspaper', homepage: 'https://gazette.example' },
  },
  async ({ permit, body }) => {
    const { source, created } = await createSource(permit, body)
    return answer(source, { status: created ? 201 : 200, version: source.version })
  },
)

addOperation(
  sourceRoutes,
  {
    id: 'getSource',
    noun,
    summary: 'One source',
    method: 'get',
    path: one,
    action: 'source.read',
    answers: { 200: shown },
  },
  async ({ permit, params }) => {
    const source = await readSource(permit, params.sourceId)
    return answer(source, { version: source.version })
  },
)

addOperation(
  sourceRoutes,
  {
    id: 'updateSource',
    noun,
    summary: 'Change a source',
    method: 'patch',
    path: one,
    action: 'source.update',
    ifMatch: true,
    body: sourcePatchSchema.strict(),
    answers: { 200: shown },
    example: { description: 'A daily paper.' },
  },
  async ({ permit, params, version, body }) => {
    const source = await updateSource(permit, { id: params.sourceId, version, patch: body })
    return answer(source, { version: source.version })
  },
)

addOperation(
  sourceRoutes,
  {
    id: 'deleteSource',
    noun,
    summary: 'Delete a source that has no documents',
    method: 'delete',
    path: one,
    action: 'source.delete',
    ifMatch: true,
    answers: { 204: { description: 'It is deleted; restoring brings it back.' } },
    problems: ['conflict'],
  },
  async ({ permit, params, version }) => {
    await deleteSource(permit, { id: params.sourceId, version })
    return answerNothing()
  },
)

addOperation(
  sourceRoutes,
  {
    id: 'restoreSource',
    noun,
    summary: 'Restore a deleted source',
    method: 'post',
    path: `${one}/restore`,
    action: 'source.delete',
    answers: { 200: shown },
  },
  async ({ permit, params }) => {
    const source = await restoreSource(permit, params.sourceId)
    return answer(source, { version: source.version })
  },
)
