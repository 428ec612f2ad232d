import { judgeEstablished, threePlaces } from '../agreement/established'
import { agreementMethodVersion, type Agreement } from '../agreement/schema'
import type { ReportAgreement } from './review-schema'

/** What decides what a report says of agreement. */
export interface ReportAgreementFacts {
  /** Of the blind ratings in the documents that the report counts; null when none was reviewed blind. */
  agreement: Agreement | null
  /** What was reviewed in the open: outside of sessions, or in sessions that were not blind. */
  open: { documents: number; claims: number }
}

/**
 * Judges agreement over the documents of a report: by the rule for sessions, with every claim that was rated in the open counted as one that has
 * no two blind ratings. So a report whose documents are mostly open readings has no established agreement, however well the blind ones agree.
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
      documents: { blind: 0, compared: 0, open: open.documents },
      claims: { total: open.claims, coMarked: 0, thin: open.claims, open: open.claims },
      reviewers: 0,
      methodVersion: agreementMethodVersion,
      parameters: null,
      figures: null,
    }
  }
  const { session, documents, reviewerIds, methodVersion, parameters } = agreement
  const total = agreement.claims.total + open.claims
  const thin = agreement.claims.thin + open.claims
  const { labelAlpha, labelAlphaWithUnmarked, boundaryAlpha, unitizingAlpha, characterF1, prevalence } = session
  const { established, reasons, cautions } = judgeEstablished({
    labelAlpha,
    claims: { total, thin },
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
    documents: { blind: documents.total, compared: documents.compared, open: open.documents },
    claims: { total, coMarked: agreement.claims.coMarked, thin, open: open.claims },
    reviewers: reviewerIds.length,
    methodVersion,
    parameters,
    figures: { labelAlpha, labelAlphaWithUnmarked, boundaryAlpha, unitizingAlpha, characterF1, prevalence },
  }
}
