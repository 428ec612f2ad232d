import { describe, expect, test } from 'vitest'
import { findBlockers, nearDue, type BlockerFacts } from './blockers'
import { sessionStates } from '../review-sessions/states'

const now = Date.parse('2026-03-10T12:00:00Z')
const instant = (offset: number) => new Date(now + offset).toISOString()
type Cell = BlockerFacts['documents'][number]['cells'][number]

const cell = (memberId: string, state: Cell['state'], change: Partial<Cell> = {}): Cell => ({
  memberId,
  state,
  dueAt: null,
  overdue: false,
  ...change,
})
const late = { dueAt: instant(-1), overdue: true }

function factsOf(change: Partial<BlockerFacts>): BlockerFacts {
  return {
    state: 'active',
    now,
    reviewers: [
      { id: 'ann', name: 'Ann', active: true },
      { id: 'bo', name: 'Bo', active: true },
      { id: 'cy', name: 'Cy', active: false },
    ],
    adjudicators: 1,
    documents: [],
    ...change,
  }
}

function documentOf(id: string, cells: Cell[], change: { missing?: number | null; openClaims?: number | null } = {}) {
  return { id, missing: 0, openClaims: null, cells, ...change }
}

describe('findBlockers', () => {
  test('says who is late, who left, what is free, what waits and what came back, in this order', () => {
    const documents = [
      documentOf('one', [cell('ann', 'started', late), cell('bo', 'assigned', late)]),
      documentOf('two', [cell('bo', 'started', late), cell('cy', 'started', late)], { missing: 1 }),
      documentOf('three', [cell('ann', 'assigned', { dueAt: instant(nearDue) })], { missing: 2 }),
      documentOf('four', [cell('ann', 'returned'), cell('bo', 'submitted')]),
    ]
    expect(findBlockers(factsOf({ documents, adjudicators: 0 }))).toEqual([
      {
        kind: 'overdue',
        count: 2,
        message: 'Bo: 2 documents are past the due date.',
        memberIds: ['bo'],
        documentIds: ['one', 'two'],
      },
      {
        kind: 'overdue',
        count: 1,
        message: 'Ann: 1 document is past the due date.',
        memberIds: ['ann'],
        documentIds: ['one'],
      },
      {
        kind: 'left-team',
        count: 1,
        message: 'Cy can no longer work here, with 1 document not submitted.',
        memberIds: ['cy'],
        documentIds: ['two'],
      },
      {
        kind: 'unassigned',
        count: 3,
        message: '2 documents lack reviewers: 3 places are free.',
        memberIds: [],
        documentIds: ['two', 'three'],
      },
      {
        kind: 'not-started',
        count: 1,
        message: 'Ann has not started 1 document due within two days.',
        memberIds: ['ann'],
        documentIds: ['three'],
      },
      {
        kind: 'returned',
        count: 1,
        message: 'Ann has 1 document to do again.',
        memberIds: ['ann'],
        documentIds: ['four'],
      },
      {
        kind: 'no-adjudicator',
        count: 1,
        message: 'Nobody adjudicates: name a member who does.',
        memberIds: [],
        documentIds: [],
      },
    ])
  })

  test.each<[string, Cell]>([
    ['work that is done', cell('ann', 'submitted', { dueAt: instant(-1) })],
    ['work that was accepted', cell('cy', 'accepted')],
    ['work that was withdrawn', cell('ann', 'withdrawn', { dueAt: instant(-1) })],
    ['work that is begun and not late', cell('ann', 'started', { dueAt: instant(1) })],
    ['work that is due a moment after two days', cell('ann', 'assigned', { dueAt: instant(nearDue + 1) })],
    ['work without a date', cell('ann', 'assigned')],
  ])('is silent of %s', (_name, part) => {
    expect(findBlockers(factsOf({ documents: [documentOf('one', [part])] }))).toEqual([])
  })

  test('in adjudication, only claims without a verdict and a missing adjudicator count', () => {
    const documents = [
      documentOf('one', [cell('cy', 'submitted')], { openClaims: 2, missing: 1 }),
      documentOf('two', [], { openClaims: 0 }),
      documentOf('three', [], { openClaims: null }),
    ]
    const open = {
      kind: 'open-claims',
      count: 2,
      message: '2 claims have no verdict, in 1 document.',
      memberIds: [],
      documentIds: ['one'],
    }
    expect(findBlockers(factsOf({ state: 'adjudication', documents }))).toEqual([open])
    expect(
      findBlockers(factsOf({ state: 'adjudication', documents, adjudicators: 0 })).map(({ kind }) => kind),
    ).toEqual(['no-adjudicator', 'open-claims'])
    expect(findBlockers(factsOf({ state: 'adjudication', adjudicators: 0 }))).toEqual([])
  })

  test('what is hidden from the current member is not told', () => {
    const documents = [documentOf('one', [cell('ann', 'started')], { missing: null })]
    expect(findBlockers(factsOf({ documents, adjudicators: null }))).toEqual([])
  })

  test.each(sessionStates.filter((state) => state === 'draft' || state === 'closed'))('a %s has none', (state) => {
    const documents = [documentOf('one', [cell('ann', 'started', late)], { missing: 1, openClaims: 1 })]
    expect(findBlockers(factsOf({ state, documents, adjudicators: 0 }))).toEqual([])
  })
})
