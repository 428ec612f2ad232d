import type { Rating } from '@/lib/domain/annotations/rating'
import type { AssignmentState } from '@/lib/domain/assignments/states'
import type { DocumentReviewState, SettledClaim } from '@/lib/domain/documents/review-state'
import { DomainError } from '@/lib/domain/errors'
import { adjudicatesIn, seesClaims, seesWorkOfAll } from '@/lib/domain/review-sessions/access'
import type { Actor, Permit } from '../access/gate'
import { database, type Reader, type Transaction } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'
import { readsBlind, viewerOf } from '../visibility/marks'
import { visibleSessions } from '../visibility/sessions'

/** The documents to look up, each with its newest revision. */
export type ListedDocument = Readonly<{ id: string; revision: { id: string } }>

interface Place {
  sessionId: string
  documentId: string
  revisionId: string
}

/** Claims of documents in sessions with their results, in text order. */
async function readSettledClaims(
  read: Reader,
  workspaceId: string,
  places: readonly Place[],
): Promise<ReadonlyMap<string, SettledClaim[]>> {
  const found = new Map<string, SettledClaim[]>()
  if (places.length === 0) return found
  const rows = await read.$queryRaw<
    { id: string; sessionId: string; documentId: string; verdictId: string | null; rating: Rating | null }[]
  >`
    SELECT c."id", c."sessionId", c."documentId", v."id" AS "verdictId", v."rating"
    FROM "Claim" c LEFT JOIN "Verdict" v ON v."workspaceId" = c."workspaceId" AND v."claimId" = c."id"
    WHERE c."workspaceId" = ${workspaceId} AND c."deletedAt" IS NULL
      AND c."sessionId" IN (${Prisma.join([...new Set(places.map(({ sessionId }) => sessionId))])})
      AND c."documentId" IN (${Prisma.join([...new Set(places.map(({ documentId }) => documentId))])})
    ORDER BY c."start", c."id"`
  for (const { id, sessionId, documentId, verdictId, rating } of rows) {
    const key = `${sessionId} ${documentId}`
    const claim: SettledClaim = { id, end: verdictId === null ? 'open' : (rating ?? 'no_claim') }
    const known = found.get(key)
    if (known === undefined) found.set(key, [claim])
    else known.push(claim)
  }
  return found
}

/** The documents' states in sessions that the actor may see, the session that began or closed last first. */
async function readPlaces(read: Reader, actor: Actor, documentIds: readonly string[]) {
  const sessions = await read.reviewSession.findMany({
    where: {
      AND: [visibleSessions(actor)],
      state: { in: ['active', 'adjudication', 'closed'] },
      documents: { some: { workspaceId: actor.workspaceId, documentId: { in: [...documentIds] } } },
    },
    orderBy: [{ closedAt: 'desc' }, { activatedAt: 'desc' }, { id: 'desc' }],
    select: {
      id: true,
      name: true,
      state: true,
      blind: true,
      members: { where: { memberId: actor.memberId }, select: { adjudicates: true } },
    },
  })
  const places = await read.sessionDocument.findMany({
    where: {
      workspaceId: actor.workspaceId,
      sessionId: { in: sessions.map(({ id }) => id) },
      documentId: { in: [...documentIds] },
    },
    select: { sessionId: true, documentId: true, revisionId: true },
  })
  return { sessions, places }
}

/** The ids of the documents that the actor is to judge blind. */
async function readBlindIds(read: Reader, permit: Permit, documentIds: readonly string[]): Promise<Set<string>> {
  const rows = await read.$queryRaw<{ id: string }[]>`
    SELECT d."id" FROM "Document" d
    WHERE d."workspaceId" = ${permit.workspaceId} AND d."id" IN (${Prisma.join([...documentIds])}) AND ${readsBlind(viewerOf(permit), Prisma.sql`d."id"`)}`
  return new Set(rows.map(({ id }) => id))
}

interface Review {
  sessionId: string
  documentId: string
  memberId: string
  state: AssignmentState
}

function reviewsOf(reviews: readonly Review[]): { wanted: number; submitted: number } {
  const wanted = reviews.filter(({ state }) => state !== 'withdrawn')
  return {
    wanted: wanted.length,
    submitted: wanted.filter(({ state }) => state === 'submitted' || state === 'accepted').length,
  }
}

/**
 * The state of documents in the review sessions that the actor may see, and what was settled about their newest revisions, by document id; a document
 * in no such session has no entry. Uses a constant number of queries. While a blind session is active, only leads see others' progress; nothing
 * settled is shown about a document that the actor is to judge blind.
 */
