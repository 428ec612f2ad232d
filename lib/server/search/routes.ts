import { z } from 'zod'
import { textSchema } from '@/lib/domain/fields'
import { foundThingSchema } from '@/lib/domain/search/schema'
import { answer } from '../http/answers'
import { addOperation, createRoutes } from '../http/operation'
import { findEverything } from './find'

/** The route that searches everything. */
export const searchRoutes = createRoutes()

addOperation(
  searchRoutes,
  {
    id: 'search',
    noun: 'workspace',
    summary: 'Find things of every kind by their words',
    method: 'get',
    path: '/search',
    action: 'workspace.read',
    query: z.strictObject({
      q: textSchema(200).min(1).describe('Words to find in names, texts, notes and marks.'),
      limit: z.coerce.number().int().min(1).max(20).default(6).describe('The most results of each kind.'),
    }),
    answers: {
      200: {
        description: 'The results that you may see, by kind.',
        schema: z.object({ items: z.array(foundThingSchema) }),
      },
    },
  },
  async ({ permit, query }) => answer({ items: await findEverything(permit, query) }),
)
