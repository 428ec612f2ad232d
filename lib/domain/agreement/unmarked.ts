/**
 * Estimates the number of claims that nobody marked, from how many were marked by several: capture and recapture (Seber 1982, ch. 3; Chao 1987). Two
 * reviewers: Chapman's estimate; more: Chao's. Both assume that reviewers mark claims independently and that all claims are as easy to find. Some are
 * harder, so the true number is higher: it is a lower estimate.
 */
import { pairKey } from './session-layout'
import type { Unmarked } from './schema'
import type { DocumentStatistics } from './statistics'
import { wilsonInterval, z95, type Interval } from '../statistics/intervals'

/** The captures of two reviewers, over the documents that both read: claims that the first marked, the second, and both. */
interface PairCaptures {
  first: number
  second: number
  both: number
}

/**
 * The captures of teams of `reviewers` (three or more), over the documents that teams of this size read: claims that exactly one marked, and exactly
 * two.
 */
interface TeamCaptures {
  reviewers: number
  once: number
  twice: number
}

interface Estimate {
  unmarked: number
  variance: number
}

/** Chapman's estimate of claims that neither of two marked, with its variance (Seber 1982, p. 60). */
export function chapman({ first, second, both }: PairCaptures): Estimate {
  const all = ((first + 1) * (second + 1)) / (both + 1) - 1
  const variance = ((first + 1) * (second + 1) * (first - both) * (second - both)) / ((both + 1) ** 2 * (both + 2))
  return { unmarked: all - (first + second - both), variance }
}

/** Chao's estimate (incidence data, bias-corrected) of claims that none of three or more marked, with its variance (Chao and Chiu 2016). */
export function chao({ reviewers, once, twice }: TeamCaptures): Estimate {
  const part = (reviewers - 1) / reviewers
  const unmarked = (part * once * (once - 1)) / (2 * (twice + 1))
  const variance =
    (part * once * (once - 1)) / (2 * (twice + 1)) +
    (part ** 2 * once * (2 * once - 1) ** 2) / (4 * (twice + 1) ** 2) +
    (part ** 2 * once ** 2 * twice * (once - 1) ** 2) / (4 * ((twice + 1) ** 2) ** 2)
  return { unmarked, variance }
}

/** Fewer recaptures (claims that two marked) than this make the estimate a guess (Robson and Regier 1964: with seven its bias is slight). */
const fewestRecaptures = 7

/**
 * The estimated number of claims that nobody marked, with a 95 % interval; none need be whole. `marked`: claims that at least one reviewer marked in
 * the same documents.
 */
interface UnmarkedEstimate extends Interval {
  unmarked: number
  marked: number
}

/**
 * Estimates the claims that nobody marked in documents that two or more read: the sum over all pairs and teams, with an interval on the logarithm
 * (Chao 1987), so that it stays above 0. `marked`: claims that at least one reviewer marked in them. Null where two reviewers marked too few claims
 * in common.
 */
export function estimateUnmarked({
  pairs,
  teams,
  marked,
}: {
  pairs: readonly PairCaptures[]
  teams: readonly TeamCaptures[]
  marked: number
}): UnmarkedEstimate | null {
  const recaptures = pairs.reduce((sum, { both }) => sum + both, 0) + teams.reduce((sum, { twice }) => sum + twice, 0)
  if (recaptures < fewestRecaptures) return null
  const estimates = [...pairs.map(chapman), ...teams.map(chao)]
  const unmarked = estimates.reduce((sum, estimate) => sum + estimate.unmarked, 0)
  const variance = estimates.reduce((sum, estimate) => sum + estimate.variance, 0)
  if (unmarked <= 0) {
    // No marked claim was missed. Each reviewer may still miss the upper end of Wilson's interval for 0 of all readings, and both miss its square.
    const left = wilsonInterval(0, 2 * marked)?.high ?? 1
    return { unmarked: 0, low: 0, high: marked * left ** 2, marked }
  }
  const factor = Math.exp(z95 * Math.sqrt(Math.log(1 + variance / unmarked ** 2)))
  return { unmarked, low: unmarked / factor, high: unmarked * factor, marked }
}

/** The captures of each pair of reviewers, over the documents that only these two read. */
function pairsOf(documents: readonly DocumentStatistics[]): PairCaptures[] {
  const found = new Map<string, PairCaptures>()
  for (const { reviewerIds, marked } of documents) {
    const [one, other] = reviewerIds
    if (one === undefined || other === undefined || reviewerIds.length > 2) continue
    const key = pairKey([one, other])
    const known = found.get(key) ?? { first: 0, second: 0, both: 0 }
    const [first = 0, second = 0] = marked.byReviewer
    found.set(key, {
      first: known.first + first,
      second: known.second + second,
      both: known.both + (marked.byCount[2] ?? 0),
    })
  }
  return [...found.values()]
}

/** The captures of documents that three or more read, by number of readers. */
function teamsOf(documents: readonly DocumentStatistics[]): TeamCaptures[] {
  const found = new Map<number, TeamCaptures>()
  for (const { reviewerIds, marked } of documents) {
    const reviewers = reviewerIds.length
    if (reviewers < 3) continue
    const known = found.get(reviewers) ?? { reviewers, once: 0, twice: 0 }
    found.set(reviewers, {
      reviewers,
      once: known.once + (marked.byCount[1] ?? 0),
      twice: known.twice + (marked.byCount[2] ?? 0),
    })
  }
  return [...found.values()]
}

/** The estimate in words: the low end rounded down to whole claims, the high end up. */
function inWords({ unmarked, low, high, marked, documents }: Omit<Unmarked, 'says' | 'method'>): string {
  const about = Math.round(unmarked)
  const claims = about === 0 ? 'Fewer than one claim' : `About ${about} ${about === 1 ? 'claim' : 'claims'}`
  const read = documents === 1 ? 'the document' : `the ${documents} documents`
  return `${claims} (${Math.floor(low)} to ${Math.ceil(high)}) in ${read} that two reviewers or more read ${about < 2 ? 'was' : 'were'} marked by nobody, beside ${marked} that someone marked, going by how often one marked what another had. What is hard to see is more often left by all, so there may be more.`
}

/** The estimate over documents that two or more submitted; null where two reviewers marked too few claims in common. */
export function measureUnmarked(statistics: readonly DocumentStatistics[]): Unmarked | null {
  const documents = statistics.filter(({ reviewerIds }) => reviewerIds.length >= 2)
  const marked = documents.reduce(
    (sum, document) => sum + document.marked.byCount.slice(1).reduce((own, count) => own + count, 0),
    0,
  )
  const [pairs, teams] = [pairsOf(documents), teamsOf(documents)]
  const found = estimateUnmarked({ pairs, teams, marked })
  if (found === null) return null
  const method = teams.length === 0 ? 'chapman' : pairs.length === 0 ? 'chao' : 'chapman-and-chao'
  const estimate = { ...found, documents: documents.length }
  return { ...estimate, method, says: inWords(estimate) }
}
