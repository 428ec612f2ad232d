import type { EarlierSession, ReopenedSession } from '@/lib/domain/reports/review-schema'
import { defaultProtocol, protocolSchema } from '@/lib/domain/review-sessions/protocol'
import type { Transaction } from '../db/client'

/** A document in a closed session, with the revision that its reviewers read. */
export interface ClosedPlace {
  sessionId: string
  documentId: string
  revisionId: string
  sessionName: string
  closedAt: Date
  minimumReviewers: number
  /** Whether one member alone was to read it, because it was not drawn for the second reading. */
  readOnce: boolean
}

/** The key of a place in a map. */
export function keyOfPlace({ sessionId, documentId }: Pick<ClosedPlace, 'sessionId' | 'documentId'>): string {
  return `${sessionId} ${documentId}`
}

/** The places of documents in closed sessions, in the order in which the sessions were closed; `sessionId` narrows them to that session. */
export async function readClosedPlaces(
  read: Transaction,
  workspaceId: string,
  wanted: { documentIds: readonly string[] } | { sessionId: string },
): Promise<ClosedPlace[]> {
  const documents = 'sessionId' in wanted ? {} : { documentId: { in: [...wanted.documentIds] } }
  const sessions = await read.reviewSession.findMany({
    where: {
      workspaceId,
      state: 'closed',
      deletedAt: null,
      ...('sessionId' in wanted ? { id: wanted.sessionId } : { documents: { some: { workspaceId, ...documents } } }),
    },
    orderBy: [{ closedAt: 'asc' }, { id: 'asc' }],
    select: { id: true, name: true, protocol: true, closedAt: true, updatedAt: true },
  })
  const rows = await read.sessionDocument.findMany({
    where: { workspaceId, sessionId: { in: sessions.map(({ id }) => id) }, ...documents },
    orderBy: { position: 'asc' },
    select: { sessionId: true, documentId: true, revisionId: true, readTwice: true },
  })
  return sessions.flatMap(({ id, name, protocol, closedAt, updatedAt }) => {
    const rules = protocolSchema.safeParse(protocol)
    const { minimumReviewers, secondReading } = rules.success ? rules.data : defaultProtocol
    return rows
      .filter(({ sessionId }) => sessionId === id)
      .map(({ readTwice, ...row }) => ({
        ...row,
        sessionName: name,
        closedAt: closedAt ?? updatedAt,
        minimumReviewers,
        readOnce: secondReading !== undefined && !readTwice,
      }))
  })
}

/**
 * Splits places, given in the order in which their sessions were closed: `last` has the last place of each document, `earlier` the sessions of all
 * places that a later one replaced.
 */
export function splitPlaces(places: readonly ClosedPlace[]): { last: ClosedPlace[]; earlier: EarlierSession[] } {
  const lastOf = new Map(places.map((place) => [place.documentId, place]))
  const earlier = new Map<string, EarlierSession>()
  for (const place of places) {
    if (lastOf.get(place.documentId) === place) continue
    const { sessionId: id, sessionName: name, closedAt } = place
    const known = earlier.get(id) ?? { id, name, closedAt: closedAt.toISOString(), documents: 0 }
    earlier.set(id, { ...known, documents: known.documents + 1 })
  }
  return { last: [...lastOf.values()], earlier: [...earlier.values()] }
}

/** Sessions with any of the documents that were once closed and are open again. */
export async function readReopened(
  read: Transaction,
  workspaceId: string,
  documentIds: readonly string[],
): Promise<ReopenedSession[]> {
  const open = await read.reviewSession.findMany({
    where: {
      workspaceId,
      deletedAt: null,
      state: { in: ['active', 'adjudication'] },
      blindEndedAt: { not: null },
      documents: { some: { workspaceId, documentId: { in: [...documentIds] } } },
    },
    orderBy: { id: 'asc' },
    select: { id: true, name: true },
  })
  if (open.length === 0) return []
  const events = await read.event.findMany({
    where: {
      workspaceId,
      type: 'review-session.closed',
      subjectId: { in: open.map(({ id }) => id) },
    },
    select: { subjectId: true },
  })
  const closedOnce = new Set(events.map(({ subjectId }) => subjectId))
  const reopened = await read.event.findMany({
    where: { workspaceId, type: 'review-session.reopened', subjectId: { in: [...closedOnce] } },
    orderBy: { sequence: 'asc' },
    select: { subjectId: true, at: true, data: true },
  })
  return open.flatMap(({ id, name }) => {
    const last = reopened.findLast(({ subjectId, data }) => subjectId === id && wasClosed(data))
    return last === undefined ? [] : [{ id, name, reopenedAt: last.at.toISOString() }]
  })
}

/** Whether a reopening event moved a session out of the state “closed”, and not back from adjudication. */
function wasClosed(data: unknown): boolean {
  return JSON.stringify(data).includes('"before":{"state":"closed"}')
}
