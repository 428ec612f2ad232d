import type { Role } from '../access/policy'
import type { MemberStatus } from '../members/schema'
import type { SessionState } from '../review-sessions/states'
import type { AssignmentState } from './states'

/** The facts that decide whether a member can be given a document in a session. */
export interface AssigningFacts {
  session: { name: string; state: SessionState; isTemplate: boolean }
  /** `isTaken`: it is to be read once, and a reviewer already has it. */
  document: { title: string; inSession: boolean; deleted: boolean; isTaken?: boolean }
  member: { name: string; role: Role; status: MemberStatus; reviewsHere: boolean }
  /** The declared reason; null without a conflict of interest. */
  conflict: { about: 'document' | 'source'; reason: string } | null
  /** The state of an assignment of the same document to the same member in this session. */
  existing: AssignmentState | null
  /** The name of another session, neither draft nor closed, in which the member has the document. */
  elsewhere: string | null
}

/** Why a session's work cannot be planned or changed now; null when it can. */
export function planLocked({ name, state, isTemplate }: AssigningFacts['session']): string | null {
  if (isTemplate) return `“${name}” is a template: make a session from it, and assign there.`
  if (state === 'draft' || state === 'active') return null
  return `“${name}” is ${state === 'closed' ? 'closed' : 'in adjudication'}. Reopen it before you change who reviews what.`
}

/** Why the member cannot be given the document, in a sentence that says what would work; null when they can. */
export function findAssigningObstacle({
  session,
  document,
  member,
  conflict,
  existing,
  elsewhere,
}: AssigningFacts): string | null {
  const locked = planLocked(session)
  if (locked !== null) return locked
  if (document.deleted) return `“${document.title}” was deleted. Restore it first.`
  if (!document.inSession) return `“${document.title}” is not in “${session.name}”. Add it to the session first.`
  if (member.status === 'suspended')
    return `${member.name} is suspended. Reinstate them first, or choose another member.`
  if (member.role === 'viewer')
    return `${member.name} is a viewer and cannot review. Make them a reviewer first, or choose another member.`
  if (!member.reviewsHere)
    return `${member.name} does not review in “${session.name}”. Add them to the session as a reviewer first.`
  if (existing === 'withdrawn')
    return `${member.name} had “${document.title}” before and it was taken back. Reinstate that assignment: the work in it is kept.`
  if (existing !== null) return `${member.name} has “${document.title}” already.`
  if (conflict !== null) {
    const about = conflict.about === 'source' ? 'its source' : 'it'
    const reason = conflict.reason === '' ? '' : ` (${conflict.reason})`
    return `${member.name} has a conflict of interest with “${document.title}”, declared for ${about}${reason}. Choose another member.`
  }
  if (document.isTaken === true)
    return `“${document.title}” is to be read once, and a reviewer already has it. Only drawn documents are read twice: withdraw that assignment first, or reassign it.`
  if (elsewhere !== null)
    return `${member.name} has “${document.title}” in “${elsewhere}” as well. Close that session or withdraw that assignment first.`
  return null
}
