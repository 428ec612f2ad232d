import { assessedRatings, type AssessedRating, type ReportView } from '../schema'
import { compareReports } from './compare'
import type { ComparedShare, Comparison } from './comparison-schema'

/** The most sources that stand side by side: more are not read off one axis. */
export const mostCompared = 6

/** Two of the compared sources, by their places among them, and how the shares of one rating differ. */
export interface ComparedPair extends Pick<ComparedShare, 'difference' | 'low' | 'high' | 'isDistinct'> {
  /** The place of the source with the higher share, and of the other; where both are equal, their order. */
  higher: number
  lower: number
}

/** Several sources side by side. */
export interface ManyCompared {
  pairs: Record<AssessedRating, ComparedPair[]>
  cautions: Comparison['cautions']
}

/** `share` turned so that the difference is not negative. */
function pairOf({ difference, low, high, isDistinct }: ComparedShare, [first, second]: [number, number]): ComparedPair {
  return difference >= 0
    ? { higher: first, lower: second, difference, low, high, isDistinct }
    : { higher: second, lower: first, difference: -difference, low: -high, high: -low, isDistinct }
}

/**
 * Compares each two of several reports. Nobody is ranked: a pair is told apart when the interval of its difference leaves out 0, and of others nothing is
 * said. With more than one pair a caution says how many comparisons there are, because each errs by itself.
 */
export function compareMany(reports: readonly ReportView[]): ManyCompared {
  const pairs: ManyCompared['pairs'] = { sourced: [], unsourced: [], contradicted: [] }
  const cautions = new Map<string, Comparison['cautions'][number]>()
  let compared = 0
  for (const [place, first] of reports.entries()) {
    for (const [after, second] of reports.slice(place + 1).entries()) {
      const { shares, cautions: found } = compareReports(first, second)
      for (const caution of found) cautions.set(caution.says, caution)
      if (shares === null) continue
      compared++
      for (const rating of assessedRatings) pairs[rating].push(pairOf(shares[rating], [place, place + 1 + after]))
    }
  }
  const said = [...cautions.values()].sort(
    (one, other) => Number(one.code === 'other-documents') - Number(other.code === 'other-documents'),
  )
  if (compared > 1) {
    const says = `Each two sources are compared by themselves, ${String(compared)} pairs for each rating: of twenty pairs that are alike, one would look told apart by chance.`
    said.push({ code: 'many-pairs', says })
  }
  return { pairs, cautions: said }
}
