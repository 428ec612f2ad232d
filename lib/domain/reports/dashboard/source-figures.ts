import { effectiveDocumentsOf, estimateShareFromSums, type ShareEstimate } from '../../statistics/intervals'
import { plural } from '../left-out'
import type { AssessedRating, Gate } from '../schema'
import { lowCoverage, oneDocument, smallSample, withholdingGates, type ClaimSpread } from '../spread-gates'
import type { SourceSums } from './kept-counts'
import type { SourceFigures } from './schema'

/** The sums of a source of which nothing was settled. */
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
 * What the sums of a source come to, by the rules of its report: counts, coverage, and shares where the gates allow them. `hidden` documents are left
 * out of the sums because they are judged blind again. Null for a source of which nothing was settled.
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
