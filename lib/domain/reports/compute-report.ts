import type { Agreement } from '../agreement/schema'
import type { BlindDocument } from '../agreement/statistics'
import { makeNumbersOf, placeInWords } from '../text/sentence-numbers'
import { scriptField } from '../text/quotation'
import { judgeReportAgreement, gatesOf } from './gates'
import { boundsOf } from './left-out'
import type { DocumentAdjudication, ReportDocument, SessionRecord } from './input-schema'
import { stateSensitivity } from './sensitivity'
import { otherIntervalsOf } from '../statistics/beta'
import { estimateShare } from '../statistics/intervals'
import {
  assessedRatings,
  defaultChoices,
  unsettledReasons,
  type AssessedRating,
  type ClaimCounts,
  type Coverage,
  type DocumentLine,
  type Finding,
  type ReportChoices,
  type ReportView,
  type UnsettledClaim,
  type WithdrawnDocument,
} from './schema'
import {
  claimsOfDocument,
  addCounts,
  countClaims,
  coverageOfDocument,
  describeAdjudication,
  isCounted,
  type ReportClaim,
} from './report-claims'
import { describeSession, judgeSampling } from './report-sessions'
import type { EarlierSession, Period, ReopenedSession, ReportSession, TwoPhase } from './review-schema'
import { stateTwoPhase, twoPhaseGate } from './two-phase'
import { inOneGo, type Steps } from '../steps'

/** The version of the method. It changes whenever the same inputs could give another figure. */
export const methodVersion = '1.12'

/** Everything that a report is computed from. The clock and the hash are passed in. */
export interface ReportInput {
  source: { id: string; name: string; kind: string; homepage: string }
  documents: readonly ReportDocument[]
  /** The choices of the member who asks for the report. When left out, single reviews are not counted. */
  choices?: ReportChoices
  /** Documents that were withdrawn after a session had assessed them, each with what it had settled. Empty when left out. */
  withdrawn?: readonly (Omit<WithdrawnDocument, 'claims'> & { adjudication: DocumentAdjudication })[]
  /** See `ReportView`; empty when left out. */
  earlierSessions?: readonly EarlierSession[]
  /** See `ReportView`; empty when left out. */
  reopenedSessions?: readonly ReopenedSession[]
  /** The closed sessions whose verdicts assess a document here. Empty when left out. */
  sessions?: readonly SessionRecord[]
  /** The agreement of the blind ratings of those sessions in the documents here; null or left out where no session was blind. */
  agreement?: Agreement | null
  /** The blind ratings, for estimates from single readings. Empty when left out. */
  readings?: readonly BlindDocument[]
  /** How many of the documents are in their blind phase: these come without their marks. 0 when left out. */
  documentsInBlindPhase?: number
  computedAt: string
  inputSha256: string
}

/** The listed claims of a document by rating, in text order. */
function findingsOf({ document, claims }: Row, choices: ReportChoices): Record<AssessedRating, Finding[]> {
  const numbersOf = makeNumbersOf(document.sentences)
  const found: Record<AssessedRating, Finding[]> = { sourced: [], unsourced: [], contradicted: [] }
  for (const claim of claims) {
    const rating = listedRating(claim)
    if (rating === null) continue
    const counted = claim.outcome !== 'open' && isCounted(claim, choices)
    found[rating].push({ ...findingOf(document, claim, numbersOf(claim)), counted })
  }
  return found
}

/** The claims of a document that nothing was settled about and that no list of findings has, in text order. */
function unsettledOf({ document, claims }: Row): UnsettledClaim[] {
  const numbersOf = makeNumbersOf(document.sentences)
  return claims.flatMap((claim) => {
    const why = unsettledReasons.find((reason) => reason === claim.outcome)
    if (why === undefined || listedRating(claim) !== null) return []
    const { claimId, annotationIds, start, end, exact } = claim
    return [
      {
        documentId: document.id,
        documentTitle: document.title,
        publishedOn: document.publishedOn,
        revisionId: document.revisionId,
        claimId,
        annotationIds: annotationIds.slice(0, 1),
        start,
        end,
        exact,
        ...scriptField(document.scripts ?? [], claim),
        place: placeInWords(numbersOf(claim)),
        why,
      },
    ]
  })
}

