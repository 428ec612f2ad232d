import 'fake-indexeddb/auto'
import fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { AnnotationView } from '@/lib/domain/annotations/schema'
import { annotation, author, decision, makeAnnotationServer, makeTimers } from '@/tests/setup/annotation-server'
import { openOutbox, type Outbox } from './outbox-db'
import type { OutboxPlace } from './record'
import { createReviewStore, type ReviewStore } from './review-store'
import { leaseLocks, type RequestLock, type TabChannel, type TabMessage } from './tab-leader'
import { wordsOf } from './words'
import type { Change } from './change'

const place: OutboxPlace = {
  workspaceId: 'workspace-1',
  memberId: author.id,
  memberName: author.name,
  documentId: 'document-1',
  revisionId: 'revision-1',
  title: 'The bridge',
}

let databases = 0
const leave: (() => void)[] = []
afterEach(() => {
  for (const each of leave.splice(0)) each()
})

/** Locks as browsers have them: one holder at a time, the others in line. */
function makeLocks(): RequestLock {
  const held = new Set<string>()
  const lines = new Map<string, (() => void)[]>()
  return async ({ name, signal, ifAvailable = false, whileHeld }) => {
    while (held.has(name)) {
      if (ifAvailable) return false
      await new Promise<void>((resolve) => {
        lines.set(name, [...(lines.get(name) ?? []), resolve])
        signal.addEventListener('abort', () => {
          resolve()
        })
      })
      if (signal.aborted) return false
    }
    held.add(name)
    await whileHeld(new AbortController().signal).finally(() => {
      held.delete(name)
      for (const next of lines.get(name) ?? []) next()
      lines.delete(name)
    })
    return true
  }
}

/** The channel between tabs: a message arrives at the others a moment later, copied as browsers copy it. */
function makeBus(said: TabMessage[]) {
  interface End {
    name: string
    hear: (message: TabMessage) => void
  }
  const ends = new Set<End>()
  return (name: string): TabChannel => {
    const end: End = { name, hear: () => undefined }
    ends.add(end)
    return {
      post: (message) => {
        said.push(message)
        const copy = structuredClone(message)
        for (const other of ends)
          if (other !== end && other.name === name)
            setImmediate(() => {
              if (ends.has(other)) other.hear(copy)
            })
      },
      listen: (listener) => {
        end.hear = listener
      },
      close: () => {
        ends.delete(end)
      },
    }
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => {
      resolve()
    })
  })
}

/** A browser with one database and a server behind it, in which tabs open and die. */
function makeBrowser(stored: readonly AnnotationView[] = []) {
  databases += 1
  const name = `outbox-${String(databases)}`
  const server = makeAnnotationServer(stored)
  const locks = makeLocks()
  /** What the tabs said to each other. */
  const said: TabMessage[] = []
  const bus = makeBus(said)
  interface Opening {
    as?: Partial<OutboxPlace>
    spoil?: (outbox: Outbox) => Outbox
    lock?: RequestLock
    /** The annotations as they were when the page was made; those of the server when it is left out. */
    rows?: readonly AnnotationView[]
    now?: () => number
  }
  const open = (given: Opening = {}) => {
    const timers = makeTimers()
    const merged: string[] = []
    let outbox: Outbox | null = null
    const life = new AbortController()
    const isDead = () => life.signal.aborted
    const store = createReviewStore({
      initial: {
        annotations: new Map(given.rows?.map((row) => [row.id, row]) ?? server.rows),
        decisions: new Map([...server.decisions.values()].map((row) => [row.id, row])),
        scopeChanges: [],
      },
      transport: async (request) => {
        if (isDead()) return new Promise(() => undefined)
        const answer = await server.transport(request)
        return isDead() ? new Promise(() => undefined) : answer
      },
      timers,
      ...(given.now === undefined ? {} : { now: given.now }),
      keep: {
        place: { ...place, ...given.as },
        openOutbox: async () => {
          const opened = await openOutbox(name)
          outbox = given.spoil === undefined ? opened : given.spoil(opened)
          return outbox
        },
        // A tab that dies lets go of its lock at once, in the middle of anything, and never asks again.
        lockOf: () => (request) =>
          life.signal.aborted
            ? new Promise(() => undefined)
            : (given.lock ?? locks)({
                ...request,
                signal: AbortSignal.any([request.signal, life.signal]),
                whileHeld: (lost) => Promise.race([request.whileHeld(lost), aborted(life.signal)]),
              }),
        openChannel: bus,
      },
      onMerged: (id, fromThere) => merged.push(`${id}: ${fromThere.join(', ')}`),
    })
    const stop = store.start()
    const crash = () => {
      life.abort()
      outbox?.close()
    }
    leave.push(crash)
    return { store, timers, merged, stop, crash, save: () => store.getSnapshot().save }
  }
  const kept = async () => {
    const outbox = await openOutbox(name)
    const { records } = await outbox.read(place, 0)
    const groups = await outbox.groups()
    outbox.close()
    return { records, groups }
  }
  return { ...server, name, said, open, kept }
}

