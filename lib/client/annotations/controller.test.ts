import { describe, expect, test } from 'vitest'
import { createReviewStore } from '@/lib/client/outbox/review-store'
import { ReviewController } from './controller'
import type { ReaderControls } from './navigation'

const text = 'The bridge opened in 1974. It is a fine bridge. Tolls ended in 1989.'
const sentences = [
  { start: 0, end: 26, kind: 'sentence' as const },
  { start: 27, end: 47, kind: 'sentence' as const },
  { start: 48, end: 68, kind: 'sentence' as const },
]

function open(mayAnnotate = true, movesOn = false) {
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
    movesOn: () => movesOn,
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
  const answer = () => controller.getState().answer?.words ?? null
  return { controller, asked, words, shown, answer }
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

describe('answers that everyone sees', () => {
  test.each<[string, (controller: ReviewController) => void, string]>([
    [
      'a note without an annotation',
      (controller) => {
        controller.startEditing('note')
      },
      'No annotation is open',
    ],
    [
      'evidence without an annotation',
      (controller) => {
        controller.startEditing('evidence')
      },
      'No annotation is open',
    ],
    [
      'tags without an annotation',
      (controller) => {
        controller.startEditing('tags')
      },
      'No annotation is open',
    ],
    [
      'a flag without an annotation',
      (controller) => {
        controller.toggleFlag('disputed')
      },
      'No annotation is open',
    ],
    [
      'a rating without words',
      (controller) => {
        controller.rate('sourced')
      },
      'Select some words',
    ],
    [
      'no claim without a sentence',
      (controller) => {
        controller.decideNoClaim()
      },
      'Go to a sentence first',
    ],
    [
      'nothing to undo',
      (controller) => {
        controller.undo()
      },
      'Nothing to undo',
    ],
    [
      'nothing to redo',
      (controller) => {
        controller.redo()
      },
      'Nothing to redo',
    ],
  ])('%s', (_, act, says) => {
    const { controller, answer, words } = open()
    act(controller)
    expect(answer()).toContain(says)
    expect(words()).toContain(says)
  })

  test('undo says what and where, and the next decision takes the answer away', () => {
    const { controller, answer } = open()
    controller.goToSentence(1)
    controller.rate('contradicted')
    expect(answer(), 'a rating is seen in the text').toBeNull()
    controller.undo()
    expect(answer()).toBe('Undone: rated contradicted, sentence 2')
    controller.redo()
    expect(answer()).toBe('Redone: rated contradicted, sentence 2')
    controller.rate('sourced')
    expect(answer()).toBeNull()
  })

  test('deleting offers the way back', () => {
    const { controller, answer, shown } = open()
    controller.goToSentence(2)
    controller.rate('unsourced')
    controller.remove(controller.active()?.id ?? '')
    expect(answer()).toBe('Deleted the annotation of sentence 3.')
    expect(controller.getState().answer?.offersUndo).toBe(true)
    controller.undo()
    expect(shown()).toEqual([['Tolls ended in 1989.', 'unsourced']])
  })

  test('a role that only reads is told so', () => {
    const { controller, answer } = open(false)
    controller.goToSentence(0)
    controller.rate('sourced')
    expect(answer()).toContain('not annotate')
  })
})

describe('a decision that moves on', () => {
  const at = (controller: ReviewController) => controller.derived().sentenceIndex
  test.each<[string, (controller: ReviewController) => void, number]>([
    [
      'no claim',
      (controller) => {
        controller.decideNoClaim()
      },
      1,
    ],
    [
      'not checkable',
      (controller) => {
        controller.rate('not_checkable')
      },
      1,
    ],
    [
      'unsourced',
      (controller) => {
        controller.rate('unsourced')
      },
      1,
    ],
    [
      'a rating that needs evidence stays',
      (controller) => {
        controller.rate('contradicted')
      },
      0,
    ],
    [
      'a decision taken back stays',
      (controller) => {
        controller.decideNoClaim()
        controller.goToSentence(0)
        controller.decideNoClaim()
      },
      0,
    ],
    [
      'selected words stay',
      (controller) => {
        controller.select({ start: 0, end: 10 })
        controller.rate('unsourced')
      },
      0,
    ],
  ])('%s', (_, act, sentence) => {
    const { controller } = open(true, true)
    controller.goToSentence(0)
    act(controller)
    expect(at(controller)).toBe(sentence)
  })

  test('only when it is switched on, and not past the last sentence', () => {
    const off = open(true, false).controller
    off.goToSentence(0)
    off.decideNoClaim()
    expect(at(off)).toBe(0)
    const on = open(true, true).controller
    on.goToSentence(2)
    on.decideNoClaim()
    expect(at(on)).toBe(2)
  })
})
