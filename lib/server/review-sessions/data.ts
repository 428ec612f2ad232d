import { z } from 'zod'
import { adjudicatesIn, seesClaims, seesWorkOfAll } from '@/lib/domain/review-sessions/access'
import { protocolSchema } from '@/lib/domain/review-sessions/protocol'
import type { SessionDocumentView, SessionMemberView, SessionView } from '@/lib/domain/review-sessions/schema'
import type { SessionState } from '@/lib/domain/review-sessions/states'
import type { Rating } from '@/lib/domain/annotations/rating'
import type { SettledClaim } from '@/lib/domain/documents/review-state'
import { readsBlind, viewerOf } from '@/lib/server/visibility/marks'
import type { Actor, Permit } from '../access/gate'
import { database, type Reader, type Transaction } from '../db/client'
import { shownTitle } from '../documents/shown-title'
import { decodeCursor, encodeCursor, keyMomentSchema, pageOf, type Page } from '../http/pagination'
import { presentSession } from './present'
import { sessionColumns, type SessionRow, visibleSession, visibleSessions } from '../visibility/sessions'
import { readProgressRow, readProgressRows } from './progress-rows'
import { Prisma } from '../db/generated/sqlite/client'

/** What a session settled about one source's documents, in the order of the session. */
export interface SourceOutcome {
  id: string
  name: string
  documents: { id: string; title: string; claims: SettledClaim[] }[]
}

interface Row {
  documentId: string
  title: string
  sourceId: string
  sourceName: string
  claimId: string | null
  verdictId: string | null
  rating: Rating | null
}

const momentKey = z.tuple([keyMomentSchema, z.string()])

/** The filters of a list of sessions. */
export interface SessionFilter {
  cursor?: string | undefined
  limit: number
  state?: SessionState | undefined
  /** Templates instead of sessions. */
  templates?: boolean | undefined
}

