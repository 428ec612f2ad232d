import { phaseOfMark, type Phase } from '@/lib/domain/assignments/phase'
import { isOpenForMarks, type AssignmentState } from '@/lib/domain/assignments/states'
import { DomainError, notFound } from '@/lib/domain/errors'
import type { Permit } from '../access/gate'
import { database, type Reader, type Transaction } from '../db/client'
import { knownRevision, type RevisionFacts } from '../revisions/facts'

/** Whose assignment of what is asked for. */
export interface AssignmentKey {
  workspaceId: string
  memberId: string
  documentId: string
}

/** A member's assignment of a document in a session that is active: at most one at a time. */
export interface CurrentAssignment {
  id: string
  sessionId: string
  sessionName: string
  /** The revision that everybody of the session reads; null when the document was taken out of the session. */
  revisionId: string | null
  state: AssignmentState
  version: number
  dueAt: Date | null
  submittedAt: Date | null
  blind: boolean
  /** When the session's active phase first ended; what is marked later is never blind. */
  blindEndedAt: Date | null
}

/** Where a mark belongs that is made now: the session and the assignment, if any, and the phase. */
export interface MarkingContext {
  sessionId: string | null
  phase: Phase
  assignment: CurrentAssignment | null
}

type RawMoment = Date | string | null

interface RawCurrent {
  id: string | null
  sessionId: string
  sessionName: string
  revisionId: string | null
  state: AssignmentState
  version: number
  dueAt: RawMoment
  submittedAt: RawMoment
  blind: boolean | number
  blindEndedAt: RawMoment
}

function momentOf(raw: RawMoment): Date | null {
  return raw === null ? null : new Date(raw)
}

/** The live document's row, with the member's current assignment or nulls; none when the document is unknown or deleted. */
async function readStanding(
  reader: Reader | Transaction,
  { workspaceId, memberId, documentId }: AssignmentKey,
): Promise<RawCurrent | undefined> {
  const [row] = await reader.$queryRaw<RawCurrent[]>`
    SELECT c."id", c."sessionId", c."sessionName", c."revisionId", c."state", c."version", c."dueAt", c."submittedAt", c."blind",
      c."blindEndedAt"
    FROM "Document" d
    LEFT JOIN (
      SELECT a."id", a."sessionId", s."name" AS "sessionName", e."revisionId", a."state", a."version", a."dueAt", a."submittedAt", s."blind",
        s."blindEndedAt", a."documentId"
      FROM "Assignment" a
      JOIN "ReviewSession" s ON s."id" = a."sessionId" AND s."state" = 'active' AND s."deletedAt" IS NULL
      LEFT JOIN "SessionDocument" e ON e."sessionId" = a."sessionId" AND e."documentId" = a."documentId"
      WHERE a."memberId" = ${memberId} AND a."documentId" = ${documentId} AND a."state" <> 'withdrawn'
    ) c ON c."documentId" = d."id"
    WHERE d."id" = ${documentId} AND d."workspaceId" = ${workspaceId} AND d."deletedAt" IS NULL
    LIMIT 1`
  return row
}

function presentStanding(raw: RawCurrent | undefined): CurrentAssignment | null {
  if (raw === undefined || raw.id === null) return null
  return {
    ...raw,
    id: raw.id,
    dueAt: momentOf(raw.dueAt),
    submittedAt: momentOf(raw.submittedAt),
    blind: Boolean(raw.blind),
    blindEndedAt: momentOf(raw.blindEndedAt),
  }
}

/**
 * The member's current assignment of a document: theirs, not withdrawn, in a session that is active. Null when there is none, and when the
 * document is unknown or deleted. One query.
 */
export async function currentAssignment(
  reader: Reader | Transaction,
  key: AssignmentKey,
): Promise<CurrentAssignment | null> {
  return presentStanding(await readStanding(reader, key))
}

function lockedMessage({ state, sessionName, submittedAt }: CurrentAssignment): string {
  const when = submittedAt === null ? '' : ` on ${submittedAt.toISOString().slice(0, 10)}`
  return state === 'accepted'
    ? `Your work on this document was accepted in “${sessionName}”, so its marks are locked. Ask the lead to return it if something must change.`
    : `You submitted this document${when} in “${sessionName}”, so its marks are locked. Ask the lead to return it if something must change.`
}

/** The failure of a mark that comes while the assignment is not open for marks. */
export function marksLocked(assignment: CurrentAssignment): DomainError {
  return new DomainError('conflict', lockedMessage(assignment))
}

/**
 * Where a mark belongs that the holder of an assignment (or of none) makes now.
 * @throws DomainError `conflict` when the work was submitted or accepted, saying who can open it again.
 */
export function contextOfAssignment(assignment: CurrentAssignment | null): MarkingContext {
  if (assignment === null) return { sessionId: null, phase: 'open', assignment: null }
  if (!isOpenForMarks(assignment.state)) throw marksLocked(assignment)
  const { blind, blindEndedAt, submittedAt, sessionId } = assignment
  const phase = phaseOfMark({ blind, blindEnded: blindEndedAt !== null, submitted: submittedAt !== null })
  return { sessionId, phase, assignment }
}

/**
 * Where a mark belongs that the member makes on the document now. Clients send nothing of this: the server knows.
 * @throws DomainError `conflict` when the member's work on it is locked.
 */
export async function markingContext(reader: Reader | Transaction, key: AssignmentKey): Promise<MarkingContext> {
  return contextOfAssignment(await currentAssignment(reader, key))
}

/**
 * A revision that the permit's member marks now: its facts and where the mark belongs, with one query.
 * @throws DomainError `not-found` as `revisionFacts`; `conflict` when the member's work is locked, or their session reads another revision.
 */
export async function markRevision(
  permit: Permit,
  revisionId: string,
): Promise<{ facts: RevisionFacts; context: MarkingContext }> {
  const facts = await knownRevision(permit, revisionId)
  const { read } = await database()
  const { workspaceId, actor } = permit
  const raw = await readStanding(read, { workspaceId, memberId: actor.memberId, documentId: facts.documentId })
  if (raw === undefined) throw notFound('revision')
  const context = contextOfAssignment(presentStanding(raw))
  const { assignment } = context
  if (assignment !== null && assignment.revisionId !== null && assignment.revisionId !== revisionId) {
    throw new DomainError(
      'conflict',
      `In “${assignment.sessionName}” this document is reviewed in another revision. Mark that one: ${assignment.revisionId}.`,
    )
  }
  return { facts, context }
}
