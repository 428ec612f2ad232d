import type { Agreement } from '../agreement/schema'
import { makeNumbersOf, placeInWords } from '../text/sentence-numbers'
import { scriptField } from '../text/quotation'
import { judgeReportAgreement, gatesOf } from './gates'
import type { ReportDocument, SessionRecord } from './input-schema'
import { otherIntervalsOf } from '@/lib/domain/statistics/beta'
import { estimateShare } from '../statistics/intervals'
import {
  assessedRatings,
  type AssessedRating,
  type ClaimCounts,
  type Coverage,
  type DocumentLine,
  type Finding,
  type ReportView,
} from './schema'
import {
  claimsOfDocument,
  countClaims,
  coverageOfDocument,
  describeAdjudication,
  type ReportClaim,
} from './report-claims'
import { describeSession } from './report-sessions'
import type { ReportSession } from './review-schema'
import { judgeSampling } from './sampling'
import { keysOf } from '../keys'

/** Changes whenever a figure could come out differently for the same inputs. */
export const methodVersion = '1.7'

/** Everything a report is computed from; the clock and the hash are passed in. */
export interface ReportInput {
  source: { id: string; name: string; kind: string; homepage: string }
  documents: readonly ReportDocument[]
  /** Those whose verdicts assess a document here; none when left out. */
  sessions?: readonly SessionRecord[]
  /** Of the blind ratings that those sessions have in the documents here; null or left out where none of them was blind. */
  agreement?: Agreement | null
  /** How many of them reviewers judge blind at this time: these come without what was marked in them. None when left out. */
  documentsInBlindPhase?: number
  computedAt: string
  inputSha256: string
}

/** The assessed claims of a document by rating, in the order of the text. */
function findingsOf({ document, claims }: Row): Record<AssessedRating, Finding[]> {
  const numbersOf = makeNumbersOf(document.sentences)
  const found: Record<AssessedRating, Finding[]> = { sourced: [], unsourced: [], contradicted: [] }
  for (const claim of claims) {
    const rating = listedRating(claim)
    if (rating !== null) found[rating].push(findingOf(document, claim, numbersOf(claim)))
  }
  return found
}

/** The list a claim stands in: where reviewers still differ, a claim that one of them contradicts is listed as such; others only as what they came to. */
function listedRating({ outcome, verdict, agreeing }: ReportClaim): AssessedRating | null {
  if (outcome === 'open') return verdict === null && agreeing > 0 ? 'contradicted' : null
  return assessedRatings.find((rating) => rating === outcome) ?? null
}

function findingOf(
  document: ReportDocument,
  claim: ReportClaim,
  numbers: ReturnType<ReturnType<typeof makeNumbersOf>>,
): Finding {
  const { claimId, start, end, exact, disputed, partial, annotationIds, notes, evidence, verdict } = claim
  return {
    documentId: document.id,
    documentTitle: document.title,
    publishedOn: document.publishedOn,
    revisionId: document.revisionId,
    claimId,
    annotationIds,
    start,
    end,
    exact,
    ...scriptField(document.scripts ?? [], claim),
    sentence: numbers === null || numbers === 'heading' ? null : numbers.first,
    place: placeInWords(numbers),
    disputed,
    partial,
    reviewers: { agreeing: claim.agreeing, rated: claim.rated },
    open: claim.outcome === 'open',
    verdict,
    notes,
    evidence,
  }
}

function reviewersOf({ annotations, decisions, adjudication }: ReportDocument): number {
  if (adjudication !== null && adjudication !== undefined) return adjudication.reviewerIds.length
  return new Set([...annotations, ...decisions].map((row) => row.authorId)).size
}

function sharesOver(lines: readonly ClaimCounts[]): Record<AssessedRating, ReturnType<typeof estimateShare>> {
  const shareOf = (rating: AssessedRating) =>
    estimateShare(lines.map((line) => ({ count: line[rating], of: line.assessed })))
  return { sourced: shareOf('sourced'), unsourced: shareOf('unsourced'), contradicted: shareOf('contradicted') }
}

function otherIntervalsOver({ sourced, unsourced, contradicted }: ReturnType<typeof sharesOver>) {
  return {
    sourced: otherIntervalsOf(sourced),
    unsourced: otherIntervalsOf(unsourced),
    contradicted: otherIntervalsOf(contradicted),
  }
}

function addCounts(lines: readonly ClaimCounts[]): ClaimCounts {
  const total: ClaimCounts = {
    sourced: 0,
    unsourced: 0,
    contradicted: 0,
    assessed: 0,
    notCheckable: 0,
    noClaim: 0,
    open: 0,
    incomplete: 0,
    disputed: 0,
    partial: 0,
  }
  for (const line of lines) {
    for (const key of keysOf(total)) total[key] += line[key]
  }
  return total
}