export async function readReviewStates(
  permit: Permit<'claim.read'>,
  documents: readonly ListedDocument[],
): Promise<Map<string, DocumentReviewState>> {
  const states = new Map<string, DocumentReviewState>()
  if (documents.length === 0) return states
  const { read } = await database()
  const { actor, workspaceId } = permit
  const ids = documents.map(({ id }) => id)
  const { sessions, places } = await readPlaces(read, actor, ids)
  if (sessions.length === 0) return states
  const blind = await readBlindIds(read, permit, ids)
  const live = sessions.filter(({ state }) => state !== 'closed')
  const reviews: Review[] = await read.assignment.findMany({
    where: { workspaceId, sessionId: { in: live.map(({ id }) => id) }, documentId: { in: ids } },
    select: { sessionId: true, documentId: true, memberId: true, state: true },
  })
  const isHere = (sessionId: string, documentId: string) =>
    places.find((place) => place.sessionId === sessionId && place.documentId === documentId)
  const closedOf = ({ id, revision }: ListedDocument) =>
    sessions.find((session) => session.state === 'closed' && isHere(session.id, id)?.revisionId === revision.id)
  const shown = places.filter(({ documentId }) => !blind.has(documentId))
  const claimsOf = await readSettledClaims(read, workspaceId, shown)
  for (const document of documents) {
    const now = live.find(({ id }) => isHere(id, document.id) !== undefined)
    const closed = blind.has(document.id) ? undefined : closedOf(document)
    if (now === undefined && closed === undefined) continue
    const key = (sessionId: string) => `${sessionId} ${document.id}`
    states.set(document.id, {
      running: now === undefined ? null : runningOf(now),
      settled:
        closed === undefined
          ? null
          : { sessionId: closed.id, name: closed.name, claims: claimsOf.get(key(closed.id)) ?? [] },
    })
    function runningOf(session: (typeof sessions)[number]): DocumentReviewState['running'] {
      const here = reviews.filter((row) => row.sessionId === session.id && row.documentId === document.id)
      const part = session.members[0] ?? null
      const adjudicates = adjudicatesIn(actor.role, part)
      const claims = claimsOf.get(key(session.id)) ?? []
      const maySeeClaims = seesClaims({ role: actor.role, adjudicates }, session.state) && !blind.has(document.id)
      return {
        sessionId: session.id,
        name: session.name,
        state: session.state === 'adjudication' ? 'adjudication' : 'active',
        reviews: seesWorkOfAll(actor.role, session) ? reviewsOf(here) : null,
        claims: maySeeClaims
          ? { all: claims.length, settled: claims.filter(({ end }) => end !== 'open').length }
          : null,
        own: here.find(({ memberId }) => memberId === actor.memberId)?.state ?? null,
      }
    }
  }
  return states
}

/** `readReviewStates` of documents known by id; deleted ones are left out. */
export async function readReviewStatesById(
  permit: Permit<'claim.read'>,
  documentIds: readonly string[],
): Promise<Map<string, DocumentReviewState>> {
  const { read } = await database()
  const rows = await read.document.findMany({
    where: { workspaceId: permit.workspaceId, deletedAt: null, id: { in: [...documentIds] } },
    select: { id: true, revisions: { orderBy: { number: 'desc' }, take: 1, select: { id: true } } },
  })
  return readReviewStates(
    permit,
    rows.flatMap(({ id, revisions }) => revisions.map((revision) => ({ id, revision }))),
  )
}

/** A document of a workspace. */
export interface DocumentPlace {
  workspaceId: string
  documentId: string
}

/** Names of up to five sessions that need a document: not closed, not deleted, no templates. */
async function sessionsUsing(
  tx: Transaction,
  { workspaceId, documentId }: DocumentPlace,
): Promise<{ id: string; name: string }[]> {
  return tx.reviewSession.findMany({
    where: {
      workspaceId,
      deletedAt: null,
      isTemplate: false,
      state: { not: 'closed' },
      documents: { some: { documentId } },
    },
    orderBy: { id: 'asc' },
    take: 5,
    select: { id: true, name: true },
  })
}

/** The closed sessions that assessed a document. */
export function closedWith({ workspaceId, documentId }: DocumentPlace) {
  return { workspaceId, deletedAt: null, state: 'closed' as const, documents: { some: { documentId } } }
}

/**
 * Refuses a change without a reason that would silently remove a document from its source's report after a closed session assessed it.
 * @throws DomainError `conflict` naming the sessions.
 */
export async function refuseAssessed(
  tx: Transaction,
  { workspaceId, documentId, wants }: DocumentPlace & { wants: 'another source' | 'delete' },
): Promise<void> {
  const sessions = await tx.reviewSession.findMany({
    where: closedWith({ workspaceId, documentId }),
    orderBy: { id: 'asc' },
    take: 5,
    select: { id: true, name: true },
  })
  if (sessions.length === 0) return
  const names = sessions.map(({ name }) => `“${name}”`).join(', ')
  const way =
    wants === 'delete'
      ? 'Withdraw it with a reason instead: its claims leave the figures, and the report says so'
      : 'To correct that, reopen the session, or withdraw the document with a reason and import it anew'
  throw new DomainError(
    'conflict',
    `This document was assessed in ${names}, which ${sessions.length === 1 ? 'is' : 'are'} closed, and the report of its source counts it. ${way}.`,
    { current: { sessions, assessed: true } },
  )
}

/** Refuses to delete a document that is under review. @throws DomainError `conflict` naming the sessions. */
export async function refuseInUse(tx: Transaction, workspaceId: string, documentId: string): Promise<void> {
  const sessions = await sessionsUsing(tx, { workspaceId, documentId })
  if (sessions.length === 0) return
  const names = sessions.map(({ name }) => `“${name}”`).join(', ')
  throw new DomainError(
    'conflict',
    `This document is under review in ${names}. Take it out of the session, or close the session, first.`,
    { current: { sessions } },
  )
}
