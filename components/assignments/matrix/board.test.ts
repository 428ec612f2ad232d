import { describe, expect, it } from 'vitest'
import type { AssignmentState } from '@/lib/domain/assignments/states'
import type { ConflictView } from '@/lib/domain/conflicts-of-interest/schema'
import type { MatrixCell, MatrixDocument, MatrixReviewer, SessionMatrix } from '@/lib/domain/assignments/matrix'
import type { SessionState } from '@/lib/domain/review-sessions/states'
import { heldOf, isMovable, obstacleToGiving, type Board } from './board'

function reviewer(id: string, name: string, more: Partial<MatrixReviewer> = {}): MatrixReviewer {
  const counts = { documents: 0, words: 0, finished: 0, overdue: 0, decided: 0, total: 0 }
  return { member: { id, name }, reviews: true, adjudicates: false, inSession: true, active: true, ...counts, ...more }
}

function cell(assignmentId: string, memberId: string, state: AssignmentState = 'assigned'): MatrixCell {
  return { assignmentId, memberId, state, dueAt: null, overdue: false, decided: 0, version: 1 }
}

function documentOf(id: string, title: string, cells: MatrixCell[]): MatrixDocument {
  const figures = {
    assigned: 1,
    missing: 0,
    readTwice: null,
    covered: 0,
    claims: null,
    openClaims: null,
    disagreements: null,
  }
  return { id, title, source: { id: 'source', name: 'Courier' }, words: 100, total: 4, ...figures, cells }
}

const mina = reviewer('mina', 'Mina')
const tomas = reviewer('tomas', 'Tomas')
const aiko = reviewer('aiko', 'Aiko')
const gone = reviewer('gone', 'Gunnar', { active: false })
const out = reviewer('out', 'Olga', { inSession: false })
const dam = documentOf('dam', 'The dam', [cell('dam-mina', 'mina'), cell('dam-aiko', 'aiko', 'withdrawn')])
const mill = documentOf('mill', 'The mill', [cell('mill-mina', 'mina'), cell('mill-tomas', 'tomas', 'started')])

const totals: SessionMatrix['totals'] = {
  documents: 2,
  assignments: 3,
  finished: 0,
  overdue: 0,
  missing: 0,
  decided: 0,
  total: 8,
  covered: 0,
  coverable: 8,
  claims: null,
  openClaims: null,
  disagreements: null,
}

function boardOf(state: SessionState, more: Partial<Board> = {}): Board {
  const matrix: SessionMatrix = {
    sessionId: 'session',
    state,
    at: '2025-03-21T10:00:00.000Z',
    dueAt: null,
    shows: 'everyone',
    reviewersPerDocument: 1,
    minimumReviewers: 1,
    reviewers: [mina, tomas, aiko, gone, out],
    documents: [dam, mill],
    totals,
    blockers: [],
  }
  return { matrix, conflicts: [], leads: true, memberId: 'lead', ...more }
}

const declared: ConflictView = {
  id: 'conflict',
  member: { id: 'tomas', name: 'Tomas' },
  source: { id: 'source', name: 'Courier' },
  document: null,
  reason: 'Worked there.',
  standing: 0,
  createdAt: '2025-03-01T00:00:00.000Z',
  may: { withdraw: true },
}

describe('obstacleToGiving', () => {
  const give = (ids: readonly string[], to: MatrixReviewer, board = boardOf('active')) =>
    obstacleToGiving(board, heldOf(board.matrix, new Set(ids)), to)

  it.each<[string, readonly string[], MatrixReviewer, string | null]>([
    ['one to someone who has not had it', ['dam-mina'], tomas, null],
    ['one to someone who had it before', ['dam-mina'], aiko, 'Aiko had it before: give it back instead.'],
    ['one to someone who has it', ['mill-mina'], tomas, 'Tomas has it already.'],
    ['one to someone who left the team', ['dam-mina'], gone, 'Gunnar cannot be given documents now.'],
    ['one to someone who left the session', ['dam-mina'], out, 'Olga cannot be given documents now.'],
    ['two to someone who can take both', ['dam-mina', 'mill-mina'], reviewer('new', 'Nele'), null],
    ['two to someone who has one of them', ['dam-mina', 'mill-mina'], tomas, '“The mill”: Tomas has it already.'],
    [
      'two of the same document',
      ['mill-mina', 'mill-tomas'],
      aiko,
      '“The mill” is among them twice, and a reviewer reads it only once.',
    ],
  ])('%s', (_, ids, to, obstacle) => {
    expect(give(ids, to)).toBe(obstacle)
  })

  it('keeps to declared conflicts of interest', () => {
    const board = boardOf('active', { conflicts: [declared] })
    expect(give(['dam-mina'], tomas, board)).toBe('Tomas declared a conflict of interest.')
    expect(give(['dam-mina'], reviewer('new', 'Nele'), board)).toBeNull()
  })
})

describe('isMovable', () => {
  it.each<[SessionState, AssignmentState, boolean]>([
    ['draft', 'assigned', true],
    ['active', 'assigned', true],
    ['active', 'started', true],
    ['active', 'returned', true],
    ['active', 'submitted', false],
    ['active', 'accepted', false],
    ['active', 'withdrawn', false],
    ['adjudication', 'assigned', false],
    ['closed', 'submitted', false],
  ])('in a session that is %s, work that is %s: %s', (session, state, expected) => {
    expect(isMovable(boardOf(session), cell('one', 'mina', state))).toBe(expected)
  })

  it('is for leads alone', () => {
    expect(isMovable(boardOf('active', { leads: false }), cell('one', 'mina'))).toBe(false)
  })
})
