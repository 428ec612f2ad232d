import { assignmentStates, isOpenForMarks } from '@/lib/domain/assignments/states'
import type { EventType } from '@/lib/domain/audit/events'
import { DomainError } from '@/lib/domain/errors'
import { adjudicatesIn } from '@/lib/domain/review-sessions/access'
import type { ActivationEffects } from '@/lib/domain/review-sessions/activation'
import { protocolSchema } from '@/lib/domain/review-sessions/protocol'
import type { SessionMove, SessionView } from '@/lib/domain/review-sessions/schema'
import {
  conditionsUnmet,
  sessionTransitions,
  stateAfter,
  type SessionState,
  type SessionTransition,
} from '@/lib/domain/review-sessions/states'
import { versionMismatch } from '@/lib/domain/versions'
import type { Permit } from '../access/gate'
import { tellOfActivation, tellReviewers } from '../assignments/notifications'
import { selectAssignments } from '../assignments/rows'
import { matchSessionClaims } from '../claims/match'
import { recountSession } from '../closed-sessions/counts'
import { keepClosed } from '../closed-sessions/kept'
import { database } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'
import { write, type WriteContext } from '../db/write'
import { notify, settleSubmissions } from '../notifications/mutations'
import { seesAnnotation, viewerOf } from '../visibility/marks'
import { lockLiveSession, visibleSession, type SessionRow } from '../visibility/sessions'
import { viewOf } from './data'
import { factsOf } from './present'
import { readProgressRow } from './progress-rows'

const eventOf: Record<SessionTransition, EventType> = {
  activate: 'review-session.activated',
  'start-adjudication': 'review-session.adjudication-started',
  close: 'review-session.closed',
  reopen: 'review-session.reopened',
}

interface Place {
  workspaceId: string
  sessionId: string
}

/** Withdraws the assignments that are not submitted: their marks stay, locked, and do not count. @returns how many assignments. */
async function withdrawUnfinished(context: WriteContext, permit: Permit, sessionId: string): Promise<number> {
  const { tx, now, record } = context
  const { workspaceId } = permit
  const unfinished = { workspaceId, sessionId, state: { in: assignmentStates.filter(isOpenForMarks) } }
  // Locked before they are read: a concurrent submission finishes first, so its reviewer gets no notification of a withdrawal that did not happen.
  await tx.assignment.updateMany({ where: unfinished, data: { version: { increment: 0 } } })
  const open = await selectAssignments(
    tx,
    Prisma.sql`a."sessionId" = ${sessionId} AND a."workspaceId" = ${workspaceId} AND a."state" IN (${Prisma.join(unfinished.state.in)})`,
  )
  await tx.assignment.updateMany({
    where: unfinished,
    data: { state: 'withdrawn', withdrawnAt: now, updatedAt: now, version: { increment: 1 } },
  })
  for (const { id, documentId, memberId, state } of open) {
    record({
      type: 'assignment.withdrawn',
      subjectId: id,
      sessionId,
      documentId,
      data: { before: { state }, after: { state: 'withdrawn', memberId, because: 'adjudication started' } },
    })
  }
  await tellReviewers(context, open, { workspaceId, by: permit.actor, type: 'assignment-withdrawn' })
  return open.length
}

/** Notifies the members who act next: reviewers of an active session, adjudicators in adjudication, all members of a closed one. */
async function tellOfMove(
  context: WriteContext,
  permit: Permit,
  { name, session }: { name: SessionTransition; session: SessionRow },
): Promise<void> {
  const { tx } = context
  const { workspaceId, actor } = permit
  const sessionId = session.id
  if (name === 'activate') return tellOfActivation(context, { workspaceId, sessionId, by: actor })
  if (name === 'reopen') return
  const parts = await tx.sessionMember.findMany({
    where: { workspaceId, sessionId },
    select: { memberId: true, adjudicates: true },
  })
  const members = await tx.member.findMany({
    where: { workspaceId, status: 'active', id: { in: parts.map(({ memberId }) => memberId) } },
    select: { id: true, role: true },
  })
  const partOf = new Map(parts.map((part) => [part.memberId, part]))
  const told = members.filter(({ id, role }) => name === 'close' || adjudicatesIn(role, partOf.get(id) ?? null))
  await notify(context, {
    workspaceId,
    memberIds: told.map(({ id }) => id).filter((id) => id !== actor.memberId),
    type: name === 'close' ? 'session-closed' : 'adjudication-started',
    data: { sessionId, title: session.name, actorName: actor.name },
  })
}

