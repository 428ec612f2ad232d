import type { DocumentOutcome, OutcomeClaim } from '@/lib/domain/claims/schema'
import type { ClaimEnd } from '@/lib/domain/documents/review-state'
import type { ReaderAnnotation } from '@/components/reader/types'

/** What the reader shows: what was settled, or what reviewers marked. */
export type Layer = 'verdicts' | 'marks'

/** The outcome of a revision where there is one. */
export type Outcome = DocumentOutcome & { session: NonNullable<DocumentOutcome['session']> }

/** The layer that is shown first: what was settled once the session is closed, unless the person reviews the text themself now. */
export function firstLayer({ session }: Outcome, isReviewing: boolean): Layer {
  return session.state === 'closed' && !isReviewing ? 'verdicts' : 'marks'
}

/** The layer that an address asks for by `show`; otherwise the first one. */
export function layerOf(asked: string | undefined, first: Layer): Layer {
  return asked === 'verdicts' || asked === 'marks' ? asked : first
}

/** What a claim came to. */
export function endOf({ verdict }: Pick<OutcomeClaim, 'verdict'>): ClaimEnd {
  return verdict === null ? 'open' : (verdict.rating ?? 'no_claim')
}

/** A claim as the reader paints it: in the colour of its verdict, dotted where it has none or the words were settled to be no claim. */
export function paintedClaim({ id, start, end, verdict }: OutcomeClaim): ReaderAnnotation {
  return { id, start, end, rating: verdict?.rating ?? 'not_checkable', authorId: '', own: true, missing: null }
}

/**
 * The claim to go to from the open one, or from a place in the text when none is open: the next after it (`by` 1) or the last before it (-1). Null at
 * either end.
 */
export function claimBeside(
  claims: readonly OutcomeClaim[],
  { activeId, offset, by }: { activeId: string | null; offset: number; by: 1 | -1 },
): OutcomeClaim | null {
  const at = claims.findIndex(({ id }) => id === activeId)
  if (at !== -1) return claims[at + by] ?? null
  if (by === 1) return claims.find(({ end }) => end > offset) ?? null
  return claims.findLast(({ start }) => start < offset) ?? null
}

/** The address with another layer; the one shown first needs no word in it. */
export function addressWith(href: string, layer: Layer, first: Layer): string {
  const url = new URL(href)
  if (layer === first) url.searchParams.delete('show')
  else url.searchParams.set('show', layer)
  return `${url.pathname}${url.search}${url.hash}`
}
