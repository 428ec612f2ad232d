import type { AgreementGate, Figure } from './schema'

/**
 * The least lower end of the interval of alpha for labels. Below it alpha supports no conclusions, not even tentative ones (Krippendorff 2019, ch.
 * 12.5.4).
 */
export const alphaFloor = 0.667
/** The fewest documents submitted by two reviewers or more. */
export const minimumComparedDocuments = 10
/** The fewest claims marked by two reviewers or more. */
export const minimumCoMarkedClaims = 30
/** A claim is thin when fewer blind reviewers submitted its document. Submitting a document counts as reading all of its claims, marked or not. */
export const minimumReaders = 2
/** Agreement is not established when more than this fraction of the claims is thin. */
export const maximumThinShare = 0.2
/** Where two reviewers marked less than this fraction of the claims that at least one of them marked, a caution says so. */
const coMarkedCaution = 0.5

/** The parts of a figure that decide whether agreement is established. */
export type DecidingFigure = Pick<Figure, 'value' | 'reason' | 'interval' | 'intervalReason'>

/** The inputs of the decision whether a session's agreement is established. */
export interface EstablishedFacts {
  labelAlpha: DecidingFigure
  /** `markedOnce`: claims that one reviewer marked, in documents that two or more submitted. */
  claims: { total: number; coMarked: number; thin: number; markedOnce: number }
  documentsCompared: number
}

/** The terms of the reasons for the data at hand. */
export interface EstablishedWords {
  alpha: string
  nothingCompared: string
  /** States how many documents and claims could be compared, for the minimums of ten documents and thirty claims. */
  documents: (count: number) => string
  claims: (count: number) => string
  thin: (thin: number, total: number) => string
}

/** The terms for a review. */
const reviewWords: EstablishedWords = {
  alpha: 'alpha for labels',
  nothingCompared: 'No document has been submitted by two reviewers.',
  documents: (count) => `${count} ${count === 1 ? 'document was' : 'documents were'} read by two reviewers or more`,
  claims: (count) => `${count} ${count === 1 ? 'claim was' : 'claims were'} marked by two reviewers or more`,
  thin: (thin, total) =>
    `${thin} of ${total} claims stand in documents that fewer than ${minimumReaders} blind reviewers read`,
}

/** Whether agreement is established, the reasons if not, and cautions that apply even if it is. */
export interface Established {
  established: boolean
  reasons: AgreementGate[]
  cautions: AgreementGate[]
}

/** A figure in the notation of the tables of agreement: ".667", "−.375". */
export function threePlaces(value: number): string {
  return value
    .toFixed(3)
    .replace(/^(-?)0\./, '$1.')
    .replace('-', '−')
}

function percent(share: number): string {
  return `${Math.round(share * 100)}\u00a0%`
}

/** The rule in a sentence. */
export const establishedRule = `Agreement is established when ${minimumComparedDocuments} documents or more were read by two blind reviewers, ${minimumCoMarkedClaims} claims or more were marked by two, the interval of alpha for labels begins at ${threePlaces(alphaFloor)} or above, and at least ${percent(1 - maximumThinShare)} of the claims stand in documents that two blind reviewers read.`

function alphaGate(
  { value, reason, interval, intervalReason }: DecidingFigure,
  { alpha }: EstablishedWords,
): AgreementGate[] {
  if (value === null) return [{ code: 'no-alpha', says: `There is no ${alpha}. ${reason?.says ?? ''}`.trim() }]
  const named = alpha.charAt(0).toUpperCase() + alpha.slice(1)
  if (interval === null) {
    return [{ code: 'no-interval', says: `${named} has no interval. ${intervalReason?.says ?? ''}`.trim() }]
  }
  if (interval.low >= alphaFloor) return []
  const says = `The interval of ${alpha} begins at ${threePlaces(interval.low)}; at least ${threePlaces(alphaFloor)} is needed.`
  return [{ code: 'alpha-too-low', says }]
}

function tooLittle(
  { claims: { coMarked }, documentsCompared }: EstablishedFacts,
  words: EstablishedWords,
): AgreementGate[] {
  const gates: AgreementGate[] = []
  if (documentsCompared < minimumComparedDocuments) {
    const says = `${words.documents(documentsCompared)}; at least ${minimumComparedDocuments} are needed.`
    gates.push({ code: 'few-documents', says })
  }
  if (coMarked < minimumCoMarkedClaims) {
    gates.push({ code: 'few-claims', says: `${words.claims(coMarked)}; at least ${minimumCoMarkedClaims} are needed.` })
  }
  return gates
}

/**
 * Judges a session by its alpha for labels on claims that two or more marked, by how much was compared, and by the fraction of claims that two have
 * read. `words` adapts the sentences to data other than a review.
 */
export function judgeEstablished(facts: EstablishedFacts, words: EstablishedWords = reviewWords): Established {
  const { labelAlpha, claims, documentsCompared } = facts
  const { total, coMarked, thin, markedOnce } = claims
  const reasons: AgreementGate[] = []
  if (documentsCompared === 0) {
    reasons.push({ code: 'nothing-compared', says: words.nothingCompared })
  } else reasons.push(...tooLittle(facts, words), ...alphaGate(labelAlpha, words))
  if (total > 0 && thin / total > maximumThinShare) {
    reasons.push({
      code: 'too-few-readers',
      says: `${words.thin(thin, total)}; at most ${percent(maximumThinShare)} may.`,
    })
  }
  const cautions: AgreementGate[] = []
  const marked = coMarked + markedOnce
  if (coMarked > 0 && coMarked / marked < coMarkedCaution) {
    cautions.push({
      code: 'marks-differ',
      says: `Of ${marked} claims that two reviewers or more could have marked, ${coMarked} were marked by two. How alike they rate says nothing of the others: see how far they agree on what to mark.`,
    })
  }
  return { established: reasons.length === 0, reasons, cautions }
}

/**
 * How far reviewers agree on what to mark, in a sentence beside alpha for labels, which covers only claims that two marked. Null where nothing was
 * compared.
 */
export function detectionInWords({
  boundaryAlpha: { value, interval },
  characterF1,
}: {
  boundaryAlpha: Figure
  characterF1: Figure
}): string | null {
  if (value === null) return null
  const ends = interval === null ? '' : `, ${threePlaces(interval.low)} to ${threePlaces(interval.high)}`
  const shared =
    characterF1.value === null
      ? ''
      : `; two reviewers share ${percent(characterF1.value)} of the text that they marked (character F1)`
  return `On what to mark at all, regardless of the rating: |uα ${threePlaces(value)}${ends}${shared}.`
}
