import { describe, expect, test } from 'vitest'
import { createReviewStore } from '@/lib/client/saving/review-store'
import { ReviewController, type ReaderControls } from './controller'

const text = 'The bridge opened in 1974. It is a fine bridge. Tolls ended in 1989.'
const sentences = [
  { start: 0, end: 26, kind: 'sentence' as const },
  { start: 27, end: 47, kind: 'sentence' as const },
  { start: 48, end: 68, kind: 'sentence' as const },
]

function open(mayAnnotate = true) {
  let made = 0
  const asked: string[] = []
  // The network never answers here: what the person sees must not depend on it.
  const store = createReviewStore({
    initial: { annotations: new Map(), decisions: new Map(), scopeChanges: [] },
    transport: () => new Promise(() => undefined),
    timers: { set: () => 0, clear: () => undefined },
  })
  const controller = new ReviewController({
    text: { revisionId: 'r', text, sentences, recognised: [] },
    me: { id: 'me', name: 'Mina Reyes' },
    mayAnnotate,
    store,
    newId: () => `id-${String(++made)}`,
    now: () => '2025-03-14T09:00:00.000Z',
  })
  const reader: ReaderControls = {
    scrollTo: () => asked.push('scroll'),
    selectRange: () => asked.push('select'),
    clearSelection: () => asked.push('clear'),
    focus: () => asked.push('focus'),
  }
  controller.setReader(reader)
  controller.subscribe(() => undefined)
  const words = () => controller.getState().announcement.words
  const shown = () => controller.derived().ordered.map(({ exact, rating }) => [exact, rating])
  return { controller, asked, words, shown }
}

describe('rating by key', () => {
  test('nothing selected and no sentence: it says what to do', () => {
    const { controller, words, shown } = open()
    controller.rate('sourced')
    expect(words()).toContain('Select some words')
    expect(shown()).toEqual([])
  })

  test('rates the current sentence, opens it, and counts it', () => {
    const { controller, words, shown } = open()
    controller.goToSentence(0)
    controller.rate('unsourced')
    expect(shown()).toEqual([['The bridge opened in 1974.', 'unsourced']])
    expect(controller.active()?.exact).toBe('The bridge opened in 1974.')
    expect(words()).toBe('Rated unsourced. 1 of 3 sentences decided.')
  })

  test('a second key changes the rating instead of adding another', () => {
    const { controller, shown } = open()
    controller.goToSentence(0)
    controller.rate('unsourced')
    controller.rate('contradicted')
    expect(shown()).toEqual([['The bridge opened in 1974.', 'contradicted']])
    expect(controller.derived().incomplete).toHaveLength(1)
  })

  test('a selection goes before the sentence, and is emptied', () => {
    const { controller, asked, shown } = open()
    controller.goToSentence(0)
    controller.select({ start: 48, end: 53 })
    controller.rate('sourced')
    expect(shown()).toEqual([['Tolls', 'sourced']])
    expect(asked).toContain('clear')
  })

  test('another sentence is another annotation', () => {
    const { controller, shown } = open()
    controller.goToSentence(0)
    controller.rate('sourced')
    controller.goToSentence(1)
    expect(controller.active()).toBeNull()
    controller.rate('not_checkable')
    expect(shown()).toHaveLength(2)
  })

  test('who may only read changes nothing and is told', () => {
    const { controller, words, shown } = open(false)
    controller.goToSentence(0)
    controller.rate('sourced')
    expect(words()).toContain('not annotate')
    expect(shown()).toEqual([])
  })
})

describe('undo and redo', () => {
  test('go through rating, no claim and scope in order', () => {
    const { controller, shown } = open()
    const decided = () => controller.derived().coverage.decided
    const total = () => controller.derived().coverage.total
    controller.goToSentence(0)
    controller.rate('sourced')
    controller.goToSentence(1)
    controller.decideNoClaim()
    controller.changeScope({ start: 48, end: 68, inScope: false, reason: 'boilerplate' })
    expect([decided(), total()]).toEqual([2, 2])
    controller.undo()
    expect([decided(), total()]).toEqual([2, 3])
    controller.undo()
    expect(decided()).toBe(1)
    controller.undo()
    expect(shown()).toEqual([])
    controller.redo()
    controller.redo()
    expect([decided(), shown().length]).toEqual([2, 1])
  })

  test('typing one note is one step', () => {
    const { controller } = open()
    controller.goToSentence(0)
    controller.rate('unsourced')
    const id = controller.active()?.id ?? ''
    controller.edit(id, { note: 'Se' }, { label: 'Changed the note', group: 'note' })
    controller.edit(id, { note: 'Seen' }, { label: 'Changed the note', group: 'note' })
    controller.undo()
    expect(controller.annotation(id)?.note).toBe('')
    controller.redo()
    expect(controller.annotation(id)?.note).toBe('Seen')
  })

  test('say so when there is nothing', () => {
    const { controller, words } = open()
    controller.undo()
    expect(words()).toBe('Nothing to undo')
    controller.redo()
    expect(words()).toBe('Nothing to redo')
  })
})

test('the next undecided sentence comes round, and the end is told', () => {
  const { controller, words } = open()
  const here = () => controller.derived().sentenceIndex
  controller.nextUndecided()
  expect(here()).toBe(0)
  controller.nextUndecided()
  controller.decideNoClaim()
  controller.nextUndecided()
  expect(here()).toBe(2)
  controller.decideNoClaim()
  controller.nextUndecided()
  expect(here()).toBe(0)
  controller.rate('unsourced')
  controller.nextUndecided()
  expect(words()).toBe('Every sentence is decided')
})

test('a press on overlapping marks goes from one to the next', () => {
  const { controller } = open()
  controller.select({ start: 0, end: 26 })
  controller.rate('sourced')
  controller.select({ start: 4, end: 10 })
  controller.rate('unsourced')
  controller.open(null)
  const ids = controller
    .derived()
    .ordered.map(({ id }) => id)
    .reverse()
  controller.pressAt(ids)
  expect(controller.active()?.exact).toBe('bridge')
  controller.pressAt(ids)
  expect(controller.active()?.exact).toBe('The bridge opened in 1974.')
  controller.setFilters({ ...controller.getState().view.filters, hiddenRatings: new Set(['sourced']) })
  controller.pressAt(ids)
  expect(controller.active()?.exact).toBe('bridge')
})