const note = (id: string, words: string): Change => ({ kind: 'update-annotation', id, changes: { note: words } })
const decide = (start: number): Change => ({ kind: 'create-decision', view: decision(start) })
const allSaved = (store: ReviewStore) =>
  vi.waitFor(() => {
    expect(store.getSnapshot().save).toMatchObject({ unsaved: 0, waiting: null, storage: 'device' })
  })
const keptOnDevice = (store: ReviewStore, unsaved: number) =>
  vi.waitFor(() => {
    expect(store.getSnapshot().save).toMatchObject({ unsaved, unkept: 0, storage: 'device' })
  })

describe('the outbox', () => {
  test('keeps a write before it is sent and removes it when it is acknowledged', async () => {
    const { open, kept, network } = makeBrowser()
    let atTheServer = -1
    network.beforeAnswer = async () => {
      atTheServer = (await kept()).records.length
    }
    const { store } = open()
    store.write({ kind: 'create-annotation', view: annotation('a') })
    expect(store.getSnapshot().data.annotations.has('a')).toBe(true)
    await allSaved(store)
    expect(atTheServer).toBe(1)
    expect((await kept()).records).toEqual([])
  })

  test('what was written without a network survives a crash and arrives in order, exactly once', async () => {
    const { open, network, effects, kept } = makeBrowser([annotation('a')])
    network.online = false
    const first = open()
    for (let place = 0; place < 50; place++) first.store.write(decide(place * 10))
    first.store.write(note('a', 'One'))
    await keptOnDevice(first.store, 51)
    first.crash()

    const second = open()
    await vi.waitFor(() => {
      expect(second.save().waiting?.reason).toBe('offline')
    })
    expect(second.store.getSnapshot().data.decisions.size).toBe(50)
    expect(second.store.getSnapshot().data.annotations.get('a')?.note).toBe('One')
    second.store.write(note('a', 'Two'))
    second.store.write({ kind: 'delete-annotation', id: 'a' })
    await keptOnDevice(second.store, 53)
    expect((await kept()).groups).toMatchObject([{ place: { title: 'The bridge' }, count: 53 }])
    second.crash()

    network.online = true
    const third = open()
    await allSaved(third.store)
    expect(effects.filter((effect) => effect.startsWith('decide')).sort()).toEqual(
      Array.from({ length: 50 }, (_, place) => `decide ${String(place * 10)}`).sort(),
    )
    expect(effects.filter((effect) => effect.includes(' a'))).toEqual([
      'change a {"note":"One"}',
      'change a {"note":"Two"}',
      'delete a',
    ])
  })

  const before = annotation('a', { note: 'Before' })
  const oneOfEach: { name: string; first: Change[]; write: Change }[] = [
    { name: 'a new annotation', first: [], write: { kind: 'create-annotation', view: annotation('b') } },
    { name: 'a change', first: [], write: note('a', 'After') },
    { name: 'a deletion', first: [], write: { kind: 'delete-annotation', id: 'a' } },
    {
      name: 'a restoration',
      first: [{ kind: 'delete-annotation', id: 'a' }],
      write: { kind: 'restore-annotation', view: before },
    },
    { name: 'a decision', first: [], write: decide(10) },
    { name: 'a withdrawn decision', first: [decide(10)], write: { kind: 'delete-decision', view: decision(10) } },
  ]
  test.each(oneOfEach)('$name that was acknowledged but not removed is not applied twice', async (given) => {
    const { open, effects, kept } = makeBrowser([before])
    const first = open()
    for (const write of given.first) {
      first.store.write(write)
      await allSaved(first.store)
    }
    first.stop()
    // The tab dies between the acknowledgement and the removal.
    const second = open({ spoil: (outbox) => ({ ...outbox, change: () => new Promise(() => undefined) }) })
    second.store.write(given.write)
    await vi.waitFor(() => {
      expect(effects).toHaveLength(given.first.length + 1)
    })
    second.crash()
    expect((await kept()).records).toHaveLength(1)

    const made = [...effects]
    const third = open()
    await vi.waitFor(async () => {
      expect((await kept()).records).toEqual([])
    })
    await allSaved(third.store)
    expect(third.store.getSnapshot().problems.size).toBe(0)
    expect(effects).toEqual(made)
  })

  test('an edit made before a reload meets what others changed in the meantime instead of covering it', async () => {
    const { open, network, rows } = makeBrowser([annotation('a')])
    network.online = false
    const first = open()
    first.store.write(note('a', 'Mine'))
    await keptOnDevice(first.store, 1)
    first.crash()
    rows.set('a', annotation('a', { note: 'Theirs', version: 2 }))
    network.online = true
    const second = open()
    await vi.waitFor(() => {
      expect(second.store.getSnapshot().problems.get('a')).toMatchObject({
        kind: 'conflict',
        theirs: { note: 'Theirs', version: 2 },
        mine: { note: 'Mine' },
        seen: { note: '' },
      })
    })
    expect(rows.get('a')?.note).toBe('Theirs')
  })

  test('an edit behind one that had arrived does not cover what came after that one', async () => {
    const { open, network, rows } = makeBrowser([annotation('a')])
    network.online = false
    const first = open()
    first.store.write(note('a', 'One'))
    await vi.waitFor(() => {
      expect(first.save().waiting?.reason).toBe('offline')
    })
    first.store.write({ kind: 'update-annotation', id: 'a', changes: { rating: 'sourced' } })
    await keptOnDevice(first.store, 2)
    first.crash()
    // The note had arrived, its answer was lost; on top of it the rating was changed elsewhere.
    rows.set('a', annotation('a', { note: 'One', rating: 'contradicted', version: 3 }))
    network.online = true
    const second = open()
    await vi.waitFor(() => {
      expect(second.store.getSnapshot().problems.get('a')).toMatchObject({ theirs: { rating: 'contradicted' } })
    })
    expect(rows.get('a')).toMatchObject({ rating: 'contradicted', version: 3 })
  })

  test('an edit behind one that changed nothing does not cover what stood there unseen', async () => {
    const { open, rows, network } = makeBrowser([annotation('a')])
    const { store } = open()
    await allSaved(store)
    rows.set('a', annotation('a', { note: 'Theirs', rating: 'sourced', version: 2 }))
    network.beforeAnswer = () => {
      network.beforeAnswer = null
      store.write(note('a', 'Mine'))
      return Promise.resolve()
    }
    // It is "sourced" there already: the answer is the row as it stands, with a note that nobody here has seen.
    store.write({ kind: 'update-annotation', id: 'a', changes: { rating: 'sourced' } })
    await vi.waitFor(() => {
      expect(store.getSnapshot().problems.get('a')).toMatchObject({
        theirs: { note: 'Theirs' },
        mine: { note: 'Mine' },
      })
    })
    expect(rows.get('a')?.note).toBe('Theirs')
  })

  test('an edit that began before a change was told of does not cover it', async () => {
    const { open, rows } = makeBrowser([annotation('a')])
    const { store } = open()
    await allSaved(store)
    const began = store.getSnapshot().data.annotations.get('a')
    const theirs = annotation('a', { note: 'Theirs', version: 2 })
    rows.set('a', theirs)
    store.receive([{ kind: 'restore-annotation', view: theirs }])
    store.write(note('a', 'Mine'), began)
    await vi.waitFor(() => {
      expect(store.getSnapshot().problems.get('a')).toMatchObject({
        theirs: { note: 'Theirs' },
        mine: { note: 'Mine' },
      })
    })
    expect(rows.get('a')?.note).toBe('Theirs')
    store.discardMine('a')
    // With nothing changed in between, a beginning of long ago is no matter.
    store.write({ kind: 'update-annotation', id: 'a', changes: { partial: true } }, began)
    await allSaved(store)
    expect(rows.get('a')).toMatchObject({ note: 'Theirs', partial: true })
  })

  test('an edit made with the change from elsewhere in view stands on it', async () => {
    const { open, network, rows } = makeBrowser([annotation('a')])
    network.online = false
    const first = open()
    first.store.write(note('a', 'One'))
    await keptOnDevice(first.store, 1)
    first.crash()
    rows.set('a', annotation('a', { note: 'One', rating: 'contradicted', version: 3 }))
    const second = open()
    await keptOnDevice(second.store, 1)
    second.store.write({ kind: 'update-annotation', id: 'a', changes: { rating: 'not_checkable' } })
    network.online = true
    second.timers.fire()
    await allSaved(second.store)
    expect(rows.get('a')).toMatchObject({ note: 'One', rating: 'not_checkable' })
  })

  test('a deletion of what was changed elsewhere is asked about, with the changed one in view', async () => {
    const { open, rows } = makeBrowser([annotation('a')])
    const { store } = open()
    await allSaved(store)
    rows.set('a', annotation('a', { note: 'Theirs', version: 2 }))
    store.write({ kind: 'delete-annotation', id: 'a' })
    await vi.waitFor(() => {
      expect(store.getSnapshot().problems.get('a')).toMatchObject({ kind: 'conflict', mine: null })
    })
    expect(store.getSnapshot().data.annotations.get('a')?.note).toBe('Theirs')
    store.keepMine('a')
    await allSaved(store)
    expect(rows.has('a')).toBe(false)
  })

  test('a change of what was deleted elsewhere keeps its words over a reload and can bring it back', async () => {
    const { open, network, rows, deleted, kept } = makeBrowser([annotation('a', { note: 'Before' })])
    network.online = false
    const first = open()
    first.store.write({ kind: 'update-annotation', id: 'a', changes: { rating: 'sourced' } })
    await keptOnDevice(first.store, 1)
    first.crash()
    rows.delete('a')
    deleted.set('a', annotation('a', { note: 'Before', version: 2 }))
    network.online = true
    const { store } = open()
    await vi.waitFor(() => {
      expect(store.getSnapshot().problems.get('a')).toMatchObject({ kind: 'refused', gone: true })
    })
    expect(store.getSnapshot().data.annotations.get('a')).toMatchObject({ rating: 'sourced', note: 'Before' })
    store.bringBack('a')
    await allSaved(store)
    expect(rows.get('a')).toMatchObject({ rating: 'sourced', note: 'Before' })
    expect((await kept()).records).toEqual([])
  })

  test('a refusal keeps the words on the device until they are discarded', async () => {
    const { open, network, kept } = makeBrowser()
    network.answersWith = { status: 409, body: { detail: 'This work was submitted; ask for it back to change it.' } }
    const first = open()
    first.store.write({ kind: 'create-annotation', view: annotation('a', { note: 'My words' }) })
    await vi.waitFor(() => {
      expect(first.save().blocked).toBe(1)
    })
    first.crash()
    const { store } = open()
    await vi.waitFor(() => {
      expect(store.getSnapshot().problems.get('a')).toMatchObject({
        kind: 'refused',
        gone: false,
        message: 'This work was submitted; ask for it back to change it.',
      })
    })
    const problem = store.getSnapshot().problems.get('a')
    expect(problem?.kind === 'refused' && wordsOf(problem.records)).toBe('“Words”\nRating: unsourced\nNote: My words')
    store.discardMine('a')
    await allSaved(store)
    expect((await kept()).records).toEqual([])
  })

  test('an expired sign-in keeps everything, and signing in again sends it', async () => {
    const { open, network, effects } = makeBrowser([annotation('a')])
    network.signedInAs = null
    const first = open()
    first.store.write(note('a', 'Mine'))
    await vi.waitFor(() => {
      expect(first.save()).toMatchObject({ unsaved: 1, unkept: 0, waiting: { reason: 'signed-out' } })
    })
    first.crash()
    network.signedInAs = author.id
    await allSaved(open().store)
    expect(effects).toEqual(['change a {"note":"Mine"}'])
  })

  test('one member’s writes are never sent as another', async () => {
    const { open, network, effects, kept } = makeBrowser([annotation('a')])
    network.online = false
    const minas = open()
    minas.store.write(note('a', 'Mina’s'))
    await keptOnDevice(minas.store, 1)
    network.online = true
    network.signedInAs = 'member-2'
    minas.timers.fire()
    await vi.waitFor(() => {
      expect(minas.save().waiting?.reason).toBe('other-member')
    })
    minas.crash()
    const tomass = open({ as: { memberId: 'member-2', memberName: 'Tomas Bell' } })
    tomass.store.write(decide(10))
    await allSaved(tomass.store)
    expect(effects).toEqual(['decide 10'])
    expect((await kept()).groups).toMatchObject([{ place: { memberName: 'Mina Reyes' }, count: 1 }])
  })

  test.each([
    ['cannot be opened', { open: true }],
    ['is full', { open: false }],
  ])('when the database %s, it works in memory and says so', async (_, { open: failsToOpen }) => {
    const { open, effects, network } = makeBrowser()
    network.online = false
    const refuse = () => Promise.reject(new Error('No room'))
    const { store, save, timers } = open({
      spoil: (outbox) => (failsToOpen ? { ...outbox, read: refuse } : { ...outbox, add: refuse }),
    })
    store.write(decide(10))
    await vi.waitFor(() => {
      expect(save()).toMatchObject({ storage: 'page', unsaved: 1, unkept: 1, waiting: { reason: 'offline' } })
    })
    network.online = true
    timers.fire()
    await vi.waitFor(() => {
      expect(save().unsaved).toBe(0)
    })
    expect(effects).toEqual(['decide 10'])
  })

  test('a page that opens alone tries again what an earlier one was refused', async () => {
    const { open, network, effects, kept } = makeBrowser()
    network.answersWith = { status: 409, body: { detail: 'This work was submitted.' } }
    const first = open()
    first.store.write(decide(10))
    await vi.waitFor(async () => {
      expect((await kept()).records[0]?.problem?.kind).toBe('refused')
    })
    first.crash()
    network.answersWith = null
    const { store } = open()
    await allSaved(store)
    expect(effects).toEqual(['decide 10'])
  })

  test('an annotation that the device had no room for goes out before its change, for which there was room', async () => {
    const { open, network, effects } = makeBrowser()
    network.online = false
    let isFull = true
    const { store, timers, save } = open({
      spoil: (outbox) => ({
        ...outbox,
        add: (record) => (isFull ? Promise.reject(new Error('No room')) : outbox.add(record)),
      }),
    })
    // Four other lanes are on their way, so that this one is not.
    for (const start of [10, 20, 30, 40]) store.write(decide(start))
    store.write({ kind: 'create-annotation', view: annotation('a') })
    await vi.waitFor(() => {
      expect(save()).toMatchObject({ unkept: 5, waiting: { reason: 'offline' } })
    })
    isFull = false
    store.write(note('a', 'Mine'))
    await vi.waitFor(() => {
      expect(save()).toMatchObject({ unsaved: 6, unkept: 5 })
    })
    network.online = true
    timers.fire()
    await vi.waitFor(() => {
      expect(save()).toMatchObject({ unsaved: 0, blocked: 0 })
    })
    expect(effects.filter((effect) => effect.includes(' a'))).toEqual(['create a', 'change a {"note":"Mine"}'])
  })

  test('records of the first version of the database are sent', async () => {
    const { open, name, effects, kept } = makeBrowser()
    const request = indexedDB.open(name, 1)
    request.onupgradeneeded = () => {
      const writes = request.result.createObjectStore('writes', { autoIncrement: true })
      writes.createIndex('place', ['place.memberId', 'place.revisionId'])
      request.result.createObjectStore('leases', { keyPath: 'name' })
      const base = { version: null, after: null }
      const rest = { schema: 1, place, lane: 'decision:10', base, seen: null, madeAt: '2025-03-14T09:00:00.000Z' }
      writes.add({ id: 'one', write: decide(10), ...rest })
    }
    await new Promise((resolve) => {
      request.onsuccess = resolve
    })
    request.result.close()
    await allSaved(open().store)
    expect(effects).toEqual(['decide 10'])
    expect((await kept()).records).toEqual([])
  })

  test('what tabs leave for each other is taken off the device after an hour', async () => {
    const { open, name, kept } = makeBrowser()
    const { store, stop } = open()
    store.write(decide(10))
    await allSaved(store)
    stop()
    const noticesAt = async (time: number) => {
      const outbox = await openOutbox(name, () => time)
      const { notices } = await outbox.read(place, 0)
      outbox.close()
      return notices.length
    }
    expect((await kept()).records).toEqual([])
    expect(await noticesAt(Date.now() + 59 * 60_000)).toBe(1)
    expect(await noticesAt(Date.now() + 61 * 60_000)).toBe(0)
  })

  test('records of a newer program are left alone', async () => {
    const name = 'outbox-newer'
    const outbox = await openOutbox(name)
    const request = indexedDB.open(name)
    await new Promise((resolve) => {
      request.onsuccess = resolve
    })
    const tx = request.result.transaction('writes', 'readwrite')
    tx.objectStore('writes').add({ schema: 2, place, write: { kind: 'unheard-of' } })
    await new Promise((resolve) => {
      tx.oncomplete = resolve
    })
    request.result.close()
    expect((await outbox.read(place, 0)).records).toEqual([])
    outbox.close()
  })
})

