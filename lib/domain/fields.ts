import { z } from 'zod'

/** An id: a UUID in lower case, made by the client (version 7, so that ids sort by time). */
export const idSchema = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/, 'An id is a UUID in lower case.')

/** A moment, as ISO 8601 in UTC with milliseconds. */
export const instantSchema = z.iso.datetime()

/** The version of a row; it rises by one with each change and is the row's ETag. */
export const versionSchema = z.number().int().min(1)

/** Text up to `max` UTF-16 code units without NUL (PostgreSQL cannot store it) and without lone surrogates. */
export function textSchema(max: number) {
  return z
    .string()
    .max(max, `At most ${max} characters fit here.`)
    .refine((text) => !text.includes('\u0000'), 'The character U+0000 cannot be stored.')
    .refine((text) => text.isWellFormed(), 'The text has half of a surrogate pair; send whole characters.')
}

/** An offset into a canonical text, in UTF-16 code units. */
export const offsetSchema = z.number().int().min(0).max(2_147_483_647)
