/**
 * How many claims nobody marked, from how often those that were marked were marked by several: capture and recapture (Seber 1982, ch. 3; Chao 1987). Two reviewers:
 * Chapman's estimate; more: Chao's. Both take claims to be marked independently. Some claims are easier to see than others, so in truth more are unmarked
 * than this: it is a lower estimate.
 */
import { pairKey } from './session-layout'
import type { Unmarked } from './schema'
import type { DocumentStatistics } from './statistics'
import { wilsonInterval, z95, type Interval } from '../statistics/intervals'

/** Documents that the same two reviewers read: claims of the first, of the second, and of both. */
interface PairCaptures {
  first: number
  second: number
  both: number
}

/** Documents that so many reviewers read (three or more): claims that one marked, that two marked, and all that were marked. */
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

/** Fewer claims than this that two marked make the estimate a guess (Robson and Regier 1964: with seven its bias is slight). */
const fewestRecaptures = 7

/** Claims that nobody marked, with a 95 % interval; neither need be whole. `marked`: claims that someone marked in the same documents. */
interface UnmarkedEstimate extends Interval {
  unmarked: number
  marked: number
}

/**
 * Claims that nobody marked in documents that two or more read: the estimates of all pairs and teams, added up, with an interval on the logarithm (Chao 1987), so
 * that it does not go below none. `marked`: claims that someone marked in them. Null where too few were marked by two.
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
    // Nothing that one marked was left by another: both may still leave as much as none of all these looks allows, squared.
    const left = wilsonInterval(0, 2 * marked)?.high ?? 1
    return { unmarked: 0, low: 0, high: marked * left ** 2, marked }
  }
  const factor = Math.exp(z95 * Math.sqrt(Math.log(1 + variance / unmarked ** 2)))
  return { unmarked, low: unmarked / factor, high: unmarked * factor, marked }
}

/** The marks of documents that two read, for each two reviewers, added up. */
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

/** The marks of documents that three or more read, by how many these were. */
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

/** The estimate in whole claims, the low end rounded down and the high one up. */
function inWords({ unmarked, low, high, marked, documents }: Omit<Unmarked, 'says' | 'method'>): string {
  const about = Math.round(unmarked)
  const claims = about === 0 ? 'Fewer than one claim' : `About ${about} ${about === 1 ? 'claim' : 'claims'}`
  const read = documents === 1 ? 'the document' : `the ${documents} documents`
  return `${claims} (${Math.floor(low)} to ${Math.ceil(high)}) in ${read} that two reviewers or more read ${about < 2 ? 'was' : 'were'} marked by nobody, beside ${marked} that someone marked, going by how often one marked what another had. What is hard to see is more often left by all, so there may be more.`
}

/** The estimate over documents that two or more submitted; null where too few claims were marked by two. */
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
