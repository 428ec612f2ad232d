import { minimumCoverage, type Interval } from '@/lib/domain/statistics/intervals'
import { assessedRatings, type AssessedRating, type ReportView } from '../schema'
import type { ComparedShare, Comparison } from './comparison-schema'

/** A share with its interval, made by any method. */
interface ShareWithInterval extends Interval {
  share: number
}

/** `first` less `second`; all three lie in [-1, 1]. */
interface ShareDifference extends Interval {
  difference: number
}

type Share = ComparedShare['first']

function compareShares(first: Share, second: Share): ComparedShare {
  const { difference, low, high } = differenceOfShares(first, second)
  return { first, second, difference, low, high, method: 'newcombe-hybrid', isDistinct: low > 0 || high < 0 }
}

function sideOf({ source, reviewedDocuments, claims, inputSha256 }: ReportView): Comparison['first'] {
  return { source: { id: source.id, name: source.name }, reviewedDocuments, assessed: claims.assessed, inputSha256 }
}

function cautionsOf(reports: readonly [ReportView, ReportView]): Comparison['cautions'] {
  const cautions: Comparison['cautions'] = []
  for (const { source, shares, claims, reviewedDocuments } of reports) {
    if (shares !== null) continue
    cautions.push({
      code: 'shares-withheld',
      says: `No difference is given: ${source.name} has ${claims.assessed} assessed claims in ${reviewedDocuments} reviewed documents, too few for shares of its own.`,
    })
  }
  for (const { source, coverage } of reports) {
    if (coverage.checkable === 0 || coverage.decided / coverage.checkable >= minimumCoverage) continue
    cautions.push({
      code: 'low-coverage',
      says: `Only ${coverage.decided} of ${coverage.checkable} checkable sentences of ${source.name} are decided; the rest could turn a difference around.`,
    })
  }
  for (const { source, agreement } of reports) {
    if (agreement.established) continue
    cautions.push({
      code: 'no-agreement',
      says: `Agreement of the reviewers of ${source.name} is not established: a difference can come from who reviewed.`,
    })
  }
  cautions.push({
    code: 'other-documents',
    says: 'A difference can come from which documents were reviewed, their topics, genres and dates, as well as from who published them.',
  })
  return cautions
}

/**
 * Compares the shares of two sources, the first less the second, in the caller's order. The intervals keep their allowance for claims of one document
 * being alike; `shares` is null where either report withholds its own.
 */
export function compareReports(first: ReportView, second: ReportView): Comparison {
  const compared = (rating: AssessedRating): ComparedShare | null => {
    const [one, other] = [first.shares?.[rating] ?? null, second.shares?.[rating] ?? null]
    return one === null || other === null ? null : compareShares(one, other)
  }
  const [sourced, unsourced, contradicted] = [compared('sourced'), compared('unsourced'), compared('contradicted')]
  return {
    methodVersion: first.methodVersion,
    first: sideOf(first),
    second: sideOf(second),
    shares:
      sourced === null || unsourced === null || contradicted === null ? null : { sourced, unsourced, contradicted },
    cautions: cautionsOf([first, second]),
  }
}

/**
 * The difference of two shares of separate samples with its 95 % interval, made by squaring and adding the arms of both intervals. With Wilson's on
 * plain counts this is method 10 of Newcombe (1998); on effective sizes it keeps their allowance for clusters (Zou and Donner 2008).
 */
export function differenceOfShares(first: ShareWithInterval, second: ShareWithInterval): ShareDifference {
  const difference = first.share - second.share
  return {
    difference,
    low: Math.max(-1, difference - Math.hypot(first.share - first.low, second.high - second.share)),
    high: Math.min(1, difference + Math.hypot(first.high - first.share, second.share - second.low)),
  }
}

/** The most sources to compare at once: one axis cannot show more legibly. */
export const mostCompared = 6

/** A pair of the compared sources, by index, with the difference of their shares of one rating. */
export interface ComparedPair extends Pick<ComparedShare, 'difference' | 'low' | 'high' | 'isDistinct'> {
  /** The indexes of the sources with the higher and the lower share. When the shares are equal, `higher` is the earlier one. */
  higher: number
  lower: number
}

/** Several sources side by side. */
interface ManyCompared {
  pairs: Record<AssessedRating, ComparedPair[]>
  cautions: Comparison['cautions']
}

/** Orders a pair so that its difference is not negative. */
function pairOf({ difference, low, high, isDistinct }: ComparedShare, [first, second]: [number, number]): ComparedPair {
  return difference >= 0
    ? { higher: first, lower: second, difference, low, high, isDistinct }
    : { higher: second, lower: first, difference: -difference, low: -high, high: -low, isDistinct }
}

/**
 * Compares every pair of several reports, without ranking. A pair is distinct when the interval of its difference leaves out 0; of other pairs
 * nothing is said. With more than one pair a caution says how many comparisons there are, because each can err by itself.
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
