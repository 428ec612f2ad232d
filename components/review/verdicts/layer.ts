import type { DocumentOutcome, OutcomeClaim } from '@/lib/domain/claims/schema'
import type { ClaimEnd } from '@/lib/domain/documents/review-state'
import type { ReaderAnnotation } from '@/components/reader/types'

/** The layer that the reader shows: what was settled, or what reviewers marked. */
export type Layer = 'verdicts' | 'marks'

/** The outcome of a revision, if it has one. */
export type Outcome = DocumentOutcome & { session: NonNullable<DocumentOutcome['session']> }

/** The default layer: the verdicts once the session is closed, unless the person is reviewing the text now. */
export function firstLayer({ session }: Outcome, isReviewing: boolean): Layer {
  return session.state === 'closed' && !isReviewing ? 'verdicts' : 'marks'
}

/** The layer named by the address's `show`; otherwise the default one. */
export function layerOf(asked: string | undefined, first: Layer): Layer {
  return asked === 'verdicts' || asked === 'marks' ? asked : first
}

/** The outcome of a claim. */
export function endOf({ verdict }: Pick<OutcomeClaim, 'verdict'>): ClaimEnd {
  return verdict === null ? 'open' : (verdict.rating ?? 'no_claim')
}

/** A claim as the reader paints it: in the colour of its verdict, or dotted when it has none or was settled to be no claim. */
export function paintedClaim({ id, start, end, verdict }: OutcomeClaim): ReaderAnnotation {
  return { id, start, end, rating: verdict?.rating ?? 'not_checkable', authorId: '', own: true, missing: null }
}

/** The next claim (`by` 1) or the one before (`by` -1), from the open claim or, when none is open, from a place in the text. Null at either end. */
export function claimBeside(
  claims: readonly OutcomeClaim[],
  { activeId, offset, by }: { activeId: string | null; offset: number; by: 1 | -1 },
): OutcomeClaim | null {
  const at = claims.findIndex(({ id }) => id === activeId)
  if (at !== -1) return claims[at + by] ?? null
  if (by === 1) return claims.find(({ end }) => end > offset) ?? null
  return claims.findLast(({ start }) => start < offset) ?? null
}

/** The address of another layer. The default layer needs no parameter. */
export function addressWith(href: string, layer: Layer, first: Layer): string {
  const url = new URL(href)
  if (layer === first) url.searchParams.delete('show')
  else url.searchParams.set('show', layer)
  return `${url.pathname}${url.search}${url.hash}`
}
