import type { SessionState } from '../review-sessions/states'
import { readsBlindIn, seesMarkIn, type MarkKey, type Secrecy } from '@/lib/domain/review-sessions/visibility'
import type { ThreadAudience } from './schema'

/**
 * The rules of who sees what of discussions (law 4). lib/server/visibility/threads.ts states the same rules as query conditions; a test keeps the two
 * in step.
 */

/** The facts of a thread. `sessionId`: the session that its starter had the document from, or the claim's. */
export interface ThreadPlace {
  startedById: string
  audience: ThreadAudience
  documentId: string
  sessionId: string | null
  /** The annotation it is about. */
  mark: MarkKey | null
  /** For a thread about a claim, the state of the claim's session; null when that session was deleted. */
  claim: { sessionState: SessionState | null } | null
}

/** The member who reads. `leads`: an owner or lead. `settles`: may settle the claims of the thread's session. */
export interface ThreadViewer {
  memberId: string
  leads: boolean
  settles: boolean
}

function seesClaim({ leads, settles }: ThreadViewer, state: SessionState | null): boolean {
  return state === 'closed' || (state === 'adjudication' && (leads || settles))
}

/**
 * Whether a member sees a thread. They always see one that they started, and no other while they must judge its document blind. A question to the
 * leads is visible to leads only; a thread about a claim to those who see the claim; any other to those who would see its starter's marks, and the
 * mark that it is about.
 */
export function maySeeThread(secrecy: Secrecy, viewer: ThreadViewer, thread: ThreadPlace): boolean {
  const { memberId, leads } = viewer
  const { startedById, audience, documentId, sessionId, mark, claim } = thread
  if (startedById === memberId) return true
  if (readsBlindIn(secrecy, memberId, documentId)) return false
  if (audience === 'leads') return leads
  if (claim !== null) return seesClaim(viewer, claim.sessionState)
  return (
    seesMarkIn(secrecy, memberId, { authorId: startedById, documentId, sessionId }) &&
    (mark === null || seesMarkIn(secrecy, memberId, mark))
  )
}

/**
 * Whether a member who sees a thread about a passage may know the passage. The place of a comment tells where its author looked, so it is hidden like
 * that author's marks. Only in a question to the leads can a member see the thread but not the passage.
 */
export function maySeePassage(
  secrecy: Secrecy,
  memberId: string,
  { startedById, documentId, sessionId }: Pick<ThreadPlace, 'startedById' | 'documentId' | 'sessionId'>,
): boolean {
  return seesMarkIn(secrecy, memberId, { authorId: startedById, documentId, sessionId })
}

/**
 * Whether a member who sees a thread sees a comment of it. They always see their own comments and the answers to a question. They see no others while
 * they must judge the document blind, which may have begun after they started the thread.
 */
export function maySeeComment(
  secrecy: Secrecy,
  memberId: string,
  { thread, authorId }: { thread: Pick<ThreadPlace, 'audience' | 'documentId'>; authorId: string },
): boolean {
  return authorId === memberId || thread.audience === 'leads' || !readsBlindIn(secrecy, memberId, thread.documentId)
}

/**
 * Whether a discussion rests for a member: they review its document in a session in its blind phase, and what they wrote there could be read by
 * people who may not know of their work yet. Questions to the leads, and threads of that session, are not affected.
 */
export function restsFor(
  secrecy: Secrecy,
  memberId: string,
  { audience, documentId, sessionId }: Pick<ThreadPlace, 'audience' | 'documentId' | 'sessionId'>,
): boolean {
  if (audience === 'leads') return false
  return (secrecy.assignmentsOf.get(memberId) ?? []).some(
    (assignment) =>
      !assignment.withdrawn && assignment.documentId === documentId && assignment.session.id !== sessionId,
  )
}
