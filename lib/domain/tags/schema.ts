import { z } from 'zod'
import { textSchema } from '../fields'
import { cleanTag, distinctTags, maxTagLength, maxTags } from './tag'

/** One tag as a caller sends it. It may not contain a comma, which separates tags where they are typed. */
export const tagNameSchema = textSchema(200)
  .overwrite(cleanTag)
  .refine((name) => name !== '', 'A tag needs at least one character.')
  .refine((name) => name.length <= maxTagLength, `A tag has at most ${maxTagLength} characters.`)
  .refine((name) => !name.includes(','), 'A tag cannot have a comma in it; send two tags.')

/** Up to `most` tags as a caller sends them, without repetitions and in alphabetical order. */
export function tagsUpTo(most: number) {
  return z
    .array(tagNameSchema)
    .overwrite(distinctTags)
    .refine((names) => names.length <= most, `At most ${most} tags fit here.`)
}

/** The tags of one annotation or document as a caller sends them: the whole list. */
export const tagListSchema = tagsUpTo(maxTags)

/** A word of the vocabulary as answers show it: its most common spelling, and how many annotations and documents visible to the caller have it. */
export const tagViewSchema = z
  .object({ name: z.string(), annotations: z.number().int(), documents: z.number().int() })
  .meta({ id: 'Tag' })
export type TagView = z.infer<typeof tagViewSchema>
