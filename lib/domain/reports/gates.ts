import { detectionInWords, judgeEstablished, threePlaces } from '../agreement/established'
import { agreementMethodVersion, type Agreement } from '../agreement/schema'
import type { ReportAgreement, Sampling } from './review-schema'
import { effectiveDocuments, minimumClaims, minimumCoverage, minimumDocuments } from '../statistics/intervals'
import { changedSince, leftOut, plural, type LeftOutFacts } from './left-out'
import type { Coverage, Gate } from './schema'

/** Below this number of documents with assessed claims, a report warns that its sample is small. */
const smallSampleBelow = 10

/** How the assessed claims of a source are spread over its documents. */
export interface ClaimSpread {
  coverage: Coverage
  reviewedDocuments: number
  assessed: number
  documentsWithClaims: number
  /** As `effectiveDocuments` counts them. */
  effectiveDocuments: number
  /** The largest number of assessed claims in one document. */
  mostAssessed: number
}

/** Formats a number below `minimumDocuments` with one decimal, or with two where one would round up to that limit. */
function belowMinimum(documents: number): string {
  const rounded = documents.toFixed(1)
  return Number(rounded) < minimumDocuments ? rounded : (Math.floor(documents * 100) / 100).toFixed(2)
}

/**
 * States the effective number of documents where it is below the limit. Documents weigh by their assessed claims: five of which one has nearly all
 * are hardly more than one.
 */
function tooFewDocuments({ documentsWithClaims, effectiveDocuments }: ClaimSpread): Gate[] {
  if (effectiveDocuments >= minimumDocuments) return []
  const says =
    documentsWithClaims < minimumDocuments
      ? `Too few documents for shares: ${documentsWithClaims} of at least ${minimumDocuments} have assessed claims.`
      : `Too few documents for shares: the claims of ${documentsWithClaims} documents are spread so unevenly that they weigh like ${belowMinimum(effectiveDocuments)} of equal size; at least ${minimumDocuments} are needed.`
  return [{ code: 'too-few-documents', says }]
}

/** The sentences that say why shares are withheld: too few claims, too few documents. */
export function withholdingGates(spread: ClaimSpread): Gate[] {
  const { assessed } = spread
  const tooFewClaims: Gate = {
    code: 'too-few-claims',
    says: `Too few claims for shares: ${assessed} of at least ${minimumClaims} are assessed.`,
  }
  return [...(assessed < minimumClaims ? [tooFewClaims] : []), ...tooFewDocuments(spread)]
}

/** Warns that too few sentences of the opened documents are decided. */
export function lowCoverage({ coverage: { decided, checkable } }: ClaimSpread): Gate[] {
  if (checkable === 0 || decided / checkable >= minimumCoverage) return []
  const says = `Only ${decided} of ${checkable} checkable sentences are decided in the documents that were opened; the rest could change every figure.`
  return [{ code: 'low-coverage', says }]
}

/** Warns that most of the claims come from one document, so that the figures describe it more than all the others together. */
export function oneDocument({ assessed, mostAssessed, reviewedDocuments }: ClaimSpread): Gate[] {
  if (reviewedDocuments < 2 || mostAssessed * 2 <= assessed) return []
  const says = `${mostAssessed} of ${assessed} assessed claims stand in one document: the figures speak of it more than of all the others together.`
  return [{ code: 'one-document', says }]
}

/** Warns that the shares rest on few documents. */
export function smallSample({ documentsWithClaims }: ClaimSpread): Gate[] {
  if (documentsWithClaims < minimumDocuments || documentsWithClaims >= smallSampleBelow) return []
  const says = `Small sample: with claims from ${documentsWithClaims} documents the intervals are widened accordingly.`
  return [{ code: 'small-sample', says }]
}

/** The inputs of a report's statement about agreement. */
export interface ReportAgreementFacts {
  /** The agreement of the blind ratings in the documents that the report counts; null when none was reviewed blind. */
  agreement: Agreement | null
  /** Documents and claims reviewed in the open: outside of sessions, or in sessions that were not blind. */
  open: { documents: number; claims: number }
}

/**
 * Judges the agreement of a report by the rule for sessions, counting every claim rated in the open as one without two blind readers. A report whose
 * documents are mostly open readings therefore has no established agreement, even if the blind ones agree well.
 */
