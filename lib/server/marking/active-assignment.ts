import { phaseOfMark, type Phase } from '@/lib/domain/assignments/phase'
import { isOpenForMarks, type AssignmentState } from '@/lib/domain/assignments/states'
import { DomainError, notFound } from '@/lib/domain/errors'
import type { Permit } from '../access/gate'
import { database, type Reader, type Transaction } from '../db/client'
import { knownRevision, type RevisionFacts } from './revision-facts'

/** Identifies a member's assignment of a document. */
export interface AssignmentKey {
  workspaceId: string
  memberId: string
  documentId: string
}

/** A member's assignment of a document in an active session; there is at most one. */
export interface ActiveAssignment {
  id: string
  sessionId: string
  documentId: string
  sessionName: string
  /** The revision that all members of the session read; null when the document was taken out of the session. */
  revisionId: string | null
  state: AssignmentState
  version: number
  dueAt: Date | null
  submittedAt: Date | null
  blind: boolean
  /** When the session's active phase first ended; marks made later are never blind. */
  blindEndedAt: Date | null
}

/** The session, assignment and phase that a new mark belongs to. */
export interface MarkingContext {
  sessionId: string | null
  phase: Phase
  assignment: ActiveAssignment | null
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

/** The live document's row, with the member's current assignment or nulls; no row when the document is unknown or deleted. */
async function readActive(
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
      JOIN "ReviewSession" s ON s."workspaceId" = a."workspaceId" AND s."id" = a."sessionId" AND s."state" = 'active' AND s."deletedAt" IS NULL
      LEFT JOIN "SessionDocument" e ON e."workspaceId" = a."workspaceId" AND e."sessionId" = a."sessionId" AND e."documentId" = a."documentId"
      WHERE a."workspaceId" = ${workspaceId} AND a."memberId" = ${memberId} AND a."documentId" = ${documentId} AND a."state" <> 'withdrawn'
    ) c ON c."documentId" = d."id"
    WHERE d."id" = ${documentId} AND d."workspaceId" = ${workspaceId} AND d."deletedAt" IS NULL
    LIMIT 1`
  return row
}

function presentActive(raw: RawCurrent | undefined, documentId: string): ActiveAssignment | null {
  if (raw === undefined || raw.id === null) return null
  return {
    ...raw,
    id: raw.id,
    documentId,
    dueAt: momentOf(raw.dueAt),
    submittedAt: momentOf(raw.submittedAt),
    blind: Boolean(raw.blind),
    blindEndedAt: momentOf(raw.blindEndedAt),
  }
}

/**
 * The member's current assignment of a document: not withdrawn, in an active session. Null when there is none, and when the document is unknown or
 * deleted. One query.
 */
export async function activeAssignment(
  reader: Reader | Transaction,
  key: AssignmentKey,
): Promise<ActiveAssignment | null> {
  return presentActive(await readActive(reader, key), key.documentId)
}

/** The states that can lock marks: of the work and of its session. */
export interface MarkLock {
  state: AssignmentState
  submittedAt: Date | null
  sessionName: string
}

/** The failure of a mark made while its assignment is not open for marks. It says who can open it again. */
export function marksLocked({ state, sessionName, submittedAt }: MarkLock): DomainError {
  const when = submittedAt === null ? '' : ` on ${submittedAt.toISOString().slice(0, 10)} (UTC)`
  const happened = {
    accepted: `Your work on this document was accepted in “${sessionName}”, so its marks are locked. Ask the lead to return it if something must change.`,
    withdrawn: `This document was taken back from you in “${sessionName}”. What you did is kept, locked. Ask the lead to give it to you again if something must change.`,
    other: `You submitted this document${when} in “${sessionName}”, so its marks are locked. Ask the lead to return it if something must change.`,
  }
  return new DomainError('conflict', state === 'accepted' || state === 'withdrawn' ? happened[state] : happened.other)
}

/** The failure of a mark whose session is not active any more. */
export function sessionLocked(sessionName: string): DomainError {
  return new DomainError(
    'conflict',
    `“${sessionName}” is not being reviewed now, so its marks are locked. A lead can reopen it.`,
  )
}

function contextOf(assignment: ActiveAssignment | null): MarkingContext {
  if (assignment === null) return { sessionId: null, phase: 'open', assignment: null }
  const { blind, blindEndedAt, submittedAt, sessionId } = assignment
  const phase = phaseOfMark({ blind, blindEnded: blindEndedAt !== null, submitted: submittedAt !== null })
  return { sessionId, phase, assignment }
}

/** A revision to be marked, and where the mark belongs; `locked` says why no mark can be made. */
export type MarkableRevision = { facts: RevisionFacts; assignment: ActiveAssignment | null } & (
  { locked: null; context: MarkingContext } | { locked: DomainError; context: null }
)

/**
 * The facts of a revision that the permit's member marks now, and where the mark belongs, in one query. It is locked when the member's work was
 * submitted, and when their session reads another revision; a repeated request can still be answered.
 * @throws DomainError `not-found` as `revisionFacts`.
 */
export async function markRevision(permit: Permit, revisionId: string): Promise<MarkableRevision> {
  const facts = await knownRevision(permit, revisionId)
  const { documentId } = facts
  const { read } = await database()
  const raw = await readActive(read, {
    workspaceId: permit.workspaceId,
    memberId: permit.actor.memberId,
    documentId,
  })
  if (raw === undefined) throw notFound('revision')
  const assignment = presentActive(raw, documentId)
  if (assignment !== null && assignment.revisionId !== null && assignment.revisionId !== revisionId) {
    const message = `In “${assignment.sessionName}” this document is reviewed in another revision. Mark that one: ${assignment.revisionId}.`
    return { facts, assignment, locked: new DomainError('conflict', message), context: null }
  }
  if (assignment !== null && !isOpenForMarks(assignment.state))
    return { facts, assignment, locked: marksLocked(assignment), context: null }
  return { facts, assignment, locked: null, context: contextOf(assignment) }
}
