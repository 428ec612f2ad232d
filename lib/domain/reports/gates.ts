import { smallSampleBelow } from './intervals'
import type { ClaimCounts, Coverage, Gate } from './schema'

/** Below these a report shows counts and claims and no shares. */
export const minimumClaims = 30
/** See `minimumClaims`. */
export const minimumDocuments = 5
/** Below this share of decided sentences the report warns before anything else. */
export const minimumCoverage = 0.8

/** What the gates look at. */
export interface GateFacts {
  claims: ClaimCounts
  coverage: Coverage
  reviewedDocuments: number
  /** Documents whose marks are left out because reviewers judge them blind; none when left out. */
  documentsInBlindPhase?: number
  /** Reviewed documents that the verdicts of a closed session assess; none when left out. */
  adjudicatedDocuments?: number
}

function plural(n: number, one: string, many: string): string {
  return `${n} ${n === 1 ? one : many}`
}

/** Everything that withholds a figure or asks for care, gravest first. */
export function gatesOf({
  claims,
  coverage,
  reviewedDocuments,
  documentsInBlindPhase = 0,
  adjudicatedDocuments = 0,
}: GateFacts): Gate[] {
  const gates: Gate[] = []
  if (claims.assessed < minimumClaims) {
    gates.push({
      code: 'too-few-claims',
      says: `Too few claims for shares: ${claims.assessed} of at least ${minimumClaims} are assessed. Counts and claims are listed instead.`,
    })
  }
  if (reviewedDocuments < minimumDocuments) {
    gates.push({
      code: 'too-few-documents',
      says: `Too few documents for shares: ${reviewedDocuments} of at least ${minimumDocuments} are reviewed. Counts and claims are listed instead.`,
    })
  }
  if (coverage.checkable > 0 && coverage.decided / coverage.checkable < minimumCoverage) {
    gates.push({
      code: 'low-coverage',
      says: `Only ${coverage.decided} of ${coverage.checkable} checkable sentences are decided in the documents that were opened; the rest could change every figure.`,
    })
  }
  if (documentsInBlindPhase > 0) {
    gates.push({
      code: 'blind-phase',
      says: `${plural(documentsInBlindPhase, 'document is', 'documents are')} being judged blind: nothing marked in ${documentsInBlindPhase === 1 ? 'it' : 'them'} is counted until the phase ends.`,
    })
  }
  if (claims.open > 0) {
    gates.push({
      code: 'open-claims',
      says: `${plural(claims.open, 'claim is', 'claims are')} not counted because reviewers differ and nobody has settled ${claims.open === 1 ? 'it' : 'them'}.`,
    })
  }
  if (reviewedDocuments >= minimumDocuments && reviewedDocuments < smallSampleBelow) {
    gates.push({
      code: 'small-sample',
      says: `Small sample: with ${reviewedDocuments} documents the intervals are widened accordingly.`,
    })
  }
  gates.push({
    code: 'not-random',
    says: 'The documents were chosen by the team, not drawn at random: the figures speak of the reviewed documents, not of everything this publisher prints.',
  })
  gates.push({ code: 'no-agreement', says: agreementWords(reviewedDocuments, adjudicatedDocuments) })
  return gates
}

function agreementWords(reviewed: number, adjudicated: number): string {
  if (adjudicated === 0)
    return 'Agreement between reviewers is not established: these ratings were made in the open, so reviewers could see each other’s work.'
  const settled =
    adjudicated === reviewed
      ? 'Every claim counted here was settled by an adjudicator.'
      : `${adjudicated} of ${reviewed} reviewed documents are assessed by adjudicators’ verdicts, the others by what their reviewers agree on.`
  return `${settled} How far reviewers agreed before that is shown with each review session, not here.`
}
