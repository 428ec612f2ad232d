import { minimumCoverage, type Interval } from '@/lib/domain/statistics/intervals'
import { assessedRatings, type AssessedRating, type ReportView } from '../schema'
import type { ComparedShare, Comparison } from './comparison-schema'

/** A share with the interval that goes with it, however that was made. */
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
 * The shares of two sources and their differences, the first less the second. The intervals carry along the allowance for claims of one document being
 * alike. Nothing is compared where a report withholds its shares, and nobody is ranked: the order is the caller's.
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
 * The difference of two shares of separate samples with its 95 % interval, by squaring and adding the arms of both intervals: method 10 of Newcombe (1998)
 * when these are Wilson's on the plain counts. From Wilson's on effective sizes it carries their allowance for clusters along (Zou and Donner 2008).
 */
export function differenceOfShares(first: ShareWithInterval, second: ShareWithInterval): ShareDifference {
  const difference = first.share - second.share
  return {
    difference,
    low: Math.max(-1, difference - Math.hypot(first.share - first.low, second.high - second.share)),
    high: Math.min(1, difference + Math.hypot(first.high - first.share, second.share - second.low)),
  }
}

/** The most sources that stand side by side: more are not read off one axis. */
export const mostCompared = 6

/** Two of the compared sources, by their places among them, and how the shares of one rating differ. */
export interface ComparedPair extends Pick<ComparedShare, 'difference' | 'low' | 'high' | 'isDistinct'> {
  /** The place of the source with the higher share, and of the other; where both are equal, their order. */
  higher: number
  lower: number
}

/** Several sources side by side. */
interface ManyCompared {
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
