import type { SessionMatrix } from '@/lib/domain/assignments/matrix'
import type { AssignmentView } from '@/lib/domain/assignments/schema'
import type { ConflictView } from '@/lib/domain/conflicts-of-interest/schema'
import type { SessionMemberView, SessionView } from '@/lib/domain/review-sessions/schema'
import type { SessionState } from '@/lib/domain/review-sessions/states'
import { permit, type Actor } from '../access/gate'
import { listConflicts } from '../assignments/conflicts-of-interest'
import { readAssignment } from '../assignments/data'
import { database } from '../db/client'
import { maxPageSize, type Page } from '../http/pagination'
import { activeAssignment } from '../marking/active-assignment'
import { listSessionMembers, listSessions, readSession, readSessionOutcome, type SourceOutcome } from './data'
import { readSessionMatrix } from './matrix'

/** How many rows are read at once. */
const pageSize = 1_000

/** Sessions (or templates) that the actor may see, newest first, for a page. */
export async function loadSessions(
  actor: Actor,
  filter: { state?: SessionState; templates?: boolean; cursor?: string } = {},
): Promise<Page<SessionView>> {
  return listSessions(permit(actor, 'review-session.read'), { limit: maxPageSize, ...filter })
}

/** One session, for a page. @throws DomainError `not-found`, also for one that the actor may not see. */
export async function loadSession(actor: Actor, id: string): Promise<SessionView> {
  return readSession(permit(actor, 'review-session.read'), id)
}

/** The members of a session, for a page. They always fit on one page of the list. */
export async function loadSessionMembers(actor: Actor, sessionId: string): Promise<SessionMemberView[]> {
  const pass = permit(actor, 'review-session.read')
  return (await listSessionMembers(pass, { sessionId, limit: maxPageSize })).items
}

/** The matrix of a session, for its page. @throws DomainError `not-found`. */
export async function loadSessionMatrix(actor: Actor, sessionId: string): Promise<SessionMatrix> {
  return readSessionMatrix(permit(actor, 'review-session.read'), sessionId)
}

/** What a session settled, by source, for its page; null where the actor may not see its claims. @throws DomainError `not-found`. */
export async function loadSessionOutcome(actor: Actor, sessionId: string): Promise<SourceOutcome[] | null> {
  return readSessionOutcome(permit(actor, 'review-session.read'), sessionId)
}

/** What a document's page needs while the member reviews it in a session. */
export interface Reading {
  assignment: AssignmentView
  session: SessionView
  /** The revision that all members of the session read; null when the document was taken out of it. */
  revisionId: string | null
  /** The server's clock, in ms since 1970; due dates are compared with it. */
  now: number
}

/** The session in which the actor reviews a document now; null when there is none. */
export async function loadReading(actor: Actor, documentId: string): Promise<Reading | null> {
  const { read } = await database()
  const { workspaceId, memberId } = actor
  const current = await activeAssignment(read, { workspaceId, memberId, documentId })
  if (current === null) return null
  const [assignment, session] = await Promise.all([
    readAssignment(permit(actor, 'assignment.read'), current.id),
    readSession(permit(actor, 'review-session.read'), current.sessionId),
  ])
  return { assignment, session, revisionId: current.revisionId, now: Date.now() }
}

/** All declared conflicts of interest of these members that the actor may see, for a page. */
export async function loadConflicts(actor: Actor, memberIds: readonly string[]): Promise<ConflictView[]> {
  const pass = permit(actor, 'conflict-of-interest.list')
  const conflicts: ConflictView[] = []
  let cursor: string | undefined
  for (;;) {
    const page = await listConflicts(pass, { memberIds, cursor, limit: pageSize })
    conflicts.push(...page.items)
    if (page.next === null) return conflicts
    cursor = page.next
  }
}
