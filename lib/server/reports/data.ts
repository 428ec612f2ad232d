import { version as softwareVersion } from '@/package.json'
import { agreementMethodVersion } from '@/lib/domain/agreement/schema'
import { agreementParameters } from '@/lib/domain/agreement/session-agreement'
import { notFound } from '@/lib/domain/errors'
import {
  canonicalInputs,
  comparedRatings,
  hashInputsSteps,
  reportInputOf,
} from '@/lib/domain/frozen-reports/canonical-inputs'
import { hideReviewers, type HiddenReviewer } from '@/lib/domain/frozen-reports/hide-reviewers'
import { methodVersion, reportSteps } from '@/lib/domain/reports/compute-report'
import { defaultChoices, type ReportChoices, type ReportView } from '@/lib/domain/reports/schema'
import type {
  DocumentAdjudication,
  ReportAnnotation,
  ReportDocument,
  ReportInputs,
  SessionRecord,
} from '@/lib/domain/reports/input-schema'
import { applyScopeChanges, checkableSentences, scopeRegions } from '@/lib/domain/text/scope'
import type { SentenceSpan } from '@/lib/domain/text/sentences'
import { buildTextIndex } from '@/lib/domain/text/text-index'
import { besideOthers, type Steps } from '@/lib/domain/steps'
import type { BlindDocument } from '@/lib/domain/agreement/statistics'
import type { Permit } from '../access/gate'
import { agreementOf, readAgreementInput } from '../agreement/data'
import { database, type Transaction } from '../db/client'
import { citationsByAnnotation } from '../closed-sessions/marks-with-evidence'
import { readAdjudications } from '../closed-sessions/kept'
import { keyOfPlace, readReopened } from '../closed-sessions/places'
import { giveWay, turns } from '../turns'
import { readReportRows, readWithdrawn, readSessionRecords, type ReportRows } from './rows'
import { storedContent, storedReason, storedSentences } from '../marking/revision-facts'

/** The blind ratings behind a report. `stamp` changes whenever any of them changes. */
interface BlindRatings {
  documents: BlindDocument[]
  stamp: string
}

/** How many documents' ratings are read in one go, so that other requests have their turn. */
const fewAtOnce = 10

/** Which documents a report assesses by the verdicts of a session. */
interface RatedDocuments {
  workspaceId: string
  sessions: readonly SessionRecord[]
  documents: readonly ReportDocument[]
}

/**
 * The blind ratings of the documents that closed blind sessions assess, each from the session whose verdicts count. Other documents of these sessions
 * are left out, including those that someone currently judges blind elsewhere.
 */
async function readBlindRatings(
  read: Transaction,
  { workspaceId, sessions, documents }: RatedDocuments,
): Promise<BlindRatings> {
  const sessionOf = new Map(documents.map(({ id, adjudication }) => [id, adjudication?.sessionId]))
  const found: BlindDocument[] = []
  const stamps: string[] = []
  for (const { id: sessionId } of sessions.filter(({ protocol }) => protocol.blind)) {
    const documentIds = [...sessionOf].flatMap(([id, of]) => (of === sessionId ? [id] : []))
    for (let first = 0; first < documentIds.length; first += fewAtOnce) {
      const some = documentIds.slice(first, first + fewAtOnce)
      const input = await readAgreementInput(read, { workspaceId, sessionId, documentIds: some })
      found.push(...input.documents)
      stamps.push(`${sessionId} ${some.join()} ${input.stamp}`)
      await giveWay()
    }
  }
  return { documents: found.sort((one, other) => (one.id < other.id ? -1 : 1)), stamp: stamps.join('\n') }
}

/** Groups the rows of one kind by what they belong to. */
function groupBy<R>(rows: readonly R[], keyOf: (row: R) => string): ReadonlyMap<string, R[]> {
  const groups = new Map<string, R[]>()
  for (const row of rows) {
    const group = groups.get(keyOf(row))
    if (group === undefined) groups.set(keyOf(row), [row])
    else group.push(row)
  }
  return groups
}

/** The sentences that start where any of the spans starts. */
function sentencesAt(sentences: readonly SentenceSpan[], spans: readonly { start: number }[]): SentenceSpan[] {
  const starts = new Set(spans.map(({ start }) => start))
  return sentences.filter(({ start }) => starts.has(start))
}

