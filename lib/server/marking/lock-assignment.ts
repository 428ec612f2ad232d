import { phaseOfMark, type Phase } from '@/lib/domain/assignments/phase'
import { isOpenForMarks, type AssignmentState } from '@/lib/domain/assignments/states'
import type { SessionState } from '@/lib/domain/review-sessions/states'
import type { DomainError } from '@/lib/domain/errors'
import type { Reader, Transaction } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'
import type { WriteContext } from '../db/write'
import { marksLocked, sessionLocked } from './active-assignment'

/** The assignment of a mark that is made or changed. */
export interface LockedAssignment {
  id: string
  sessionId: string
  documentId: string
  state: AssignmentState
}

async function whyClosed(
  tx: Transaction,
  { workspaceId, id }: { workspaceId: string; id: string },
): Promise<DomainError | null> {
  const row = await tx.assignment.findUnique({
    where: { workspaceId_id: { workspaceId, id } },
    select: { state: true, submittedAt: true, session: { select: { name: true, state: true, deletedAt: true } } },
  })
  if (row === null) return sessionLocked('The session')
  const { state, submittedAt, session } = row
  if (!isOpenForMarks(state)) return marksLocked({ state, submittedAt, sessionName: session.name })
  return session.state === 'active' && session.deletedAt === null ? null : sessionLocked(session.name)
}

/**
 * Part of the write of a mark: checks that the assignment is open and locks it until the write is done, so that no mark is added after a submission.
 * The first mark starts the assignment.
 * @throws DomainError `conflict` when the work was submitted, accepted or withdrawn since it was read.
 */
export async function lockAssignment(
  context: WriteContext,
  workspaceId: string,
  assignment: LockedAssignment,
): Promise<void> {
  const { tx, now, record, holdOpen } = context
  const { id, sessionId, documentId } = assignment
  // Updated before locking: two transactions that share the lock could not both go on to update the row.
  const { count } =
    assignment.state === 'assigned'
      ? await tx.assignment.updateMany({
          where: { workspaceId, id, state: 'assigned' },
          data: { state: 'started', startedAt: now, updatedAt: now, version: { increment: 1 } },
        })
      : { count: 0 }
  if (!(await holdOpen(id))) {
    const refusal = await whyClosed(tx, { workspaceId, id })
    if (refusal !== null) throw refusal
  }
  if (count > 0)
    record({
      type: 'assignment.started',
      subjectId: id,
      documentId,
      sessionId,
      data: { before: { state: 'assigned' }, after: { state: 'started' } },
    })
}

/** Where a stored mark is, and the phase it gets when it is changed now. */
export interface MarkContext {
  documentId: string
  sessionId: string | null
  assignment: LockedAssignment | null
  phase: Phase
}

type RawMoment = Date | string | null

interface RawStanding {
  documentId: string
  sessionId: string | null
  sessionName: string
  sessionState: SessionState
  sessionDeletedAt: RawMoment
  blind: boolean | number
  blindEndedAt: RawMoment
  assignmentId: string | null
  state: AssignmentState
  submittedAt: RawMoment
}

/**
 * Where a mark that the member is about to change is; null when there is no such mark. A mark of open reading never belongs to a session; one of a
 * session can be changed while its assignment is open for marks.
 * @throws DomainError `conflict` when it is locked.
 */
export async function readMarkContext(
  reader: Reader | Transaction,
  { workspaceId, table, id }: { workspaceId: string; table: 'Annotation' | 'SentenceDecision'; id: string },
): Promise<MarkContext | null> {
  const [row] = await reader.$queryRaw<RawStanding[]>`
    SELECT v."documentId", m."sessionId", s."name" AS "sessionName", s."state" AS "sessionState", s."deletedAt" AS "sessionDeletedAt",
      s."blind", s."blindEndedAt", c."id" AS "assignmentId", c."state", c."submittedAt"
    FROM ${Prisma.raw(`"${table}"`)} m
    JOIN "Revision" v ON v."workspaceId" = m."workspaceId" AND v."id" = m."revisionId"
    LEFT JOIN "ReviewSession" s ON s."workspaceId" = m."workspaceId" AND s."id" = m."sessionId"
    LEFT JOIN "Assignment" c ON c."workspaceId" = m."workspaceId" AND c."sessionId" = m."sessionId" AND c."documentId" = v."documentId" AND c."memberId" = m."authorId"
    WHERE m."workspaceId" = ${workspaceId} AND m."id" = ${id}`
  if (row === undefined) return null
  const { documentId, sessionId, sessionName, sessionState, assignmentId, state } = row
  if (sessionId === null) return { documentId, sessionId, assignment: null, phase: 'open' }
  if (sessionState !== 'active' || row.sessionDeletedAt !== null || assignmentId === null)
    throw sessionLocked(sessionName)
  const submittedAt = row.submittedAt === null ? null : new Date(row.submittedAt)
  if (!isOpenForMarks(state)) throw marksLocked({ state, submittedAt, sessionName })
  const phase = phaseOfMark({
    blind: Boolean(row.blind),
    blindEnded: row.blindEndedAt !== null,
    submitted: submittedAt !== null,
  })
  return { documentId, sessionId, assignment: { id: assignmentId, sessionId, documentId, state }, phase }
}
