import { missingEvidence, type Rating } from '../annotations/rating'
import { measureCoverage } from '../annotations/coverage'
import { matchClaims } from '../claims/match-claims'
import { reasonWords, dissentFrom, pluralityOf } from '../claims/verdict'
import { keysOf } from '../keys'
import type { AdjudicatedClaim, DocumentAdjudication, ReportAnnotation, ReportCitation } from './input-schema'
import {
  assessedRatings,
  type Adjudication,
  type ClaimCounts,
  type Coverage,
  type Evidence,
  type ReportChoices,
} from './schema'

/** What a claim comes to: a rating its reviewers share, or why it has none. */
type ClaimOutcome = Rating | 'open' | 'incomplete'

/**
 * Whether a rating carries the evidence that a report asks for: what law 5 wants and, for `contradicted`, the words that contradict the claim. Nobody
 * is said to be contradicted by a record that is not quoted.
 */
function carriesEvidence(rating: Rating, citations: readonly Pick<ReportCitation, 'stance' | 'quote'>[]): boolean {
  const stances = citations.map(({ stance }) => stance)
  if (missingEvidence(rating, stances) !== null) return false
  return (
    rating !== 'contradicted' || citations.some(({ stance, quote }) => stance === 'contradicts' && quote.trim() !== '')
  )
}

/** Whether an annotation carries the evidence that its rating needs. */
function isComplete({ rating, citations }: ReportAnnotation): boolean {
  return carriesEvidence(rating, citations)
}

/**
 * The outcome of a matched claim. Annotations without the needed evidence do not speak; when none speaks the claim is `incomplete`,
 * when they differ it is `open`: no majority decides, that is for an adjudicator.
 */
export function assessClaim(annotations: readonly ReportAnnotation[]): ClaimOutcome {
  const [first, ...others] = annotations.filter(isComplete)
  if (first === undefined) return 'incomplete'
  return others.every((other) => other.rating === first.rating) ? first.rating : 'open'
}

/** The parts of a document that its claims are read from. */
export interface ClaimedDocument {
  annotations: readonly ReportAnnotation[]
  decisions: readonly { authorId: string; start: number; end: number }[]
  checkable: readonly { start: number; end: number }[]
  adjudication?: DocumentAdjudication | null
}

/**
 * A claim as reports count and list it. What is said of who agrees is about the rating that it is listed by: its own where it has one, else
 * `contradicted`, by which a claim that reviewers differ on is listed.
 */
export interface ReportClaim {
  /** The settled claim; null where reviewers' annotations were matched for the report alone. */
  claimId: string | null
  outcome: ClaimOutcome | 'no_claim'
  /** Whether its rating rests on one person alone: on the one reviewer who rated it, unless another member settled it. */
  single: boolean
  start: number
  end: number
  exact: string
  disputed: boolean
  partial: boolean
  agreeing: number
  rated: number
  annotationIds: string[]
  notes: string[]
  evidence: Evidence[]
  verdict: { reason: string; dissent: number; own: boolean } | null
}

function evidenceOf(citations: readonly ReportCitation[]): Evidence[] {
  const seen = new Set<string>()
  return citations.flatMap(({ reference, stance, quote, locator, quoteCheck, quoteStart }) => {
    const key = JSON.stringify([reference.id, stance, quote, locator])
    if (seen.has(key)) return []
    seen.add(key)
    const { id: referenceId, ...described } = reference
    return [{ referenceId, ...described, stance, quote, locator, quoteCheck, quoteStart }]
  })
}

function listedAs(outcome: ReportClaim['outcome']): Rating {
  return outcome === 'open' || outcome === 'incomplete' || outcome === 'no_claim' ? 'contradicted' : outcome
}

function ofReviewers(annotations: readonly ReportAnnotation[]): ReportClaim[] {
  const [first] = annotations
  if (first === undefined) return []
  const spoken = annotations.filter(isComplete)
  const outcome = assessClaim(annotations)
  const agreeing = spoken.filter(({ rating }) => rating === listedAs(outcome))
  const { start, end, exact } = agreeing[0] ?? first
  return [
    {
      claimId: null,
      outcome,
      single: spoken.length === 1 && isAssessed(outcome),
      start,
      end,
      exact,
      disputed: annotations.some(({ disputed }) => disputed),
      partial: annotations.some(({ partial }) => partial),
      agreeing: agreeing.length,
      rated: spoken.length,
      annotationIds: agreeing.map(({ id }) => id),
      notes: [...new Set(agreeing.map(({ note }) => note.trim()).filter((note) => note !== ''))],
      evidence: evidenceOf(agreeing.flatMap(({ citations }) => citations)),
      verdict: null,
    },
  ]
}

function isAssessed(outcome: ReportClaim['outcome']): boolean {
  return assessedRatings.some((rating) => rating === outcome)
}