/** The first and last of a list of times; null for an empty list. */
function spanOf(moments: readonly Date[]): { from: string; to: string } | null {
  const times = moments.map((moment) => moment.toISOString()).sort()
  const [from, to] = [times[0], times.at(-1)]
  return from === undefined || to === undefined ? null : { from, to }
}

function* reportDocumentSteps(
  rows: ReportRows,
  settledOf: ReadonlyMap<string, DocumentAdjudication>,
): Steps<ReportDocument[]> {
  const citationsOf = citationsByAnnotation(rows)
  const annotationsOf = groupBy(rows.annotations, ({ revisionId }) => revisionId)
  const decisionsOf = groupBy(rows.decisions, ({ revisionId }) => revisionId)
  const changesOf = groupBy(rows.scopeChanges, ({ revisionId }) => revisionId)
  const startedOf = groupBy(rows.started, keyOfPlace)
  const revisionOf = new Map(rows.revisions.map((revision) => [revision.documentId, revision]))
  const found: ReportDocument[] = []
  for (const { id, title, publishedOn } of rows.documents) {
    yield
    const revision = revisionOf.get(id)
    if (revision === undefined) continue
    const sentences = storedSentences(revision.sentences)
    const index = buildTextIndex(storedContent(revision.content))
    const changes = (changesOf.get(revision.id) ?? []).map(({ start, end, inScope, reason }) => ({
      start,
      end,
      inScope,
      reason: storedReason(reason),
    }))
    const annotations = annotationsOf.get(revision.id) ?? []
    const decisions = decisionsOf.get(revision.id) ?? []
    const adjudication = settledOf.get(id) ?? null
    const moments =
      adjudication === null
        ? [
            ...annotations.flatMap(({ createdAt, updatedAt }) => [createdAt, updatedAt]),
            ...decisions.map(({ createdAt }) => createdAt),
          ]
        : [
            ...(startedOf.get(keyOfPlace({ sessionId: adjudication.sessionId, documentId: id })) ?? []).flatMap(
              ({ startedAt }) => startedAt ?? [],
            ),
            new Date(adjudication.closedAt),
          ]
    found.push({
      id,
      title,
      publishedOn,
      revisionId: revision.id,
      hasLaterRevision: rows.latestOf.get(id) !== revision.id,
      sha256: revision.sha256,
      reviewed: spanOf(moments),
      scripts: index.scripts,
      sentences,
      checkable:
        adjudication === null
          ? checkableSentences(sentences, applyScopeChanges(scopeRegions(index), changes))
          : sentencesAt(sentences, adjudication.checkable),
      annotations: annotations.map(
        ({
          revisionId: _revisionId,
          createdAt: _createdAt,
          updatedAt: _updatedAt,
          ...annotation
        }): ReportAnnotation => ({
          ...annotation,
          citations: citationsOf.get(annotation.id) ?? [],
        }),
      ),
      decisions: decisions.map(({ revisionId: _revisionId, createdAt: _createdAt, ...decision }) => decision),
      adjudication,
    })
  }
  return found
}

async function readWithdrawnInputs(
  read: Transaction,
  of: { workspaceId: string; sourceId: string; sessionId?: string },
): Promise<ReportInputs['withdrawn']> {
  const { documents, places } = await readWithdrawn(read, of)
  const settledOf = await readAdjudications(read, of.workspaceId, places)
  return documents.flatMap(({ id, title, publishedOn, deletedAt, withdrawal }) => {
    const adjudication = settledOf.get(id)
    if (adjudication === undefined || deletedAt === null) return []
    const { sessionId, sessionName } = adjudication
    const { reason, memberId: by, withdrawnAt: at } = withdrawal ?? { reason: '', memberId: '', withdrawnAt: deletedAt }
    return [{ id, title, publishedOn, reason, by, at: at.toISOString(), sessionId, sessionName, adjudication }]
  })
}

/** The full input of a report, with the names behind its reviewers' codes and its stamp for the agreement cache. */
export interface StoredInputs {
  inputs: ReportInputs
  inputSha256: string
  reviewers: HiddenReviewer[]
  stamp: string
}

/** The source of the report, and the choices made for it. */
interface Wanted {
  workspaceId: string
  sourceId: string
  choices?: ReportChoices
  /** The one closed session to report on; all sessions that count by default. */
  sessionId?: string
}

