import { z } from 'zod'
import { idSchema } from '../fields'

/** How alike a new text and a stored one are: the same bytes, the same text, or most word sequences in common. */
export const likenessKinds = ['bytes', 'text', 'near'] as const

/** A stored document, and how alike the new text is. */
export const likenessSchema = z.object({
  id: idSchema,
  title: z.string(),
  likeness: z.enum(likenessKinds),
  share: z
    .number()
    .min(0)
    .max(1)
    .describe('The fraction of their sequences of five words that both texts have, 0 to 1; 1 for the same text.'),
})
export type Likeness = z.infer<typeof likenessSchema>