function ofVerdict(claim: AdjudicatedClaim): ReportClaim {
  const { start, end, exact, rating, disputed, partial, reason, words, own, votes, citations } = claim
  const outcome = rating === null ? 'no_claim' : carriesEvidence(rating, citations) ? rating : 'incomplete'
  const agreeing = votes.filter((vote) => vote.rating === listedAs(outcome))
  return {
    claimId: claim.id,
    outcome,
    single: isAssessed(outcome) && (votes.length === 0 || (own && votes.length === 1)),
    start,
    end,
    exact,
    disputed,
    partial,
    agreeing: agreeing.length,
    rated: votes.length,
    annotationIds: votes.map(({ annotationId }) => annotationId),
    notes: words.trim() === '' ? [] : [words.trim()],
    evidence: evidenceOf(citations),
    verdict: { reason: reasonWords(reason), dissent: dissentFrom(rating, votes).length, own },
  }
}

/**
 * The claims of a document in the order of the text. Where a closed session settled them, its verdicts are the only input, regardless of what was marked since or
 * elsewhere; otherwise the reviewers' annotations are matched, and a claim counts when those who rated it agree. Of a document that was to be read once the claims are
 * those of its reader.
 */
export function claimsOfDocument({ annotations, adjudication }: ClaimedDocument): ReportClaim[] {
  if (adjudication === null || adjudication === undefined) return matchClaims(annotations).flatMap(ofReviewers)
  if (adjudication.readOnce !== undefined) {
    // Nothing in it was adjudicated, so nothing is counted, regardless of how many came to read it.
    const read = matchClaims(adjudication.readOnce).flatMap(ofReviewers)
    return read.map((claim) => ({ ...claim, single: isAssessed(claim.outcome) }))
  }
  return adjudication.claims.map(ofVerdict)
}

/** Whether a claim is in the counts: one that a single person judged only where the report was asked to count such claims. */
export function isCounted({ single }: ReportClaim, { singleReviews }: ReportChoices): boolean {
  return !single || singleReviews === 'counted'
}

/** The claims by outcome. */
export function countClaims(claims: readonly ReportClaim[], choices: ReportChoices): ClaimCounts {
  const counted = claims.filter((claim) => isCounted(claim, choices))
  const having = (outcome: ReportClaim['outcome']) => counted.filter((claim) => claim.outcome === outcome).length
  const sourced = having('sourced')
  const unsourced = having('unsourced')
  const contradicted = having('contradicted')
  return {
    sourced,
    unsourced,
    contradicted,
    assessed: sourced + unsourced + contradicted,
    notCheckable: having('not_checkable'),
    noClaim: having('no_claim'),
    open: having('open'),
    incomplete: having('incomplete'),
    singleReview: claims.filter(({ single }) => single).length,
    disputed: claims.filter(({ disputed }) => disputed).length,
    partial: claims.filter(({ partial }) => partial).length,
  }
}

/** The sums of several counts. */
export function addCounts(lines: readonly ClaimCounts[]): ClaimCounts {
  const total: ClaimCounts = {
    sourced: 0,
    unsourced: 0,
    contradicted: 0,
    assessed: 0,
    notCheckable: 0,
    noClaim: 0,
    open: 0,
    incomplete: 0,
    singleReview: 0,
    disputed: 0,
    partial: 0,
  }
  for (const line of lines) {
    for (const key of keysOf(total)) total[key] += line[key]
  }
  return total
}

/**
 * Decided sentences of those that count. In an adjudicated document a sentence is decided by a settled claim on it, or by "no claim here" of as many
 * reviewers as the protocol asks for; otherwise by any mark of anyone.
 */
export function coverageOfDocument({ checkable, annotations, decisions, adjudication }: ClaimedDocument): Coverage {
  if (adjudication === null || adjudication === undefined) {
    const { decided, total } = measureCoverage({ sentences: checkable, annotations, decisions })
    return { decided, checkable: total }
  }
  const authorsAt = new Map<number, Set<string>>()
  for (const { start, authorId } of adjudication.decisions) {
    const authors = authorsAt.get(start)
    if (authors === undefined) authorsAt.set(start, new Set([authorId]))
    else authors.add(authorId)
  }
  const { decided, total } = measureCoverage({
    sentences: adjudication.checkable,
    // Which rating a sentence comes to is of no account here, only that it was settled.
    annotations: [
      ...(adjudication.readOnce ?? []),
      ...adjudication.claims.map(({ start, end, rating }) => ({ start, end, rating: rating ?? 'not_checkable' })),
    ],
    decisions: adjudication.decisions.filter(
      ({ start }) => (authorsAt.get(start)?.size ?? 0) >= adjudication.minimumReviewers,
    ),
  })
  return { decided, checkable: total }
}

/** What is printed of a document's adjudication. */
export function describeAdjudication(adjudication: DocumentAdjudication): Adjudication {
  const { sessionId, sessionName, closedAt, claims } = adjudication
  const pluralities = claims.map(({ votes, rating }) => ({ plurality: pluralityOf(votes), rating }))
  return {
    sessionId,
    sessionName,
    closedAt,
    claims: claims.length,
    changed: pluralities.filter(({ plurality, rating }) => plurality !== null && plurality !== rating).length,
    ties: pluralities.filter(({ plurality }) => plurality === null).length,
  }
}
