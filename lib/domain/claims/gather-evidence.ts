import type { Stance } from '../annotations/rating'

/** Evidence as gathering sees it. */
export interface GatheredEvidence {
  stance: Stance
  quote: string
  locator: string
  reference: { id: string }
}

/** The evidence of several ratings, each piece once, in the order given: same reference, stance, quote and place are the same piece. */
export function gatherEvidence<E extends GatheredEvidence>(votes: readonly { citations: readonly E[] }[]): E[] {
  const found = new Map<string, E>()
  for (const { citations } of votes) {
    for (const citation of citations) {
      const { stance, quote, locator, reference } = citation
      const key = JSON.stringify([reference.id, stance, quote.trim(), locator.trim()])
      if (!found.has(key)) found.set(key, citation)
    }
  }
  return [...found.values()]
}
