import { z } from 'zod'
import { eventViewSchema } from '@/lib/domain/audit/schema'
import { DomainError } from '@/lib/domain/errors'
import { idSchema } from '@/lib/domain/fields'
import { maxLivePlaces } from '@/lib/domain/live/message'
import { actorOfRequest } from '../auth/current'
import { listEvents } from '../events/data'
import { answer } from '../http/answers'
import { addOperation, createRoutes } from '../http/operation'
import { maxPageSize } from '../http/pagination'
import { assertSameOrigin } from '../http/same-origin'
import { openFeed, readLastEventId } from './data'

/** Routes of the audit trail. */
export const eventRoutes = createRoutes()

addOperation(
  eventRoutes,
  {
    id: 'listEvents',
    noun: 'event',
    summary: 'Events of the workspace, oldest first',
    description:
      'Start with `after=0` and continue with the `next` of each answer, which stays the same until there are new events. Events of reviewers in the blind phase of a session appear when the phase has ended: list again from before it.',
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
        .describe('Only events with a greater sequence number.'),
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

/** Routes of the live feed. */
export const liveRoutes = createRoutes()

/** Ids separated by commas, or nothing. */
const idsSchema = z
  .string()
  .transform((text) => (text === '' ? [] : text.split(',')))
  .pipe(z.array(idSchema).max(maxLivePlaces))

addOperation(
  liveRoutes,
  {
    id: 'listenLive',
    noun: 'live',
    summary: 'Live feed of the workspace',
    description:
      'Server-sent events over an open connection. Each `data` is a LiveMessage and each `id` the number of its event; after a break, `Last-Event-ID` or `after` resumes without gaps or duplicates. An event `reset` means that too many events were missed: read again what you show. An event `presence` is a LivePresence. The feed sends only what its member may read: no marks of others during a blind review.',
    method: 'get',
    path: '/live',
    action: 'live.listen',
    query: z.strictObject({
      documents: idsSchema
        .optional()
        .describe(
          'Document ids separated by commas: sends marks and presence in these documents only. By default it sends marks in all documents, and no presence.',
        ),
      sessions: idsSchema
        .optional()
        .describe('Review session ids separated by commas: sends the presence on their pages.'),
      after: z.coerce
        .number()
        .int()
        .min(0)
        .optional()
        .describe('Starts after this event; by default it sends future events only.'),
      member: idSchema.optional().describe('Refuses anyone but this member.'),
      follow: z.enum(['true', 'false']).default('true').describe('`false` ends the feed after the missed events.'),
    }),
    answers: {
      200: { description: 'The feed.', schema: z.string(), mediaType: 'text/event-stream' },
    },
    problems: ['malformed', 'too-many-requests', 'unavailable'],
  },
  async ({ permit, actor, query, request }) => {
    // A page of another site could not read the feed, but could hold it open.
    if (actor.via === 'session') assertSameOrigin(request)
    if (query.member !== undefined && query.member !== actor.memberId)
      throw new DomainError('unauthenticated', 'This feed is another member’s: sign in as that member to follow it.')
    // Of the request only its actor is kept.
    const kept = new Request('http://localhost/', { headers: request.headers })
    const stream = await openFeed(permit, {
      interest: {
        documents: query.documents === undefined ? null : new Set(query.documents),
        sessions: new Set(query.sessions),
      },
      after: readLastEventId(request.headers) ?? query.after ?? null,
      isShort: query.follow === 'false',
      check: () => actorOfRequest(kept),
    })
    return new Response(stream, {
      headers: {
        'content-type': 'text/event-stream; charset=utf-8',
        // Not cached, compressed or buffered on the way.
        'cache-control': 'no-store, no-transform',
        'x-accel-buffering': 'no',
        'x-content-type-options': 'nosniff',
      },
    })
  },
)
