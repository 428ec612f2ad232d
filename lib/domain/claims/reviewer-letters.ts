/** A 53-bit hash of a text, evenly distributed (two mixed multiplicative hashes of 32 bits). For shuffling, not for secrets. */
function hashOf(text: string): number {
  let a = 0xdeadbeef
  let b = 0x41c6ce57
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    a = Math.imul(a ^ unit, 2654435761)
    b = Math.imul(b ^ unit, 1597334677)
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909)
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909)
  return 4294967296 * (2097151 & b) + (a >>> 0)
}

/** The letters at an index of the masked order: A to Z, then AA, AB … */
function letterOf(place: number): string {
  const last = String.fromCharCode(65 + (place % 26))
  return place < 26 ? last : letterOf(Math.floor(place / 26) - 1) + last
}

/**
 * Names the annotations of a claim A, B, C … in an order shuffled by the claim's id. The order is always the same for everyone, but differs between
 * claims, so that a letter never identifies one reviewer throughout. Ids may be in any order; each gets one letter.
 */
export function maskVotes(claimId: string, annotationIds: readonly string[]): ReadonlyMap<string, string> {
  const shuffled = annotationIds
    .map((id) => ({ id, key: hashOf(`${claimId} ${id}`) }))
    .sort((p, q) => p.key - q.key || (p.id < q.id ? -1 : 1))
  return new Map(shuffled.map(({ id }, place) => [id, letterOf(place)]))
}
