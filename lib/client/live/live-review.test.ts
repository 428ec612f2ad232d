import { describe, expect, test } from 'vitest'
import type { AnnotationView, SentenceDecisionView } from '@/lib/domain/annotations/schema'
import type { LiveMessage } from '@/lib/domain/live/message'
import { createReviewStore } from '../outbox/review-store'
import type { ApiAnswer, ApiRequest } from '../api/transport'
import { LiveReview } from './live-review'

const at = '2026-01-02T03:04:05.678Z'

function view(id: string, author: string, change: Partial<AnnotationView> = {}): AnnotationView {
  return {
    id,
    revisionId: 'r1',
    author: { id: author, name: author },
    start: 0,
    end: 5,
    exact: 'Sales',
    rating: 'unsourced',
    disputed: false,
    partial: false,
    note: '',
    tags: [],
    citations: [],
    missing: null,
    version: 1,
    createdAt: at,
    updatedAt: at,
    may: { update: author === 'me', delete: author === 'me' },
    ...change,
  }
}

const decision: SentenceDecisionView = {
  id: 'd1',
  revisionId: 'r1',
  author: { id: 'bo', name: 'Bo' },
  start: 0,
  end: 5,
  createdAt: at,
}

let sequence = 0
function told(type: LiveMessage['type'], subjectId: string, change: Partial<LiveMessage> = {}): LiveMessage {
  return { sequence: ++sequence, type, subjectId, documentId: 'doc', sessionId: null, own: false, ...change }
}

function open(rows: readonly AnnotationView[] = []) {
  const answers: ((answer: ApiAnswer) => void)[] = []
  const asked: ApiRequest[] = []
  const store = createReviewStore({
    initial: { annotations: new Map(rows.map((row) => [row.id, row])), decisions: new Map(), scopeChanges: [] },
    transport: (request: ApiRequest) => {
      asked.push(request)
      return new Promise((resolve) => answers.push(resolve))
    },
    timers: { set: () => 0, clear: () => undefined },
  })
  const review = new LiveReview({ revisionId: 'r1', store, me: 'me' })
  review.subscribe(() => undefined)
  const shown = () => [...store.getSnapshot().data.annotations.values()].map(({ id, note }) => `${id} ${note}`.trim())
  return { store, review, shown, answers, asked }
}

describe('what others mark while one reads', () => {
  test('waits, counted once a row, until it is asked for', () => {
    const { review, shown } = open()
    review.hear(told('annotation.created', 'a1', { annotation: view('a1', 'bo') }))
    review.hear(told('annotation.updated', 'a1', { annotation: view('a1', 'bo', { version: 2, note: 'Why?' }) }))
    review.hear(told('annotation.created', 'a2', { annotation: view('a2', 'cy') }))
    expect([review.getCount(), shown()]).toEqual([2, []])
    review.show()
    expect([review.getCount(), shown()]).toEqual([0, ['a1 Why?', 'a2']])
  })

  test('is nothing when it came and went', () => {
    const { review } = open()
    review.hear(told('annotation.created', 'a1', { annotation: view('a1', 'bo') }))
    review.hear(told('annotation.deleted', 'a1', { annotation: null }))
    expect(review.getCount()).toBe(0)
  })

  test('is a deletion, too', () => {
    const { review, shown } = open([view('a1', 'bo')])
    review.hear(told('annotation.deleted', 'a1', { annotation: null }))
    expect([review.getCount(), shown()]).toEqual([1, ['a1']])
    review.show()
    expect(shown()).toEqual([])
  })

  test('is nothing when it is known, in another revision, or of another session than the one shown', () => {
    const { review } = open([view('a1', 'bo', { version: 3 })])
    review.hear(told('annotation.updated', 'a1', { annotation: view('a1', 'bo', { version: 3 }) }))
    review.hear(told('annotation.created', 'a2', { annotation: view('a2', 'bo', { revisionId: 'r2' }) }))
    review.narrowTo('s1')
    review.hear(told('annotation.created', 'a3', { annotation: view('a3', 'bo'), sessionId: null }))
    expect(review.getCount()).toBe(0)
    review.hear(told('annotation.created', 'a4', { annotation: view('a4', 'bo'), sessionId: 's1' }))
    expect(review.getCount()).toBe(1)
  })

  test('that a part no longer counts moves the text, so it waits', () => {
    const { review, store } = open()
    const scopeChange = {
      id: 'c1',
      revisionId: 'r1',
      start: 0,
      end: 5,
      inScope: false,
      reason: 'boilerplate',
      member: { id: 'bo', name: 'Bo' },
      createdAt: at,
    }
    review.hear(told('scope.changed', 'c1', { scopeChange }))
    expect([review.getCount(), store.getSnapshot().data.scopeChanges.length]).toEqual([1, 0])
    review.show()
    expect(store.getSnapshot().data.scopeChanges).toHaveLength(1)
  })

  test('decisions of others are shown nowhere, so they do not wait', () => {
    const { review, store } = open()
    review.hear(told('sentence-decision.created', 'd1', { decision }))
    expect([review.getCount(), store.getSnapshot().data.decisions.size]).toEqual([0, 1])
    review.hear(told('sentence-decision.deleted', 'd1', { decision: null }))
    expect(store.getSnapshot().data.decisions.size).toBe(0)
  })
})

