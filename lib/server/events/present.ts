import { z } from 'zod'
import type { EventView } from '@/lib/domain/audit/schema'

const dataSchema = z.record(z.string(), z.unknown())

/** An event's row as answers show it. */
export function presentEvent(
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