interface Row {
  document: ReportDocument
  claims: ReportClaim[]
  line: DocumentLine
}

function rowOf(document: ReportDocument): Row {
  const claims = claimsOfDocument(document)
  const counts = countClaims(claims)
  const { id, title, publishedOn, revisionId, sha256, adjudication } = document
  const line: DocumentLine = {
    id,
    title,
    publishedOn,
    revisionId,
    sha256,
    reviewers: reviewersOf(document),
    claims: counts,
    coverage: coverageOfDocument(document),
    shares: sharesOver([counts]),
    adjudication: adjudication === null || adjudication === undefined ? null : describeAdjudication(adjudication),
  }
  return { document, claims, line }
}

function isReviewed({ line: { coverage, claims } }: Row): boolean {
  return coverage.decided > 0 || claims.assessed > 0
}

function sessionsOf({ source, sessions = [] }: ReportInput, reviewed: readonly Row[]): ReportSession[] {
  return sessions
    .map((record) => {
      const adjudications = reviewed.flatMap(({ document: { adjudication } }) =>
        adjudication?.sessionId === record.id ? [adjudication] : [],
      )
      return describeSession(record, { sourceId: source.id, adjudications })
    })
    .filter(({ documents }) => documents.counted > 0)
    .sort((one, other) => (one.closedAt < other.closedAt ? 1 : -1))
}

/** What was reviewed where reviewers could see each other. */
function openOf(reviewed: readonly Row[], sessions: readonly ReportSession[]) {
  const blind = new Set(sessions.filter(({ protocol }) => protocol.blind).map(({ id }) => id))
  const open = reviewed.filter(({ line: { adjudication } }) => !blind.has(adjudication?.sessionId ?? ''))
  return { documents: open.length, claims: open.reduce((sum, { claims }) => sum + claims.length, 0) }
}

function countSingleReviews(claims: readonly ReportClaim[]): number {
  const isAssessed = ({ outcome }: ReportClaim) => assessedRatings.some((rating) => rating === outcome)
  return claims.filter((claim) => claim.verdict === null && claim.rated === 1 && isAssessed(claim)).length
}

/**
 * The reliability report of a source. Pooled shares are sums over documents, with intervals that allow for claims of one document being
 * alike; they are withheld (null) when there is too little to say. Documents nobody has touched are listed and do not count as reviewed.
 */
export function computeReport(input: ReportInput): ReportView {
  const rows = input.documents.map(rowOf)
  const reviewed = rows.filter(isReviewed)
  const lines = reviewed.map(({ line }) => line)
  const claims = addCounts(lines.map((line) => line.claims))
  const coverage: Coverage = {
    decided: lines.reduce((sum, line) => sum + line.coverage.decided, 0),
    checkable: lines.reduce((sum, line) => sum + line.coverage.checkable, 0),
  }
  const sessions = sessionsOf(input, reviewed)
  const sampling = judgeSampling(sessions, { id: input.source.id, reviewed: reviewed.length })
  const agreement = judgeReportAgreement({ agreement: input.agreement ?? null, open: openOf(reviewed, sessions) })
  const gates = gatesOf({
    claims,
    coverage,
    reviewedDocuments: reviewed.length,
    assessedByDocument: lines.map((line) => line.claims.assessed),
    documentsInBlindPhase: input.documentsInBlindPhase ?? 0,
    adjudicatedDocuments: lines.filter(({ adjudication }) => adjudication !== null).length,
    singleReviews: countSingleReviews(reviewed.flatMap((row) => row.claims)),
    sampling,
    agreement,
  })
  const withheld = gates.some((gate) => gate.code === 'too-few-claims' || gate.code === 'too-few-documents')
  const shares = withheld ? null : sharesOver(lines.map((line) => line.claims))
  const undecided = coverage.checkable - coverage.decided
  const possible = claims.assessed + undecided
  const findings = rows.map(findingsOf)
  return {
    source: input.source,
    methodVersion,
    computedAt: input.computedAt,
    inputSha256: input.inputSha256,
    documents: rows.map((row) => row.line),
    reviewedDocuments: reviewed.length,
    claims,
    coverage,
    shares,
    otherIntervals: shares === null ? null : otherIntervalsOver(shares),
    bounds:
      withheld || undecided === 0
        ? null
        : { low: claims.contradicted / possible, high: (claims.contradicted + undecided) / possible, undecided },
    sessions,
    sampling,
    agreement,
    gates,
    contradicted: findings.flatMap(({ contradicted }) => contradicted),
    unsourced: findings.flatMap(({ unsourced }) => unsourced),
    sourced: findings.flatMap(({ sourced }) => sourced),
  }
}
