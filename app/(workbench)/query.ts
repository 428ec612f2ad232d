import { DomainError } from '@/lib/domain/errors'

/** The query of a page's address as Next gives it. */
export type SearchParams = Record<string, string | string[] | undefined>

/** The longest value a page's address may carry. */
const maxLength = 500

/**
 * The named parameters that are present and not empty; of a repeated one, the first value. Values that are too long or that no database accepts count
 * as missing.
 */
export function readQuery<K extends string>(parameters: SearchParams, names: readonly K[]): Partial<Record<K, string>> {
  const found: Partial<Record<K, string>> = {}
  for (const name of names) {
    const given = parameters[name]
    const value = (Array.isArray(given) ? given[0] : given)?.trim()
    if (value !== undefined && isReadable(value)) found[name] = value
  }
  return found
}

function isReadable(value: string): boolean {
  return value !== '' && value.length <= maxLength && !value.includes('\u0000') && value.isWellFormed()
}

/** The values of a repeatable parameter, without duplicates, in the order given and `most` at most. Unreadable ones count as missing. */
export function readRepeated(parameters: SearchParams, name: string, most: number): string[] {
  const values = [parameters[name] ?? []].flat().map((value) => value.trim())
  return [...new Set(values.filter(isReadable))].slice(0, most)
}

/** A path with its query. */
export function withQuery(path: string, query: Partial<Record<string, string>>): string {
  const text = new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  ).toString()
  return text === '' ? path : `${path}?${text}`
}

/** Loads the page of a list that a cursor points to; an invalid cursor, or one of another order, gives the first page. */
export async function loadPage<T>(
  cursor: string | undefined,
  load: (page: { cursor?: string }) => Promise<T>,
): Promise<T> {
  if (cursor === undefined) return load({})
  try {
    return await load({ cursor })
  } catch (error) {
    if (error instanceof DomainError && error.code === 'invalid') return load({})
    throw error
  }
}
