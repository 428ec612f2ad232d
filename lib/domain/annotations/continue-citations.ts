/** The fields of a citation that tell which one it is. */
export interface CitedWords {
  referenceId: string
  stance: string
  quote: string
  locator: string
}

/** The fields in which two citations must agree to be the same, from the surest rule to the least sure. */
const likenesses: readonly ((citation: CitedWords) => readonly string[])[] = [
  ({ referenceId, quote, stance, locator }) => [referenceId, quote, stance, locator],
  ({ referenceId, quote }) => [referenceId, quote],
  ({ referenceId }) => [referenceId],
]

/**
 * Matches each citation of a new list with a stored one: by id where it has one; else by all its fields, else by reference and quote, else by
 * reference. So a citation keeps its id when its stance, locator or quote is edited, and links to the id stay valid.
 * @returns the ids in the order of `next`, null for a new citation. Those that came without an id get each stored one at most once.
 */
export function continueCitations(
  stored: readonly (CitedWords & { id: string })[],
  next: readonly (CitedWords & { id?: string | undefined })[],
): (string | null)[] {
  const ids = next.map(({ id }) => id ?? null)
  const taken = new Set(ids)
  for (const likeness of likenesses) {
    const keyOf = (citation: CitedWords) => JSON.stringify(likeness(citation))
    for (const [place, citation] of next.entries()) {
      if (ids[place] !== null) continue
      const key = keyOf(citation)
      const match = stored.find(({ id, ...words }) => !taken.has(id) && keyOf(words) === key)
      if (match === undefined) continue
      ids[place] = match.id
      taken.add(match.id)
    }
  }
  return ids
}
