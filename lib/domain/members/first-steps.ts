/** The counts that tell which first steps are done. `members` counts the active ones, `invitations` those that can still be accepted. */
export interface WorkspaceBeginnings {
  documents: number
  members: number
  invitations: number
  /** Review sessions that were started, in any state. */
  startedSessions: number
  closedSessions: number
}

/** The steps from an empty workspace to a first report, in order. */
export const firstSteps = ['import', 'invite', 'session', 'report'] as const
export type FirstStep = (typeof firstSteps)[number]

/** Tells which of the first steps are done. The last one is done when a session is closed, because a report then has something to say. */
export function stepsDone(beginnings: WorkspaceBeginnings): ReadonlySet<FirstStep> {
  const { documents, members, invitations, startedSessions, closedSessions } = beginnings
  const done: Record<FirstStep, boolean> = {
    import: documents > 0,
    invite: members > 1 || invitations > 0,
    session: startedSessions > 0,
    report: closedSessions > 0,
  }
  return new Set(firstSteps.filter((step) => done[step]))
}

/** The cookie with the id of the workspace whose first steps this browser hides; the server then leaves them out. */
export const hiddenStepsCookie = 'sourcemark-steps-hidden'
