import { z } from 'zod'
import { idSchema, instantSchema } from '../fields'

/** An event as the audit listing shows it. `sequence` rises with time; `data` has `before` and `after` where something changed. */
export const eventViewSchema = z
  .object({
    sequence: z.number().int(),
    type: z.string(),
    subjectId: z.string(),
    actor: z.object({ id: idSchema, name: z.string() }),
    via: z.string(),
    data: z.record(z.string(), z.unknown()),
    at: instantSchema,
  })
  .meta({ id: 'Event' })
export type EventView = z.infer<typeof eventViewSchema>
