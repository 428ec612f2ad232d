import { isFinished, dueOf, isOverdue } from '@/lib/domain/assignments/states'
import { adjudicatesIn, seesClaims, seesWorkOfAll } from '@/lib/domain/review-sessions/access'
import { findBlockers } from '@/lib/domain/assignments/blockers'
import type { MatrixCell, MatrixDocument, MatrixReviewer, SessionMatrix } from '@/lib/domain/assignments/matrix'
import { protocolSchema, readersOf, type Protocol } from '@/lib/domain/review-sessions/protocol'
import type { Permit } from '../access/gate'
import { database } from '../db/client'
import { readMarkedSentences, type MarkedSentences } from './marked-sentences'
import {
  readClaimCounts,
  readDocumentsToJudgeBlind,
  readMatrixAssignments,
  readMatrixDocuments,
  readMatrixMembers,
  type ClaimCount,
  type MatrixAssignmentRow,
  type MatrixDocumentRow,
  type MatrixMemberRow,
} from './matrix-rows'
import { visibleSession, type SessionRow } from '../visibility/sessions'
import { viewerOf } from '../visibility/marks'

/** The data read for a session's matrix. */
interface Reading {
  session: SessionRow
  protocol: Protocol
  now: Date
  /** Whether everyone's work is shown; otherwise only the current member's own. */
  all: boolean
  documents: readonly MatrixDocumentRow[]
  assignments: readonly MatrixAssignmentRow[]
  members: readonly MatrixMemberRow[]
  marked: MarkedSentences
  currentMemberId: string
  /** Documents that the current member is to judge blind: others' progress in them is hidden. */
  toJudgeBlind: ReadonlySet<string>
  /** Null when the current member may not see them. */
  claims: ReadonlyMap<string, ClaimCount | null> | null
}

/**
 * Documents × reviewers of a session: states, progress in sentences, dates, coverage, claims, and blockers. Uses a constant number of queries,
 * regardless of the size. Leads see everyone's cells; reviewers of an active blind session see only their own.
 * @throws DomainError `not-found`, also for a session that the actor may not see.
 */
export async function readSessionMatrix(
  permit: Permit<'review-session.read'>,
  sessionId: string,
): Promise<SessionMatrix> {
  const { read, location } = await database()
  const { workspaceId, actor } = permit
  const session = await visibleSession(read, actor, sessionId)
  const protocol = protocolSchema.parse(session.protocol)
  const all = seesWorkOfAll(actor.role, { blind: protocol.blind, state: session.state })
  const place = { workspaceId, sessionId }
  const memberId = all ? null : actor.memberId
  const viewer = viewerOf(permit)
  const [documents, assignments, toJudgeBlind] = await Promise.all([
    readMatrixDocuments(read, place),
    readMatrixAssignments(read, { ...place, memberId }),
    readDocumentsToJudgeBlind(read, { sessionId, viewer }),
  ])
  const others = [...new Set(assignments.map((assignment) => assignment.memberId))]
  const revisionOf = new Map(documents.map(({ id, revisionId }) => [id, revisionId]))
  const parts = assignments.flatMap(({ id, documentId, state, version }) => {
    const revisionId = revisionOf.get(documentId)
    return revisionId === undefined ? [] : [{ assignmentId: id, revisionId, state, version }]
  })
  const [members, marked] = await Promise.all([
    readMatrixMembers(read, { ...place, others }),
    readMarkedSentences({ read, engine: location.engine }, { ...place, parts, revisionIds: [...revisionOf.values()] }),
  ])
  const own = members.find(({ id }) => id === actor.memberId)?.part ?? null
  const member = { role: actor.role, adjudicates: adjudicatesIn(actor.role, own) }
  const claims = seesClaims(member, session.state) ? await readClaimCounts(read, { ...place, viewer }) : null
  const now = new Date()
  const shown = all ? members : members.filter(({ id }) => id === actor.memberId)
  const currentMemberId = actor.memberId
  const reading = {
    session,
    protocol,
    now,
    all,
    documents,
    assignments,
    marked,
    currentMemberId,
    toJudgeBlind,
    claims,
    members: shown,
  }
  const adjudicators = members.filter(({ part, role, active }) => active && adjudicatesIn(role, part)).length
  return buildMatrix(reading, adjudicators)
}

