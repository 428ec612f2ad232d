/** Where a mark was made: in a review session, or in open reading (null). Offsets are UTF-16 code units. */
export interface MarkOrigin {
  id: string
  authorId: string
  sessionId: string | null
  start: number
  end: number
}

/**
 * Finds marks that the same author made more than once on the same words, in different sessions or in one and in open reading: they look like
 * duplicates unless each says where it is from. Returns the ids of all marks of such groups, in no particular order.
 */
export function findTwins(marks: readonly MarkOrigin[]): Set<string> {
  const twins = new Set<string>()
  const byAuthor = new Map<string, MarkOrigin[]>()
  for (const mark of marks) byAuthor.set(mark.authorId, [...(byAuthor.get(mark.authorId) ?? []), mark])
  for (const own of byAuthor.values()) {
    if (own.every(({ sessionId }) => sessionId === own[0]?.sessionId)) continue
    const sorted = [...own].sort((one, other) => one.start - other.start)
    for (const [place, mark] of sorted.entries()) {
      for (let next = place + 1; next < sorted.length; next += 1) {
        const other = sorted[next]
        if (other === undefined || other.start >= mark.end) break
        if (other.sessionId === mark.sessionId) continue
        twins.add(mark.id).add(other.id)
      }
    }
  }
  return twins
}
