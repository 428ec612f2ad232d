import { z } from 'zod'
import { idSchema } from '../fields'

/** The marks that activating a session puts aside until its reviews are over: earlier marks of its reviewers on the documents they are to review. */
export const activationEffectsSchema = z
  .object({
    blind: z.boolean(),
    total: z.number().int().describe('Marks put aside in all.'),
    putAside: z
      .array(
        z.object({
          member: z.object({ id: idSchema, name: z.string() }),
          document: z.object({ id: idSchema, title: z.string() }),
          marks: z.number().int(),
        }),
      )
      .describe('By reviewer and document, the first 50.'),
  })
  .meta({ id: 'ActivationEffects' })
export type ActivationEffects = z.infer<typeof activationEffectsSchema>