export function judgeReportAgreement({ agreement, open }: ReportAgreementFacts): ReportAgreement {
  if (agreement === null) {
    const says =
      open.documents === 0
        ? 'Nothing has been reviewed, so there is no agreement to speak of.'
        : 'Agreement between reviewers is not established: they worked in the open and could see each other’s marks, which measures nothing.'
    return {
      established: false,
      says,
      reasons: [],
      cautions: [],
      detectionSays: null,
      unmarked: null,
      documents: { blind: 0, compared: 0, open: open.documents },
      claims: { total: open.claims, coMarked: 0, markedOnce: 0, thin: open.claims, open: open.claims },
      reviewers: 0,
      methodVersion: agreementMethodVersion,
      parameters: null,
      figures: null,
    }
  }
  const { session, documents, reviewerIds, methodVersion, parameters } = agreement
  const { coMarked, markedOnce } = agreement.claims
  const total = agreement.claims.total + open.claims
  const thin = agreement.claims.thin + open.claims
  const { labelAlpha, labelAlphaWithUnmarked, boundaryAlpha, unitizingAlpha, characterF1, prevalence } = session
  const { established, reasons, cautions } = judgeEstablished({
    labelAlpha,
    claims: { total, coMarked, markedOnce, thin },
    documentsCompared: documents.compared,
  })
  const { value, interval } = labelAlpha
  const figure =
    value === null || interval === null
      ? ''
      : ` (alpha ${threePlaces(value)}, ${threePlaces(interval.low)} to ${threePlaces(interval.high)})`
  const says = established
    ? `Reviewers who could not see each other rated alike far more often than chance would make them${figure}.`
    : `Agreement between reviewers is not established${figure}: other reviewers might have rated otherwise. ${reasons.map((reason) => reason.says).join(' ')}`
  return {
    established,
    says,
    reasons,
    cautions,
    detectionSays: detectionInWords({ boundaryAlpha, characterF1 }),
    unmarked: agreement.unmarked,
    documents: { blind: documents.total, compared: documents.compared, open: open.documents },
    claims: { total, coMarked, markedOnce, thin, open: open.claims },
    reviewers: reviewerIds.length,
    methodVersion,
    parameters,
    figures: { labelAlpha, labelAlphaWithUnmarked, boundaryAlpha, unitizingAlpha, characterF1, prevalence },
  }
}

/** The inputs of the gates. */
export interface GateFacts extends LeftOutFacts {
  coverage: Coverage
  reviewedDocuments: number
  /** The number of assessed claims in each reviewed document. */
  assessedByDocument: readonly number[]
  /** Documents in their blind phase, whose marks are left out. */
  documentsInBlindPhase: number
  /** Reviewed documents that the verdicts of a closed session assess. */
  adjudicatedDocuments: number
  sampling: Sampling
  agreement: ReportAgreement
}

/** How the assessed claims of a report are spread over its documents. */
function spreadOf({ claims, coverage, reviewedDocuments, assessedByDocument }: GateFacts): ClaimSpread {
  return {
    coverage,
    reviewedDocuments,
    assessed: claims.assessed,
    documentsWithClaims: assessedByDocument.filter((assessed) => assessed > 0).length,
    effectiveDocuments: effectiveDocuments(assessedByDocument),
    mostAssessed: Math.max(0, ...assessedByDocument),
  }
}

function notAdjudicated({ reviewedDocuments, adjudicatedDocuments }: GateFacts): Gate[] {
  if (adjudicatedDocuments === reviewedDocuments) return []
  const says =
    adjudicatedDocuments === 0
      ? 'No claim was settled by an adjudicator: a claim counts where those who rated it agree.'
      : `${adjudicatedDocuments} of ${reviewedDocuments} reviewed documents are assessed by adjudicators’ verdicts, the others by what their reviewers agree on.`
  return [{ code: 'not-adjudicated', says }]
}

/**
 * Warns of an interim look. A 95 % interval holds for a report made once; looked at repeatedly during a review, it misses at some look far more often
 * than once in twenty.
 */
function interimLook({ reviewedDocuments, adjudicatedDocuments, documentsInBlindPhase }: GateFacts): Gate[] {
  const open = reviewedDocuments - adjudicatedDocuments
  if (open === 0 && documentsInBlindPhase === 0) return []
  const parts = [
    ...(open > 0
      ? [
          `${open} of ${plural(reviewedDocuments, 'reviewed document', 'reviewed documents')} ${open === 1 ? 'is' : 'are'} in no closed session`,
        ]
      : []),
    ...(documentsInBlindPhase > 0
      ? [`${plural(documentsInBlindPhase, 'document is', 'documents are')} still being judged blind`]
      : []),
  ]
  const says = `An interim look: ${parts.join(', and ')}. The intervals hold for a report made once, at the end; of those looked at on the way, some miss the share.`
  return [{ code: 'interim', says }]
}

/** Everything that withholds a figure or warns of it, gravest first. For a source without a review, only the gates that withhold are listed. */
export function gatesOf(facts: GateFacts): Gate[] {
  const { reviewedDocuments, documentsInBlindPhase, sampling, agreement } = facts
  const spread = spreadOf(facts)
  const withheld = withholdingGates(spread).map(({ code, says }) => ({
    code,
    says: `${says} Counts and claims are listed instead.`,
  }))
  const gates = [...withheld, ...lowCoverage(spread)]
  if (reviewedDocuments > 0 && !agreement.established) gates.push({ code: 'no-agreement', says: agreement.says })
  if (documentsInBlindPhase > 0) {
    gates.push({
      code: 'blind-phase',
      says: `${plural(documentsInBlindPhase, 'document is', 'documents are')} being judged blind: nothing marked in ${documentsInBlindPhase === 1 ? 'it' : 'them'} is counted until the phase ends.`,
    })
  }
  gates.push(...changedSince(facts))
  if (reviewedDocuments === 0) return gates
  gates.push(...oneDocument(spread))
  if (sampling.state !== 'random') gates.push({ code: 'not-random', says: sampling.says })
  gates.push(...interimLook(facts), ...notAdjudicated(facts), ...leftOut(facts), ...smallSample(spread))
  return gates
}
