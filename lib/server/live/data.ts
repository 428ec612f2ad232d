import { DomainError } from '@/lib/domain/errors'
import { database } from '../db/client'
import type { Permit } from '../access/gate'
import { liveHub, type ListenRequest } from './hub'
import { lastSequence } from './news'

/** Opens a feed of the permit's workspace. @throws DomainError `too-many-requests` or `unavailable` when there are too many. */
export async function openFeed(
  permit: Permit<'live.listen'>,
  request: Omit<ListenRequest, 'actor'>,
): Promise<ReadableStream<Uint8Array>> {
  return liveHub(await database()).listen({ ...request, actor: permit.actor })
}

/** The number of the newest event, of whichever workspace. */
export async function readLiveSequence(_permit: Permit<'live.listen'>): Promise<number> {
  const { read } = await database()
  return lastSequence(read)
}

/** The number that a browser's feed says it stands at. @throws DomainError `malformed`. */
export function readLastEventId(headers: Headers): number | null {
  const value = headers.get('last-event-id')
  if (value === null || value === '') return null
  const sequence = Number(value)
  if (Number.isInteger(sequence) && sequence >= 0) return sequence
  throw new DomainError('malformed', 'Last-Event-ID is the number of an event, as the feed gave it.')
}