function buildMatrix(reading: Reading, adjudicators: number): SessionMatrix {
  const { session, protocol, now, all } = reading
  const documents = buildDocuments(reading)
  const reviewers = buildReviewers(reading, documents)
  return {
    sessionId: session.id,
    state: session.state,
    at: now.toISOString(),
    dueAt: session.dueAt?.toISOString() ?? null,
    shows: all ? 'everyone' : 'own',
    reviewersPerDocument: protocol.reviewersPerDocument,
    minimumReviewers: protocol.minimumReviewers,
    reviewers,
    documents,
    totals: {
      documents: documents.length,
      assignments: sum(reviewers.map((reviewer) => reviewer.documents)),
      finished: sum(reviewers.map((reviewer) => reviewer.finished)),
      overdue: sum(reviewers.map((reviewer) => reviewer.overdue)),
      missing: sumShown(documents.map((document) => document.missing)),
      decided: sum(reviewers.map((reviewer) => reviewer.decided)),
      total: sum(reviewers.map((reviewer) => reviewer.total)),
      covered: sumShown(documents.map((document) => document.covered)),
      coverable: sum(documents.map((document) => document.total)),
      claims: sumShown(documents.map((document) => document.claims)),
      openClaims: sumShown(documents.map((document) => document.openClaims)),
      disagreements: sumShown(documents.map((document) => document.disagreements)),
    },
    blockers: findBlockers({
      state: session.state,
      now: now.getTime(),
      reviewers: reading.members.map(({ id, name, active }) => ({ id, name, active })),
      adjudicators: all ? adjudicators : null,
      documents,
    }),
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

/** The sum of the visible parts; null when none is visible. */
function sumShown(values: readonly (number | null)[]): number | null {
  const shown = values.filter((value) => value !== null)
  return shown.length === 0 && values.length > 0 ? null : sum(shown)
}

/** When the session's work is due, computed once for all cells. */
interface Due {
  at: number | null
  text: string | null
}

function dueOfSession({ dueAt }: SessionRow): Due {
  return { at: dueAt?.getTime() ?? null, text: dueAt?.toISOString() ?? null }
}

const nothing = new Uint8Array()

function presentCell(reading: Reading, row: MatrixAssignmentRow, sessionDue: Due): MatrixCell {
  const { session, now, marked, currentMemberId, toJudgeBlind } = reading
  // Law 4: a lead who judges the document blind does not see others' progress in it (tests/api/blindness.test.ts).
  const isHidden = row.memberId !== currentMemberId && toJudgeBlind.has(row.documentId)
  const due = dueOf(row.dueAt?.getTime() ?? null, sessionDue.at)
  return {
    assignmentId: row.id,
    memberId: row.memberId,
    state: row.state,
    dueAt: row.dueAt?.toISOString() ?? sessionDue.text,
    overdue: session.state === 'active' && isOverdue({ state: row.state, due, now: now.getTime() }),
    decided: isHidden ? null : countCovered([marked.decided.get(row.id) ?? nothing], 1),
    version: row.version,
  }
}

/** Counts the sentences that at least `minimum` of the reviewers have decided. */
function countCovered(parts: readonly Uint8Array[], minimum: number): number {
  const length = parts[0]?.length ?? 0
  let covered = 0
  for (let at = 0; at < length; at += 1) {
    let times = 0
    for (const part of parts) times += part[at] ?? 0
    if (times >= minimum) covered += 1
  }
  return covered
}

function buildDocuments(reading: Reading): MatrixDocument[] {
  const { protocol, all, claims, marked, toJudgeBlind } = reading
  const due = dueOfSession(reading.session)
  const rowsOf = new Map<string, MatrixAssignmentRow[]>()
  for (const row of reading.assignments) {
    const rows = rowsOf.get(row.documentId)
    if (rows === undefined) rowsOf.set(row.documentId, [row])
    else rows.push(row)
  }
  return reading.documents.map(({ id, title, sourceId, sourceName, revisionId, wordCount, readTwice }) => {
    const rows = rowsOf.get(id) ?? []
    const counting = rows.filter(({ state }) => state !== 'withdrawn')
    const parts = counting.map((row) => marked.decided.get(row.id) ?? nothing)
    const counts =
      claims === null
        ? null
        : claims.has(id)
          ? (claims.get(id) ?? null)
          : { claims: 0, openClaims: 0, disagreements: 0 }
    return {
      id,
      title,
      source: { id: sourceId, name: sourceName },
      words: wordCount,
      total: marked.totals.get(revisionId) ?? 0,
      assigned: all ? counting.length : null,
      missing: all ? Math.max(0, readersOf(protocol, readTwice) - counting.length) : null,
      readTwice: all && protocol.secondReading !== undefined ? readTwice : null,
      covered: all && !toJudgeBlind.has(id) ? countCovered(parts, protocol.minimumReviewers) : null,
      claims: counts?.claims ?? null,
      openClaims: counts?.openClaims ?? null,
      disagreements: counts?.disagreements ?? null,
      cells: rows.map((row) => presentCell(reading, row, due)),
    }
  })
}

function buildReviewers({ members }: Reading, documents: readonly MatrixDocument[]): MatrixReviewer[] {
  const columns = new Map(
    members.map(({ id, name, active, part }): [string, MatrixReviewer] => [
      id,
      {
        member: { id, name },
        reviews: part?.reviews ?? false,
        adjudicates: part?.adjudicates ?? false,
        inSession: part !== null,
        active,
        documents: 0,
        words: 0,
        finished: 0,
        overdue: 0,
        decided: 0,
        total: 0,
      },
    ]),
  )
  const holding = new Set<string>()
  for (const { cells, words, total } of documents) {
    for (const { memberId, state, overdue, decided } of cells) {
      holding.add(memberId)
      const column = columns.get(memberId)
      if (column === undefined || state === 'withdrawn') continue
      column.documents += 1
      column.words += words
      column.finished += isFinished(state) ? 1 : 0
      column.overdue += overdue ? 1 : 0
      if (decided === null) continue
      column.decided += decided
      column.total += total
    }
  }
  // Members who only adjudicate have no column.
  return [...columns.values()].filter(({ reviews, member }) => reviews || holding.has(member.id))
}
