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

/** The outcome of a claim: the rating that its reviewers share, or why it has none. */
type ClaimOutcome = Rating | 'open' | 'incomplete'

/**
 * Whether a rating has the evidence that a report asks for: no missing evidence and, for `contradicted`, a quote that contradicts the claim. A report
 * calls nothing contradicted without quoting the record.
 */
function carriesEvidence(rating: Rating, citations: readonly Pick<ReportCitation, 'stance' | 'quote'>[]): boolean {
  const stances = citations.map(({ stance }) => stance)
  if (missingEvidence(rating, stances) !== null) return false
  return (
    rating !== 'contradicted' || citations.some(({ stance, quote }) => stance === 'contradicts' && quote.trim() !== '')
  )
}

/** Whether an annotation has the evidence that its rating needs. */
function isComplete({ rating, citations }: ReportAnnotation): boolean {
  return carriesEvidence(rating, citations)
}

/**
 * The outcome of a matched claim. Annotations without the needed evidence are ignored; when none has it, the claim is `incomplete`. When ratings
 * differ it is `open`, because an adjudicator decides and not a majority.
 */
export function assessClaim(annotations: readonly ReportAnnotation[]): ClaimOutcome {
  const [first, ...others] = annotations.filter(isComplete)
  if (first === undefined) return 'incomplete'
  return others.every((other) => other.rating === first.rating) ? first.rating : 'open'
}

/** The parts of a document that determine its claims. */
export interface ClaimedDocument {
  annotations: readonly ReportAnnotation[]
  decisions: readonly { authorId: string; start: number; end: number }[]
  checkable: readonly { start: number; end: number }[]
  adjudication?: DocumentAdjudication | null
}

/**
 * A claim as reports count and list it. `agreeing` and what follows from it refer to the rating under which the claim is listed: its own where it has
 * one, else `contradicted`.
 */
export interface ReportClaim {
  /** The id of the settled claim; null where reviewers' annotations were matched for this report alone. */
  claimId: string | null
  outcome: ClaimOutcome | 'no_claim'
  /** Whether its rating rests on one person: on the only reviewer who rated it, unless another member settled it. */
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
 * The claims of a document in text order. Where a closed session settled them, its verdicts are the only input; otherwise the reviewers' annotations
 * are matched, and a claim counts when those who rated it agree. The claims of a document that was to be read once are those of its reader.
 */
export function claimsOfDocument({ annotations, adjudication }: ClaimedDocument): ReportClaim[] {
  if (adjudication === null || adjudication === undefined) return matchClaims(annotations).flatMap(ofReviewers)
  if (adjudication.readOnce !== undefined) {
    // Nothing in it was adjudicated, so all its claims are single, regardless of how many reviewers read it.
    const read = matchClaims(adjudication.readOnce).flatMap(ofReviewers)
    return read.map((claim) => ({ ...claim, single: isAssessed(claim.outcome) }))
  }
  return adjudication.claims.map(ofVerdict)
}

/** Whether a claim is counted. Single reviews are counted only where the report was asked to count them. */
export function isCounted({ single }: ReportClaim, { singleReviews }: ReportChoices): boolean {
  return !single || singleReviews === 'counted'
}

/** Counts the claims by outcome. */
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

/** Adds up counts. */
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
 * Decided sentences of the checkable ones. In an adjudicated document a sentence is decided by a settled claim on it, or by "no claim here" of as
 * many reviewers as the protocol asks for; otherwise by any mark of any reviewer.
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
    // Coverage needs no rating: a settled sentence is decided with any of them.
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

/** Summarises a document's adjudication for its line of the report. */
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
