/** The states of a review session, in order. */
export const sessionStates = ['draft', 'active', 'adjudication', 'closed'] as const
export type SessionState = (typeof sessionStates)[number]

/** The transitions of a session's state. */
export const sessionTransitions = ['activate', 'start-adjudication', 'close', 'reopen'] as const
export type SessionTransition = (typeof sessionTransitions)[number]

/** The state that each transition leads to from each state; an absent pair is impossible. Reopening goes one state back and keeps all work. */
const targets: Record<SessionState, Partial<Record<SessionTransition, SessionState>>> = {
  draft: { activate: 'active' },
  active: { 'start-adjudication': 'adjudication' },
  adjudication: { close: 'closed', reopen: 'active' },
  closed: { reopen: 'adjudication' },
}

/** The state after a transition, or null when the state does not allow it. */
export function stateAfter(state: SessionState, transition: SessionTransition): SessionState | null {
  return targets[state][transition] ?? null
}

/** The facts that the conditions of a transition check. */
export interface SessionFacts {
  isTemplate: boolean
  documents: number
  /** Those of them that have been deleted since. */
  deletedDocuments: number
  /** Members who review and may still work: active, and not viewers. */
  reviewers: number
  /** Members who adjudicate and may still work. */
  adjudicators: number
  reviewersPerDocument: number
  minimumReviewers: number
  /**
   * The second reading: how many documents are to be read twice, how many of the present ones are drawn for it, and why it cannot be done. Null
   * without a second reading.
   */
  secondReading: { wanted: number; drawn: number; problems: readonly string[] } | null
  /** Assignments that are neither submitted, accepted nor withdrawn. */
  unfinishedAssignments: number
  /** Claims without a verdict. */
  openClaims: number
  /** Claims settled as contradicted by a verdict without a quote. New verdicts cannot lack one. */
  unquotedClaims: number
}

/** Why a transition cannot be made now, each reason with its remedy; empty when it can. `stateAfter` judges the state itself. */
export function conditionsUnmet(transition: SessionTransition, facts: SessionFacts): string[] {
  switch (transition) {
    case 'activate':
      return [
        ...(facts.isTemplate ? ['A template is not worked on: make a session from it.'] : []),
        ...(facts.documents === 0 ? ['Add at least one document.'] : []),
        ...(facts.deletedDocuments === 0
          ? []
          : [
              `${facts.deletedDocuments} of the documents ${facts.deletedDocuments === 1 ? 'was' : 'were'} deleted. Restore them, or take them out.`,
            ]),
        ...(facts.reviewers === 0 ? ['Add at least one reviewer.'] : []),
        ...(facts.reviewers > 0 && facts.reviewers < facts.reviewersPerDocument
          ? [
              `The protocol wants ${facts.reviewersPerDocument} reviewers for each document, and the session has ${facts.reviewers}. Add reviewers or ask for fewer.`,
            ]
          : []),
        ...(facts.minimumReviewers > facts.reviewersPerDocument
          ? [
              `A sentence counts as covered after ${facts.minimumReviewers} reviewers, and each document has ${facts.reviewersPerDocument}. Ask for fewer, or assign more.`,
            ]
          : []),
        ...secondReadingUnmet(facts),
      ]
    case 'start-adjudication':
      return [
        ...(facts.unfinishedAssignments === 0
          ? []
          : [
              `${facts.unfinishedAssignments} ${facts.unfinishedAssignments === 1 ? 'assignment is' : 'assignments are'} not submitted. Wait for them, or withdraw them: the work done stays, locked.`,
            ]),
        ...(facts.adjudicators === 0 ? ['Name at least one member who adjudicates.'] : []),
      ]
    case 'close':
      return [
        ...(facts.openClaims === 0
          ? []
          : [
              `${facts.openClaims} ${facts.openClaims === 1 ? 'claim has' : 'claims have'} no verdict yet. Decide them first.`,
            ]),
        ...(facts.unquotedClaims === 0
          ? []
          : [
              `${facts.unquotedClaims} ${facts.unquotedClaims === 1 ? 'claim is' : 'claims are'} settled as contradicted without a quote of what contradicts ${facts.unquotedClaims === 1 ? 'it' : 'them'}. Add the words, or settle ${facts.unquotedClaims === 1 ? 'it' : 'them'} otherwise.`,
            ]),
      ]
    case 'reopen':
      return []
  }
}

/** What is still missing for a second reading. */
function secondReadingUnmet({ secondReading }: SessionFacts): string[] {
  if (secondReading === null) return []
  const { wanted, drawn, problems } = secondReading
  if (wanted === 0) return [...problems, 'A second reading of a part needs at least three documents. Add some.']
  if (wanted === drawn) return [...problems]
  return [...problems, 'Draw the documents that are read twice.']
}
