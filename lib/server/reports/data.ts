import { version as softwareVersion } from '@/package.json'
import { agreementMethodVersion } from '@/lib/domain/agreement/schema'
import { agreementParameters } from '@/lib/domain/agreement/session-agreement'
import { notFound, DomainError } from '@/lib/domain/errors'
import { canonicalInputs, hashInputs, reportInputOf } from '@/lib/domain/frozen-reports/canonical-inputs'
import { hideReviewers, type HiddenReviewer } from '@/lib/domain/frozen-reports/hide-reviewers'
import { computeReport, methodVersion, type ReportInput } from '@/lib/domain/reports/compute-report'
import type {
  ReportAnnotation,
  ReportCitation,
  ReportDocument,
  ReportInputs,
  SessionRecord,
} from '@/lib/domain/reports/input-schema'
import { applyScopeChanges, checkableSentences, scopeRegions } from '@/lib/domain/text/scope'
import { checkOfQuote } from '@/lib/domain/references/quote-check'
import { readDifferences } from '@/lib/domain/text/typography'
import { buildTextIndex } from '@/lib/domain/text/text-index'
import type { Permit } from '../access/gate'
import { agreementOf } from '../agreement/agreement-cache'
import { database, type Transaction } from '../db/client'
import { readAdjudications, type Settled } from './adjudications'
import { readReportRows, type ReportRows } from './rows'
import type { BlindDocument } from '@/lib/domain/agreement/statistics'
import { readAgreementInput } from '../agreement/rows'
import { storedContent, storedReason, storedSentences } from '../marking/revision-facts'
import { compareReports } from '@/lib/domain/reports/comparing/compare'
import type { Comparison } from '@/lib/domain/reports/comparing/comparison-schema'

/** The blind ratings behind a report. `stamp` changes whenever any of them does. */
interface BlindRatings {
  documents: BlindDocument[]
  stamp: string
}

/** Which documents a report assesses by the verdicts of a session. */
interface RatedDocuments {
  workspaceId: string
  sessions: readonly SessionRecord[]
  documents: readonly ReportDocument[]
}

/**
 * The blind ratings of the documents that closed blind sessions assess, each from the session whose verdicts count. Other documents of these sessions
 * are left out, among them those that someone judges blind elsewhere at this time.
 */
async function readBlindRatings(
  read: Transaction,
  { workspaceId, sessions, documents }: RatedDocuments,
): Promise<BlindRatings> {
  const sessionOf = new Map(documents.map(({ id, adjudication }) => [id, adjudication?.sessionId]))
  const found: BlindDocument[] = []
  const stamps: string[] = []
  for (const { id: sessionId } of sessions.filter(({ protocol }) => protocol.blind)) {
    const input = await readAgreementInput(read, { workspaceId, sessionId })
    const own = input.documents.filter(({ id }) => sessionOf.get(id) === sessionId)
    found.push(...own)
    stamps.push(`${sessionId} ${own.map(({ id }) => id).join()} ${input.stamp}`)
  }
  return { documents: found.sort((one, other) => (one.id < other.id ? -1 : 1)), stamp: stamps.join('\n') }
}

/** The rows of one kind by what they belong to. */
function groupBy<R>(rows: readonly R[], keyOf: (row: R) => string): ReadonlyMap<string, R[]> {
  const groups = new Map<string, R[]>()
  for (const row of rows) {
    const group = groups.get(keyOf(row))
    if (group === undefined) groups.set(keyOf(row), [row])
    else group.push(row)
  }
  return groups
}

function citationsByAnnotation({ citations, references }: ReportRows): ReadonlyMap<string, ReportCitation[]> {
  const referenceOf = new Map(references.map((reference) => [reference.id, reference]))
  const groups = groupBy(citations, ({ annotationId }) => annotationId)
  return new Map(
    [...groups].map(([annotationId, group]) => [
      annotationId,
      group.flatMap(({ id, stance, quote, locator, quoteStart, quoteDifferences, referenceId }) => {
        const known = referenceOf.get(referenceId)
        if (known === undefined) return []
        const reference = { ...known, snapshotAt: known.snapshotAt?.toISOString() ?? null }
        const place = quoteStart === null ? null : { differences: readDifferences(quoteDifferences) }
        const quoteCheck = checkOfQuote({ quote, hasSnapshot: known.snapshotSha256 !== null, place })
        return [{ id, stance, quote, locator, quoteCheck, quoteStart, reference }]
      }),
    ]),
  )
}

/** Places alone: what kind a sentence is of is said where all are listed. */
function spansOf(sentences: readonly { start: number; end: number }[]): { start: number; end: number }[] {
  return sentences.map(({ start, end }) => ({ start, end }))
}