/** The sessions that the actor may see, newest first. */
export async function listSessions(
  permit: Permit<'review-session.read'>,
  { cursor, limit, state, templates = false }: SessionFilter,
): Promise<Page<SessionView>> {
  const { read } = await database()
  const key = decodeCursor(cursor, momentKey)
  const at = key === null ? null : new Date(key[0])
  const rows = await read.reviewSession.findMany({
    where: {
      AND: [
        visibleSessions(permit.actor),
        { isTemplate: templates },
        state === undefined ? {} : { state },
        key === null || at === null ? {} : { OR: [{ createdAt: { lt: at } }, { createdAt: at, id: { lt: key[1] } }] },
      ],
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit + 1,
    select: sessionColumns,
  })
  const progressRows = await readProgressRows(read, { actor: permit.actor, sessions: rows, now: new Date() })
  const shown = rows.flatMap((row) => {
    const progressRow = progressRows.get(row.id)
    return progressRow === undefined ? [] : [{ row, progressRow }]
  })
  return pageOf(shown, limit, {
    key: ({ row }) => [row.createdAt.toISOString(), row.id],
    present: ({ row, progressRow }) => presentSession(row, permit.actor, progressRow),
  })
}

/** A session's view, read in a transaction or outside one. */
export async function viewOf(
  reader: Reader | Transaction,
  { actor, session, now }: { actor: Actor; session: SessionRow; now: Date },
): Promise<SessionView> {
  return presentSession(session, actor, await readProgressRow(reader, { actor, session, now }))
}

/** One session. @throws DomainError `not-found`, also for one that the actor may not see. */
export async function readSession(permit: Permit<'review-session.read'>, id: string): Promise<SessionView> {
  const { read } = await database()
  const session = await visibleSession(read, permit.actor, id)
  return viewOf(read, { actor: permit.actor, session, now: new Date() })
}

const memberColumns = {
  memberId: true,
  reviews: true,
  adjudicates: true,
  weight: true,
  quotaDocuments: true,
  quotaWords: true,
  createdAt: true,
} as const

/** A member's part, as stored. */
export interface PartRow {
  memberId: string
  reviews: boolean
  adjudicates: boolean
  weight: number
  quotaDocuments: number | null
  quotaWords: number | null
  createdAt: Date
}

/** A member's part in a session; null when they have none. */
export async function findPart(
  reader: Reader | Transaction,
  { workspaceId, sessionId, memberId }: { workspaceId: string; sessionId: string; memberId: string },
): Promise<PartRow | null> {
  return reader.sessionMember.findFirst({ where: { workspaceId, sessionId, memberId }, select: memberColumns })
}

/** The members of a session, in the order in which they were added. */
export async function listSessionMembers(
  permit: Permit<'review-session.read'>,
  { sessionId, cursor, limit }: { sessionId: string; cursor?: string | undefined; limit: number },
): Promise<Page<SessionMemberView>> {
  const { read } = await database()
  const { workspaceId } = permit
  await visibleSession(read, permit.actor, sessionId)
  const key = decodeCursor(cursor, momentKey)
  const at = key === null ? null : new Date(key[0])
  const rows = await read.sessionMember.findMany({
    where: {
      workspaceId,
      sessionId,
      ...(key === null || at === null
        ? {}
        : { OR: [{ createdAt: { gt: at } }, { createdAt: at, memberId: { gt: key[1] } }] }),
    },
    orderBy: [{ createdAt: 'asc' }, { memberId: 'asc' }],
    take: limit + 1,
    select: memberColumns,
  })
  const names = await readNames(read, { workspaceId, memberIds: rows.map(({ memberId }) => memberId) })
  return pageOf(rows, limit, {
    key: ({ createdAt, memberId }) => [createdAt.toISOString(), memberId],
    present: (row) => presentPart(row, names.get(row.memberId) ?? ''),
  })
}

/** Presents a member's part. */
export function presentPart({ memberId, createdAt: _createdAt, ...part }: PartRow, name: string): SessionMemberView {
  return { member: { id: memberId, name }, ...part }
}

/** Names of members, by id. */
export async function readNames(
  reader: Reader | Transaction,
  { workspaceId, memberIds }: { workspaceId: string; memberIds: readonly string[] },
): Promise<Map<string, string>> {
  const rows = await reader.member.findMany({
    where: { workspaceId, id: { in: [...memberIds] } },
    select: { id: true, user: { select: { name: true } } },
  })
  return new Map(rows.map(({ id, user }) => [id, user.name]))
}

/** A document of a session as a raw query returns it. */
interface RawDocument {
  documentId: string
  title: string
  sourceId: string
  sourceName: string
  revisionId: string
  wordCount: number
  checkableCount: number
  position: number
  readTwice: boolean | number
}

const positionKey = z.tuple([z.number().int(), z.string()])

/** The documents of a session in their order. */
export async function listSessionDocuments(
  permit: Permit<'review-session.read'>,
  { sessionId, cursor, limit }: { sessionId: string; cursor?: string | undefined; limit: number },
): Promise<Page<SessionDocumentView>> {
  const { read } = await database()
  const session = await visibleSession(read, permit.actor, sessionId)
  const protocol = protocolSchema.parse(session.protocol)
  // Hidden from reviewers until the blind phase ends, because a text known to be read twice is read with more care than others.
  const isShown =
    protocol.secondReading !== undefined &&
    seesWorkOfAll(permit.actor.role, { blind: protocol.blind, state: session.state })
  const [position, documentId] = decodeCursor(cursor, positionKey) ?? [-1, '']
  // Joins, because Prisma reads relations over two columns with one condition per row.
  const rows = await read.$queryRaw<RawDocument[]>`
    SELECT e."documentId", ${shownTitle} AS "title", d."sourceId", o."name" AS "sourceName", e."revisionId", v."wordCount", v."checkableCount", e."position", e."readTwice"
    FROM "SessionDocument" e
    JOIN "Document" d ON d."workspaceId" = e."workspaceId" AND d."id" = e."documentId"
    JOIN "Source" o ON o."workspaceId" = d."workspaceId" AND o."id" = d."sourceId"
    JOIN "Revision" v ON v."workspaceId" = e."workspaceId" AND v."id" = e."revisionId"
    WHERE e."sessionId" = ${sessionId} AND e."workspaceId" = ${permit.workspaceId}
      AND (e."position" > ${position} OR (e."position" = ${position} AND e."documentId" > ${documentId}))
    ORDER BY e."position", e."documentId"
    LIMIT ${limit + 1}`
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return {
    items: items.map(({ documentId: id, title, sourceId, sourceName, readTwice, ...rest }) => ({
      document: { id, title, source: { id: sourceId, name: sourceName } },
      ...rest,
      readTwice: isShown ? Boolean(readTwice) : null,
    })),
    next: rows.length > limit && last !== undefined ? encodeCursor([last.position, last.documentId]) : null,
  }
}

/**
 * The results of a session's claims, by source and document; null where the actor may not see its claims. Documents that the actor is to judge blind
 * in another session are left out. @throws DomainError `not-found`, also for a session that the actor may not see.
 */
export async function readSessionOutcome(
  permit: Permit<'review-session.read'>,
  sessionId: string,
): Promise<SourceOutcome[] | null> {
  const { read } = await database()
  const { actor, workspaceId } = permit
  const session = await visibleSession(read, actor, sessionId)
  const part = await read.sessionMember.findFirst({
    where: { sessionId, memberId: actor.memberId, workspaceId },
    select: { adjudicates: true },
  })
  if (!seesClaims({ role: actor.role, adjudicates: adjudicatesIn(actor.role, part) }, session.state)) return null
  const rows = await read.$queryRaw<Row[]>`
    SELECT d."id" AS "documentId", d."title", o."id" AS "sourceId", o."name" AS "sourceName",
      c."id" AS "claimId", v."id" AS "verdictId", v."rating"
    FROM "SessionDocument" e
    JOIN "Document" d ON d."workspaceId" = e."workspaceId" AND d."id" = e."documentId" AND d."deletedAt" IS NULL
    JOIN "Source" o ON o."workspaceId" = d."workspaceId" AND o."id" = d."sourceId"
    LEFT JOIN "Claim" c ON c."workspaceId" = e."workspaceId" AND c."sessionId" = e."sessionId" AND c."documentId" = e."documentId" AND c."deletedAt" IS NULL
    LEFT JOIN "Verdict" v ON v."workspaceId" = c."workspaceId" AND v."claimId" = c."id"
    WHERE e."workspaceId" = ${workspaceId} AND e."sessionId" = ${sessionId}
      AND NOT ${readsBlind(viewerOf(permit), Prisma.sql`e."documentId"`)}
    ORDER BY e."position", e."documentId", c."start", c."id"`
  const sources = new Map<string, SourceOutcome>()
  for (const row of rows) {
    const source = sources.get(row.sourceId) ?? { id: row.sourceId, name: row.sourceName, documents: [] }
    sources.set(row.sourceId, source)
    let document = source.documents.find(({ id }) => id === row.documentId)
    if (document === undefined) source.documents.push((document = { id: row.documentId, title: row.title, claims: [] }))
    if (row.claimId !== null)
      document.claims.push({ id: row.claimId, end: row.verdictId === null ? 'open' : (row.rating ?? 'no_claim') })
  }
  return [...sources.values()]
}
