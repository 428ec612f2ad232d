import { isFinished, type AssignmentState } from '@/lib/domain/assignments/states'
import { adjudicatesIn, seesClaims, seesWorkOfAll } from '@/lib/domain/review-sessions/access'
import { protocolSchema } from '@/lib/domain/review-sessions/protocol'
import type { SessionProgress } from '@/lib/domain/review-sessions/schema'
import type { Role } from '@/lib/domain/access/policy'
import type { Actor } from '../access/gate'
import type { Reader, Transaction } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'
import type { SessionProgressRow } from './present'
import type { SessionRow } from '../visibility/sessions'
import { readsBlind, type Viewer } from '../visibility/marks'

const nothing: SessionProgress = {
  documents: 0,
  assignments: 0,
  assigned: 0,
  started: 0,
  submitted: 0,
  returned: 0,
  accepted: 0,
  withdrawn: 0,
  overdue: 0,
  claims: null,
  openClaims: null,
}

interface Scope {
  actor: Actor
  sessions: readonly SessionRow[]
  now: Date
}

/** Groups rows of any table with a `sessionId` by session. */
function bySession<T extends { sessionId: string }>(rows: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const group = groups.get(row.sessionId)
    if (group === undefined) groups.set(row.sessionId, [row])
    else group.push(row)
  }
  return groups
}

/** A count of assignments of one session with the same state and due date; a null `dueAt` means the session's. */
interface AssignmentGroup {
  state: AssignmentState
  dueAt: Date | null
  _count: { id: number }
}

/** Counts a session's assignments: by state, those that count, and overdue ones. */
function countAssignments(
  groups: readonly AssignmentGroup[],
  { dueAt: sessionDueAt, now }: { dueAt: Date | null; now: Date },
): Omit<SessionProgress, 'documents' | 'claims' | 'openClaims'> {
  const { documents: _documents, claims: _claims, openClaims: _openClaims, ...counts } = nothing
  for (const { state, dueAt, _count } of groups) {
    counts[state] += _count.id
    if (state !== 'withdrawn') counts.assignments += _count.id
    const due = dueAt ?? sessionDueAt
    if (!isFinished(state) && due !== null && due < now) counts.overdue += _count.id
  }
  return counts
}

function countUnfinished(groups: readonly AssignmentGroup[]): number {
  return groups.reduce((sum, { state, _count }) => sum + (isFinished(state) ? 0 : _count.id), 0)
}

/**
 * Counts of sessions and the actor's own part in each, by id, with one query per table regardless of the number of sessions. `progress` counts
 * everyone's assignments, or only the actor's own, as `seesWorkOfAll` decides; `facts` always cover everyone, for those who may move the session.
 */
export async function readProgressRows(
  reader: Reader | Transaction,
  { actor, sessions, now }: Scope,
): Promise<Map<string, SessionProgressRow>> {
  const { workspaceId, memberId } = actor
  const ofThese = { workspaceId, sessionId: { in: sessions.map(({ id }) => id) } }
  const documents = bySession(
    await reader.sessionDocument.groupBy({ by: ['sessionId'], where: ofThese, _count: { documentId: true } }),
  )
  const deleted = bySession(
    await reader.sessionDocument.groupBy({
      by: ['sessionId'],
      where: { ...ofThese, document: { deletedAt: { not: null } } },
      _count: { documentId: true },
    }),
  )
  const readTwice = bySession(
    await reader.sessionDocument.groupBy({
      by: ['sessionId'],
      where: { ...ofThese, readTwice: true },
      _count: { documentId: true },
    }),
  )
  const members = bySession(
    await reader.sessionMember.findMany({
      where: ofThese,
      select: { sessionId: true, memberId: true, reviews: true, adjudicates: true },
    }),
  )
  const able = await readAble(reader, workspaceId)
  const groups = { by: ['sessionId', 'state', 'dueAt'], _count: { id: true } } as const
  const all = bySession(await reader.assignment.groupBy({ ...groups, by: [...groups.by], where: ofThese }))
  const own = bySession(
    await reader.assignment.groupBy({ ...groups, by: [...groups.by], where: { ...ofThese, memberId } }),
  )
  const inState = (wanted: readonly string[]) =>
    sessions.filter(({ state }) => wanted.includes(state)).map(({ id }) => id)
  const settled = inState(['adjudication', 'closed'])
  const claims = await countClaims(reader, { workspaceId, sessionIds: settled })
  const unquoted = await countUnquoted(reader, workspaceId, inState(['adjudication']))
  const shownClaims = await countClaims(reader, { workspaceId, sessionIds: settled, viewer: actor })
  return new Map(
    sessions.map((session) => {
      const { id, state } = session
      const { blind } = protocolSchema.parse(session.protocol)
      const everyone = all.get(id) ?? []
      const parts = members.get(id) ?? []
      const adjudicates = adjudicatesIn(actor.role, parts.find((part) => part.memberId === memberId) ?? null)
      const shown = seesWorkOfAll(actor.role, { blind, state }) ? everyone : (own.get(id) ?? [])
      const progress: SessionProgress = {
        ...nothing,
        documents: documents.get(id)?.[0]?._count.documentId ?? 0,
        ...countAssignments(shown, { dueAt: session.dueAt, now }),
        ...(seesClaims({ role: actor.role, adjudicates }, state) ? (shownClaims.get(id) ?? noClaims) : {}),
      }
      const progressRow: SessionProgressRow = {
        facts: {
          documents: progress.documents,
          readTwice: readTwice.get(id)?.[0]?._count.documentId ?? 0,
          deletedDocuments: deleted.get(id)?.[0]?._count.documentId ?? 0,
          reviewers: parts.filter((part) => part.reviews && able.has(part.memberId)).length,
          adjudicators: parts.filter((part) => adjudicatesIn(able.get(part.memberId) ?? 'viewer', part)).length,
          unfinishedAssignments: countUnfinished(everyone),
          openClaims: claims.get(id)?.openClaims ?? 0,
          unquotedClaims: unquoted.get(id) ?? 0,
        },
        progress,
        adjudicates,
      }
      return [id, progressRow]
    }),
  )
}