function reportDocumentsOf(rows: ReportRows, settledAt: ReadonlyMap<string, Settled>): ReportDocument[] {
  const citationsOf = citationsByAnnotation(rows)
  const annotationsOf = groupBy(rows.annotations, ({ revisionId }) => revisionId)
  const decisionsOf = groupBy(rows.decisions, ({ revisionId }) => revisionId)
  const changesOf = groupBy(rows.scopeChanges, ({ revisionId }) => revisionId)
  const revisionOf = new Map(rows.revisions.map((revision) => [revision.documentId, revision]))
  return rows.documents.flatMap(({ id, title, publishedOn }) => {
    const revision = revisionOf.get(id)
    if (revision === undefined) return []
    const sentences = storedSentences(revision.sentences)
    const index = buildTextIndex(storedContent(revision.content))
    const changes = changesOf.get(revision.id) ?? []
    const settled = settledAt.get(revision.id)
    // What counted when a session was closed stays what counted in it, regardless of later changes.
    const checkableBy = (moment: string | null) =>
      checkableSentences(
        sentences,
        applyScopeChanges(
          scopeRegions(index),
          changes
            .filter(({ createdAt }) => moment === null || createdAt.toISOString() <= moment)
            .map(({ start, end, inScope, reason }) => ({ start, end, inScope, reason: storedReason(reason) })),
        ),
      )
    const annotations = (annotationsOf.get(revision.id) ?? []).map(
      ({ revisionId: _revisionId, ...annotation }): ReportAnnotation => ({
        ...annotation,
        citations: citationsOf.get(annotation.id) ?? [],
      }),
    )
    const decisions = (decisionsOf.get(revision.id) ?? []).map(({ revisionId: _revisionId, ...decision }) => decision)
    return [
      {
        id,
        title,
        publishedOn,
        revisionId: revision.id,
        sha256: revision.sha256,
        scripts: index.scripts,
        sentences,
        checkable: checkableBy(null),
        annotations,
        decisions,
        adjudication: settled === undefined ? null : { ...settled, checkable: spansOf(checkableBy(settled.closedAt)) },
      },
    ]
  })
}

/** Everything that a report is computed from, with who stands behind the codes of its reviewers, and its stamp for the cache of agreement. */
export interface StoredInputs {
  inputs: ReportInputs
  inputSha256: string
  reviewers: HiddenReviewer[]
  stamp: string
}

/**
 * What the report of a source is computed from, as stored at this moment: in its one order, without any member's id. `inputSha256` covers the documents'
 * text hashes, the sentences that count, all annotations with their evidence, all decisions, the verdicts of the sessions that count with those sessions'
 * questions, rules and samples, the blind ratings with the parameters of their agreement, and the versions of methods and program.
 * @throws DomainError `not-found` when the source is unknown, deleted or another workspace's.
 */
export async function readStoredInputs(
  read: Transaction,
  { workspaceId, sourceId }: { workspaceId: string; sourceId: string },
): Promise<StoredInputs> {
  const source = await read.source.findFirst({
    where: { id: sourceId, workspaceId, deletedAt: null },
    select: { id: true, name: true, kind: true, homepage: true },
  })
  if (source === null) throw notFound('source')
  const rows = await readReportRows(read, { workspaceId, sourceId })
  const { documentsInBlindPhase, counted } = rows
  const { byRevision, sessions } = await readAdjudications(read, { workspaceId, sourceId, revisionIds: counted })
  const documents = reportDocumentsOf(rows, byRevision)
  const ratings = await readBlindRatings(read, { workspaceId, sessions, documents })
  const hidden = hideReviewers({
    methodVersion,
    softwareVersion,
    source,
    choices: { singleReviews: 'left-out' },
    sessions: [...sessions],
    documents,
    withdrawn: [],
    earlierSessions: [],
    reopenedSessions: [],
    documentsInBlindPhase,
    agreement: { methodVersion: agreementMethodVersion, parameters: agreementParameters, documents: ratings.documents },
  })
  const inputs = canonicalInputs(hidden.inputs)
  return { inputs, inputSha256: hashInputs(inputs), reviewers: hidden.reviewers, stamp: ratings.stamp }
}

/** What `computeReport` takes, with the agreement of the blind ratings, which is computed beside other work and kept while they are the same. */
export async function computeBeside(
  { inputs, inputSha256, stamp }: StoredInputs,
  { workspaceId, now }: { workspaceId: string; now: Date },
): Promise<ReportInput> {
  const { documents } = inputs.agreement
  const of = `report ${workspaceId} ${inputs.source.id}`
  const agreement = documents.length === 0 ? null : await agreementOf(of, { documents, stamp })
  return reportInputOf(inputs, { agreement, computedAt: now.toISOString(), inputSha256 })
}

/**
 * What the report of a source is computed from, ready to be computed; see `readStoredInputs`.
 * @throws DomainError `not-found` when the source is unknown, deleted or another workspace's.
 */
export async function readReportInput(
  permit: Permit<'report.read'>,
  { sourceId, now }: { sourceId: string; now: Date },
): Promise<ReportInput> {
  const { read } = await database()
  const { workspaceId } = permit
  return computeBeside(await readStoredInputs(read, { workspaceId, sourceId }), { workspaceId, now })
}

/**
 * Two sources' shares and their differences, from what is stored now.
 * @throws DomainError `not-found` when either is unknown, deleted or another workspace's; `invalid` when they are the same.
 */
export async function readComparison(
  permit: Permit<'report.read'>,
  { sourceId, otherSourceId, now }: { sourceId: string; otherSourceId: string; now: Date },
): Promise<Comparison> {
  if (sourceId === otherSourceId) {
    throw new DomainError('invalid', 'A source has no difference from itself: name another one to compare it with.')
  }
  const first = computeReport(await readReportInput(permit, { sourceId, now }))
  return compareReports(first, computeReport(await readReportInput(permit, { sourceId: otherSourceId, now })))
}
