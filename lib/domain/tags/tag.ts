import { z } from 'zod'
import { textSchema } from '../fields'

/** The most tags one annotation or document carries. */
export const maxTags = 20
/** The most UTF-16 code units in one tag. */
export const maxTagLength = 40

/** A tag as it is kept: composed (NFC), without white space at the ends, and with one space where several stood. */
export function cleanTag(name: string): string {
  return name.normalize('NFC').replaceAll(/\s+/gu, ' ').trim()
}

/** What two spellings of one tag have in common: compatibility forms (NFKC) and case are folded, accents are kept. */
export function foldTag(name: string): string {
  // Upper case first: it brings ß and ss, and both small sigmas, to one form.
  return cleanTag(name).normalize('NFKC').toUpperCase().toLowerCase()
}

/** Tags without repetitions, in the order of their folded forms; of several spellings the first is kept. */
export function distinctTags(names: readonly string[]): string[] {
  const found = new Map<string, string>()
  for (const name of names) {
    const folded = foldTag(name)
    if (!found.has(folded)) found.set(folded, name)
  }
  return [...found].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, name]) => name)
}

/** Adds tags that a person typed, separated by commas or line breaks; empty ones are left out, and so is a `#` in front. */
export function addTags(present: readonly string[], typed: string): string[] {
  const added = typed
    .split(/[,\n]/u)
    .map((name) => cleanTag(name.replace(/^\s*#/u, '')))
    .filter((name) => name !== '')
  return distinctTags([...present, ...added])
}

/** One tag as a caller sends it. A comma separates tags where they are typed, so none may stand inside one. */
export const tagNameSchema = textSchema(200)
  .overwrite(cleanTag)
  .refine((name) => name !== '', 'A tag needs at least one character.')
  .refine((name) => name.length <= maxTagLength, `A tag has at most ${maxTagLength} characters.`)
  .refine((name) => !name.includes(','), 'A tag cannot have a comma in it; send two tags.')

/** The tags of one annotation or document as a caller sends them: a whole list, kept without repetitions and in the order of the alphabet. */
export const tagListSchema = z
  .array(tagNameSchema)
  .overwrite(distinctTags)
  .refine((names) => names.length <= maxTags, `At most ${maxTags} tags fit here.`)

/** A word of the vocabulary as answers show it: its most common spelling and how many annotations and documents that the caller may see have it. */
export const tagViewSchema = z
  .object({ name: z.string(), annotations: z.number().int(), documents: z.number().int() })
  .meta({ id: 'Tag' })
export type TagView = z.infer<typeof tagViewSchema>
