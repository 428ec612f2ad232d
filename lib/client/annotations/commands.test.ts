import { describe, expect, test } from 'vitest'
import type { AnnotationView, SentenceDecisionView } from '@/lib/domain/annotations/schema'
import { applyChange, type ReviewData } from '@/lib/client/outbox/change'
import {
  decideNoClaim,
  deleteAnnotation,
  editAnnotation,
  moveAnnotation,
  rateAnnotation,
  rateChosen,
  rateRange,
  type CommandContext,
  type CommandResult,
} from './commands'

const text = 'The bridge opened in 1974. It is a fine bridge.'
const first = { start: 0, end: 26 }
const me = { id: 'me', name: 'Mina Reyes' }
const other = { id: 'other', name: 'Anders Holt' }
const now = '2025-03-14T09:00:00.000Z'

function context(annotations: AnnotationView[] = [], decisions: SentenceDecisionView[] = []): CommandContext {
  const data: ReviewData = {
    annotations: new Map(annotations.map((row) => [row.id, row])),
    decisions: new Map(decisions.map((row) => [row.id, row])),
    scopeChanges: [],
  }
  return { revisionId: 'r', text, me, data, newId: () => 'new', now }
}
function command(result: CommandResult) {
  if (!result.ok) throw new Error(result.reason)
  return result.command
}
function reason(result: CommandResult) {
  return result.ok ? null : result.reason
}
function made(range: { start: number; end: number }, author = me): AnnotationView {
  const [write] = command(rateRange({ ...context(), me: author }, range, 'unsourced')).writes
  if (write?.kind !== 'create-annotation') throw new Error('expected a new annotation')
  const own = author === me
  return { ...write.view, id: `${author.id}-${String(range.start)}`, may: { update: own, delete: own } }
}
const decision: SentenceDecisionView = { id: 'd', revisionId: 'r', author: me, ...first, createdAt: now }

describe('rating a range', () => {
  test('makes an annotation whose exact words are the slice, and opens it', () => {
    const { writes, opens } = command(rateRange(context(), first, 'contradicted'))
    expect(writes).toMatchObject([
      {
        kind: 'create-annotation',
        view: { id: 'new', exact: 'The bridge opened in 1974.', missing: 'contradicting-citation', author: me },
      },
    ])
    expect(opens).toBe('new')
  })
  test('leaves white space at the ends out', () => {
    expect(command(rateRange(context(), { start: 3, end: 11 }, 'sourced')).writes).toMatchObject([
      { view: { start: 4, end: 10, exact: 'bridge' } },
    ])
  })
  test('refuses a range without words', () => {
    expect(reason(rateRange(context(), { start: 3, end: 4 }, 'sourced'))).toContain('Select at least one word')
  })
  test('changes the own annotation on the same words instead of adding another', () => {
    expect(command(rateRange(context([made(first)]), first, 'sourced')).writes).toEqual([
      { kind: 'update-annotation', id: 'me-0', changes: { rating: 'sourced' } },
    ])
  })
  test('adds one beside another reviewer’s on the same words', () => {
    expect(command(rateRange(context([made(first, other)]), first, 'sourced')).writes).toMatchObject([
      { kind: 'create-annotation' },
    ])
  })
  test('lifts “no claim here” of the sentence', () => {
    expect(
      command(rateRange(context([], [decision]), { start: 4, end: 10 }, 'sourced')).writes.map(({ kind }) => kind),
    ).toEqual(['delete-decision', 'create-annotation'])
  })
  test('the same rating again writes nothing', () => {
    expect(command(rateAnnotation(made(first), 'unsourced')).writes).toEqual([])
  })
})

describe('rating what is meant', () => {
  const inside = made({ start: 4, end: 10 })
  const elsewhere = made({ start: 27, end: 47 })
  const second = { start: 27, end: 29 }
  test.each([
    ['the selection comes first', { selection: second, active: inside, sentence: first }, [inside], second],
    ['then the open annotation', { selection: null, active: elsewhere, sentence: first }, [inside, elsewhere], 'me-27'],
    ['of someone else it is passed over', { selection: null, active: made(first, other), sentence: first }, [], first],
    ['then the only own one in the sentence', { selection: null, active: null, sentence: first }, [inside], 'me-4'],
    [
      'of several, all of the sentence',
      { selection: null, active: null, sentence: first },
      [inside, made({ start: 11, end: 17 })],
      first,
    ],
  ])('%s', (_, chosen, annotations, expected) => {
    expect(command(rateChosen(context(annotations), chosen, 'sourced')).writes).toMatchObject([
      typeof expected === 'string'
        ? { kind: 'update-annotation', id: expected }
        : { kind: 'create-annotation', view: expected },
    ])
  })
  test('without any of them it says what would work', () => {
    const nothing = { selection: null, active: null, sentence: null }
    expect(reason(rateChosen(context(), nothing, 'sourced'))).toContain('Select some words')
  })
})

describe('what is not one’s own', () => {
  const theirs = made(first, other)
  test.each([
    ['rating', rateAnnotation(theirs, 'sourced')],
    ['editing', editAnnotation(theirs, { note: 'x' }, 'Note')],
    ['moving', moveAnnotation(context(), theirs, { start: 4, end: 10 })],
    ['deleting', deleteAnnotation(theirs)],
  ])('%s is refused, naming the author', (_, result) => {
    expect(reason(result)).toContain('Anders Holt')
  })
})

describe('no claim here', () => {
  test('decides the sentence', () => {
    expect(command(decideNoClaim(context(), first)).writes).toMatchObject([
      { kind: 'create-decision', view: { ...first, author: me } },
    ])
  })
  test('a second time takes it back', () => {
    expect(command(decideNoClaim(context([], [decision]), first)).writes).toEqual([
      { kind: 'delete-decision', view: decision },
    ])
  })
  test('another reviewer’s decision is not mine to take back', () => {
    expect(command(decideNoClaim(context([], [{ ...decision, author: other }]), first)).writes).toMatchObject([
      { kind: 'create-decision' },
    ])
  })
  test('is refused while the sentence carries an own annotation', () => {
    expect(reason(decideNoClaim(context([made({ start: 4, end: 10 })]), first))).toContain('Delete that first')
  })
})

test('moving an annotation takes the words along', () => {
  const data = context([made(first)]).data
  const { writes } = command(moveAnnotation(context(), made(first), { start: 27, end: 47 }))
  expect(writes.reduce(applyChange, data).annotations.get('me-0')).toMatchObject({
    start: 27,
    end: 47,
    exact: 'It is a fine bridge.',
  })
})

test('an edit leaves out what is already so', () => {
  expect(command(editAnnotation(made(first), { note: '', partial: true }, 'Flag')).writes).toEqual([
    { kind: 'update-annotation', id: 'me-0', changes: { partial: true } },
  ])
})
