import { z } from 'zod'
import { eventViewSchema } from '@/lib/domain/audit/schema'
import { answer } from '../http/answers'
import { addOperation, createRoutes } from '../http/operation'
import { maxPageSize } from '../http/pagination'
import { listEvents } from './data'

/** Routes of the audit trail. */
export const eventRoutes = createRoutes()

addOperation(
  eventRoutes,
  {
    id: 'listEvents',
    noun: 'event',
    summary: 'What happened in the workspace, oldest first',
    description:
      'Start with `after=0` and go on with the `next` of each answer; it stays where it is until something happens. What reviewers do in the blind phase of a session is told when the phase has ended: list again from before it.',
    method: 'get',
    path: '/events',
    action: 'event.list',
    query: z.strictObject({
      after: z.coerce
        .number()
        .int()
        .min(0)
        .max(2_147_483_647)
        .default(0)
        .describe('Answer events with a greater sequence number.'),
      limit: z.coerce.number().int().min(1).max(maxPageSize).default(50),
    }),
    answers: {
      200: { description: 'Events.', schema: z.object({ items: z.array(eventViewSchema), next: z.number().int() }) },
    },
  },
  async ({ permit, query }) => {
    const items = await listEvents(permit, query)
    return answer({ items, next: items.at(-1)?.sequence ?? query.after })
  },
)