interface Doubled {
  title: string
  name: string
  sessionName: string
}

/**
 * Refuses to activate a session while a member has one of its documents assigned in another session that is not closed: a member marks a document for
 * one session at a time.
 */
async function refuseDoubles({ tx }: WriteContext, { workspaceId, sessionId }: Place): Promise<void> {
  const doubled = await tx.$queryRaw<Doubled[]>`
    SELECT d."title", u."name", s."name" AS "sessionName"
    FROM "Assignment" a
    JOIN "Assignment" b ON b."workspaceId" = a."workspaceId" AND b."memberId" = a."memberId" AND b."documentId" = a."documentId" AND b."sessionId" <> a."sessionId"
      AND b."state" <> 'withdrawn'
    JOIN "ReviewSession" s ON s."workspaceId" = b."workspaceId" AND s."id" = b."sessionId" AND s."state" IN ('active', 'adjudication') AND s."deletedAt" IS NULL
    JOIN "Document" d ON d."workspaceId" = a."workspaceId" AND d."id" = a."documentId"
    JOIN "Member" m ON m."workspaceId" = a."workspaceId" AND m."id" = a."memberId"
    JOIN "User" u ON u."id" = m."userId"
    WHERE a."sessionId" = ${sessionId} AND a."workspaceId" = ${workspaceId} AND a."state" <> 'withdrawn'
    ORDER BY d."title", u."name"
    LIMIT 5`
  if (doubled.length === 0) return
  const cases = doubled.map(({ title, name, sessionName }) => `${name} has “${title}” in “${sessionName}”`).join('; ')
  throw new DomainError(
    'conflict',
    `A reviewer would have the same document in two sessions at once: ${cases}. Withdraw one of the two assignments, or close the other session first.`,
    { current: { doubled } },
  )
}

/** The columns that a transition writes in the session's row, beside its state. */
function datesOf(name: SessionTransition, { activatedAt, blindEndedAt }: SessionRow, now: Date) {
  switch (name) {
    case 'activate':
      return { activatedAt: activatedAt ?? now }
    case 'start-adjudication':
      return { blindEndedAt: blindEndedAt ?? now }
    case 'close':
      return { closedAt: now }
    case 'reopen':
      return { closedAt: null }
  }
}

function impossible(state: SessionState, name: SessionTransition): DomainError {
  const possible = sessionTransitions.filter((other) => stateAfter(state, other) !== null)
  return new DomainError(
    'conflict',
    `A session that is ${state === 'adjudication' ? 'in adjudication' : state} has no “${name}”; it has: ${possible.join(', ')}.`,
    { current: { state, possible } },
  )
}

/** Whether the session is already in the state that the transition leads to, after a concurrent or repeated request. */
function isThere(state: SessionState, name: SessionTransition): boolean {
  return { activate: 'active', 'start-adjudication': 'adjudication', close: 'closed', reopen: null }[name] === state
}

/**
 * Moves a session that is at `version` to another state. A session already in that state is returned as it is, except when reopening, which goes one
 * state back each time. Closing stores what was settled, which reports read from then on; closing and reopening update the kept counts. The first
 * start of adjudication ends the blind phase for good and matches the reviewers' annotations into claims; starting it again after reopening keeps the
 * decided claims.
 * @throws DomainError `not-found`, `version-mismatch`, and `conflict` with the conditions that are not met.
 */
