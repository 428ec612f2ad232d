/** Invented ratings by two reviewers with a known true agreement, to measure how often intervals contain it. */
import type { RatedUnit } from '@/lib/domain/agreement/krippendorff'
import { drawShare, type Draw } from './simulated-shares'

/**
 * Two reviewers rate claims by three ratings, with shares of 0.7, 0.2 and 0.1. With probability `together`, which varies between documents
 * (intracluster correlation `spread`), both give one rating; otherwise each gives a rating at random. The shares of the ratings vary between
 * documents, too (`likeness`).
 */
export interface SimulatedAgreement {
  together: number
  spread: number
  likeness: number
}

const common = [0.7, 0.2, 0.1] as const

/** The alpha of the population of documents. Similar ratings within a document add chance agreement within it, but not between documents. */
export function trueAlphaOf({ together, likeness }: SimulatedAgreement): number {
  return 1 - (1 - together) * (1 - likeness)
}

/** Draws the shares of the three ratings in one document: from a Dirichlet distribution, by two draws of beta. */
function drawCommon(likeness: number, draw: Draw): [number, number] {
  if (likeness === 0) return [common[0], common[1]]
  const size = (1 - likeness) / likeness
  const rest = common[1] + common[2]
  const first = drawShare({ mean: common[0], rho: likeness }, draw)
  const second = drawShare({ mean: common[1] / rest, rho: 1 / (1 + size * rest) }, draw)
  return [first, (1 - first) * second]
}

/** Draws the ratings of each claim, document by document, with 4 to 20 claims in each. */
export function simulateRatings(
  { documents, together, spread, likeness }: SimulatedAgreement & { documents: number },
  draw: Draw,
): RatedUnit[][] {
  return Array.from({ length: documents }, () => {
    const own = drawShare({ mean: together, rho: spread }, draw)
    const [first, second] = drawCommon(likeness, draw)
    const rate = () => {
      const place = draw()
      return place < first ? 0 : place < first + second ? 1 : 2
    }
    return Array.from({ length: 4 + Math.floor(draw() * 17) }, (): RatedUnit => {
      const rating = rate()
      return [rating, draw() < own ? rating : rate()]
    })
  })
}

/** The settings of the simulations: alpha of .4, .636, .8 and .9, with and without variation between documents. */
export const simulatedAgreements: readonly SimulatedAgreement[] = [0.4, 0.636, 0.8, 0.9].flatMap((alpha) =>
  [0, 0.2].flatMap((likeness) =>
    [0, 0.1, 0.3].map((spread): SimulatedAgreement => {
      return { together: 1 - (1 - alpha) / (1 - likeness), spread, likeness }
    }),
  ),
)