/**
 * The input of a source's report as stored now, in one fixed order and without any member's id. `inputSha256` covers the documents' text hashes, the
 * sentences that count, all annotations with their evidence and all decisions. It also covers what the sessions that count had settled when they were
 * closed, with those sessions' questions, rules, samples and drawings; withdrawn documents, the choices, the blind ratings with the parameters of
 * their agreement, and the versions of methods and program.
 * @throws DomainError `not-found` when the source is unknown, deleted or another workspace's.
 */
export async function readStoredInputs(
  read: Transaction,
  { workspaceId, sourceId, choices = defaultChoices, sessionId }: Wanted,
): Promise<StoredInputs> {
  const source = await read.source.findFirst({
    where: { id: sourceId, workspaceId, deletedAt: null },
    select: { id: true, name: true, kind: true, homepage: true },
  })
  if (source === null) throw notFound('source')
  const of = { workspaceId, sourceId, ...(sessionId === undefined ? {} : { sessionId }) }
  const rows = await readReportRows(read, of)
  const { documentsInBlindPhase, places } = rows
  const settledOf = await readAdjudications(read, workspaceId, places)
  const documents = await besideOthers(reportDocumentSteps(rows, settledOf), turns)
  const ids = [...new Set(places.map(({ sessionId }) => sessionId))]
  const sessions = ids.length === 0 ? [] : await readSessionRecords(read, { ...of, ids })
  const ratings = await readBlindRatings(read, { workspaceId, sessions, documents })
  const hidden = hideReviewers({
    methodVersion,
    softwareVersion,
    source,
    choices,
    sessions,
    documents,
    withdrawn: await readWithdrawnInputs(read, of),
    earlierSessions: rows.earlier,
    reopenedSessions: sessionId === undefined ? await readReopened(read, workspaceId, rows.seen) : [],
    documentsInBlindPhase,
    agreement: { methodVersion: agreementMethodVersion, parameters: agreementParameters, documents: ratings.documents },
  })
  await giveWay()
  const inputs = canonicalInputs(hidden.inputs)
  return {
    inputs,
    inputSha256: await besideOthers(hashInputsSteps(inputs), turns),
    reviewers: hidden.reviewers,
    stamp: ratings.stamp,
  }
}

/**
 * Computes the report from stored inputs while other requests have their turn. The agreement of the blind ratings is cached while they stay the same.
 */
export async function computeBeside(
  { inputs, inputSha256, stamp }: StoredInputs,
  { workspaceId, now, sessionId = '' }: { workspaceId: string; now: Date; sessionId?: string },
): Promise<ReportView> {
  const documents = comparedRatings(inputs)
  const of = `report ${workspaceId} ${inputs.source.id} ${sessionId}`
  const agreement = documents.length === 0 ? null : await agreementOf(of, { documents, stamp })
  const input = reportInputOf(inputs, { agreement, computedAt: now.toISOString(), inputSha256 })
  return besideOthers(reportSteps(input), turns)
}

/**
 * The report of a source as members see it: from current data, with names in place of the inputs' codes.
 * @throws DomainError `not-found` when the source is unknown, deleted or another workspace's.
 */
export async function readReport(
  permit: Permit<'report.read'>,
  { sourceId, choices = defaultChoices, now }: { sourceId: string; choices?: ReportChoices; now: Date },
): Promise<ReportView> {
  const { read } = await database()
  const { workspaceId } = permit
  const stored = await readStoredInputs(read, { workspaceId, sourceId, choices })
  const report = await computeBeside(stored, { workspaceId, now })
  const acted = new Set([
    ...report.withdrawn.map(({ by }) => by),
    ...report.sessions.flatMap(({ draws }) => draws.map(({ by }) => by)),
  ])
  if (acted.size === 0) return report
  const members = await read.member.findMany({
    where: {
      workspaceId,
      id: { in: stored.reviewers.flatMap(({ code, memberId }) => (acted.has(code) ? [memberId] : [])) },
    },
    select: { id: true, user: { select: { name: true } } },
  })
  const memberOf = new Map(stored.reviewers.map(({ code, memberId }) => [code, memberId]))
  const nameOf = (code: string) => members.find(({ id }) => id === memberOf.get(code))?.user.name ?? ''
  return {
    ...report,
    withdrawn: report.withdrawn.map((document) => ({ ...document, by: nameOf(document.by) })),
    sessions: report.sessions.map((session) => ({
      ...session,
      draws: session.draws.map((draw) => ({ ...draw, by: nameOf(draw.by) })),
    })),
  }
}
