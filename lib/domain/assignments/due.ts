import { isFinished, type AssignmentState } from './states'

/** The moment an assignment is due, in ms since 1970: its own date, else the session's; null when neither has one. */
export function dueOf(own: number | null, session: number | null): number | null {
  return own ?? session
}

/** Whether work is late at `now` (ms): due before, and still waited for. What is due at that moment is not late. */
export function isOverdue({ state, due, now }: { state: AssignmentState; due: number | null; now: number }): boolean {
  return due !== null && due < now && !isFinished(state)
}
