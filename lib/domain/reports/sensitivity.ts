/** The sensitivity of a report's shares: to single documents, to other rules for the claims, and to further reading. */
import type { Rating } from '../annotations/rating'
import { pluralityOf, type Vote } from '../claims/verdict'
import { keysOf } from '../keys'
import { effectiveSizeOf, leastLikeness, wilsonInterval, type Cluster } from '../statistics/intervals'
import type { DocumentAdjudication } from './input-schema'
import { isCounted, type ReportClaim } from './report-claims'
import {
  assessedRatings,
  type AssessedRating,
  type DocumentLine,
  type OtherRule,
  type ReportChoices,
  type ReportView,
} from './schema'

type LeaveOneOut = NonNullable<ReportView['leaveOneOut']>

function leaveOneOut(lines: readonly DocumentLine[], rating: AssessedRating): LeaveOneOut[AssessedRating] | null {
  const count = lines.reduce((sum, { claims }) => sum + claims[rating], 0)
  const of = lines.reduce((sum, { claims }) => sum + claims.assessed, 0)
  const without = lines
    .filter(({ claims }) => claims.assessed > 0 && claims.assessed < of)
    .map(({ id: documentId, title, claims }) => {
      return { share: (count - claims[rating]) / (of - claims.assessed), documentId, title }
    })
  const [first, ...others] = without
  if (first === undefined) return null
  return {
    lowest: others.reduce((least, each) => (each.share < least.share ? each : least), first),
    highest: others.reduce((most, each) => (each.share > most.share ? each : most), first),
  }
}

function leaveEachOut(lines: readonly DocumentLine[]): ReportView['leaveOneOut'] {
  const [sourced, unsourced, contradicted] = assessedRatings.map((rating) => leaveOneOut(lines, rating))
  return sourced && unsourced && contradicted ? { sourced, unsourced, contradicted } : null
}

/** The sizes of documents: their mean and their spread. */
interface DocumentSizes {
  /** The mean number of claims per document. */
  mean: number
  /** The mean size of the document of a randomly picked claim, Σm² / Σm; larger than the mean size where sizes differ. */
  weighted: number
}

function sizesOf(clusters: readonly Cluster[]): DocumentSizes {
  const used = clusters.filter(({ of }) => of > 0)
  const all = used.reduce((sum, { of }) => sum + of, 0)
  return { mean: all / used.length, weighted: used.reduce((sum, { of }) => sum + of ** 2, 0) / all }
}

/**
 * How alike claims of one document are, pooled over several ratings of the same claims: the intracluster correlation that explains the variance
 * between documents, from `leastLikeness` to 1. `clusters` has the documents of each rating.
 * @returns null where it is undefined: with fewer than two documents, with one claim in each, or where no rating varies
 */
export function pooledLikeness(ratings: readonly (readonly Cluster[])[]): number | null {
  let between = 0
  let independent = 0
  let weighted = 1
  for (const clusters of ratings) {
    const used = clusters.filter(({ of }) => of > 0)
    const all = used.reduce((sum, { of }) => sum + of, 0)
    const share = used.reduce((sum, { count }) => sum + count, 0) / all
    if (used.length < 2) continue
    const squares = used.reduce((sum, { count, of }) => sum + (count - share * of) ** 2, 0)
    between += ((used.length / (used.length - 1)) * squares) / all ** 2
    independent += (share * (1 - share)) / all
    weighted = sizesOf(used).weighted
  }
  if (independent === 0 || weighted <= 1) return null
  return Math.min(1, Math.max(leastLikeness, (between / independent - 1) / (weighted - 1)))
}

/** The inputs of a plan: the expected share, and how large and how alike documents are. */
interface PlanBasis {
  share: number
  likeness: number
  sizes: DocumentSizes
}

/** Half the width of the interval with the given number of documents: 0.06 is "± 6 points". */
export function plannedHalfWidth(documents: number, { share, likeness, sizes }: PlanBasis): number {
  const designEffect = 1 + (sizes.weighted - 1) * likeness
  const size = effectiveSizeOf(documents * sizes.mean, { documents, designEffect })
  const { low, high } = wilsonInterval(share, size) ?? { low: 0, high: 1 }
  return (high - low) / 2
}

/** A plan for more documents than this could not be carried out by a team. */
const mostDocuments = 2_000

/** The fewest documents with an interval of at most the given half width; null where even 2,000 are too few. */
export function documentsFor(halfWidth: number, basis: PlanBasis): number | null {
  if (plannedHalfWidth(mostDocuments, basis) > halfWidth) return null
  let [low, high] = [1, mostDocuments]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (plannedHalfWidth(middle, basis) <= halfWidth) high = middle
    else low = middle
  }
  return high
}

/** Half widths worth aiming at, the widest first. */
const targets = [0.15, 0.12, 0.1, 0.08, 0.06, 0.05, 0.04, 0.03, 0.02, 0.01]

/** How many further documents would narrow an interval. */
interface FurtherDocuments {
  /** Half the width of the widest interval now, and the half width aimed at. */
  halfWidth: number
  target: number
  documents: number
  further: number
  likeness: number
}

