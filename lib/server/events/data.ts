import { z } from 'zod'
import type { EventType } from '@/lib/domain/audit/events'
import type { EventView } from '@/lib/domain/audit/schema'
import type { Permit } from '../access/gate'
import { database, type Reader, type Transaction } from '../db/client'
import { presentEvent } from './present'

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

/** Events of the workspace after a sequence number, oldest first. */
export async function listEvents(
  permit: Permit<'event.list'>,
  { after, limit }: { after: number; limit: number },
): Promise<EventView[]> {
  const { read } = await database()
  const rows = await read.event.findMany({
    where: { workspaceId: permit.workspaceId, sequence: { gt: after } },
    orderBy: { sequence: 'asc' },
    take: limit,
    select: { sequence: true, type: true, subjectId: true, actorId: true, via: true, data: true, at: true },
  })
  const actorIds = [...new Set(rows.map(({ actorId }) => actorId))]
  const members = await read.member.findMany({
    where: { workspaceId: permit.workspaceId, id: { in: actorIds } },
    select: { id: true, user: { select: { name: true } } },
  })
  const names = new Map(members.map(({ id, user }) => [id, user.name]))
  return rows.map((row) => presentEvent(row, names.get(row.actorId) ?? ''))
}
