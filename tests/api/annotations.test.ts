import { expect, it } from 'vitest'
import { insertRows } from '../../lib/server/db/bulk-insert/bulk-insert'
import { describeOnBothDatabases, type DatabaseContext } from '../setup/databases'
import { createDocument, createMember, createReference, createWorkspace, makeId } from '../setup/factories'
import { call, sessionOf, type Answer } from './calls'
import { firstSentence, makeWorld, secondSentence, worldText, type World } from './world'

interface Citation {
  id: string
  quote: string
  quoteStart: number | null
  quoteEnd: number | null
  reference: { id: string }
}

function post(world: World, json: object): Promise<Answer> {
  return call({
    method: 'post',
    path: `/revisions/${world.document.revisionId}/annotations`,
    as: world.sessions.reviewer,
    json,
  })
}

function patch(world: World, id: string, json: object, version: number): Promise<Answer> {
  return call({ method: 'patch', path: `/annotations/${id}`, as: world.sessions.reviewer, json, version })
}

function eventsOf(context: DatabaseContext, subjectId: string) {
  return context.database.read.event.findMany({
    where: { subjectId },
    orderBy: { sequence: 'asc' },
    select: { type: true, data: true, via: true },
  })
}

async function referenceWithSnapshot(world: World, snapshotText: string): Promise<string> {
  const answer = await call({
    method: 'post',
    path: '/references',
    as: world.sessions.reviewer,
    json: { csl: { type: 'report', title: 'Harbour log' }, snapshotText },
  })
  expect(answer.status, answer.text).toBe(201)
  return answer.json.id as string
}

const refusedSpans: [name: string, span: object, says: string][] = [
  ['past the end', { start: 0, end: 9999 }, `has ${worldText.length} UTF-16`],
  ['empty', { start: 4, end: 4 }, 'greater than'],
  ['of white space', { start: 25, end: 26 }, 'white space'],
  ['through a character', { start: 26, end: 46 }, 'inside a character'],
  ['with other words', { start: 0, end: 5, exact: 'mayor' }, 'is \\"Sales\\", not \\"mayor\\". Those words are at 30'],
  ['with a negative start', { start: -1, end: 4 }, 'start'],
  ['with a fraction', { start: 0.5, end: 4 }, 'start'],
]

