import { z } from 'zod'

/** An id: a UUID in lower case, made by the client (version 7, so that ids sort by time). */
export const idSchema = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/, 'An id is a UUID in lower case.')

/** A moment, as ISO 8601 in UTC with milliseconds. */
export const instantSchema = z.iso.datetime()

/** The version of a row; it rises by one with each change and is the row's ETag. */
export const versionSchema = z.number().int().min(1)

/** Whether a text has no lone surrogate. */
export function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text)
}

/** Text up to `max` UTF-16 code units without NUL (PostgreSQL cannot store it) and without lone surrogates. */
export function textSchema(max: number) {
  return z
    .string()
    .max(max, `At most ${max} characters fit here.`)
    .refine((text) => !text.includes('\u0000'), 'The character U+0000 cannot be stored.')
    .refine(isWellFormed, 'The text has half of a surrogate pair; send whole characters.')
}

/** Text as `textSchema`, and not only white space; `message` asks for it. */
export function filledTextSchema(max: number, message: string) {
  return textSchema(max).refine((text) => text.trim() !== '', message)
}

/** A web address (http or https) as it was written, or an empty text. */
export const webAddressSchema = textSchema(2000).refine(
  (text) => text === '' || isWebAddress(text),
  'Write a web address in full, such as https://example.org/page.',
)

/** Whether the text is an absolute http or https address. */
export function isWebAddress(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text)
}

/** An offset into a canonical text, in UTF-16 code units. */
export const offsetSchema = z.number().int().min(0).max(2_147_483_647)

/**
 * Whether a value is JSON that both databases can store: only JSON's kinds of value, finite numbers, and no string or key with U+0000 or a lone
 * surrogate.
 */
export function isStorableJson(value: unknown): boolean {
  if (typeof value === 'string') return !value.includes('\u0000') && isWellFormed(value)
  if (typeof value === 'number') return Number.isFinite(value)
  if (value === null || typeof value === 'boolean') return true
  if (Array.isArray(value)) return value.every(isStorableJson)
  return (
    typeof value === 'object' &&
    Object.entries(value).every(([key, part]) => isStorableJson(key) && isStorableJson(part))
  )
}
