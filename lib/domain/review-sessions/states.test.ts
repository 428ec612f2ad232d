import { describe, expect, test } from 'vitest'
import {
  conditionsUnmet,
  sessionStates,
  sessionTransitions,
  stateAfter,
  type SessionFacts,
  type SessionState,
  type SessionTransition,
} from './states'

const ready: SessionFacts = {
  isTemplate: false,
  documents: 3,
  deletedDocuments: 0,
  reviewers: 2,
  adjudicators: 1,
  reviewersPerDocument: 2,
  minimumReviewers: 1,
  secondReading: null,
  unfinishedAssignments: 0,
  openClaims: 0,
  unquotedClaims: 0,
}

describe('stateAfter', () => {
  test.each<[SessionState, Partial<Record<SessionTransition, SessionState>>]>([
    ['draft', { activate: 'active' }],
    ['active', { 'start-adjudication': 'adjudication' }],
    ['adjudication', { close: 'closed', reopen: 'active' }],
    ['closed', { reopen: 'adjudication' }],
  ])('a session that is %s goes only where it may', (state, expected) => {
    for (const transition of sessionTransitions)
      expect(stateAfter(state, transition), transition).toBe(expected[transition] ?? null)
  })

  test('every state can be reached from a draft, and no way leads back to one', () => {
    const reached = new Set<SessionState>(['draft'])
    for (const state of reached) {
      for (const transition of sessionTransitions) {
        const next = stateAfter(state, transition)
        expect(next).not.toBe('draft')
        if (next !== null) reached.add(next)
      }
    }
    expect([...reached].sort()).toEqual([...sessionStates].sort())
  })
})

describe('conditionsUnmet', () => {
  test.each<[string, SessionTransition, Partial<SessionFacts>, string[]]>([
    ['nothing stands in the way of a ready draft', 'activate', {}, []],
    ['a template', 'activate', { isTemplate: true }, ['A template is not worked on: make a session from it.']],
    [
      'nothing to read and nobody to read it',
      'activate',
      { documents: 0, reviewers: 0 },
      ['Add at least one document.', 'Add at least one reviewer.'],
    ],
    ['a second reading that is drawn', 'activate', { secondReading: { wanted: 2, drawn: 2, problems: [] } }, []],
    [
      'a second reading that is not drawn from what is there',
      'activate',
      { secondReading: { wanted: 2, drawn: 0, problems: ['Choose “Blind”.'] } },
      ['Choose “Blind”.', 'Draw the documents that are read twice.'],
    ],
    [
      'a second reading of too few documents',
      'activate',
      { secondReading: { wanted: 0, drawn: 0, problems: [] } },
      ['A second reading of a part needs at least three documents. Add some.'],
    ],
    [
      'a document that is gone',
      'activate',
      { deletedDocuments: 1 },
      ['1 of the documents was deleted. Restore them, or take them out.'],
    ],
    [
      'fewer reviewers than the protocol wants',
      'activate',
      { reviewersPerDocument: 3 },
      ['The protocol wants 3 reviewers for each document, and the session has 2. Add reviewers or ask for fewer.'],
    ],
    [
      'a coverage that cannot be reached',
      'activate',
      { minimumReviewers: 3 },
      ['A sentence counts as covered after 3 reviewers, and each document has 2. Ask for fewer, or assign more.'],
    ],
    ['all submitted', 'start-adjudication', {}, []],
    [
      'one not submitted',
      'start-adjudication',
      { unfinishedAssignments: 1 },
      ['1 assignment is not submitted. Wait for them, or withdraw them: the work done stays, locked.'],
    ],
    [
      'several not submitted, and nobody to settle',
      'start-adjudication',
      { unfinishedAssignments: 4, adjudicators: 0 },
      [
        '4 assignments are not submitted. Wait for them, or withdraw them: the work done stays, locked.',
        'Name at least one member who adjudicates.',
      ],
    ],
    ['all decided', 'close', {}, []],
    ['one undecided', 'close', { openClaims: 1 }, ['1 claim has no verdict yet. Decide them first.']],
    [
      'one contradicted and not quoted',
      'close',
      { unquotedClaims: 1 },
      [
        '1 claim is settled as contradicted without a quote of what contradicts it. Add the words, or settle it otherwise.',
      ],
    ],
    ['some undecided', 'close', { openClaims: 7 }, ['7 claims have no verdict yet. Decide them first.']],
    ['reopening asks for nothing', 'reopen', { openClaims: 7, unfinishedAssignments: 4 }, []],
  ])('%s', (_name, transition, change, expected) => {
    expect(conditionsUnmet(transition, { ...ready, ...change })).toEqual(expected)
  })
})
