import { z } from 'zod'
import type { EventType } from '@/lib/domain/audit/events'
import type { EventView } from '@/lib/domain/audit/schema'
import type { Permit } from '../access/gate'
import { database, type Reader, type Transaction } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'
import { isInBlindPhase, readsBlind, seesMark, viewerOf, type Viewer } from '../visibility/marks'
import { isBlindWork } from '../visibility/references'
import { readsReportBlind } from '../visibility/reports'

const creationSchema = z.object({ after: z.record(z.string(), z.unknown()) })

/** The maker of something and the data they sent, from its event of creation; null without such an event. */
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
 * The condition on `e` (Event) that the viewer may see it: the audit trail hides what the rows themselves hide, until the blind phase ends. Events of
 * marks and discussions are as visible as the marks of their maker; claims and verdicts derive from marks.
 */
function maySeeEvent(viewer: Viewer): Prisma.Sql {
  // Events written by older versions name only the revision.
  const documentId = Prisma.sql`COALESCE(e."documentId", (SELECT v."documentId" FROM "Revision" v WHERE v."id" = (e."data" ->> 'revisionId')))`
  const actorId = Prisma.sql`e."actorId"`
  const sessionId = Prisma.sql`e."sessionId"`
  return Prisma.sql`CASE
    WHEN e."type" LIKE 'annotation.%' OR e."type" LIKE 'sentence-decision.%' OR e."type" LIKE 'thread.%' OR e."type" LIKE 'comment.%'
      THEN ${seesMark(viewer, { authorId: actorId, documentId, sessionId })}
    WHEN e."type" LIKE 'claims.%' OR e."type" LIKE 'claim.%' OR e."type" LIKE 'verdict.%'
      THEN NOT (${isInBlindPhase(viewer, sessionId)} OR ${readsBlind(viewer, documentId)})
    WHEN e."type" LIKE 'report.%' THEN NOT ${readsReportBlind(viewer, Prisma.sql`e."subjectId"`)}
    WHEN e."type" LIKE 'reference.%' THEN NOT ${isBlindWork(viewer, { actorId, at: Prisma.sql`e."at"` })}
    ELSE 1 = 1 END`
}

/**
 * The sequence number of the newest event that the viewer may see; 0 without any. The workspace's newest number would reveal how much others do in
 * hiding.
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

/** The events after a sequence number that the actor may see, oldest first. */
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

/** Presents an event's row. */
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
