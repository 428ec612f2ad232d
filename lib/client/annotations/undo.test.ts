import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AnnotationView, SentenceDecisionView } from '@/lib/domain/annotations/schema'
import { ratings } from '@/lib/domain/annotations/rating'
import { applyChange, changeAnnotation, type ReviewData, type Change } from '@/lib/client/outbox/change'
import { undoEntryOf, emptyHistory, historyLimit, recordEntry, stepBack, stepForward, type History } from './undo'

const author = { id: 'member-1', name: 'Mina Reyes' }
const at = '2025-03-14T09:00:00.000Z'

function annotation(id: string): AnnotationView {
  const bare = {
    id,
    revisionId: 'r',
    author,
    start: 0,
    end: 5,
    exact: 'Words',
    rating: 'sourced',
    disputed: false,
    partial: false,
    note: '',
    citations: [],
  } as const
  return changeAnnotation(
    {
      ...bare,
      tags: [],
      citations: [],
      missing: null,
      version: 1,
      createdAt: at,
      updatedAt: at,
      may: { update: true, delete: true },
    },
    {},
  )
}
const decision = (id: string): SentenceDecisionView => ({
  id,
  revisionId: 'r',
  author,
  start: Number(id.slice(1)) * 10,
  end: Number(id.slice(1)) * 10 + 5,
  createdAt: at,
})

const stamps = { newId: () => 'new', now: () => at }
const id = fc.constantFrom('x1', 'x2', 'x3')
const write: fc.Arbitrary<Change> = fc.oneof(
  fc.record({
    kind: fc.constant('update-annotation' as const),
    id,
    changes: fc.record(
      { note: fc.string(), rating: fc.constantFrom(...ratings), partial: fc.boolean() },
      { requiredKeys: [] },
    ),
  }),
  id.map((known) => ({ kind: 'delete-annotation' as const, id: known })),
  fc.nat(9).map((n) => ({ kind: 'create-annotation' as const, view: annotation(`n${String(n)}`) })),
  id.map((known) => ({ kind: 'create-decision' as const, view: decision(known.replace('x', 'd')) })),
)
const empty: ReviewData = {
  annotations: new Map(['x1', 'x2', 'x3'].map((known) => [known, annotation(known)])),
  decisions: new Map(),
  scopeChanges: [],
}
// A new row under a taken id is a fault of the caller, so the law leaves it out.
const isFair = (data: ReviewData, one: Change) =>
  !(
    (one.kind === 'create-annotation' && data.annotations.has(one.view.id)) ||
    (one.kind === 'create-decision' && data.decisions.has(one.view.id))
  )
const plain = (data: ReviewData) => ({
  annotations: [...data.annotations.values()].sort((a, b) => a.id.localeCompare(b.id)),
  decisions: [...data.decisions.values()].sort((a, b) => a.id.localeCompare(b.id)),
})

describe('undoEntryOf', () => {
  test('law: undo gives the data before, redo the data after', () => {
    fc.assert(
      fc.property(
        fc.array(write, { maxLength: 8 }),
        fc.array(write, { minLength: 1, maxLength: 4 }),
        (earlier, candidates) => {
          const step = (data: ReviewData, one: Change) => (isFair(data, one) ? applyChange(data, one) : data)
          const before = earlier.reduce(step, empty)
          const writes: Change[] = []
          let after = before
          for (const one of candidates) {
            if (!isFair(after, one)) continue
            writes.push(one)
            after = applyChange(after, one)
          }
          const entry = undoEntryOf({ label: 'Entry', writes, before, stamps })
          if (entry === null) {
            expect(plain(after)).toEqual(plain(before))
            return
          }
          const undone = entry.undo.reduce(applyChange, after)
          expect(plain(undone)).toEqual(plain(before))
          expect(plain(entry.redo.reduce(applyChange, undone))).toEqual(plain(after))
        },
      ),
    )
  })

  test('making again restores, because the id is taken', () => {
    const entry = undoEntryOf({
      label: 'Mark',
      writes: [{ kind: 'create-annotation', view: annotation('n1') }],
      before: empty,
      stamps,
    })
    expect(entry?.undo).toEqual([{ kind: 'delete-annotation', id: 'n1' }])
    expect(entry?.redo).toEqual([{ kind: 'restore-annotation', view: annotation('n1') }])
  })

  test('an edit is taken back field by field, so that other fields changed since stay', () => {
    const entry = undoEntryOf({
      label: 'Note',
      writes: [{ kind: 'update-annotation', id: 'x1', changes: { note: 'New' } }],
      before: empty,
      stamps,
    })
    expect(entry?.undo).toEqual([{ kind: 'update-annotation', id: 'x1', changes: { note: '' } }])
  })

  test('a scope change is taken back by an opposite one with its own id', () => {
    const view = {
      id: 's1',
      start: 0,
      end: 9,
      inScope: false,
      reason: 'An advertisement',
      member: author,
      createdAt: at,
    }
    const entry = undoEntryOf({
      label: 'Scope',
      writes: [{ kind: 'change-scope', revisionId: 'r', view }],
      before: empty,
      stamps,
    })
    expect(entry?.undo).toEqual([
      { kind: 'change-scope', revisionId: 'r', view: { ...view, id: 'new', inScope: true } },
    ])
  })

  test('nothing to take back when the row is not there', () => {
    expect(
      undoEntryOf({ label: 'Gone', writes: [{ kind: 'delete-annotation', id: 'zz' }], before: empty, stamps }),
    ).toBeNull()
  })
})

describe('history', () => {
  const entry = (label: string) => ({ label, undo: [], redo: [] })
  const labels = (history: History<never>) => [
    history.done.map(({ label }) => label),
    history.undone.map(({ label }) => label),
  ]

  test('steps back and forward through the same entries', () => {
    let history = recordEntry(recordEntry(emptyHistory<never>(), entry('one')), entry('two'))
    const back = stepBack(history)
    expect(back?.entry.label).toBe('two')
    history = back?.history ?? history
    expect(labels(history)).toEqual([['one'], ['two']])
    expect(stepForward(history)?.entry.label).toBe('two')
    expect(labels(stepForward(history)?.history ?? history)).toEqual([['one', 'two'], []])
  })

  test('a new entry forgets what was taken back', () => {
    const history = stepBack(recordEntry(emptyHistory<never>(), entry('one')))?.history ?? emptyHistory<never>()
    expect(labels(recordEntry(history, entry('two')))).toEqual([['two'], []])
  })

  test('nothing done, nothing to take back', () => {
    expect(stepBack(emptyHistory())).toBeNull()
    expect(stepForward(emptyHistory())).toBeNull()
  })

  test('entries of one group in a row are one step', () => {
    const typed = (value: string) => ({ label: 'Note', group: 'note', undo: [`before ${value}`], redo: [value] })
    const history = recordEntry(recordEntry(emptyHistory<string>(), typed('a')), typed('ab'))
    expect(history.done).toEqual([{ label: 'Note', group: 'note', undo: ['before ab', 'before a'], redo: ['a', 'ab'] }])
  })

  test('keeps a limited number of steps', () => {
    let history = emptyHistory<never>()
    for (let index = 0; index <= historyLimit; index++) history = recordEntry(history, entry(String(index)))
    expect(history.done).toHaveLength(historyLimit)
    expect(history.done[0]?.label).toBe('1')
  })
})