/** What the view of one session needs beside its row. */
export async function readProgressRow(
  reader: Reader | Transaction,
  { actor, session, now }: { actor: Actor; session: SessionRow; now: Date },
): Promise<SessionProgressRow> {
  const progressRow = (await readProgressRows(reader, { actor, sessions: [session], now })).get(session.id)
  if (progressRow === undefined) throw new Error('The progress of a session was not counted')
  return progressRow
}

/** The members who may review and adjudicate, with their roles: active, and not viewers. */
async function readAble(reader: Reader | Transaction, workspaceId: string): Promise<Map<string, Role>> {
  const rows = await reader.member.findMany({
    where: { workspaceId, status: 'active', role: { not: 'viewer' } },
    select: { id: true, role: true },
  })
  return new Map(rows.map(({ id, role }) => [id, role]))
}

/** Counts the verdicts “contradicted” whose citations have no quote, by session. */
async function countUnquoted(
  reader: Reader | Transaction,
  workspaceId: string,
  sessionIds: readonly string[],
): Promise<Map<string, number>> {
  if (sessionIds.length === 0) return new Map()
  const rows = await reader.$queryRaw<{ sessionId: string; n: number | bigint }[]>`
    SELECT c."sessionId", COUNT(*) AS "n"
    FROM "Claim" c
    JOIN "Verdict" v ON v."workspaceId" = c."workspaceId" AND v."claimId" = c."id" AND v."rating" = 'contradicted'
    WHERE c."workspaceId" = ${workspaceId} AND c."sessionId" IN (${Prisma.join([...sessionIds])}) AND c."deletedAt" IS NULL
      AND NOT EXISTS (SELECT 1 FROM "VerdictCitation" i WHERE i."workspaceId" = v."workspaceId" AND i."verdictId" = v."id"
        AND i."stance" = 'contradicts' AND TRIM(i."quote") <> '')
    GROUP BY c."sessionId"`
  return new Map(rows.map(({ sessionId, n }) => [sessionId, Number(n)]))
}

interface ClaimTotals {
  claims: number
  openClaims: number
}

const noClaims: ClaimTotals = { claims: 0, openClaims: 0 }

/** Claims and open claims by session. With a viewer, claims of documents that they are to judge blind in another session are left out. */
async function countClaims(
  reader: Reader | Transaction,
  { workspaceId, sessionIds, viewer }: { workspaceId: string; sessionIds: readonly string[]; viewer?: Viewer },
): Promise<Map<string, ClaimTotals>> {
  if (sessionIds.length === 0) return new Map()
  const allowed =
    viewer === undefined ? Prisma.empty : Prisma.sql`AND NOT ${readsBlind(viewer, Prisma.sql`c."documentId"`)}`
  const rows = await reader.$queryRaw<{ sessionId: string; claims: number | bigint; decided: number | bigint }[]>`
    SELECT c."sessionId", COUNT(*) AS "claims", COUNT(v."id") AS "decided"
    FROM "Claim" c
    LEFT JOIN "Verdict" v ON v."workspaceId" = c."workspaceId" AND v."claimId" = c."id"
    WHERE c."workspaceId" = ${workspaceId} AND c."sessionId" IN (${Prisma.join([...sessionIds])}) AND c."deletedAt" IS NULL ${allowed}
    GROUP BY c."sessionId"`
  return new Map(
    rows.map(({ sessionId, claims, decided }) => [
      sessionId,
      { claims: Number(claims), openClaims: Number(claims) - Number(decided) },
    ]),
  )
}
