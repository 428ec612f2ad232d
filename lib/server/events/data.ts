import { z } from 'zod'
import type { EventType } from '@/lib/domain/audit/events'
import type { EventView } from '@/lib/domain/audit/schema'
import type { Permit } from '../access/gate'
import { database, type Reader, type Transaction } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'
import { isInBlindPhase, readsBlind, seesMark, viewerOf, type Viewer } from '../visibility/marks'
import { isBlindWork } from '../visibility/references'

const creationSchema = z.object({ after: z.record(z.string(), z.unknown()) })

/** Who made something and what they sent, as its event of creation tells; null when there is none. */
export async function readCreation(
  reader: Reader | Transaction,
  { workspaceId, subjectId, type }: { workspaceId: string; subjectId: string; type: EventType },
): Promise<{ actorId: string; after: Record<string, unknown> } | null> {
  const event = await reader.event.findFirst({
    where: { workspaceId, subjectId, type },
    orderBy: { sequence: 'asc' },
    select: { actorId: true, data: true },
  })
  const parsed = creationSchema.safeParse(event?.data)
  return event === null || !parsed.success ? null : { actorId: event.actorId, after: parsed.data.after }
}

/**
 * The condition on `e` (Event) that the viewer may be told of it: what they may not see in the rows themselves, the audit trail does not tell
 * either, until the blind phase ends. Events of marks and discussions stand where their maker's marks stand; claims and verdicts are made of marks.
 */
function maySeeEvent(viewer: Viewer): Prisma.Sql {
  // Events of older versions name the revision only.
  const documentId = Prisma.sql`COALESCE(e."documentId", (SELECT v."documentId" FROM "Revision" v WHERE v."id" = (e."data" ->> 'revisionId')))`
  const actorId = Prisma.sql`e."actorId"`
  const sessionId = Prisma.sql`e."sessionId"`
  return Prisma.sql`CASE
    WHEN e."type" LIKE 'annotation.%' OR e."type" LIKE 'sentence-decision.%' OR e."type" LIKE 'thread.%' OR e."type" LIKE 'comment.%'
      THEN ${seesMark(viewer, { authorId: actorId, documentId, sessionId })}
    WHEN e."type" LIKE 'claims.%' OR e."type" LIKE 'claim.%' OR e."type" LIKE 'verdict.%'
      THEN NOT (${isInBlindPhase(viewer, sessionId)} OR ${readsBlind(viewer, documentId)})
    WHEN e."type" LIKE 'reference.%' THEN NOT ${isBlindWork(viewer, { actorId, at: Prisma.sql`e."at"` })}
    ELSE 1 = 1 END`
}

/**
 * The number of the workspace's newest event that the viewer may be told of; 0 when there is none. The number of the newest of all would count what
 * others do in hiding.
 */
export async function readLastSequence(reader: Reader | Transaction, viewer: Viewer): Promise<number> {
  const [row] = await reader.$queryRaw<{ sequence: number | bigint }[]>`
    SELECT e."sequence" FROM "Event" e
    WHERE e."workspaceId" = ${viewer.workspaceId} AND ${maySeeEvent(viewer)}
    ORDER BY e."sequence" DESC
    LIMIT 1`
  return Number(row?.sequence ?? 0)
}

interface RawEvent {
  sequence: number
  type: string
  subjectId: string
  actorId: string
  via: string
  data: unknown
  at: Date | string
}

/** Events of the workspace after a sequence number that the actor may be told of, oldest first. */
export async function listEvents(
  permit: Permit<'event.list'>,
  { after, limit }: { after: number; limit: number },
): Promise<EventView[]> {
  const { read } = await database()
  const rows = await read.$queryRaw<RawEvent[]>`
    SELECT e."sequence", e."type", e."subjectId", e."actorId", e."via", e."data", e."at" FROM "Event" e
    WHERE e."workspaceId" = ${permit.workspaceId} AND e."sequence" > ${after} AND ${maySeeEvent(viewerOf(permit))}
    ORDER BY e."sequence"
    LIMIT ${limit}`
  const actorIds = [...new Set(rows.map(({ actorId }) => actorId))]
  const members = await read.member.findMany({
    where: { workspaceId: permit.workspaceId, id: { in: actorIds } },
    select: { id: true, user: { select: { name: true } } },
  })
  const names = new Map(members.map(({ id, user }) => [id, user.name]))
  return rows.map(({ at, data: stored, ...row }) => {
    // SQLite keeps JSON as text.
    const data: unknown = typeof stored === 'string' ? JSON.parse(stored) : stored
    return presentEvent({ ...row, at: new Date(at), data }, names.get(row.actorId) ?? '')
  })
}

const dataSchema = z.record(z.string(), z.unknown())

/** An event's row as answers show it. */
function presentEvent(
  row: { sequence: number; type: string; subjectId: string; actorId: string; via: string; data: unknown; at: Date },
  actorName: string,
): EventView {
  return {
    sequence: row.sequence,
    type: row.type,
    subjectId: row.subjectId,
    actor: { id: row.actorId, name: actorName },
    via: row.via,
    data: dataSchema.parse(row.data),
    at: row.at.toISOString(),
  }
}
