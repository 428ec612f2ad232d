/** How many claims nobody marked, from the blind marks of documents that two or more read. */
import { estimateUnmarked, type PairCaptures, type TeamCaptures } from '../statistics/unmarked-claims'
import { pairKey } from './session-layout'
import type { Unmarked } from './schema'
import type { DocumentStatistics } from './statistics'

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
