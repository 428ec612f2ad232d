import type { SentenceSpan } from '../text/sentences'
import type { ReportAnnotation } from './assess-claim'
import { estimateShare } from './intervals'
import {
  type AssessedRating,
  type ClaimCounts,
  type Coverage,
  type DocumentLine,
  type Finding,
  type ReportView,
} from './schema'
import { gatesOf } from './gates'
import {
  claimsOfDocument,
  countClaims,
  coverageOfDocument,
  describeAdjudication,
  type DocumentAdjudication,
  type ReportClaim,
} from './report-claims'

/** Changes whenever a figure could come out differently for the same inputs. */
export const methodVersion = '1.1'

/** One document as a report reads it: its latest revision, and everything said about it. `checkable` are the sentences that count. */
export interface ReportDocument {
  id: string
  title: string
  publishedOn: string | null
  revisionId: string
  sha256: string
  sentences: readonly SentenceSpan[]
  checkable: readonly SentenceSpan[]
  annotations: readonly ReportAnnotation[]
  decisions: readonly { id: string; authorId: string; start: number; end: number }[]
  /** What the latest closed session settled; nothing where there was none. */
  adjudication?: DocumentAdjudication | null
}

/** Everything a report is computed from; the clock and the hash are passed in. */
export interface ReportInput {
  source: { id: string; name: string; kind: string; homepage: string }
  documents: readonly ReportDocument[]
  /** How many of them reviewers judge blind at this time: these come without what was marked in them. None when left out. */
  documentsInBlindPhase?: number
  computedAt: string
  inputSha256: string
}

/** The number, from 1, of the sentence in which an offset (UTF-16) stands or which comes next. */
function sentenceNumber(sentences: readonly SentenceSpan[], offset: number): number {
  const place = sentences.findIndex((sentence) => offset < sentence.end)
  return (place === -1 ? sentences.length - 1 : place) + 1
}

function findingOf(document: ReportDocument, claim: ReportClaim): Finding | null {
  // Where reviewers still differ, a claim that one of them contradicts is listed; a settled one is listed for what it was settled to be.
  const isListed = claim.outcome === 'contradicted' || (claim.verdict === null && claim.contradictedBy > 0)
  if (!isListed) return null
  const { start, end, exact, annotationIds, notes, evidence, verdict } = claim
  return {
    documentId: document.id,
    documentTitle: document.title,
    publishedOn: document.publishedOn,
    revisionId: document.revisionId,
    annotationIds,
    start,
    end,
    exact,
    sentence: sentenceNumber(document.sentences, start),
    reviewers: { agreeing: claim.contradictedBy, rated: claim.rated },
    open: claim.outcome === 'open',
    verdict,
    notes,
    evidence,
  }
}

function reviewersOf({ annotations, decisions, adjudication }: ReportDocument): number {
  if (adjudication !== null && adjudication !== undefined) return adjudication.reviewers
  return new Set([...annotations, ...decisions].map((row) => row.authorId)).size
}

function sharesOver(lines: readonly ClaimCounts[]): Record<AssessedRating, ReturnType<typeof estimateShare>> {
  const shareOf = (rating: AssessedRating) =>
    estimateShare(lines.map((line) => ({ count: line[rating], of: line.assessed })))
  return { sourced: shareOf('sourced'), unsourced: shareOf('unsourced'), contradicted: shareOf('contradicted') }
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
    for (const key of Object.keys(total) as (keyof ClaimCounts)[]) total[key] += line[key]
  }
  return total
}

/**
 * The reliability report of a source. Pooled shares are sums over documents, with intervals that allow for claims of one document being
 * alike; they are withheld (null) when there is too little to say. Documents nobody has touched are listed and do not count as reviewed.
 */
export function computeReport(input: ReportInput): ReportView {
  const rows = input.documents.map((document) => {
    const claims = claimsOfDocument(document)
    const counts = countClaims(claims)
    const line: DocumentLine = {
      id: document.id,
      title: document.title,
      publishedOn: document.publishedOn,
      revisionId: document.revisionId,
      sha256: document.sha256,
      reviewers: reviewersOf(document),
      claims: counts,
      coverage: coverageOfDocument(document),
      shares: sharesOver([counts]),
      adjudication: describeAdjudication(document),
    }
    return { line, findings: claims.flatMap((claim) => findingOf(document, claim) ?? []) }
  })
  const reviewed = rows.map((row) => row.line).filter((line) => line.coverage.decided > 0 || line.claims.assessed > 0)
  const claims = addCounts(reviewed.map((line) => line.claims))
  const coverage: Coverage = {
    decided: reviewed.reduce((sum, line) => sum + line.coverage.decided, 0),
    checkable: reviewed.reduce((sum, line) => sum + line.coverage.checkable, 0),
  }
  const { documentsInBlindPhase = 0 } = input
  const gates = gatesOf({
    claims,
    coverage,
    reviewedDocuments: reviewed.length,
    documentsInBlindPhase,
    adjudicatedDocuments: reviewed.filter(({ adjudication }) => adjudication !== null).length,
  })
  const withheld = gates.some((gate) => gate.code === 'too-few-claims' || gate.code === 'too-few-documents')
  const undecided = coverage.checkable - coverage.decided
  const possible = claims.assessed + undecided
  return {
    source: input.source,
    methodVersion,
    computedAt: input.computedAt,
    inputSha256: input.inputSha256,
    documents: rows.map((row) => row.line),
    reviewedDocuments: reviewed.length,
    claims,
    coverage,
    shares: withheld ? null : sharesOver(reviewed.map((line) => line.claims)),
    bounds:
      withheld || undecided === 0
        ? null
        : { low: claims.contradicted / possible, high: (claims.contradicted + undecided) / possible, undecided },
    gates,
    contradicted: rows.flatMap((row) => row.findings),
  }
}
