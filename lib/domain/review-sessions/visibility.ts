import type { Reveal } from './protocol'
import type { SessionState } from './states'

/** An assignment in a session that is in its blind phase, with whose it is. */
export interface SecretAssignment extends AssignmentStanding {
  memberId: string
}

/**
 * Everything the rule of blindness asks of a workspace at one moment: its sessions in their blind phase and the assignments in them. What
 * is not in here hides nothing. It is out of date as soon as a session or an assignment changes.
 */
export interface Secrecy {
  sessions: ReadonlyMap<string, SessionSecrecy & { id: string }>
  assignmentsOf: ReadonlyMap<string, readonly SecretAssignment[]>
}

/** Where a mark stands, as rows and events name it. */
export interface MarkKey {
  authorId: string
  documentId: string
  /** None for open reading. */
  sessionId: string | null
}

/**
 * The rule of blindness (law 4), in one place: which marks (annotations, sentence decisions, and everything said of them) a member may see.
 * lib/server/visibility/marks.ts states the same rule as a query condition; a test holds the two together. docs/decisions/0015 says
 * why it is so strict.
 */

/** What the rule needs to know of a session. A deleted session is judged as if it were there: deleting and restoring it reveals nothing. */
export interface SessionSecrecy {
  blind: boolean
  reveal: Reveal
  state: SessionState
}

/** A member's assignment of a document, as far as the rule asks. `submitted`: it was submitted at least once. */
export interface AssignmentStanding {
  session: SessionSecrecy & { id: string }
  documentId: string
  submitted: boolean
  withdrawn: boolean
}

/** A mark, by where it stands. `authorSubmitted`: its author has submitted the document in the mark's session. */
export interface MarkPlace {
  authorId: string
  documentId: string
  session: (SessionSecrecy & { id: string }) | null
  authorSubmitted: boolean
}

/**
 * Whether a session hides the marks of its reviewers from each other at this time. A session that was reopened hides them again: work that was
 * returned, and reviewers who come late, are to judge on their own.
 */
export function isBlindNow({ blind, state }: SessionSecrecy): boolean {
  return blind && state === 'active'
}

function isRevealedTo({ session, submitted }: AssignmentStanding): boolean {
  return !isBlindNow(session) || (session.reveal === 'after_submission' && submitted)
}

/**
 * Whether the member must not see any mark of others on the document, wherever it was made, because they are to judge it blind. A withdrawn
 * assignment binds like any other until the phase ends: it can be reinstated.
 */
export function mustReadBlind(documentId: string, assignments: readonly AssignmentStanding[]): boolean {
  return assignments.some((assignment) => assignment.documentId === documentId && !isRevealedTo(assignment))
}

/**
 * Whether a member may see a mark. Their own always. Otherwise: not while they are to judge the document blind; and marks of a session in its
 * blind phase only under `after_submission`, between two who have both submitted the document, to one whose work was not withdrawn. Roles play
 * no part: leads are no exception, and a token sees what its member sees.
 */
export function maySeeMark(
  viewer: { memberId: string; assignments: readonly AssignmentStanding[] },
  mark: MarkPlace,
): boolean {
  if (mark.authorId === viewer.memberId) return true
  if (mustReadBlind(mark.documentId, viewer.assignments)) return false
  const { session } = mark
  if (session === null || !isBlindNow(session)) return true
  const own = viewer.assignments.find(
    (assignment) =>
      assignment.session.id === session.id && assignment.documentId === mark.documentId && !assignment.withdrawn,
  )
  return own !== undefined && isRevealedTo({ ...own, session }) && mark.authorSubmitted
}

/** Secrecy from flat lists; assignments are grouped by member. */
export function secrecyOf(
  sessions: readonly (SessionSecrecy & { id: string })[],
  assignments: readonly SecretAssignment[],
): Secrecy {
  const assignmentsOf = new Map<string, SecretAssignment[]>()
  for (const assignment of assignments) {
    const known = assignmentsOf.get(assignment.memberId)
    if (known === undefined) assignmentsOf.set(assignment.memberId, [assignment])
    else known.push(assignment)
  }
  return { sessions: new Map(sessions.map((session) => [session.id, session])), assignmentsOf }
}

/** `maySeeMark` for a member and a mark of the workspace that `secrecy` was read from. */
export function seesMarkIn(secrecy: Secrecy, memberId: string, mark: MarkKey): boolean {
  const { authorId, documentId, sessionId } = mark
  return maySeeMark(
    { memberId, assignments: secrecy.assignmentsOf.get(memberId) ?? [] },
    {
      authorId,
      documentId,
      session: sessionId === null ? null : (secrecy.sessions.get(sessionId) ?? null),
      authorSubmitted: (secrecy.assignmentsOf.get(authorId) ?? []).some(
        ({ session, submitted, ...assignment }) =>
          submitted && session.id === sessionId && assignment.documentId === documentId,
      ),
    },
  )
}

/** `mustReadBlind` for a member of the workspace that `secrecy` was read from. */
export function readsBlindIn(secrecy: Secrecy, memberId: string, documentId: string): boolean {
  return mustReadBlind(documentId, secrecy.assignmentsOf.get(memberId) ?? [])
}
