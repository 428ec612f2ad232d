import type { Reveal } from './protocol'
import type { SessionState } from './states'

/** An assignment in a session in its blind phase, with its member. */
export interface SecretAssignment extends AssignmentStanding {
  memberId: string
}

/**
 * Everything the rule of blindness needs to know about a workspace at one moment: its sessions in their blind phase and the assignments in them.
 * Nothing else hides marks. It is outdated as soon as a session or an assignment changes.
 */
export interface Secrecy {
  sessions: ReadonlyMap<string, SessionSecrecy & { id: string }>
  assignmentsOf: ReadonlyMap<string, readonly SecretAssignment[]>
}

/** The place of a mark, as in rows and events. */
export interface MarkKey {
  authorId: string
  documentId: string
  /** Null for open reading. */
  sessionId: string | null
}

/**
 * The rule of blindness (law 4), in one place: which marks (annotations, sentence decisions, and everything said about them) a member may see.
 * lib/server/visibility/marks.ts states the same rule as a query condition; a test compares the two. docs/decisions/0015 says why it is so strict.
 */

/** The parts of a session that the rule needs. A deleted session is judged like any other, so that deleting and restoring it reveals nothing. */
export interface SessionSecrecy {
  blind: boolean
  reveal: Reveal
  state: SessionState
}

/** The parts of a member's assignment that the rule needs. `submitted`: it was submitted at least once. */
export interface AssignmentStanding {
  session: SessionSecrecy & { id: string }
  documentId: string
  submitted: boolean
  withdrawn: boolean
}

/** The place of a mark. `authorSubmitted`: its author has submitted the document in the mark's session. */
export interface MarkPlace {
  authorId: string
  documentId: string
  session: (SessionSecrecy & { id: string }) | null
  authorSubmitted: boolean
}

/**
 * Whether a session hides its reviewers' marks from each other now. A reopened session hides them again, because returned work and late reviewers
 * need independent judgement.
 */
export function isBlindNow({ blind, state }: SessionSecrecy): boolean {
  return blind && state === 'active'
}

function isRevealedTo({ session, submitted }: AssignmentStanding): boolean {
  return !isBlindNow(session) || (session.reveal === 'after_submission' && submitted)
}

/**
 * Whether the member must not see any marks of others on the document, regardless of where they were made, because they are to judge it blind. A
 * withdrawn assignment counts like any other until the phase ends, because it can be reinstated.
 */
export function mustReadBlind(documentId: string, assignments: readonly AssignmentStanding[]): boolean {
  return assignments.some((assignment) => assignment.documentId === documentId && !isRevealedTo(assignment))
}

/**
 * Whether a member may see a mark. Members always see their own. They see no other mark on a document that they are to judge blind. They see marks of
 * a session in its blind phase only under `after_submission`, when both have submitted the document and the member's work was not withdrawn. Roles do
 * not matter: leads are no exception, and a token sees what its member sees.
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

/** Builds the secrecy from flat lists, with assignments grouped by member. */
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