describe('two tabs of one document', () => {
  async function twoTabs(stored: readonly AnnotationView[] = [annotation('a')]) {
    const browser = makeBrowser(stored)
    const first = browser.open()
    await allSaved(first.store)
    const second = browser.open()
    await allSaved(second.store)
    return { ...browser, first, second }
  }

  test('one of them sends, the other sees what became of it', async () => {
    const { first, second, effects, requests } = await twoTabs()
    for (let place = 0; place < 20; place++) (place % 2 === 0 ? first : second).store.write(decide(place * 10))
    await allSaved(first.store)
    await allSaved(second.store)
    expect(effects).toHaveLength(20)
    expect(requests).toHaveLength(20)
    for (const { store } of [first, second]) expect(store.getSnapshot().data.decisions.size).toBe(20)
  })

  test('the writes of one annotation keep their order across tabs', async () => {
    const { first, second, rows } = await twoTabs()
    for (let round = 0; round < 10; round++) {
      const { store } = round % 2 === 0 ? first : second
      store.write(note('a', `Round ${String(round)}`))
      await vi.waitFor(() => {
        for (const tab of [first, second])
          expect(tab.store.getSnapshot().data.annotations.get('a')?.note).toBe(`Round ${String(round)}`)
      })
    }
    await allSaved(first.store)
    await allSaved(second.store)
    expect(first.store.getSnapshot().problems.size).toBe(0)
    expect(rows.get('a')?.note).toBe('Round 9')
  })

  test('when the tab that sends dies, the other sends what is left', async () => {
    const { first, second, network, effects } = await twoTabs()
    network.online = false
    first.store.write(decide(10))
    second.store.write(decide(20))
    await keptOnDevice(first.store, 2)
    await keptOnDevice(second.store, 2)
    first.crash()
    network.online = true
    await allSaved(second.store)
    expect(effects.sort()).toEqual(['decide 10', 'decide 20'])
  })

  test('a tab that is hidden hands over, and questions that are open stay open', async () => {
    const { first, second, rows, requests } = await twoTabs([annotation('a'), annotation('b')])
    rows.set('b', annotation('b', { note: 'Theirs', version: 2 }))
    first.store.write(note('b', 'Mine'))
    await vi.waitFor(() => {
      for (const { store } of [first, second]) expect(store.getSnapshot().problems.get('b')?.kind).toBe('conflict')
    })
    first.store.handOver()
    await new Promise((resolve) => setTimeout(resolve, 50))
    first.crash()
    second.store.write(note('a', 'From the second'))
    await vi.waitFor(() => {
      expect(rows.get('a')?.note).toBe('From the second')
    })
    expect(second.store.getSnapshot().problems.get('b')).toMatchObject({ kind: 'conflict', theirs: { note: 'Theirs' } })
    expect(requests.filter(({ path }) => path.endsWith('/b'))).toHaveLength(1)
    second.store.choose('b', { note: 'Both' })
    await allSaved(second.store)
    expect(rows.get('b')?.note).toBe('Both')
  })

  test('the other tab shows why nothing goes out, and its retry reaches the one that sends', async () => {
    const { first, second, network, effects } = await twoTabs()
    network.online = false
    second.store.write(decide(10))
    await vi.waitFor(() => {
      expect(second.save().waiting?.reason).toBe('offline')
    })
    network.online = true
    second.store.retryNow()
    await allSaved(first.store)
    await allSaved(second.store)
    expect(effects).toEqual(['decide 10'])
  })

  test('the same words changed in both at once: the later one is asked, in either tab', async () => {
    const { first, second, rows } = await twoTabs()
    first.store.write(note('a', 'From the first'))
    second.store.write(note('a', 'From the second'))
    await vi.waitFor(() => {
      for (const { store } of [first, second]) expect(store.getSnapshot().problems.get('a')?.kind).toBe('conflict')
    })
    const problem = second.store.getSnapshot().problems.get('a')
    if (problem?.kind !== 'conflict') throw new Error('There is no conflict')
    expect([problem.theirs.note, problem.mine?.note].sort()).toEqual(['From the first', 'From the second'])
    second.store.choose('a', { note: 'From both' })
    await allSaved(first.store)
    await allSaved(second.store)
    expect(rows.get('a')?.note).toBe('From both')
    for (const { store } of [first, second])
      expect(store.getSnapshot().data.annotations.get('a')?.note).toBe('From both')
  })

  test('different parts changed in both at once are both kept', async () => {
    const { first, second, rows } = await twoTabs()
    first.store.write(note('a', 'From the first'))
    second.store.write({ kind: 'update-annotation', id: 'a', changes: { rating: 'not_checkable' } })
    await allSaved(first.store)
    await allSaved(second.store)
    expect(rows.get('a')).toMatchObject({ note: 'From the first', rating: 'not_checkable' })
    expect([...first.merged, ...second.merged]).toHaveLength(1)
  })

  test('they say only that the list changed, or that it is to be sent now', async () => {
    const { first, second, said } = await twoTabs()
    first.store.write(note('a', 'From the first'))
    await allSaved(second.store)
    second.store.write(decide(10))
    second.store.retryNow()
    await allSaved(first.store)
    expect(new Set(said)).toEqual(new Set(['changed', 'retry']))
  })

  test('a page that was made before a change arrived learns of it from the list', async () => {
    const before = [annotation('a')]
    const { open } = makeBrowser(before)
    const first = open()
    first.store.write(note('a', 'From the first'))
    await allSaved(first.store)
    const second = open({ rows: before })
    await vi.waitFor(() => {
      expect(second.store.getSnapshot().data.annotations.get('a')).toMatchObject({ note: 'From the first', version: 2 })
    })
  })

  test('a page that was made long after a decision arrived does not bring it back', async () => {
    const { open, decisions } = makeBrowser()
    const first = open()
    first.store.write(decide(10))
    await allSaved(first.store)
    // Withdrawn on another device.
    decisions.clear()
    const second = open({ now: () => Date.now() + 120_000 })
    await allSaved(second.store)
    first.store.write(decide(20))
    await vi.waitFor(() => {
      expect([...second.store.getSnapshot().data.decisions.values()].map(({ start }) => start)).toEqual([20])
    })
  })

  test('law: tabs that open, die, hand over and lose their network send every decision once', async () => {
    const step = fc.oneof(
      { weight: 4, arbitrary: fc.record({ kind: fc.constant('decide' as const), tab: fc.nat(1) }) },
      fc.record({ kind: fc.constantFrom('crash' as const, 'hand over' as const), tab: fc.nat(1) }),
      fc.constantFrom({ kind: 'online' as const }, { kind: 'offline' as const }, { kind: 'lose an answer' as const }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
        const { open, network, effects, kept } = makeBrowser()
        const tabs = [open(), open()]
        let made = 0
        for (const each of steps) {
          const which = 'tab' in each ? each.tab : 0
          const tab = tabs[which]
          if (tab === undefined) continue
          if (each.kind === 'decide') {
            made += 1
            tab.store.write(decide(made * 10))
          } else if (each.kind === 'crash') {
            await vi.waitFor(() => {
              expect(tab.save()).toMatchObject({ unkept: 0, storage: 'device' })
            }, 10_000)
            tab.crash()
            tabs[which] = open()
          } else if (each.kind === 'hand over') tab.store.handOver()
          else if (each.kind === 'lose an answer') network.losesAnswer = true
          else network.online = each.kind === 'online'
          await new Promise((resolve) => setImmediate(resolve))
        }
        network.online = true
        network.losesAnswer = false
        for (const { store } of tabs) {
          await vi.waitFor(() => {
            for (const tab of tabs) tab.timers.fire()
            expect(store.getSnapshot().save).toMatchObject({ unsaved: 0, waiting: null, storage: 'device' })
            expect(store.getSnapshot().data.decisions.size).toBe(made)
          }, 10_000)
        }
        expect(effects.sort()).toEqual(Array.from({ length: made }, (_, n) => `decide ${String((n + 1) * 10)}`).sort())
        expect((await kept()).records).toEqual([])
        for (const tab of tabs) tab.crash()
      }),
      { numRuns: 15 },
    )
  }, 60_000)

  test('without the browser’s locks a lease does the same', async () => {
    const browser = makeBrowser()
    const outbox = await openOutbox('leases')
    let time = 0
    const lockOf = (holder: string) => leaseLocks(outbox, { holder, now: () => time })
    const first = browser.open({ lock: lockOf('one') })
    await allSaved(first.store)
    const second = browser.open({ lock: lockOf('two') })
    first.store.write(decide(10))
    second.store.write(decide(20))
    await allSaved(first.store)
    await allSaved(second.store)
    expect(browser.effects.sort()).toEqual(['decide 10', 'decide 20'])
    expect(browser.requests).toHaveLength(2)
    time += 60_000
    expect(
      await outbox.lease({ name: 'sourcemark:member-1:revision-1', holder: 'two', now: time, until: time + 1 }),
    ).toBe(true)
    outbox.close()
  })
})
