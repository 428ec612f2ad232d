import { DomainError } from '@/lib/domain/errors'
import { database } from '../db/client'
import type { Permit } from '../access/gate'
import { readLastSequence } from '../events/data'
import { viewerOf } from '../visibility/marks'
import { liveHub, type ListenRequest } from './hub'

/** Opens a feed of the permit's workspace. @throws DomainError `too-many-requests` or `unavailable` when there are too many. */
export async function openFeed(
  permit: Permit<'live.listen'>,
  request: Omit<ListenRequest, 'actor'>,
): Promise<ReadableStream<Uint8Array>> {
  return liveHub(await database()).listen({ ...request, actor: permit.actor })
}

/**
 * The number of the newest event that the permit's member may see, or was sent here. Everything read from now on includes the events up to it. The
 * workspace's newest number would reveal how much others do in hiding.
 */
export async function readLiveSequence(permit: Permit<'live.listen'>): Promise<number> {
  const opened = await database()
  const told = liveHub(opened).toldTo(permit.actor.memberId)
  return Math.max(told, await readLastSequence(opened.read, viewerOf(permit)))
}

/** The event number from which a browser resumes its feed. @throws DomainError `malformed`. */
export function readLastEventId(headers: Headers): number | null {
  const value = headers.get('last-event-id')
  if (value === null || value === '') return null
  const sequence = Number(value)
  if (Number.isInteger(sequence) && sequence >= 0) return sequence
  throw new DomainError('malformed', 'Last-Event-ID is the number of an event, as the feed gave it.')
}
