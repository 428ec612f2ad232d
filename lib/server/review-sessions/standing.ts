import { isFinished } from '@/lib/domain/assignments/states'
import { seesWorkOfAll } from '@/lib/domain/review-sessions/access'
import { protocolSchema } from '@/lib/domain/review-sessions/protocol'
import type { SessionProgress } from '@/lib/domain/review-sessions/schema'
import type { Actor } from '../access/gate'
import type { Reader, Transaction } from '../db/client'
import type { SessionRow, SessionStanding } from './present'

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

/** Rows of any table that has a session, by session. */
function bySession<T extends { sessionId: string }>(rows: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const group = groups.get(row.sessionId)
    if (group === undefined) groups.set(row.sessionId, [row])
    else group.push(row)
  }
  return groups
}

/**
 * Counts of sessions and the actor's own part in each, by id: one query a table whatever the number of sessions. `progress` counts everyone's
 * assignments, or only the actor's own where `seesWorkOfAll` says so; `facts` are of everyone, for those who may move the session.
 */
export async function readStandings(
  reader: Reader | Transaction,
  { actor, sessions, now }: Scope,
): Promise<Map<string, SessionStanding>> {
  const { workspaceId, memberId } = actor
  const ofThese = { workspaceId, sessionId: { in: sessions.map(({ id }) => id) } }
  const documents = bySession(
    await reader.sessionDocument.groupBy({ by: ['sessionId'], where: ofThese, _count: { documentId: true } }),
  )
  const members = bySession(
    await reader.sessionMember.findMany({
      where: ofThese,
      select: { sessionId: true, memberId: true, reviews: true, adjudicates: true },
    }),
  )
  const able = new Set(await readAble(reader, workspaceId))
  const groups = { by: ['sessionId', 'state', 'dueAt'], _count: { id: true } } as const
  const all = bySession(await reader.assignment.groupBy({ ...groups, by: [...groups.by], where: ofThese }))
  const own = bySession(
    await reader.assignment.groupBy({ ...groups, by: [...groups.by], where: { ...ofThese, memberId } }),
  )
  const claims = await readClaimCounts(reader, { workspaceId, sessions })
  return new Map(
    sessions.map((session) => {
      const { id, state } = session
      const { blind } = protocolSchema.parse(session.protocol)
      const everyone = all.get(id) ?? []
      const shown = seesWorkOfAll(actor.role, { blind, state }) ? everyone : (own.get(id) ?? [])
      const progress: SessionProgress = {
        ...nothing,
        documents: documents.get(id)?.[0]?._count.documentId ?? 0,
        ...(claims.get(id) ?? {}),
      }
      for (const { state: part, dueAt, _count } of shown) {
        progress[part] += _count.id
        if (part !== 'withdrawn') progress.assignments += _count.id
        const due = dueAt ?? session.dueAt
        if (!isFinished(part) && due !== null && due < now) progress.overdue += _count.id
      }
      const parts = members.get(id) ?? []
      const standing: SessionStanding = {
        facts: {
          documents: progress.documents,
          reviewers: parts.filter((part) => part.reviews && able.has(part.memberId)).length,
          adjudicators: parts.filter((part) => part.adjudicates && able.has(part.memberId)).length,
          unfinishedAssignments: everyone.reduce(
            (sum, { state: part, _count }) => sum + (isFinished(part) ? 0 : _count.id),
            0,
          ),
          openClaims: progress.openClaims ?? 0,
        },
        progress,
        adjudicates: parts.some((part) => part.memberId === memberId && part.adjudicates),
      }
      return [id, standing]
    }),
  )
}

/** The standing of one session. */
export async function readStanding(
  reader: Reader | Transaction,
  { actor, session, now }: { actor: Actor; session: SessionRow; now: Date },
): Promise<SessionStanding> {
  const standing = (await readStandings(reader, { actor, sessions: [session], now })).get(session.id)
  if (standing === undefined) throw new Error('The standing of a session was not counted')
  return standing
}

/** Ids of the members who may review and adjudicate: active, and not viewers. */
async function readAble(reader: Reader | Transaction, workspaceId: string): Promise<string[]> {
  const rows = await reader.member.findMany({
    where: { workspaceId, status: 'active', role: { not: 'viewer' } },
    select: { id: true },
  })
  return rows.map(({ id }) => id)
}

/** Claims and open claims of the sessions where adjudication has started; the others have none that anybody may know of. */
async function readClaimCounts(
  reader: Reader | Transaction,
  { workspaceId, sessions }: { workspaceId: string; sessions: readonly SessionRow[] },
): Promise<Map<string, { claims: number; openClaims: number }>> {
  const ids = sessions.filter(({ state }) => state === 'adjudication' || state === 'closed').map(({ id }) => id)
  if (ids.length === 0) return new Map()
  const live = { workspaceId, sessionId: { in: ids }, deletedAt: null }
  const count = { by: ['sessionId'], _count: { id: true } } as const
  const all = bySession(await reader.claim.groupBy({ ...count, by: ['sessionId'], where: live }))
  const open = bySession(await reader.claim.groupBy({ ...count, by: ['sessionId'], where: { ...live, verdict: null } }))
  return new Map(
    ids.map((id) => [id, { claims: all.get(id)?.[0]?._count.id ?? 0, openClaims: open.get(id)?.[0]?._count.id ?? 0 }]),
  )
}
