import { describe, expect, test } from 'vitest'
import type { AnnotationView } from '@/lib/domain/annotations/schema'
import { createReviewStore } from './review-store'
import type { ApiAnswer, ApiRequest } from './transport'
import type { ReviewData } from './writes'

const author = { id: 'member-1', name: 'Mina Reyes' }

function annotation(id: string, changes: Partial<AnnotationView> = {}): AnnotationView {
  return {
    id,
    revisionId: 'revision-1',
    author,
    start: 0,
    end: 5,
    exact: 'Words',
    rating: 'unsourced',
    disputed: false,
    partial: false,
    note: '',
    citations: [],
    missing: null,
    version: 1,
    createdAt: '2025-03-14T09:00:00.000Z',
    updatedAt: '2025-03-14T09:00:00.000Z',
    may: { update: true, delete: true },
    ...changes,
  }
}

/** A server in memory that keeps annotations with versions, and a network that can be cut or made to lose an answer. */
function makeNetwork(stored: AnnotationView[] = []) {
  const rows = new Map(stored.map((row) => [row.id, row]))
  const requests: ApiRequest[] = []
  const network = { online: true, losesAnswer: false, answersWith: null as ApiAnswer | null, rows, requests }
  const handle = ({ method, path, body, ifMatch }: ApiRequest): ApiAnswer => {
    const id = path.split('/')[4] ?? ''
    if (method === 'POST' && path.endsWith('/annotations')) {
      const row = annotation((body as AnnotationView).id, body as Partial<AnnotationView>)
      if (!rows.has(row.id)) rows.set(row.id, row)
      return { status: 201, body: rows.get(row.id) }
    }
    const row = rows.get(id)
    if (row === undefined) return { status: 404, body: { detail: 'There is no such annotation in this workspace.' } }
    if (ifMatch !== row.version) return { status: 412, body: { detail: 'Changed since.', current: row } }
    if (method === 'DELETE') {
      rows.delete(id)
      return { status: 204, body: null }
    }
    const next = { ...row, ...(body as Partial<AnnotationView>), version: row.version + 1 }
    rows.set(id, next)
    return { status: 200, body: next }
  }
  const transport = async (request: ApiRequest): Promise<ApiAnswer> => {
    await Promise.resolve()
    requests.push(request)
    if (!network.online) throw new TypeError('Failed to fetch')
    if (network.answersWith !== null) return network.answersWith
    const answer = handle(request)
    if (network.losesAnswer) {
      network.losesAnswer = false
      throw new TypeError('The connection was lost')
    }
    return answer
  }
  return { ...network, network, transport }
}

/** Timers that run when the test says so. */
function makeTimers() {
  const waiting = new Map<number, { run: () => void; ms: number }>()
  let handle = 0
  return {
    waits: () => [...waiting.values()].map(({ ms }) => ms),
    fire: () => {
      const due = [...waiting.values()]
      waiting.clear()
      for (const { run } of due) run()
    },
    set: (run: () => void, ms: number) => {
      waiting.set(++handle, { run, ms })
      return handle
    },
    clear: (id: number) => {
      waiting.delete(id)
    },
  }
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 0))

function open(stored: AnnotationView[] = []) {
  const server = makeNetwork(stored)
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
    expect(store.getSnapshot().save).toEqual({ unsaved: 0, blocked: 0, waiting: null })
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
    expect(store.getSnapshot().save).toEqual({ unsaved: 0, blocked: 0, waiting: null })
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
    expect(store.getSnapshot().save.waiting).toEqual({ reason: 'server', message: 'the server answered 429' })
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
    expect(problems.get('a')).toEqual({
      kind: 'refused',
      message: 'The note is too long. At most 3 characters fit here.',
      gone: false,
    })
    expect(save).toEqual({ unsaved: 1, blocked: 1, waiting: null })
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
      store.mergeNote('a', 'Theirs\n\nMine')
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
