/** The most statements that a connection of PostgreSQL keeps, and the longest, in UTF-16 code units: each kept plan takes the server memory. */
const maxKept = 300
const longest = 8_000
/** A statement is kept from so many uses on; lists of many values come in endless lengths, most of them once. */
const usesToKeep = 3
/** The most statements whose uses are counted. */
const maxCounted = 1_000

/**
 * Names for statements of PostgreSQL, which parses and plans a named one once a connection in place of every time. Those used often get one, as
 * long as there are some left; the others get none, which is the empty name.
 */
export function nameStatements(): (query: { sql: string }) => string {
  const names = new Map<string, string>()
  const uses = new Map<string, number>()
  return ({ sql }) => {
    const known = names.get(sql)
    if (known !== undefined) return known
    if (names.size >= maxKept || sql.length > longest) return ''
    const count = (uses.get(sql) ?? 0) + 1
    uses.delete(sql)
    if (count >= usesToKeep) {
      const name = `s${String(names.size)}`
      names.set(sql, name)
      return name
    }
    uses.set(sql, count)
    const [oldest] = uses.keys()
    if (uses.size > maxCounted && oldest !== undefined) uses.delete(oldest)
    return ''
  }
}
