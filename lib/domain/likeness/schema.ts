import { z } from 'zod'
import { idSchema } from '../fields'

/** How much a text is like one that is here: the same bytes, the same text, or a text that shares most of its words. */
export const likenessKinds = ['bytes', 'text', 'near'] as const

/** A document that is here already, and how much a text is like it. */
export const likenessSchema = z.object({
  id: idSchema,
  title: z.string(),
  likeness: z.enum(likenessKinds),
  share: z
    .number()
    .min(0)
    .max(1)
    .describe('How many of the sequences of five words of both texts stand in both, 0 to 1: 1 for the same text.'),
})
export type Likeness = z.infer<typeof likenessSchema>
