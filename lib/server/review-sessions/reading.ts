import type { AssignmentView } from '@/lib/domain/assignments/schema'
import type { SessionView } from '@/lib/domain/review-sessions/schema'
import { permit, type Actor } from '../access/gate'
import { database } from '../db/client'
import { readSession } from './data'
import { currentAssignment } from '../marking/active-assignment'
import { readAssignment } from '../assignments/data'

/** What a document's page needs to know while its reader reviews it in a session. */
export interface Reading {
  assignment: AssignmentView
  session: SessionView
  /** The revision that everybody of the session reads; null when the document was taken out of it. */
  revisionId: string | null
  /** The server's clock, in ms since 1970: what due dates are compared with. */
  now: number
}

/** In which session the actor reviews a document now; null when in none. */
export async function loadReading(actor: Actor, documentId: string): Promise<Reading | null> {
  const { read } = await database()
  const { workspaceId, memberId } = actor
  const current = await currentAssignment(read, { workspaceId, memberId, documentId })
  if (current === null) return null
  const [assignment, session] = await Promise.all([
    readAssignment(permit(actor, 'assignment.read'), current.id),
    readSession(permit(actor, 'review-session.read'), current.sessionId),
  ])
  return { assignment, session, revisionId: current.revisionId, now: Date.now() }
}
