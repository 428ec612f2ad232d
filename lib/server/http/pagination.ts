import { z } from 'zod'
import { DomainError } from '@/lib/domain/errors'
import { isStorableJson } from '@/lib/domain/fields'

/** The most rows one page of a list holds. */
export const maxPageSize = 200

/** The longest cursor: the longest title, each character escaped, and an id. */
const maxCursorLength = 9_000
/** The largest number that a sort key holds: both databases store integers of 32 bits. */
const maxKeyNumber = 2_147_483_647

/** A time in a sort key. The year 0 is refused: PostgreSQL has none. */
export const keyMomentSchema = z.iso.datetime().refine((text) => !text.startsWith('0000'))

/** The query of every list: `cursor` is the `next` of the page before. */
export const pageQuery = {
  cursor: z
    .string()
    .max(maxCursorLength)
    .optional()
    .describe('The `next` of the previous page; left out for the first page.'),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(maxPageSize)
    .default(50)
    .describe(`How many to answer, 1 to ${maxPageSize}.`),
}

/** A page of a list; `next` is null on the last page. */
export interface Page<T> {
  items: T[]
  next: string | null
}

/** The schema of a page of `item`. */
export function pageSchema<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), next: z.string().nullable() })
}

/** Packs the sort key of a page's last row into an opaque cursor. */
export function encodeCursor(key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url')
}

/** Whether a database can compare all parts of a sort key with its columns. */
function isComparable(key: readonly (string | number)[]): boolean {
  return isStorableJson(key) && key.every((part) => typeof part === 'string' || Math.abs(part) <= maxKeyNumber)
}

/**
 * Reads a cursor and checks it against the sort key it must hold; null without a cursor.
 * @throws DomainError `invalid` when the cursor was not made by this list.
 */
export function decodeCursor<K extends z.ZodType<readonly (string | number)[]>>(
  cursor: string | undefined,
  key: K,
): z.infer<K> | null {
  if (cursor === undefined) return null
  let value: unknown
  try {
    value = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    value = undefined
  }
  const parsed = key.safeParse(value)
  if (parsed.success && isComparable(parsed.data)) return parsed.data
  throw new DomainError(
    'invalid',
    'This cursor does not belong to this list. Leave it out to start at the first page.',
    {
      fields: [{ path: 'cursor', message: 'Send the `next` of the page before, unchanged.' }],
    },
  )
}

/** Makes a page of rows that were read with one more than `limit`: the extra row only shows that there is a next page. */
export function pageOf<R, T>(
  rows: readonly R[],
  limit: number,
  page: { key: (row: R) => (string | number)[]; present: (row: R) => T },
): Page<T> {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: shown.map(page.present),
    next: rows.length > limit && last !== undefined ? encodeCursor(page.key(last)) : null,
  }
}
