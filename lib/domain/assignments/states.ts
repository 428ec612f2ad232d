/** The states of an assignment. `withdrawn` is outside the usual order: the work done stays, locked. */
export const assignmentStates = ['assigned', 'started', 'submitted', 'returned', 'accepted', 'withdrawn'] as const
export type AssignmentState = (typeof assignmentStates)[number]

/** The transitions of an assignment: `start` and `submit` by its reviewer, the rest by a lead. */
export const assignmentTransitions = ['start', 'submit', 'return', 'accept', 'withdraw', 'reinstate'] as const
export type AssignmentTransition = (typeof assignmentTransitions)[number]

const targets: Record<AssignmentState, Partial<Record<AssignmentTransition, AssignmentState>>> = {
  assigned: { start: 'started', submit: 'submitted', withdraw: 'withdrawn' },
  started: { submit: 'submitted', withdraw: 'withdrawn' },
  submitted: { return: 'returned', accept: 'accepted', withdraw: 'withdrawn' },
  returned: { submit: 'submitted', withdraw: 'withdrawn' },
  accepted: { return: 'returned' },
  withdrawn: { reinstate: 'started' },
}

/** The state after a transition, or null when the state does not allow it. */
export function assignmentStateAfter(state: AssignmentState, transition: AssignmentTransition): AssignmentState | null {
  return targets[state][transition] ?? null
}

/** The states in which the reviewer may change marks: until the work is submitted, and again after it is returned. */
export const openStates = ['assigned', 'started', 'returned'] as const satisfies readonly AssignmentState[]

/** Whether the reviewer may change marks. */
export function isOpenForMarks(state: AssignmentState): boolean {
  return openStates.some((open) => open === state)
}

/** Whether the work is done: nothing more is expected of the reviewer. */
export function isFinished(state: AssignmentState): boolean {
  return state === 'submitted' || state === 'accepted' || state === 'withdrawn'
}

/** The moment an assignment is due, in ms since 1970: its own date, else the session's; null when neither has one. */
export function dueOf(own: number | null, session: number | null): number | null {
  return own ?? session
}

/** Whether work is overdue at `now` (ms): unfinished after its due date. Work due at that very moment is not overdue. */
export function isOverdue({ state, due, now }: { state: AssignmentState; due: number | null; now: number }): boolean {
  return due !== null && due < now && !isFinished(state)
}
