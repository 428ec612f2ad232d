import type { AgreementGate, Figure } from './schema'

/** Below this lower end of its interval, alpha on labels does not carry conclusions (Krippendorff 2019, ch. 12.5.4: not even tentative ones). */
export const alphaFloor = 0.667
/** A claim with fewer blind ratings is thin. */
export const minimumRaters = 2
/** Agreement is not established when more than this share of the claims is thin. */
export const maximumThinShare = 0.2
/** Below this many documents, percentile intervals tend to be too narrow. */
export const fewDocumentsBelow = 10

/** What decides whether the agreement of a session is established. */
export interface EstablishedFacts {
  labelAlpha: Figure
  claims: { total: number; thin: number }
  documentsCompared: number
}

/** Whether the agreement is established, why not, and what to be careful about although it is. */
export interface Established {
  established: boolean
  reasons: AgreementGate[]
  cautions: AgreementGate[]
}

/** A figure as the tables of agreement write it: ".667", "−.375". */
export function threePlaces(value: number): string {
  return value
    .toFixed(3)
    .replace(/^(-?)0\./, '$1.')
    .replace('-', '−')
}

function alphaGate({ value, reason, interval, intervalReason }: Figure): AgreementGate[] {
  if (value === null) return [{ code: 'no-alpha', says: `There is no alpha for labels. ${reason?.says ?? ''}`.trim() }]
  if (interval === null) {
    return [{ code: 'no-interval', says: `Alpha for labels has no interval. ${intervalReason?.says ?? ''}`.trim() }]
  }
  if (interval.low >= alphaFloor) return []
  const says = `The interval of alpha for labels begins at ${threePlaces(interval.low)}; at least ${threePlaces(alphaFloor)} is needed.`
  return [{ code: 'alpha-too-low', says }]
}

/** Judges a session by its alpha for labels on claims that two or more marked, and by the share of claims with a single rating. */
export function judgeEstablished({ labelAlpha, claims, documentsCompared }: EstablishedFacts): Established {
  const reasons: AgreementGate[] = []
  if (documentsCompared === 0) {
    reasons.push({ code: 'nothing-compared', says: 'No document has been submitted by two reviewers.' })
  } else reasons.push(...alphaGate(labelAlpha))
  if (claims.total > 0 && claims.thin / claims.total > maximumThinShare) {
    reasons.push({
      code: 'too-few-raters',
      says: `${claims.thin} of ${claims.total} claims have fewer than ${minimumRaters} blind ratings; at most ${Math.round(maximumThinShare * 100)}\u00a0% may.`,
    })
  }
  const cautions: AgreementGate[] = []
  if (documentsCompared > 0 && documentsCompared < fewDocumentsBelow) {
    cautions.push({
      code: 'few-documents',
      says: `Only ${documentsCompared} ${documentsCompared === 1 ? 'document was' : 'documents were'} read by two reviewers or more; intervals from so few tend to be too narrow.`,
    })
  }
  return { established: reasons.length === 0, reasons, cautions }
}
