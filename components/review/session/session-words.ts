import type { AssignmentView } from '@/lib/domain/assignments/schema'
import { isOpenForMarks } from '@/lib/domain/assignments/states'
import type { SessionView } from '@/lib/domain/review-sessions/schema'

/** The review session in which a document is read. */
export interface Review {
  assignment: AssignmentView
  session: SessionView
}

/** Whether the person's marks are locked: the work was submitted or accepted. */
export function isLocked({ assignment }: Review): boolean {
  return !isOpenForMarks(assignment.state)
}

/** Says in a sentence who sees the person's marks. */
export function secrecyInWords({ session }: Review): string {
  const { blind, reveal } = session.protocol
  if (!blind) return 'Open review: the team sees your marks, and you see theirs.'
  return reveal === 'after_submission'
    ? 'Blind review: only you see your marks until you have submitted.'
    : 'Blind review: only you see your marks until adjudication starts.'
}

/** The state of locked work, its time (ISO 8601, or null), and what comes next. */
export function lockInWords({ assignment, session }: Review): { what: string; at: string | null; next: string } {
  const { submittedAt, acceptedAt, state } = assignment
  if (state === 'accepted')
    return { what: 'Accepted', at: acceptedAt, next: 'Your marks are locked. Nothing is left to do here.' }
  const next = session.protocol.blind
    ? 'Once every review is in, the claims are settled and you see what was decided.'
    : 'The claims are settled once every review is in.'
  const change = 'To change something, ask the lead to return it.'
  return { what: 'Submitted', at: submittedAt, next: `Your marks are locked. ${next} ${change}` }
}
