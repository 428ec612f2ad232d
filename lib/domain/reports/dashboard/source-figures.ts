import { effectiveDocumentsOf, estimateShareFromSums, type ShareEstimate } from '../../statistics/intervals'
import { plural } from '../left-out'
import { defaultChoices, type AssessedRating, type Gate, type ClaimCounts, type Coverage } from '../schema'
import { lowCoverage, oneDocument, smallSample, withholdingGates, type ClaimSpread } from '../gates'
import type { SourceFigures, ShrunkShares } from './schema'
import { claimsOfDocument, countClaims, coverageOfDocument } from '../report-claims'
import type { DocumentAdjudication } from '../input-schema'
import { minimumSources, shrinkShares } from '../../statistics/shrinkage'

/**
 * The counts that a closed session settled about one document. No claim is open, because a session closes only when all of its claims are settled.
 */
export type KeptCounts = Omit<ClaimCounts, 'assessed' | 'open'> & Coverage

/** Counts what a session settled about a document, by the rules of a report with the default choices. */
export function keptCountsOf(adjudication: DocumentAdjudication): KeptCounts {
  const document = { annotations: [], decisions: [], checkable: [], adjudication }
  const { assessed: _assessed, open: _open, ...counts } = countClaims(claimsOfDocument(document), defaultChoices)
  return { ...counts, ...coverageOfDocument(document) }
}

/**
 * The sums of a source's `KeptCounts` over its documents; `documents` counts those with something settled. Squares and products are of m, the claims
 * assessed in a document, and y, those of a rating: Σ m², Σ y², Σ y m.
 */
export interface SourceSums extends KeptCounts {
  documents: number
  documentsWithClaims: number
  /** The largest number of assessed claims in one document. */
  mostAssessed: number
  assessedSquares: number
  squares: Record<AssessedRating, number>
  products: Record<AssessedRating, number>
}

/** The sums of a source about which nothing was settled. */
const nothing: SourceSums = {
  documents: 0,
  documentsWithClaims: 0,
  sourced: 0,
  unsourced: 0,
  contradicted: 0,
  notCheckable: 0,
  noClaim: 0,
  incomplete: 0,
  singleReview: 0,
  disputed: 0,
  partial: 0,
  decided: 0,
  checkable: 0,
  mostAssessed: 0,
  assessedSquares: 0,
  squares: { sourced: 0, unsourced: 0, contradicted: 0 },
  products: { sourced: 0, unsourced: 0, contradicted: 0 },
}

function spreadOf(sums: SourceSums): ClaimSpread {
  const { documents, documentsWithClaims, mostAssessed, assessedSquares, decided, checkable } = sums
  const assessed = sums.sourced + sums.unsourced + sums.contradicted
  return {
    coverage: { decided, checkable },
    reviewedDocuments: documents,
    assessed,
    documentsWithClaims,
    effectiveDocuments: effectiveDocumentsOf(assessed, assessedSquares),
    mostAssessed,
  }
}

function sharesOf(sums: SourceSums, of: number): SourceFigures['shares'] {
  const shareOf = (rating: AssessedRating): ShareEstimate | null =>
    estimateShareFromSums({
      documents: sums.documentsWithClaims,
      count: sums[rating],
      of,
      sizeSquares: sums.assessedSquares,
      countSquares: sums.squares[rating],
      products: sums.products[rating],
    })
  const [sourced, unsourced, contradicted] = [shareOf('sourced'), shareOf('unsourced'), shareOf('contradicted')]
  return sourced === null || unsourced === null || contradicted === null ? null : { sourced, unsourced, contradicted }
}

/**
 * Computes a source's figures from its sums, by the rules of its report: counts, coverage, and shares where the gates allow them. `hidden` documents
 * are left out of the sums because they are judged blind again.
 * @returns null for a source about which nothing was settled
 */
export function sourceFiguresOf(sums: SourceSums | null, hidden: number): SourceFigures {
  const known = sums ?? nothing
  const spread = spreadOf(known)
  const withheld = withholdingGates(spread)
  const blind: Gate = {
    code: 'blind-phase',
    says: `${plural(hidden, 'document that was settled is', 'documents that were settled are')} being judged blind again, and left out until that phase ends.`,
  }
  const { sourced, unsourced, contradicted, notCheckable, noClaim, incomplete, singleReview, disputed, partial } = known
  return {
    claims: {
      sourced,
      unsourced,
      contradicted,
      assessed: spread.assessed,
      notCheckable,
      noClaim,
      incomplete,
      singleReview,
      disputed,
      partial,
    },
    coverage: spread.coverage,
    shares: withheld.length > 0 ? null : sharesOf(known, spread.assessed),
    gates: [
      ...withheld,
      ...lowCoverage(spread),
      ...(hidden > 0 ? [blind] : []),
      ...oneDocument(spread),
      ...smallSample(spread),
    ],
  }
}

/**
 * Draws the shares of sources towards those of all (`shrinkShares`), in the given order. A share counts with its effective size, because claims of
 * one document are alike. `pause` is awaited between steps.
 * @returns null for a source without shares, and for every source where fewer than ten have shares
 */
export async function shrinkSources(
  sources: readonly Pick<SourceFigures, 'shares'>[],
  pause: () => Promise<unknown>,
): Promise<ShrunkShares[]> {
  const pooled = sources.flatMap(({ shares }, place) => (shares === null ? [] : [{ shares, place }]))
  const found = sources.map((): ShrunkShares => null)
  if (pooled.length < minimumSources) return found
  const shrink = (rating: AssessedRating) =>
    shrinkShares(
      pooled.map(({ shares }) => {
        const { share, effectiveSize } = shares[rating]
        return { count: share * effectiveSize, of: effectiveSize }
      }),
      pause,
    )
  const sourced = await shrink('sourced')
  const unsourced = await shrink('unsourced')
  const contradicted = await shrink('contradicted')
  for (const [at, { place }] of pooled.entries()) {
    found[place] = {
      sourced: sourced[at] ?? null,
      unsourced: unsourced[at] ?? null,
      contradicted: contradicted[at] ?? null,
    }
  }
  return found
}
