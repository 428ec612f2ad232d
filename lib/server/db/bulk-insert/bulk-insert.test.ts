import { expect, it } from 'vitest'
import { describeOnBothDatabases } from '../../../../tests/setup/databases'
import { createDocument, createMember, createWorkspace, factoryTime, makeId } from '../../../../tests/setup/factories'
import { createAssignment, createSession } from '../../../../tests/setup/session-factories'
import type { AtOnce, HotRow } from './columns'
import { insertAtOnce, insertRows } from './bulk-insert'

const words = 'Ναι, “ﬁve” 🙂 lamps\n\t\\ and a \u2028 line: 100 %'

describeOnBothDatabases('insertAtOnce', (context) => {
  async function makePlace() {
    const { database } = context
    const { id: workspaceId } = await createWorkspace(database)
    const reviewer = await createMember(database, { workspaceId, role: 'reviewer' })
    const document = await createDocument(database, { workspaceId })
    return { workspaceId, reviewer, document, memberId: reviewer.memberId }
  }
  type Place = Awaited<ReturnType<typeof makePlace>>

  function annotationOf({ workspaceId, document, memberId }: Place, id = makeId()): HotRow<'Annotation'> {
    const stamps = { createdAt: factoryTime, updatedAt: factoryTime }
    const span = { start: 0, end: 7, exact: words, rating: 'unsourced', disputed: true, partial: false }
    const owner = { workspaceId, revisionId: document.revisionId, sessionId: null, authorId: memberId }
    return { id, ...owner, ...span, note: words, phase: 'open', ...stamps }
  }

  function eventOf({ workspaceId, document, memberId }: Place, subjectId: string): HotRow<'Event'> {
    const type = 'annotation.created'
    const data = { after: { note: words, list: [1, null, true], quoted: '"' } }
    const place = { workspaceId, documentId: document.id, sessionId: null }
    return { ...place, actorId: memberId, via: 'session', type, subjectId, data, at: factoryTime }
  }

  function givenFor(place: Place, changes: Partial<AtOnce> = {}): AtOnce {
    const annotation = annotationOf(place)
    return {
      rows: { Annotation: [annotation] },
      events: [eventOf(place, annotation.id)],
      assignments: [],
      ...changes,
    }
  }

  async function count(): Promise<[number, number]> {
    const { read } = context.database
    return [await read.annotation.count(), await read.event.count()]
  }

  it('stores every value as the ordinary way does', async () => {
    const { database, engine } = context
    const place = await makePlace()
    const ordinary = annotationOf(place)
    await database.write.$transaction(async (tx) => {
      await insertRows(tx, engine, { table: 'Annotation', rows: [ordinary] })
      await insertRows(tx, engine, { table: 'Event', rows: [eventOf(place, ordinary.id)] })
    })
    const atOnce = annotationOf(place)
    const stored = await insertAtOnce(database, {
      rows: { Annotation: [atOnce] },
      events: [eventOf(place, atOnce.id)],
      assignments: [],
    })
    expect(stored).toBe(true)
    const one = await database.read.annotation.findUniqueOrThrow({
      where: { workspaceId_id: { workspaceId: place.workspaceId, id: ordinary.id } },
    })
    const other = await database.read.annotation.findUniqueOrThrow({
      where: { workspaceId_id: { workspaceId: place.workspaceId, id: atOnce.id } },
    })
    expect({ ...other, id: '' }).toEqual({ ...one, id: '' })
    // Filters compare what is stored, not what is read.
    const since = { createdAt: { gte: factoryTime, lte: factoryTime }, disputed: true, partial: false }
    expect(await database.read.annotation.count({ where: since })).toBe(2)
    const events = await database.read.event.findMany({ orderBy: { sequence: 'asc' } })
    expect(events).toHaveLength(2)
    expect({ ...events[1], sequence: 0, subjectId: '' }).toEqual({ ...events[0], sequence: 0, subjectId: '' })
  })

  it('stores nothing when a row is not new or points nowhere', async () => {
    const { database } = context
    const place = await makePlace()
    const first = givenFor(place)
    expect(await insertAtOnce(database, first)).toBe(true)
    expect(await count()).toEqual([1, 1])
    const again = { ...first, rows: { Annotation: [annotationOf(place), ...(first.rows.Annotation ?? [])] } }
    expect(await insertAtOnce(database, again)).toBe(false)
    expect(await insertAtOnce(database, givenFor({ ...place, memberId: makeId() }))).toBe(false)
    const nowhere = eventOf({ ...place, workspaceId: makeId() }, makeId())
    expect(await insertAtOnce(database, givenFor(place, { events: [nowhere] }))).toBe(false)
    expect(await count()).toEqual([1, 1])
  })

  it('stores marks only while every assignment is open for them', async () => {
    const { database } = context
    const place = await makePlace()
    const reviewers = [place.reviewer]
    const make = async (state: 'started' | 'submitted', sessionState: 'active' | 'adjudication' = 'active') => {
      const documents = [place.document]
      const { id: sessionId } = await createSession(database, { ...place, state: sessionState, documents, reviewers })
      return createAssignment(database, { sessionId, documentId: place.document.id, member: place.reviewer, state })
    }
    const key = (id: string) => ({ workspaceId: place.workspaceId, id })
    const open = await make('started')
    expect(await insertAtOnce(database, givenFor(place, { assignments: [key(open.id)] }))).toBe(true)
    const submitted = await make('submitted')
    const over = await make('started', 'adjudication')
    const elsewhere = { ...key(open.id), workspaceId: makeId() }
    for (const closed of [key(submitted.id), key(over.id), key(makeId()), elsewhere])
      expect(await insertAtOnce(database, givenFor(place, { assignments: [key(open.id), closed] }))).toBe(false)
    expect(await count()).toEqual([1, 1])
  })
})
