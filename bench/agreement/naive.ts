import { ratings } from '@/lib/domain/annotations/rating'
import { jackknifeInterval, type JackknifeInterval } from '@/lib/domain/agreement/jackknife'
import { computeAlpha, countCoincidences, type RatedUnit } from '@/lib/domain/agreement/krippendorff'
import type { BlindDocument } from '@/lib/domain/agreement/statistics'
import { matchClaims } from '@/lib/domain/claims/match-claims'

/** The ratings of each claim by document, as intervals without precomputed sums need them. */
export function unitsOf(documents: readonly BlindDocument[]): RatedUnit[][] {
  return documents.map(({ reviewers }) => {
    const ids = reviewers.map(({ id }) => id)
    const spans = reviewers.flatMap(({ id, spans }) => spans.map((span) => ({ ...span, authorId: id })))
    return matchClaims(spans).map((claim) => {
      const unit = new Array<number | null>(ids.length).fill(null)
      for (const { authorId, rating } of claim) unit[ids.indexOf(authorId)] = ratings.indexOf(rating)
      return unit
    })
  })
}

/** The interval of one figure, alpha for labels, without shortcuts: for each document, the ratings of all the others are counted anew. */
export function leaveOutNaively(documents: readonly RatedUnit[][]): JackknifeInterval | null {
  const alphaOf = (units: readonly RatedUnit[]) =>
    computeAlpha(countCoincidences(units, ratings.length)).value ?? Number.NaN
  return jackknifeInterval({
    value: alphaOf(documents.flat()),
    leftOut: documents.map((_, place) => alphaOf(documents.filter((_units, other) => other !== place).flat())),
    claims: documents.map((units) => units.length),
    chanceDisagreement: 1,
    lowest: -1,
  })
}
