import { z } from 'zod'
import { textSchema } from '@/lib/domain/fields'
import { tagViewSchema } from '@/lib/domain/tags/schema'
import { answer } from '../http/answers'
import { addOperation, createRoutes } from '../http/operation'
import { listTags } from './data'

/** Routes of tags. */
export const tagRoutes = createRoutes()

addOperation(
  tagRoutes,
  {
    id: 'listTags',
    noun: 'tag',
    summary: 'The tags in use, the most used first',
    description: 'Only those of annotations and documents that you may see; at most 200.',
    method: 'get',
    path: '/tags',
    action: 'tag.read',
    query: z.strictObject({ q: textSchema(200).optional().describe('Part of the tag.') }),
    answers: { 200: { description: 'Tags.', schema: z.object({ items: z.array(tagViewSchema) }) } },
  },
  async ({ permit, query: { q } }) => answer({ items: await listTags(permit, { q }) }),
)
