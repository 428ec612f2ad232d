import { maySeeMark, mustReadBlind, type AssignmentStanding, type SessionSecrecy } from './visibility'

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

/** Where a mark stands, as rows and events name it. */
export interface MarkKey {
  authorId: string
  documentId: string
  /** None for open reading. */
  sessionId: string | null
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