describe('what one marks elsewhere', () => {
  test('is taken in at once', () => {
    const { review, shown } = open()
    review.hear(told('annotation.created', 'a1', { annotation: view('a1', 'me'), own: true }))
    review.takeOwn()
    expect([review.getCount(), shown()]).toEqual([0, ['a1']])
  })

  test('waits for what is on its way, and never puts an older row in the place of a newer one', async () => {
    const { review, store, shown, answers } = open([view('a1', 'me')])
    store.write({ kind: 'update-annotation', id: 'a1', changes: { note: 'mine' } })
    review.hear(told('annotation.created', 'a2', { annotation: view('a2', 'me'), own: true }))
    review.takeOwn()
    expect(shown()).toEqual(['a1 mine'])
    answers[0]?.({ status: 200, body: view('a1', 'me', { version: 2, note: 'mine' }) })
    await Promise.resolve()
    await new Promise((resolve) => setTimeout(resolve, 0))
    expect(shown()).toEqual(['a1 mine', 'a2'])
    review.hear(told('annotation.updated', 'a1', { annotation: view('a1', 'me', { note: 'older' }), own: true }))
    review.takeOwn()
    expect(shown()).toEqual(['a1 mine', 'a2'])
  })

  test('made and deleted before either was told does not come back', async () => {
    const { review, store, shown, answers } = open()
    store.write({ kind: 'create-annotation', view: view('a1', 'me') })
    answers[0]?.({ status: 201, body: view('a1', 'me') })
    await new Promise((resolve) => setTimeout(resolve, 0))
    review.hear(told('annotation.created', 'a1', { annotation: view('a1', 'me'), own: true }))
    store.write({ kind: 'delete-annotation', id: 'a1' })
    review.hear(told('annotation.deleted', 'a1', { annotation: null, own: true }))
    answers[1]?.({ status: 204, body: null })
    await new Promise((resolve) => setTimeout(resolve, 0))
    expect([store.getSnapshot().unsaved.size, shown()]).toEqual([0, []])
  })

  test('a deletion told while the row is being brought back does not take it away again', async () => {
    const { review, store, shown, answers, asked } = open([view('a1', 'me')])
    store.write({ kind: 'delete-annotation', id: 'a1' })
    answers[0]?.({ status: 204, body: null })
    await new Promise((resolve) => setTimeout(resolve, 0))
    store.write({ kind: 'restore-annotation', view: view('a1', 'me') })
    review.hear(told('annotation.deleted', 'a1', { annotation: null, own: true }))
    answers[1]?.({ status: 200, body: view('a1', 'me', { version: 3 }) })
    await new Promise((resolve) => setTimeout(resolve, 0))
    expect(shown()).toEqual(['a1'])
    // And what follows stands on the version that is stored.
    store.write({ kind: 'delete-annotation', id: 'a1' })
    expect(asked.at(-1)).toMatchObject({ method: 'DELETE', ifMatch: 3 })
  })

  test('a decision taken back and made again is still there when the first is told', async () => {
    const { review, store, answers } = open()
    const mine = { ...decision, author: { id: 'me', name: 'me' } }
    store.write({ kind: 'create-decision', view: mine })
    answers[0]?.({ status: 201, body: mine })
    await new Promise((resolve) => setTimeout(resolve, 0))
    store.write({ kind: 'delete-decision', view: mine })
    answers[1]?.({ status: 204, body: null })
    await new Promise((resolve) => setTimeout(resolve, 0))
    store.write({ kind: 'create-decision', view: mine })
    review.hear(told('sentence-decision.deleted', 'd1', { decision: null, own: true }))
    answers[2]?.({ status: 201, body: mine })
    await new Promise((resolve) => setTimeout(resolve, 0))
    expect([...store.getSnapshot().data.decisions.keys()]).toEqual(['d1'])
  })

  test('told again, a change of scope stays where it was: the one after it still wins', async () => {
    const { review, store, answers } = open()
    const change = { id: 'c1', start: 0, end: 5, inScope: false, reason: 'boilerplate', createdAt: at }
    const first = { ...change, member: { id: 'me', name: 'Me' } }
    store.write({ kind: 'change-scope', revisionId: 'r1', view: first })
    answers[0]?.({ status: 201, body: first })
    await new Promise((resolve) => setTimeout(resolve, 0))
    review.hear(told('scope.changed', 'c1', { scopeChange: { ...first, revisionId: 'r1' }, own: true }))
    store.write({ kind: 'change-scope', revisionId: 'r1', view: { ...first, id: 'c2', inScope: true } })
    answers[1]?.({ status: 201, body: null })
    await new Promise((resolve) => setTimeout(resolve, 0))
    expect(store.getSnapshot().unsaved.size).toBe(0)
    expect(store.getSnapshot().data.scopeChanges.map(({ id }) => id)).toEqual(['c1', 'c2'])
  })
})

describe('after too much was missed', () => {
  test('what differs waits, own rows are taken in', () => {
    const { review, shown } = open([view('a1', 'bo'), view('a2', 'bo'), view('a3', 'me')])
    review.compare({
      annotations: [view('a1', 'bo', { version: 2, note: 'new' }), view('a4', 'me')],
      decisions: [],
      since: 1_000_000,
    })
    expect(review.getCount()).toBe(2)
    expect(shown()).toEqual(['a1', 'a2', 'a4'])
    review.show()
    expect(shown()).toEqual(['a1 new', 'a4'])
  })

  test('rows older than what was told since do not take anything away', () => {
    const { review } = open()
    review.hear(told('annotation.created', 'a1', { annotation: view('a1', 'bo') }))
    review.show()
    review.compare({ annotations: [], decisions: [], since: 0 })
    expect(review.getCount()).toBe(0)
  })
})