export async function moveSession(
  permit: Permit<'review-session.update'>,
  { id, version, move }: { id: string; version: number; move: SessionMove },
): Promise<SessionView> {
  const { workspaceId, actor } = permit
  const { name } = move
  const place = { workspaceId, sessionId: id }
  return write(permit, async (context) => {
    const { tx, now, record } = context
    const session = await lockLiveSession(tx, { workspaceId, id })
    const view = (row: SessionRow) => viewOf(tx, { actor, session: row, now })
    if (session.version !== version) {
      if (session.version > version && isThere(session.state, name)) return view(session)
      throw versionMismatch('review session', { expected: version, current: await view(session) })
    }
    if (isThere(session.state, name)) return view(session)
    const state = stateAfter(session.state, name)
    if (state === null) throw impossible(session.state, name)
    const withdrawn =
      name === 'start-adjudication' && move.withdrawUnfinished ? await withdrawUnfinished(context, permit, id) : 0
    const unmet = conditionsUnmet(name, factsOf(session, await readProgressRow(tx, { actor, session, now })))
    if (unmet.length > 0)
      throw new DomainError('conflict', unmet.join(' '), { current: { state: session.state, unmet } })
    if (state === 'active') await refuseDoubles(context, place)
    await tx.reviewSession.updateMany({
      where: { id, workspaceId },
      data: { state, ...datesOf(name, session, now), version: { increment: 1 }, updatedAt: now },
    })
    record({
      type: eventOf[name],
      subjectId: id,
      sessionId: id,
      data: { before: { state: session.state }, after: { state, ...(withdrawn > 0 ? { withdrawn } : {}) } },
    })
    if (name === 'start-adjudication') await matchSessionClaims(context, place)
    if (name === 'close') await keepClosed(context, place)
    if (state === 'closed' || session.state === 'closed') await recountSession(tx, place)
    if (state === 'adjudication' || state === 'closed') await settleSubmissions(context, place)
    await tellOfMove(context, permit, { name, session })
    return view(await lockLiveSession(tx, { workspaceId, id }))
  })
}

/** The most entries listed. */
const maxNamed = 50

interface Row {
  memberId: string
  memberName: string
  documentId: string
  title: string
  marks: number | bigint
}

/**
 * The marks that activating a session hides: those that assigned reviewers made earlier on the revisions they are to review, of those the actor may
 * see. @throws DomainError `not-found`, also for a session that the actor may not see.
 */
export async function readActivationEffects(
  permit: Permit<'review-session.update'>,
  sessionId: string,
): Promise<ActivationEffects> {
  const { read } = await database()
  const { workspaceId, actor } = permit
  const session = await visibleSession(read, actor, sessionId)
  const rows = await read.$queryRaw<Row[]>`
    SELECT m."id" AS "memberId", u."name" AS "memberName", d."id" AS "documentId", d."title", COUNT(*) AS "marks"
    FROM "Assignment" s
    JOIN "SessionDocument" e ON e."workspaceId" = s."workspaceId" AND e."sessionId" = s."sessionId" AND e."documentId" = s."documentId"
    JOIN "Annotation" a ON a."workspaceId" = e."workspaceId" AND a."revisionId" = e."revisionId" AND a."authorId" = s."memberId" AND a."deletedAt" IS NULL
    JOIN "Revision" v ON v."workspaceId" = a."workspaceId" AND v."id" = a."revisionId"
    JOIN "Document" d ON d."workspaceId" = s."workspaceId" AND d."id" = s."documentId" AND d."deletedAt" IS NULL
    JOIN "Member" m ON m."workspaceId" = s."workspaceId" AND m."id" = s."memberId"
    JOIN "User" u ON u."id" = m."userId"
    WHERE s."workspaceId" = ${workspaceId} AND s."sessionId" = ${sessionId} AND s."state" <> 'withdrawn'
      AND (a."sessionId" IS NULL OR a."sessionId" <> ${sessionId}) AND ${seesAnnotation(viewerOf(permit))}
    GROUP BY m."id", u."name", d."id", d."title"
    ORDER BY u."name", d."title", d."id"`
  return {
    blind: protocolSchema.parse(session.protocol).blind,
    total: rows.reduce((sum, { marks }) => sum + Number(marks), 0),
    putAside: rows.slice(0, maxNamed).map(({ memberId, memberName, documentId, title, marks }) => ({
      member: { id: memberId, name: memberName },
      document: { id: documentId, title },
      marks: Number(marks),
    })),
  }
}
