import { describe, expect, test } from 'vitest'
import type { AnnotationView } from '@/lib/domain/annotations/schema'
import { annotation, makeAnnotationServer, makeTimers } from '@/tests/setup/annotation-server'
import { createReviewStore } from './review-store'
import { wordsOf } from './words'
import type { ReviewData } from './change'

/** What is said of a store that keeps nothing on the device. */
const kept = { storage: 'page', unkept: 0 }

const settle = () => new Promise((resolve) => setTimeout(resolve, 0))

function open(stored: AnnotationView[] = []) {
  const server = makeAnnotationServer(stored)
  const timers = makeTimers()
  const initial: ReviewData = {
    annotations: new Map(stored.map((row) => [row.id, row])),
    decisions: new Map(),
    scopeChanges: [],
  }
  const store = createReviewStore({ initial, transport: server.transport, timers })
  return { ...server, timers, store, shown: (id: string) => store.getSnapshot().data.annotations.get(id) }
}

describe('the review store', () => {
  test('shows a write at once and counts it as saved only when it is acknowledged', async () => {
    const { store, shown, rows } = open()
    store.write({ kind: 'create-annotation', view: annotation('a') })
    expect(shown('a')).toBeDefined()
    expect(store.getSnapshot().save.unsaved).toBe(1)
    expect(rows.size).toBe(0)
    await settle()
    expect(rows.size).toBe(1)
    expect(store.getSnapshot().save).toEqual({ ...kept, unsaved: 0, blocked: 0, waiting: null })
  })

  test('sends the writes of one annotation in order, each with the version the last one gave', async () => {
    const { store, requests, rows } = open()
    store.write({ kind: 'create-annotation', view: annotation('a') })
    store.write({ kind: 'update-annotation', id: 'a', changes: { note: 'One' } })
    await settle()
    store.write({ kind: 'update-annotation', id: 'a', changes: { note: 'Two' } })
    await settle()
    expect(requests.map(({ method, ifMatch }) => [method, ifMatch])).toEqual([
      ['POST', undefined],
      ['PATCH', 1],
      ['PATCH', 2],
    ])
    expect(rows.get('a')?.note).toBe('Two')
  })

  test('edits waiting behind a call become one call, with the last value of each field', async () => {
    const { store, requests } = open()
    store.write({ kind: 'create-annotation', view: annotation('a') })
    store.write({ kind: 'update-annotation', id: 'a', changes: { note: 'One', partial: true } })
    store.write({ kind: 'update-annotation', id: 'a', changes: { note: 'Two' } })
    await settle()
    expect(requests).toHaveLength(2)
    expect(requests[1]?.body).toEqual({ note: 'Two', partial: true })
  })

  test('an acknowledgement does not undo what was typed since', async () => {
    const { store, shown } = open([annotation('a')])
    store.write({ kind: 'update-annotation', id: 'a', changes: { note: 'One' } })
    store.write({ kind: 'update-annotation', id: 'a', changes: { note: 'Two' } })
    const notes: unknown[] = []
    store.subscribe(() => notes.push(shown('a')?.note))
    await settle()
    expect(new Set(notes)).toEqual(new Set(['Two']))
    expect(shown('a')?.version).toBe(3)
  })

  test('without a network it waits longer each time, says so, loses nothing and arrives exactly once', async () => {
    const { store, network, timers, rows, shown } = open()
    network.online = false
    store.write({ kind: 'create-annotation', view: annotation('a') })
    await settle()
    expect(store.getSnapshot().save).toMatchObject({ unsaved: 1, waiting: { reason: 'offline' } })
    const waits = []
    for (let round = 0; round < 7; round++) {
      waits.push(...timers.waits())
      timers.fire()
      await settle()
    }
    expect(waits).toEqual([1000, 2000, 4000, 8000, 16000, 30000, 30000])
    store.write({ kind: 'update-annotation', id: 'a', changes: { note: 'Offline' } })
    expect(shown('a')?.note).toBe('Offline')
    network.online = true
    store.retryNow()
    await settle()
    expect(rows.get('a')?.note).toBe('Offline')
    expect(store.getSnapshot().save).toEqual({ ...kept, unsaved: 0, blocked: 0, waiting: null })
  })

  test('an edit whose answer got lost is not taken for a conflict', async () => {
    const { store, network, timers, rows } = open([annotation('a')])
    network.losesAnswer = true
    store.write({ kind: 'update-annotation', id: 'a', changes: { note: 'Mine' } })
    await settle()
    timers.fire()
    await settle()
    expect(store.getSnapshot().problems.size).toBe(0)
    expect(store.getSnapshot().save.unsaved).toBe(0)
    expect(rows.get('a')).toMatchObject({ note: 'Mine', version: 2 })
  })

  test('a deletion whose answer got lost is done', async () => {
    const { store, network, timers } = open([annotation('a')])
    network.losesAnswer = true
    store.write({ kind: 'delete-annotation', id: 'a' })
    await settle()
    timers.fire()
    await settle()
    expect(store.getSnapshot().save.unsaved).toBe(0)
  })

  test('a server error is tried again and a request to slow down is heeded', async () => {
    const { store, network, timers } = open([annotation('a')])
    network.answersWith = { status: 429, body: null, retryAfter: 12 }
    store.write({ kind: 'update-annotation', id: 'a', changes: { note: 'Mine' } })
    await settle()
    expect(timers.waits()).toEqual([12_000])
    expect(store.getSnapshot().save.waiting).toMatchObject({
      reason: 'server',
      message: 'the server answered 429',
    })
  })

  test('an ended session keeps the words and saves them after signing in again', async () => {
    const { store, network, timers, rows, shown } = open([annotation('a')])
    network.answersWith = { status: 401, body: null }
    store.write({ kind: 'update-annotation', id: 'a', changes: { note: 'Mine' } })
    await settle()
    expect(store.getSnapshot().save.waiting?.reason).toBe('signed-out')
    expect(shown('a')?.note).toBe('Mine')
    network.answersWith = null
    timers.fire()
    await settle()
    expect(rows.get('a')?.note).toBe('Mine')
  })

  test('a refusal blocks its own annotation only, with the reason, and keeps the words', async () => {
    const { store, network, shown } = open([annotation('a')])
    network.answersWith = {
      status: 422,
      body: { detail: 'The note is too long.', fields: [{ path: 'note', message: 'At most 3 characters fit here.' }] },
    }
    store.write({ kind: 'update-annotation', id: 'a', changes: { note: 'Mine' } })
    await settle()
    network.answersWith = null
    store.write({ kind: 'create-annotation', view: annotation('b') })
    await settle()
    const { problems, save } = store.getSnapshot()
    const problem = problems.get('a')
    expect(problem).toMatchObject({
      kind: 'refused',
      message: 'The note is too long. At most 3 characters fit here.',
      gone: false,
    })
    expect(problem?.kind === 'refused' && wordsOf(problem.records)).toBe('“Words”\nNote: Mine')
    expect(save).toEqual({ ...kept, unsaved: 1, unkept: 1, blocked: 1, waiting: null })
    expect(shown('a')?.note).toBe('Mine')
    store.discardMine('a')
    expect(shown('a')?.note).toBe('')
    expect(store.getSnapshot().save.unsaved).toBe(0)
  })

  describe('when someone changed the annotation first', () => {
    async function conflict() {
      const opened = open([annotation('a')])
      opened.rows.set('a', annotation('a', { version: 5, note: 'Theirs', rating: 'contradicted' }))
      opened.store.write({ kind: 'update-annotation', id: 'a', changes: { note: 'Mine' } })
      await settle()
      return opened
    }

    test('both versions are there and nothing is overwritten', async () => {
      const { store, rows, shown } = await conflict()
      expect(store.getSnapshot().problems.get('a')).toMatchObject({
        kind: 'conflict',
        theirs: { note: 'Theirs', version: 5 },
      })
      expect(shown('a')?.note).toBe('Mine')
      expect(rows.get('a')?.note).toBe('Theirs')
    })

    test('keeping mine sends it over theirs, knowingly', async () => {
      const { store, rows, requests } = await conflict()
      store.keepMine('a')
      await settle()
      expect(requests.at(-1)).toMatchObject({ method: 'PATCH', ifMatch: 5 })
      expect(rows.get('a')).toMatchObject({ note: 'Mine', rating: 'contradicted', version: 6 })
      expect(store.getSnapshot().problems.size).toBe(0)
    })

    test('taking theirs drops mine', async () => {
      const { store, rows, shown } = await conflict()
      store.discardMine('a')
      expect(shown('a')).toMatchObject({ note: 'Theirs', version: 5 })
      expect(rows.get('a')?.version).toBe(5)
    })

    test('a merged note is what is saved', async () => {
      const { store, rows } = await conflict()
      store.choose('a', { note: 'Theirs\n\nMine' })
      await settle()
      expect(rows.get('a')).toMatchObject({ note: 'Theirs\n\nMine', version: 6 })
    })
  })

  test('an annotation deleted elsewhere is refused with its words kept', async () => {
    const { store, rows, shown } = open([annotation('a')])
    rows.delete('a')
    store.write({ kind: 'update-annotation', id: 'a', changes: { note: 'Mine' } })
    await settle()
    expect(store.getSnapshot().problems.get('a')).toMatchObject({ kind: 'refused', gone: true })
    expect(shown('a')?.note).toBe('Mine')
  })
})
