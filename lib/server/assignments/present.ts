import { assignmentReasonSchema } from '@/lib/domain/assignments/distribution/reason'
import { explainAssignment } from '@/lib/domain/assignments/explain-assignment'
import type { AssignmentProgress, AssignmentView } from '@/lib/domain/assignments/schema'
import { isOpenForMarks, dueOf, isOverdue } from '@/lib/domain/assignments/states'
import { seesWorkOfAll } from '@/lib/domain/review-sessions/access'
import { mayDo, type Actor } from '../access/gate'
import type { AssignmentRow } from './rows'

/** What an assignment's view needs beside its row. `people` holds the names that a lead may see in an explanation. */
export interface Showing {
  actor: Actor
  now: Date
  progress: ReadonlyMap<string, AssignmentProgress>
  people: ReadonlyMap<string, string>
}

/** When an assignment is due, and whether it is overdue by the server's clock. */
export function dueOfRow(
  { dueAt, sessionDueAt, sessionState, state }: AssignmentRow,
  now: Date,
): { due: Date | null; overdue: boolean } {
  const due = dueOf(dueAt?.getTime() ?? null, sessionDueAt?.getTime() ?? null)
  return {
    due: due === null ? null : new Date(due),
    overdue: sessionState === 'active' && isOverdue({ state, due, now: now.getTime() }),
  }
}

/** A stored reason whose shape this version does not know is left out, so that one row cannot fail a whole list. */
const storedWhySchema = assignmentReasonSchema.nullable().catch(null)

const noNames: ReadonlyMap<string, string> = new Map()

/** Takes the place of the explanation while it would tell a reviewer which documents are read twice. */
const toldLater =
  'You are told why when the blind phase has ended: until then it would show which documents are read twice.'

/**
 * Whether the explanation is kept from the actor: how many readers the document needs, who has it already, and the seed by which documents were handed out all tell whether
 * it is read twice, and a reviewer who knows that reads it with more care.
 */
function tellsOfSecondReading(
  { hasSecondReading, blind, sessionState: state }: AssignmentRow,
  { role }: Actor,
): boolean {
  return hasSecondReading && !seesWorkOfAll(role, { blind, state })
}

function momentOf(date: Date | null): string | null {
  return date?.toISOString() ?? null
}

/** Presents an assignment's row to the actor. The explanation names other members only to leads. */
export function presentAssignment(row: AssignmentRow, { actor, now, progress, people }: Showing): AssignmentView {
  const own = row.memberId === actor.memberId
  const leads = mayDo(actor, 'assignment.manage')
  const { due, overdue } = dueOfRow(row, now)
  const names = own ? { reviewer: null, people: leads ? people : noNames } : { reviewer: row.memberName, people }
  const stored = own || leads ? storedWhySchema.parse(row.why) : null
  const why = stored === null ? [] : tellsOfSecondReading(row, actor) ? [toldLater] : explainAssignment(stored, names)
  return {
    id: row.id,
    session: { id: row.sessionId, name: row.sessionName, state: row.sessionState },
    document: { id: row.documentId, title: row.title },
    member: { id: row.memberId, name: row.memberName },
    state: row.state,
    dueAt: momentOf(due),
    ownDueAt: momentOf(row.dueAt),
    overdue,
    comment: own || leads ? row.comment : '',
    why,
    progress: own || leads ? (progress.get(row.id) ?? null) : null,
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    startedAt: momentOf(row.startedAt),
    submittedAt: momentOf(row.submittedAt),
    returnedAt: momentOf(row.returnedAt),
    acceptedAt: momentOf(row.acceptedAt),
    withdrawnAt: momentOf(row.withdrawnAt),
    remindedAt: momentOf(row.remindedAt),
    may: {
      submit: own && row.sessionState === 'active' && isOpenForMarks(row.state) && mayDo(actor, 'assignment.work'),
      manage: leads,
    },
  }
}
