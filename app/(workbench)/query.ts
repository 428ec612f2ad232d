/** The query of a page's address as Next gives it. */
export type SearchParams = Record<string, string | string[] | undefined>

/** The longest value a page's address may carry. */
const maxLength = 500

/** The named parameters that are there and not empty; of a repeated one the first. Values too long to mean anything count as missing. */
export function readQuery<K extends string>(parameters: SearchParams, names: readonly K[]): Partial<Record<K, string>> {
  const found: Partial<Record<K, string>> = {}
  for (const name of names) {
    const given = parameters[name]
    const value = (Array.isArray(given) ? given[0] : given)?.trim()
    if (value !== undefined && value !== '' && value.length <= maxLength) found[name] = value
  }
  return found
}

/** A path with its query. */
export function withQuery(path: string, query: Partial<Record<string, string>>): string {
  const text = new URLSearchParams(Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))).toString()
  return text === '' ? path : `${path}?${text}`
}