/**
 * The list that a claim belongs to. An open claim that one reviewer contradicts belongs to the contradicted ones; other claims belong to their
 * rating's list, or to none.
 */
function listedRating({ outcome, verdict, agreeing }: ReportClaim): AssessedRating | null {
  if (outcome === 'open') return verdict === null && agreeing > 0 ? 'contradicted' : null
  return assessedRatings.find((rating) => rating === outcome) ?? null
}

function findingOf(
  document: ReportDocument,
  claim: ReportClaim,
  numbers: ReturnType<ReturnType<typeof makeNumbersOf>>,
): Omit<Finding, 'counted'> {
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
    single: claim.single,
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

interface Row {
  document: ReportDocument
  claims: ReportClaim[]
  line: DocumentLine
}

function rowOf(document: ReportDocument, choices: ReportChoices): Row {
  const claims = claimsOfDocument(document)
  const counts = countClaims(claims, choices)
  const { id, title, publishedOn, revisionId, hasLaterRevision = false, sha256, adjudication } = document
  const line: DocumentLine = {
    id,
    title,
    publishedOn,
    revisionId,
    hasLaterRevision,
    sha256,
    reviewers: reviewersOf(document),
    claims: counts,
    coverage: coverageOfDocument(document),
    shares: sharesOver([counts]),
    adjudication: adjudication === null || adjudication === undefined ? null : describeAdjudication(adjudication),
  }
  return { document, claims, line }
}

function isReviewed({ line: { coverage }, claims }: Row): boolean {
  return coverage.decided > 0 || claims.length > 0
}

/** Whether the report assesses a document: it was reviewed, or a closed session read it and found nothing. */
function isAssessed(row: Row): boolean {
  return isReviewed(row) || row.line.adjudication !== null
}

function isReadTwice({ document }: Row): boolean {
  return document.adjudication?.readOnce === undefined
}

function countReadOnce(reviewed: readonly Row[]): { documents: number; claims: number } {
  const once = reviewed.filter((row) => !isReadTwice(row))
  const claims = once.reduce((sum, row) => sum + row.claims.filter(({ single }) => single).length, 0)
  return { documents: once.length, claims }
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

/** Counts what was reviewed in the open, where reviewers could see each other. */
function openOf(reviewed: readonly Row[], sessions: readonly ReportSession[]) {
  const blind = new Set(sessions.filter(({ protocol }) => protocol.blind).map(({ id }) => id))
  const open = reviewed.filter(({ line: { adjudication } }) => !blind.has(adjudication?.sessionId ?? ''))
  return { documents: open.length, claims: open.reduce((sum, { claims }) => sum + claims.length, 0) }
}

/** Dates of a document. `publishedOn` is partial as in lib/domain/documents; `reviewed` are moments in UTC. */
interface DatedDocument {
  publishedOn: string | null
  reviewed?: { from: string; to: string } | null
}

/** The first and last dates of publication and of review. */
function periodOf(documents: readonly DatedDocument[]): Period {
  // Partial dates sort as text: a year comes before its months.
  const published = documents.flatMap(({ publishedOn }) => publishedOn ?? []).sort()
  const reviewed = documents.flatMap((document) => document.reviewed ?? [])
  const from = reviewed.map((each) => each.from).sort()[0]
  const to = reviewed
    .map((each) => each.to)
    .sort()
    .at(-1)
  return {
    published: {
      from: published[0] ?? null,
      to: published.at(-1) ?? null,
      undated: documents.length - published.length,
    },
    reviewed: from === undefined || to === undefined ? null : { from, to },
  }
}

function withdrawnOf({ withdrawn = [] }: ReportInput, choices: ReportChoices): WithdrawnDocument[] {
  return withdrawn.map(({ adjudication, ...document }) => ({
    ...document,
    claims: countClaims(claimsOfDocument({ annotations: [], decisions: [], checkable: [], adjudication }), choices),
  }))
}

function twoPhaseOf(
  { sessions: records = [], readings = [], withdrawn = [] }: ReportInput,
  rows: readonly Row[],
  { sessions, isWithheld }: { sessions: readonly ReportSession[]; isWithheld: boolean },
): TwoPhase | null {
  const lines = rows.filter(isAssessed).map(({ document, claims }) => {
    const { id, adjudication = null } = document
    return { id, adjudication, claims: countClaims(claims, defaultChoices) }
  })
  const counting = records.filter(({ id }) => sessions.some((session) => session.id === id))
  return stateTwoPhase({ sessions: counting, lines, readings, withdrawn: withdrawn.length, isWithheld })
}

const withoutSensitivity = { leaveOneOut: null, furtherDocuments: null, otherRules: null }

/**
 * Computes the reliability report of a source. Pooled shares are sums over documents, with intervals that allow for claims of one document being
 * alike; they are null when there is too little data. Documents that nobody has touched are listed but do not count as reviewed.
 */
export function computeReport(input: ReportInput): ReportView {
  return inOneGo(reportSteps(input))
}

/** Runs `computeReport` in steps, one document at a time. */
export function* reportSteps(input: ReportInput): Steps<ReportView> {
  const choices = input.choices ?? defaultChoices
  const rows: Row[] = []
  for (const document of input.documents) {
    rows.push(rowOf(document, choices))
    yield
  }
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
  const withdrawn = withdrawnOf(input, choices)
  const readOnce = countReadOnce(reviewed)
  const earlierSessions = [...(input.earlierSessions ?? [])]
  const reopenedSessions = [...(input.reopenedSessions ?? [])]
  const gates = gatesOf({
    claims,
    coverage,
    reviewedDocuments: reviewed.length,
    assessedByDocument: lines.map((line) => line.claims.assessed),
    documentsInBlindPhase: input.documentsInBlindPhase ?? 0,
    adjudicatedDocuments: lines.filter(({ adjudication }) => adjudication !== null).length,
    choices,
    readOnce,
    withdrawn,
    earlierSessions,
    reopenedSessions,
    sampling,
    agreement,
  })
  const withheld = gates.some((gate) => gate.code === 'too-few-claims' || gate.code === 'too-few-documents')
  const shares = withheld ? null : sharesOver(lines.map((line) => line.claims))
  yield
  const otherIntervals = shares === null ? null : otherIntervalsOver(shares)
  yield
  const sensitivity = shares === null ? withoutSensitivity : stateSensitivity(reviewed.filter(isReadTwice), choices)
  yield
  const twoPhase = twoPhaseOf(input, rows, { sessions, isWithheld: withheld })
  gates.push(...twoPhaseGate(twoPhase))
  const undecided = coverage.checkable - coverage.decided
  const findings: Record<AssessedRating, Finding[]>[] = []
  for (const row of rows) {
    findings.push(findingsOf(row, choices))
    yield
  }
  return {
    source: input.source,
    methodVersion,
    computedAt: input.computedAt,
    inputSha256: input.inputSha256,
    choices,
    period: periodOf(reviewed.map(({ document }) => document)),
    documents: rows.map((row) => row.line),
    withdrawn,
    reviewedDocuments: reviewed.length,
    claims,
    coverage,
    shares,
    otherIntervals,
    ...sensitivity,
    bounds: withheld ? null : boundsOf(claims, { undecided, choices, readOnce }),
    sessions,
    earlierSessions,
    reopenedSessions,
    sampling,
    ...(twoPhase === null ? {} : { twoPhase }),
    agreement,
    gates,
    contradicted: findings.flatMap(({ contradicted }) => contradicted),
    unsourced: findings.flatMap(({ unsourced }) => unsourced),
    sourced: findings.flatMap(({ sourced }) => sourced),
    unsettled: rows.flatMap(unsettledOf),
  }
}
