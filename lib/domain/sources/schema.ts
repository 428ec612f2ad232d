import { z } from 'zod'
import { filledTextSchema, idSchema, instantSchema, textSchema, versionSchema, webAddressSchema } from '../fields'

const fields = {
  name: filledTextSchema(300, 'Give the source a name.'),
  kind: textSchema(100),
  homepage: webAddressSchema,
  description: textSchema(10_000),
}

/** What a caller sends to make a source: the publisher whose reliability is reported. */
export const sourceInputSchema = z.object({
  id: idSchema.optional(),
  name: fields.name,
  kind: fields.kind.default(''),
  homepage: fields.homepage.default(''),
  description: fields.description.default(''),
})
export type SourceInput = z.infer<typeof sourceInputSchema>

/** What a caller sends to change a source: only the parts that change. */
export const sourcePatchSchema = z.object(fields).partial()
export type SourcePatch = z.infer<typeof sourcePatchSchema>

/** A source as answers show it. */
export const sourceViewSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    kind: z.string(),
    homepage: z.string(),
    description: z.string(),
    documentCount: z.number().int(),
    version: versionSchema,
    createdAt: instantSchema,
    updatedAt: instantSchema,
    may: z.object({ update: z.boolean(), delete: z.boolean() }),
  })
  .meta({ id: 'Source' })
export type SourceView = z.infer<typeof sourceViewSchema>
