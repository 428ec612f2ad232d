import { DomainError, notFound } from '@/lib/domain/errors'
import { compareReports } from '@/lib/domain/reports/comparing/compare'
import type { Comparison } from '@/lib/domain/reports/comparing/comparison-schema'
import {
  compareSessions,
  type ComparedSession,
  type SessionComparison,
} from '@/lib/domain/reports/comparing/compare-sessions'
import { describeSession } from '@/lib/domain/reports/report-sessions'
import type { Permit } from '../access/gate'
import { database, type Reader } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'
import { visibleSession } from '../visibility/sessions'
import { computeBeside, readReport, readStoredInputs } from './data'
import { readSessionRecords } from './rows'

/**
 * Compares two sources: their shares and the differences, from current data.
 * @throws DomainError `not-found` when either is unknown, deleted or another workspace's; `invalid` when they are the same.
 */
export async function readComparison(
  permit: Permit<'report.read'>,
  { sourceId, otherSourceId, now }: { sourceId: string; otherSourceId: string; now: Date },
): Promise<Comparison> {
  if (sourceId === otherSourceId) {
    throw new DomainError('invalid', 'A source cannot be compared with itself. Name another one.')
  }
  const first = await readReport(permit, { sourceId, now })
  return compareReports(first, await readReport(permit, { sourceId: otherSourceId, now }))
}

/** A closed session with the sources whose documents it read. */
export interface ClosedSession {
  id: string
  name: string
  closedAt: string
  sources: { id: string; name: string }[]
}

/** The most closed sessions listed for choosing. */
const mostListed = 200

/** The sources that sessions read, by session, sorted by name. Documents deleted since do not count. */
async function readSources(
  read: Reader,
  workspaceId: string,
  sessionIds: readonly string[],
): Promise<ReadonlyMap<string, ClosedSession['sources']>> {
  if (sessionIds.length === 0) return new Map()
  const rows = await read.$queryRaw<{ sessionId: string; id: string; name: string }[]>`
    SELECT DISTINCT e."sessionId", o."id", o."name"
    FROM "SessionDocument" e
    JOIN "Document" d ON d."workspaceId" = e."workspaceId" AND d."id" = e."documentId" AND d."deletedAt" IS NULL
    JOIN "Source" o ON o."workspaceId" = d."workspaceId" AND o."id" = d."sourceId" AND o."deletedAt" IS NULL
    WHERE e."workspaceId" = ${workspaceId} AND e."sessionId" IN (${Prisma.join([...sessionIds])})
    ORDER BY o."name", o."id"`
  const found = new Map<string, ClosedSession['sources']>()
  for (const { sessionId, id, name } of rows) found.set(sessionId, [...(found.get(sessionId) ?? []), { id, name }])
  return found
}

/** Lists closed sessions with their sources, last closed first; all members see them. */
export async function listClosedSessions({ workspaceId }: Permit<'report.read'>): Promise<ClosedSession[]> {
  const { read } = await database()
  const sessions = await read.reviewSession.findMany({
    where: { workspaceId, state: 'closed', deletedAt: null },
    orderBy: [{ closedAt: 'desc' }, { id: 'asc' }],
    take: mostListed,
    select: { id: true, name: true, closedAt: true, updatedAt: true },
  })
  const sourcesOf = await readSources(
    read,
    workspaceId,
    sessions.map(({ id }) => id),
  )
  return sessions.map(({ id, name, closedAt, updatedAt }) => {
    return { id, name, closedAt: (closedAt ?? updatedAt).toISOString(), sources: sourcesOf.get(id) ?? [] }
  })
}

/** The two sessions to compare, and the source of each. */
export interface WantedSessions {
  sessionId: string
  otherSessionId: string
  sourceId?: string | undefined
  otherSourceId?: string | undefined
  now: Date
}

interface Chosen {
  name: string
  sources: ClosedSession['sources']
}

/** The source to compare for a session. @throws DomainError `invalid` where it has several and none was named, or not the one that was. */
function chooseSource({ name, sources }: Chosen, wanted: string | undefined, preferred: readonly string[]): string {
  if (wanted !== undefined) {
    if (sources.some(({ id }) => id === wanted)) return wanted
    throw new DomainError('invalid', `“${name}” read no document of that source. It read: ${namesOf(sources)}.`)
  }
  const shared = sources.filter(({ id }) => preferred.includes(id))
  const [only, another] = shared.length > 0 ? shared : sources
  if (only === undefined) throw new DomainError('invalid', `“${name}” has no documents that are still there.`)
  if (another === undefined) return only.id
  throw new DomainError(
    'invalid',
    `“${name}” read several sources, and sources are never put into one share. Name one of them: ${namesOf(sources)}.`,
    { fields: [{ path: 'sourceId', message: 'Name one of the sources that the session read.' }] },
  )
}

function namesOf(sources: ClosedSession['sources']): string {
  const names = sources.slice(0, 12).map(({ name }) => name)
  return sources.length > names.length ? `${names.join(', ')} and others` : names.join(', ')
}

/**
 * Compares two closed sessions, each by its own verdicts on one source, from current data. If both read exactly one common source, that is the
 * default.
 * @throws DomainError `not-found` for a session that the actor may not see, `conflict` for one that is not closed, `invalid` for a session beside
 * itself or a source that is not in it.
 */
export async function readSessionComparison(
  permit: Permit<'report.read'>,
  { sessionId, otherSessionId, sourceId, otherSourceId, now }: WantedSessions,
): Promise<SessionComparison> {
  const { read } = await database()
  const { workspaceId, actor } = permit
  const rows = [
    await visibleSession(read, actor, sessionId),
    await visibleSession(read, actor, otherSessionId),
  ] as const
  for (const { name, state } of rows) {
    if (state === 'closed') continue
    throw new DomainError(
      'conflict',
      `“${name}” is not closed. Sessions are compared by what they settled: close it first.`,
      {
        current: { state },
      },
    )
  }
  const sourcesOf = await readSources(read, workspaceId, [sessionId, otherSessionId])
  const [first, second] = rows.map(({ id, name }) => ({ name, sources: sourcesOf.get(id) ?? [] }))
  if (first === undefined || second === undefined) throw new Error('Two sessions were read')
  const own = chooseSource(
    first,
    sourceId,
    second.sources.map(({ id }) => id),
  )
  const other = chooseSource(second, otherSourceId, [own])
  if (sessionId === otherSessionId && own === other) {
    throw new DomainError('invalid', 'A session cannot be compared with itself. Name another one.')
  }
  const reportOf = async (id: string, source: string, guidelines: string): Promise<ComparedSession> => {
    const stored = await readStoredInputs(read, { workspaceId, sourceId: source, sessionId: id })
    const report = await computeBeside(stored, { workspaceId, now, sessionId: id })
    const [record] = await readSessionRecords(read, { workspaceId, sourceId: source, ids: [id] })
    if (record === undefined) throw notFound('review session')
    const session = report.sessions[0] ?? describeSession(record, { sourceId: source, adjudications: [] })
    return { session, report, guidelines }
  }
  return compareSessions(
    await reportOf(sessionId, own, rows[0].guidelines),
    await reportOf(otherSessionId, other, rows[1].guidelines),
  )
}