describeOnBothDatabases('annotations', (context) => {
  it('take the slice, and answer the same to the same request', async () => {
    const world = await makeWorld(context.database)
    const id = makeId()
    const json = {
      id,
      ...secondSentence,
      rating: 'sourced',
      note: '🐟\u200f',
      citations: [{ referenceId: world.reference.id, stance: 'mentions' }],
    }
    const first = await post(world, json)
    expect(first.status, first.text).toBe(201)
    expect(first.headers.get('etag')).toBe('"1"')
    expect(first.json).toMatchObject({
      id,
      exact: worldText.slice(secondSentence.start, secondSentence.end),
      missing: 'supporting-citation',
      version: 1,
    })
    const again = await post(world, { ...json, exact: first.json.exact })
    expect(again.status).toBe(200)
    expect(again.json).toEqual(first.json)
    const put = await call({
      method: 'put',
      path: `/annotations/${id}`,
      as: world.sessions.reviewer,
      json: { ...json, id: undefined, revisionId: world.document.revisionId },
    })
    expect(put.status).toBe(200)
    expect((await eventsOf(context, id)).map(({ type }) => type)).toEqual(['annotation.created'])
  })

  it('stay one when a repeated creation comes after an edit, and are gone after a deletion', async () => {
    const world = await makeWorld(context.database)
    const json = { id: makeId(), ...firstSentence, rating: 'unsourced' }
    await post(world, json)
    await patch(world, json.id, { note: 'Edited' }, 1)
    const again = await post(world, json)
    expect(again).toMatchObject({ status: 200, json: { note: 'Edited', version: 2 } })
    await call({ method: 'delete', path: `/annotations/${json.id}`, as: world.sessions.reviewer, version: 2 })
    expect(await post(world, json)).toMatchObject({ status: 410, json: { code: 'gone' } })
  })

  it('refuse an id with another content or another author', async () => {
    const world = await makeWorld(context.database)
    const json = { id: makeId(), ...firstSentence, rating: 'unsourced' }
    await post(world, json)
    expect(await post(world, { ...json, note: 'Other' })).toMatchObject({
      status: 409,
      json: { code: 'conflict', current: { id: json.id, note: '' } },
    })
    const path = `/revisions/${world.document.revisionId}/annotations`
    expect(await call({ method: 'post', path, as: world.sessions.lead, json })).toMatchObject({ status: 409 })
  })

  it.each(refusedSpans)('refuse a span %s', async (_name, span, says) => {
    const world = await makeWorld(context.database)
    const answer = await post(world, { rating: 'unsourced', ...span })
    expect(answer).toMatchObject({ status: 422, json: { code: 'invalid', fields: [{}] } })
    expect(answer.text).toContain(says)
    expect(await context.database.read.event.count()).toBe(0)
  })

  it('may overlap, and come in the order of the text, page by page', async () => {
    const world = await makeWorld(context.database)
    for (const [start, end] of [
      [6, 10],
      [0, 25],
      [6, 20],
      [0, 5],
    ] as const)
      await post(world, { start, end, rating: 'unsourced' })
    const path = `/revisions/${world.document.revisionId}/annotations`
    const seen: unknown[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const query: string = cursor === '' ? '?limit=2' : `?limit=2&cursor=${cursor}`
      const page = await call({ method: 'get', path: `${path}${query}`, as: world.sessions.viewer })
      expect(page.status, page.text).toBe(200)
      seen.push(...(page.json.items as { start: number }[]).map(({ start }) => start))
      cursor = page.json.next as string | null
    }
    expect(seen).toEqual([0, 0, 0, 6, 6])
    const own = await call({
      method: 'get',
      path: `${path}?author=${world.members.viewer.memberId}`,
      as: world.sessions.viewer,
    })
    expect(own.json.items).toEqual([])
    expect(await call({ method: 'get', path: `${path}?cursor=bm9uc2Vuc2U`, as: world.sessions.viewer })).toMatchObject({
      status: 422,
    })
  })

  it('find quotes in the snapshot of what they cite', async () => {
    const world = await makeWorld(context.database)
    const snapshot = 'Day 3.\nThe harbour\n  froze twice.\nDay 4.'
    const referenceId = await referenceWithSnapshot(world, snapshot)
    const cite = (quote: string) => ({ referenceId, stance: 'supports', quote })
    const answer = await post(world, {
      ...firstSentence,
      rating: 'sourced',
      citations: [cite('Day 3.'), cite('The harbour froze twice.'), cite('The harbour thawed.'), cite('')],
    })
    expect(answer.json.missing).toBeNull()
    const found = (answer.json.citations as Citation[]).map(({ quoteStart, quoteEnd }) =>
      quoteStart === null || quoteEnd === null ? null : snapshot.slice(quoteStart, quoteEnd),
    )
    expect(found).toEqual(['Day 3.', 'The harbour\n  froze twice.', null, null])
    const moved = await call({
      method: 'patch',
      path: `/references/${referenceId}`,
      as: world.sessions.reviewer,
      version: 1,
      json: { snapshotText: 'The harbour thawed.' },
    })
    expect(moved.status, moved.text).toBe(200)
    const after = await call({
      method: 'get',
      path: `/annotations/${String(answer.json.id)}`,
      as: world.sessions.viewer,
    })
    expect((after.json.citations as Citation[]).map(({ quoteStart }) => quoteStart)).toEqual([null, null, 0, null])
  })

  it('knows a creation that is sent again, also with the place of its quote', async () => {
    const world = await makeWorld(context.database)
    const referenceId = await referenceWithSnapshot(world, 'The mayor spoke.')
    const citations = [{ referenceId, stance: 'supports', quote: 'mayor', quoteStart: 4 }]
    const json = { id: makeId(), ...firstSentence, rating: 'sourced', citations }
    expect((await post(world, json)).status).toBe(201)
    expect((await post(world, json)).status).toBe(200)
  })

  it('find quotes despite their typography, say how they differ, and keep the place they were taken from', async () => {
    const world = await makeWorld(context.database)
    const snapshot = 'The mayor’s office wrote. The mayor’s office wrote 1990–95.'
    const referenceId = await referenceWithSnapshot(world, snapshot)
    const cite = (quote: string, quoteStart?: number) => ({ referenceId, stance: 'supports', quote, quoteStart })
    const { json } = await post(world, {
      ...firstSentence,
      rating: 'sourced',
      citations: [
        cite("The mayor's office"),
        cite('The mayor’s office', 26),
        cite("mayor's office wrote 1990-95"),
        cite('The mayor', 7),
      ],
    })
    expect(json.citations).toMatchObject([
      { quote: "The mayor's office", quoteStart: 0, quoteEnd: 18, quoteDifferences: ['quotation-marks'] },
      { quoteStart: 26, quoteEnd: 44 },
      { quoteStart: 30, quoteEnd: 58, quoteDifferences: ['quotation-marks', 'dashes'] },
      // Words that are not at the given place are searched for.
      { quoteStart: 0, quoteEnd: 9 },
    ])
    expect((json.citations as object[])[1]).not.toHaveProperty('quoteDifferences')
  })

  it('replace their citations as a list', async () => {
    const world = await makeWorld(context.database)
    const other = await createReference(context.database, { workspaceId: world.workspaceId })
    const first = await post(world, {
      ...firstSentence,
      rating: 'contradicted',
      citations: [{ referenceId: world.reference.id, stance: 'contradicts' }],
    })
    const id = first.json.id as string
    const kept = (first.json.citations as Citation[])[0]?.id
    const citations = [
      { referenceId: other.id, stance: 'mentions' },
      { id: kept, referenceId: world.reference.id, stance: 'contradicts', locator: 'p. 3' },
    ]
    const changed = await patch(world, id, { citations }, 1)
    expect(changed.status, changed.text).toBe(200)
    expect(changed.json).toMatchObject({
      version: 2,
      missing: null,
      citations: [{ reference: { id: other.id } }, { id: kept, locator: 'p. 3' }],
    })
    expect(await patch(world, id, { citations: [] }, 2)).toMatchObject({
      status: 200,
      json: { citations: [], missing: 'contradicting-citation' },
    })
    expect((await call({ method: 'get', path: `/annotations/${id}`, as: world.sessions.viewer })).json).toMatchObject({
      version: 3,
      citations: [],
    })
    const [, edit] = await eventsOf(context, id)
    expect(edit).toMatchObject({
      type: 'annotation.updated',
      data: { before: { citations: [{ id: kept }] }, after: { citations: [{}, { id: kept }] } },
    })
  })

  it('refuse citations of references that are not here', async () => {
    const world = await makeWorld(context.database)
    const { id: elsewhere } = await createWorkspace(context.database)
    const foreign = await createReference(context.database, { workspaceId: elsewhere })
    for (const referenceId of [foreign.id, makeId()]) {
      const answer = await post(world, {
        ...firstSentence,
        rating: 'sourced',
        citations: [{ referenceId, stance: 'supports' }],
      })
      expect(answer).toMatchObject({ status: 422, json: { fields: [{ path: 'citations.0.referenceId' }] } })
    }
    const twice = { id: makeId(), referenceId: world.reference.id, stance: 'supports' }
    expect(await post(world, { ...firstSentence, rating: 'sourced', citations: [twice, twice] })).toMatchObject({
      status: 422,
    })
    const one = await post(world, { ...firstSentence, rating: 'sourced', citations: [twice] })
    expect(one.status).toBe(201)
    expect(await post(world, { ...firstSentence, rating: 'sourced', citations: [twice] })).toMatchObject({
      status: 409,
    })
    expect(await context.database.read.annotation.count({ where: { start: 0, end: 25 } })).toBe(1)
  })

  it('belong to their author', async () => {
    const world = await makeWorld(context.database)
    const path = `/annotations/${world.annotation.id}`
    for (const as of [world.sessions.owner, world.sessions.lead]) {
      expect(await call({ method: 'patch', path, as, json: { note: 'Mine' }, version: 1 })).toMatchObject({
        status: 403,
      })
      expect(await call({ method: 'delete', path, as, version: 1 })).toMatchObject({ status: 403 })
      expect((await call({ method: 'get', path, as })).json.may).toEqual({ update: false, delete: false })
    }
    expect((await call({ method: 'get', path, as: world.sessions.reviewer })).json.may).toEqual({
      update: true,
      delete: true,
    })
  })

  it('are hidden by deleting and come back as they were', async () => {
    const world = await makeWorld(context.database)
    const path = `/annotations/${world.annotation.id}`
    const before = await call({ method: 'get', path, as: world.sessions.reviewer })
    const remove = () => call({ method: 'delete', path, as: world.sessions.reviewer, version: 1 })
    expect((await remove()).status).toBe(204)
    expect((await remove()).status, 'repeated').toBe(204)
    expect((await call({ method: 'get', path, as: world.sessions.reviewer })).status).toBe(404)
    expect((await patch(world, world.annotation.id, { note: 'x' }, 2)).status).toBe(404)
    const restored = await call({ method: 'post', path: `${path}/restore`, as: world.sessions.reviewer })
    expect(restored.json).toMatchObject({ ...before.json, version: 3, updatedAt: restored.json.updatedAt })
    const types = (await eventsOf(context, world.annotation.id)).map(({ type }) => type)
    expect(types).toEqual(['annotation.deleted', 'annotation.restored'])
  })

  it('take exactly one of two edits of one version, and take the same edit twice', async () => {
    const world = await makeWorld(context.database)
    const notes = Array.from({ length: 8 }, (_, place) => `Note ${String(place)}`)
    const answers = await Promise.all(notes.map((note) => patch(world, world.annotation.id, { note }, 1)))
    const won = answers.filter(({ status }) => status === 200)
    expect(won).toHaveLength(1)
    for (const lost of answers.filter(({ status }) => status !== 200)) {
      expect(lost).toMatchObject({
        status: 412,
        json: { code: 'version-mismatch', current: { version: 2, note: won[0]?.json.note } },
      })
    }
    const repeated = await patch(world, world.annotation.id, { note: won[0]?.json.note as string }, 1)
    expect(repeated).toMatchObject({ status: 200, json: { version: 2 } })
    expect(await eventsOf(context, world.annotation.id)).toHaveLength(1)
  })

  it('are made once when the same creation comes eight times at once', async () => {
    const world = await makeWorld(context.database)
    const json = { id: makeId(), ...firstSentence, rating: 'unsourced' }
    const answers = await Promise.all(Array.from({ length: 8 }, () => post(world, json)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 200, 200, 201])
    expect(await eventsOf(context, json.id)).toHaveLength(1)
  })

  it('fail alone in a crowd', async () => {
    const world = await makeWorld(context.database)
    const id = makeId()
    await post(world, { id, ...firstSentence, rating: 'unsourced' })
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, place) =>
        post(
          world,
          place % 5 === 0
            ? { id, ...secondSentence, rating: 'unsourced' }
            : { id: makeId(), ...secondSentence, rating: 'unsourced' },
        ),
      ),
    )
    expect(answers.map(({ status }) => status)).toEqual(
      Array.from({ length: 20 }, (_, place) => (place % 5 === 0 ? 409 : 201)),
    )
    const rows = await context.database.read.annotation.count({ where: { ...secondSentence } })
    expect(rows).toBe(16)
    expect(await context.database.read.event.count({ where: { type: 'annotation.created' } })).toBe(17)
  })

  it('vanish with their document and return with it', async () => {
    const world = await makeWorld(context.database)
    const path = `/annotations/${world.annotation.id}`
    await call({ method: 'delete', path: `/documents/${world.document.id}`, as: world.sessions.lead, version: 1 })
    expect((await call({ method: 'get', path, as: world.sessions.reviewer })).status).toBe(404)
    expect((await post(world, { ...firstSentence, rating: 'unsourced' })).status).toBe(404)
    expect((await patch(world, world.annotation.id, { note: 'x' }, 1)).status).toBe(404)
    await call({ method: 'post', path: `/documents/${world.document.id}/restore`, as: world.sessions.lead })
    expect((await call({ method: 'get', path, as: world.sessions.reviewer })).status).toBe(200)
  })

  it('of a long text are listed fast', async () => {
    const world = await makeWorld(context.database)
    const words = Array.from({ length: 2_000 }, (_, place) => `word${String(place)}`).join(' ')
    const document = await createDocument(context.database, { workspaceId: world.workspaceId, text: words })
    const author = await createMember(context.database, { workspaceId: world.workspaceId })
    const now = new Date()
    await context.database.write.$transaction((tx) =>
      insertRows(tx, context.engine, {
        table: 'Annotation',
        rows: Array.from({ length: 10_000 }, (_, place) => ({
          id: makeId(),
          workspaceId: world.workspaceId,
          revisionId: document.revisionId,
          sessionId: null,
          authorId: author.memberId,
          start: place,
          end: place + 4,
          exact: document.text.slice(place, place + 4),
          rating: 'unsourced',
          disputed: false,
          partial: false,
          note: '',
          phase: 'open',
          createdAt: now,
          updatedAt: now,
        })),
      }),
    )
    const as = await sessionOf(author)
    const path = `/revisions/${document.revisionId}/annotations?limit=1000`
    await call({ method: 'get', path, as })
    const started = performance.now()
    const page = await call({ method: 'get', path, as })
    expect((page.json.items as unknown[]).length).toBe(1000)
    // A generous bound that only a table scan or a query per row would exceed.
    expect(performance.now() - started).toBeLessThan(2_000)
  })
})