/**
 * How many further documents would bring the widest interval of several shares of the same documents to the next half width worth aiming at, at most
 * three quarters of the present one. Null where likeness is undefined, or it would take more than 2,000 documents.
 */
export function planFurther(ratings: readonly (readonly Cluster[])[]): FurtherDocuments | null {
  const likeness = pooledLikeness(ratings)
  if (likeness === null) return null
  const bases = ratings.map((clusters): PlanBasis => {
    const count = clusters.reduce((sum, cluster) => sum + cluster.count, 0)
    const of = clusters.reduce((sum, cluster) => sum + cluster.of, 0)
    return { share: count / of, likeness, sizes: sizesOf(clusters) }
  })
  const now = Math.max(...ratings.map((clusters) => clusters.filter(({ of }) => of > 0).length))
  const halfWidth = Math.max(...bases.map((basis) => plannedHalfWidth(now, basis)))
  const target = targets.find((width) => width <= 0.75 * halfWidth)
  if (target === undefined) return null
  const needed = bases.map((basis) => documentsFor(target, basis))
  if (needed.includes(null)) return null
  const documents = Math.max(...needed.map((each) => each ?? 0))
  return { halfWidth, target, documents, further: documents - now, likeness }
}

function points(share: number): string {
  const value = Math.round(share * 100)
  return `${value} ${value === 1 ? 'point' : 'points'}`
}

function furtherDocuments(lines: readonly DocumentLine[]): ReportView['furtherDocuments'] {
  const plan = planFurther(
    assessedRatings.map((rating) => lines.map(({ claims }) => ({ count: claims[rating], of: claims.assessed }))),
  )
  if (plan === null) return null
  const { halfWidth, target, further } = plan
  const says = `The widest interval reaches ${points(halfWidth)} to either side. About ${further} more ${further === 1 ? 'document' : 'documents'} like these, reviewed in the same way, would bring that to ${points(target)}.`
  return { ...plan, says }
}

/** A reviewed document: its line, its claims, and the votes behind the settled ones. */
interface ReviewedDocument {
  line: DocumentLine
  claims: readonly ReportClaim[]
  document: { adjudication?: DocumentAdjudication | null }
}

/** The rating of a claim by another rule; null where the rule gives none. `votes`: the votes behind its verdict, if it has one. */
type Rule = (claim: ReportClaim, votes: readonly Vote[] | undefined) => Rating | null

/** The outcome of a claim. Where nobody settled it, its reviewers agree or it is open. */
function settled({ outcome }: ReportClaim): Rating | null {
  return outcome === 'open' || outcome === 'incomplete' || outcome === 'no_claim' ? null : outcome
}

const rules: Record<OtherRule['rule'], { says: string; rule: Rule }> = {
  'blind-plurality': {
    says: 'By what most reviewers had rated blind, without verdicts',
    rule: (claim, votes) => (votes === undefined ? settled(claim) : pluralityOf(votes)),
  },
  unanimous: {
    says: 'Only claims that two or more rated blind, all alike',
    rule: (claim, votes) => {
      const blind = votes?.filter(({ late }) => !late)
      if (blind === undefined) return claim.rated > 1 ? settled(claim) : null
      const [first] = blind
      const isUnanimous = blind.length > 1 && blind.every(({ rating }) => rating === first?.rating)
      return isUnanimous ? (first?.rating ?? null) : null
    },
  },
  'without-disputed': {
    says: 'Without claims that are marked as disputed',
    rule: (claim) => (claim.disputed ? null : settled(claim)),
  },
}

function applyRule(documents: readonly ReviewedDocument[], name: OtherRule['rule'], choices: ReportChoices): OtherRule {
  const { says, rule } = rules[name]
  const counts = { sourced: 0, unsourced: 0, contradicted: 0 }
  let leftOut = 0
  for (const { claims, document } of documents) {
    const votesOf = new Map(document.adjudication?.claims.map(({ id, votes }) => [id, votes]))
    for (const claim of claims) {
      if (!isCounted(claim, choices)) continue
      const rating = rule(claim, claim.claimId === null ? undefined : votesOf.get(claim.claimId))
      const assessed = assessedRatings.find((each) => each === rating)
      if (assessed !== undefined) counts[assessed] += 1
      else if (assessedRatings.some((each) => each === claim.outcome)) leftOut += 1
    }
  }
  return { rule: name, says, ...counts, of: counts.sourced + counts.unsourced + counts.contradicted, leftOut }
}

/** The sensitivity of a report that gives shares, over its reviewed documents. */
export function stateSensitivity(
  documents: readonly ReviewedDocument[],
  choices: ReportChoices,
): Pick<ReportView, 'leaveOneOut' | 'furtherDocuments' | 'otherRules'> {
  const lines = documents.map(({ line }) => line)
  return {
    leaveOneOut: leaveEachOut(lines),
    furtherDocuments: furtherDocuments(lines),
    otherRules: keysOf(rules).map((name) => applyRule(documents, name, choices)),
  }
}
