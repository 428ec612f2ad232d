import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { ratings } from '@/lib/domain/annotations/rating'
import { percentileInterval, type BootstrapInterval, type BootstrapSettings } from '@/lib/domain/agreement/bootstrap'
import { computeAlpha, countCoincidences, type RatedUnit } from '@/lib/domain/agreement/krippendorff'
import type { BlindDocument } from '@/lib/domain/agreement/statistics'
import { matchClaims } from '@/lib/domain/claims/match-claims'

/** The ratings of each claim, document by document: what a bootstrap without sums goes back to. */
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

/** The interval of one figure, alpha for labels, the plain way: every replicate counts the ratings of the drawn documents anew. */
export function bootstrapNaively(
  documents: readonly RatedUnit[][],
  settings: BootstrapSettings,
): BootstrapInterval | null {
  const random = xoroshiro128plus(settings.seed)
  const values = new Float64Array(settings.replicates)
  for (let replicate = 0; replicate < settings.replicates; replicate += 1) {
    const drawn: RatedUnit[] = []
    for (const _ of documents) {
      for (const unit of documents[uniformInt(random, 0, documents.length - 1)] ?? []) drawn.push(unit)
    }
    values[replicate] = computeAlpha(countCoincidences(drawn, ratings.length)).value ?? Number.NaN
  }
  return percentileInterval(values, settings)
}
