/** What a citation says, as far as it tells which one it is. */
export interface CitedWords {
  referenceId: string
  stance: string
  quote: string
  locator: string
}

/** What two citations must have in common to be one, from the surest to the least sure. */
const likenesses: readonly ((citation: CitedWords) => readonly string[])[] = [
  ({ referenceId, quote, stance, locator }) => [referenceId, quote, stance, locator],
  ({ referenceId, quote }) => [referenceId, quote],
  ({ referenceId }) => [referenceId],
]

/**
 * Which stored citation each one of a new list is. One that came with an id is that one. One without is the one that says the same, else one with its
 * reference and quote, else one with its reference: so a citation keeps its id when its stance, its locator or its quote is edited, and what remembers
 * the id still finds it.
 * @returns the ids in the order of `next`, each stored one given at most once to those that came without; null for a citation that is new.
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
