import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { protocolSchema, type Protocol } from '@/lib/domain/review-sessions/protocol'
import { drawSample } from '@/lib/domain/review-sessions/sample'
import { sampleSchema, secondReadingDrawSchema } from '@/lib/domain/review-sessions/schema'
import { describeOnBothDatabases } from '../setup/databases'
import { createDocument, createMember, createSource, makeId } from '../setup/factories'
import { createAssignment, createSession } from '../setup/session-factories'
import { call, sessionOf, type Answer, type Credentials } from './calls'
import { makeWorld, type World } from './world'

interface Change {
  json?: object
  version?: number
  as?: Credentials
}

/** A call, by the lead by default. */
function send(
  world: World,
  method: string,
  path: string,
  { as = world.sessions.lead, ...change }: Change = {},
): Promise<Answer> {
  return call({ method, path: `/review-sessions${path}`, as, ...change })
}

const idsOf = (answer: Answer) => (answer.json.items as { id: string }[]).map(({ id }) => id)

async function eventsOf({ database }: World, sessionId: string): Promise<string[]> {
  const rows = await database.read.event.findMany({
    where: { sessionId },
    orderBy: { sequence: 'asc' },
    select: { type: true },
  })
  return rows.map(({ type }) => type)
}

describeOnBothDatabases('review sessions', (context) => {
  it('are one for one request, are hidden by deleting and come back', async () => {
    const world = await makeWorld(context.database)
    const json = { id: makeId(), name: 'Spring', protocol: { blind: false }, dueAt: '2100-03-01T00:00:00Z' }
    const first = await send(world, 'post', '', { json })
    expect(first.status, first.text).toBe(201)
    expect(first.json).toMatchObject({
      state: 'draft',
      version: 1,
      protocol: { blind: false, reviewersPerDocument: 2 },
    })
    expect(await send(world, 'post', '', { json })).toMatchObject({ status: 200, json: first.json })
    expect(await send(world, 'post', '', { json: { ...json, name: 'Autumn' } })).toMatchObject({ status: 409 })
    const past = { dueAt: '0000-03-01T00:00:00Z' }
    const refused = [
      await send(world, 'post', '', { json: { name: 'Late', ...past } }),
      await send(world, 'patch', `/${json.id}`, { json: past, version: 1 }),
    ]
    for (const answer of refused) expect(answer).toMatchObject({ status: 422, json: { fields: [{ path: 'dueAt' }] } })
    const path = `/${json.id}`
    expect((await send(world, 'delete', path, { version: 1 })).status).toBe(204)
    expect((await send(world, 'delete', path, { version: 1 })).status, 'repeated').toBe(204)
    expect((await send(world, 'get', path)).status).toBe(404)
    expect((await send(world, 'patch', path, { json: { name: 'Late' }, version: 2 })).status).toBe(404)
    expect(await send(world, 'post', '', { json })).toMatchObject({ status: 410 })
    expect(await send(world, 'post', `${path}/restore`)).toMatchObject({ status: 200, json: { version: 3 } })
    expect(await eventsOf(world, json.id)).toEqual([
      'review-session.created',
      'review-session.deleted',
      'review-session.restored',
    ])
  })

  it('of two edits of one version exactly one wins, and both say what it is now', async () => {
    const world = await makeWorld(context.database)
    const answers = await Promise.all(
      ['one', 'two'].map((name) => send(world, 'patch', `/${world.draftId}`, { json: { name }, version: 1 })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412])
    const won = answers.find(({ status }) => status === 200)?.json.name
    expect(answers.find(({ status }) => status === 412)?.json.current).toMatchObject({ name: won, version: 2 })
  })

  it('show themselves to leads always, to their members once active, to everyone once closed', async () => {
    const world = await makeWorld(context.database)
    const { database, workspaceId, members, sessions, sessionDocument } = world
    const stranger = await sessionOf(await createMember(database, { workspaceId }))
    const given = { workspaceId, documents: [sessionDocument], reviewers: [members.reviewer, members.viewer] }
    const closed = await createSession(database, { ...given, state: 'closed' })
    const all = [world.draftId, world.sessionId, closed.id]
    const shown = async (as: Credentials) => {
      const listed = idsOf(await send(world, 'get', '', { as }))
        .filter((id) => all.includes(id))
        .sort()
      for (const id of all) {
        for (const part of ['', '/members', '/documents', '/matrix', '/matrix.csv', '/assignments.csv']) {
          const { status } = await send(world, 'get', `/${id}${part}`, { as })
          expect(status, part).toBe(listed.includes(id) ? 200 : 404)
        }
      }
      return listed
    }
    expect(await shown(sessions.lead)).toEqual([...all].sort())
    expect(await shown(sessions.owner)).toEqual([...all].sort())
    expect(await shown(sessions.reviewer)).toEqual([world.sessionId, closed.id].sort())
    expect(await shown(stranger)).toEqual([closed.id])
    expect(await shown(sessions.viewer)).toEqual([closed.id])
  })

  it('keep their protocol once active, and everything once closed', async () => {
    const world = await makeWorld(context.database)
    const protocol = { reviewersPerDocument: 1, blind: false, reveal: 'after_submission' }
    const changed = await send(world, 'patch', `/${world.draftId}`, { json: { protocol }, version: 1 })
    expect(changed.json).toMatchObject({ protocol, version: 2 })
    const stored = await context.database.read.reviewSession.findFirstOrThrow({
      where: { id: world.draftId },
      select: { blind: true, reveal: true },
    })
    expect(stored).toEqual({ blind: false, reveal: 'after_submission' })
    const refused = await send(world, 'patch', `/${world.sessionId}`, { json: { protocol }, version: 1 })
    expect(refused).toMatchObject({ status: 409, json: { current: { state: 'active' } } })
    expect(refused.text).toContain('Copy the session')
    const named = await send(world, 'patch', `/${world.sessionId}`, {
      json: { guidelines: '*All* figures' },
      version: 1,
    })
    expect(named.json).toMatchObject({ guidelines: '*All* figures', version: 2 })
    const { workspaceId } = world
    const closed = await createSession(context.database, { workspaceId, state: 'closed' })
    for (const [method, path, change] of [
      ['patch', `/${closed.id}`, { json: { name: 'Other' }, version: 1 }],
      ['put', `/${closed.id}/members/${world.members.reviewer.memberId}`, { json: {} }],
      ['post', `/${closed.id}/documents`, { json: { how: 'picked', documentIds: [world.document.id] } }],
      ['delete', `/${closed.id}`, { version: 1 }],
    ] as const)
      expect(await send(world, method, path, change), `${method} ${path}`).toMatchObject({ status: 409 })
  })

  it('are copied with members and documents, into templates and from them', async () => {
    const world = await makeWorld(context.database)
    const { workspaceId, members } = world
    const gone = await createMember(context.database, { workspaceId })
    await send(world, 'put', `/${world.draftId}/members/${gone.memberId}`, { json: { weight: 2 } })
    await context.database.write.member.update({ where: { id: gone.memberId }, data: { status: 'suspended' } })
    const copy = (id: string, json: object) => send(world, 'post', `/${id}/copy`, { json })
    const id = makeId()
    const template = await copy(world.draftId, { id, name: 'House rules', asTemplate: true, documents: true })
    expect(template.json).toMatchObject({
      name: 'House rules',
      isTemplate: true,
      state: 'draft',
      progress: { documents: 1 },
    })
    expect(await copy(world.draftId, { id, name: 'House rules', asTemplate: true, documents: true })).toMatchObject({
      status: 200,
    })
    expect(idsOf(await send(world, 'get', ''))).not.toContain(id)
    expect(idsOf(await send(world, 'get', '?templates=true'))).toEqual([id])
    const people = await send(world, 'get', `/${id}/members`)
    expect(people.json.items).toMatchObject([{ member: { id: members.reviewer.memberId }, reviews: true }])
    expect((people.json.items as unknown[]).length, 'without the suspended').toBe(1)
    expect(template.json.transitions).toMatchObject([
      { name: 'activate', unmet: [expect.stringContaining('template')] },
    ])
    const made = await copy(id, { members: false })
    expect(made.json).toMatchObject({ name: 'House rules', isTemplate: false, progress: { documents: 0 } })
    expect(await copy(world.sessionId, {})).toMatchObject({
      json: { name: expect.stringMatching(/ \(copy\)$/) as string },
    })
  })
})

describeOnBothDatabases('documents of review sessions', (context) => {
  const add = (world: World, json: object, id = world.draftId) => send(world, 'post', `/${id}/documents`, { json })
  const listed = async (world: World, id = world.draftId) =>
    ((await send(world, 'get', `/${id}/documents?limit=200`)).json.items as { document: { id: string } }[]).map(
      ({ document }) => document.id,
    )

  it('are picked many at once, all or none, each once, in the order they came', async () => {
    const world = await makeWorld(context.database)
    const { document, sessionDocument } = world
    const unknown = makeId()
    expect(await add(world, { how: 'picked', documentIds: [document.id, unknown] })).toMatchObject({
      status: 422,
      json: { fields: [{ path: 'documentIds.1' }] },
    })
    expect(await listed(world)).toEqual([sessionDocument.id])
    const picked = { how: 'picked', documentIds: [document.id, sessionDocument.id] }
    expect((await add(world, picked)).json).toEqual({ added: 1, present: 1, removed: 0 })
    expect((await add(world, picked)).json).toEqual({ added: 0, present: 2, removed: 0 })
    expect(await listed(world)).toEqual([sessionDocument.id, document.id])
    expect(await eventsOf(world, world.draftId)).toEqual(['session-document.added'])
    const pages = await send(world, 'get', `/${world.draftId}/documents?limit=1`)
    const next = await send(world, 'get', `/${world.draftId}/documents?limit=1&cursor=${String(pages.json.next)}`)
    expect(next.json).toMatchObject({ items: [{ document: { id: document.id }, position: 1 }], next: null })
  })

  it('are found by source and by words', async () => {
    const world = await makeWorld(context.database)
    const { workspaceId, document } = world
    const source = await createSource(context.database, { workspaceId })
    const made = { workspaceId, sourceId: source.id }
    const one = await createDocument(context.database, { ...made, text: 'The quay was rebuilt in 1951.' })
    const two = await createDocument(context.database, { ...made, text: 'The mayor came by boat in 1951.' })
    expect((await add(world, { how: 'found', q: 'MAYOR' })).json).toMatchObject({ added: 2 })
    expect((await listed(world)).slice(1).sort()).toEqual([document.id, two.id].sort())
    expect((await add(world, { how: 'found', sourceIds: [source.id] })).json).toEqual({
      added: 1,
      present: 1,
      removed: 0,
    })
    expect((await listed(world)).at(-1)).toBe(one.id)
  })

  it('are drawn at random so that anyone can draw them again', async () => {
    const world = await makeWorld(context.database)
    const { workspaceId, draftId } = world
    const source = await createSource(context.database, { workspaceId })
    const ids: string[] = []
    for (let number = 0; number < 12; number += 1) {
      const text = `Tide table ${String(number)} was printed in June.`
      ids.push((await createDocument(context.database, { workspaceId, sourceId: source.id, text })).id)
    }
    const sample = { how: 'sample', sourceIds: [source.id], size: 5 }
    const chosen = await add(world, { ...sample, seed: 42 })
    expect(chosen, 'a seed that the caller chose').toMatchObject({ status: 422 })
    expect(chosen.text).toContain('The server chooses the seed')
    const refused = await add(world, sample)
    expect(refused).toMatchObject({ status: 409, json: { current: { documents: 1 } } })
    expect(refused.text).toContain('\\"replace\\": true')
    expect((await add(world, { ...sample, replace: true })).json).toEqual({ added: 5, present: 0, removed: 1 })
    const view = (await send(world, 'get', `/${draftId}`)).json
    const { seed } = sampleSchema.parse(view.sample)
    const drawn = drawSample(
      ids.map((id) => ({ id })),
      5,
      seed,
    )
    expect(await listed(world)).toEqual(drawn.ids)
    expect(view).toMatchObject({
      version: 2,
      sample: {
        method: 'simple-random-without-replacement',
        methodVersion: '1',
        frame: { sourceIds: [source.id], q: '' },
        frameSize: 12,
        frameSha256: createHash('sha256')
          .update([...ids].sort().join('\n'))
          .digest('hex'),
        size: 5,
        seed,
      },
    })
    const copy = await send(world, 'post', `/${draftId}/copy`, { json: { documents: true } })
    expect(copy.json.sample).toEqual(view.sample)
    const picked = { how: 'picked', documentIds: [world.document.id] }
    expect(await add(world, picked)).toMatchObject({ status: 409, json: { current: { sample: { seed } } } })
    expect((await add(world, { ...picked, endSample: true })).json).toMatchObject({ added: 1 })
    expect((await send(world, 'get', `/${draftId}`)).json.sample).toBeNull()
    expect(await add(world, { ...sample, size: 13, replace: true })).toMatchObject({ status: 422 })
    expect(await add(world, { ...sample, q: 'no such words', replace: true })).toMatchObject({ status: 422 })
  })

  it('are drawn to be read twice by a seed of the server, never without a trace', async () => {
    const world = await makeWorld(context.database)
    const { workspaceId, draftId, members } = world
    for (let number = 0; number < 9; number += 1)
      await createDocument(context.database, { workspaceId, text: `Tide table ${String(number)} was printed in June.` })
    // The reviewer has the document in another session, so it cannot be assigned for certain.
    await send(world, 'delete', `/${draftId}/documents/${world.sessionDocument.id}`)
    const path = `/${draftId}/second-reading-draws`
    const draw = async () => {
      const { version } = (await send(world, 'get', `/${draftId}`)).json
      return send(world, 'post', path, { version: Number(version) })
    }
    expect((await draw()).text).toContain('The protocol has no second reading')
    const protocol = protocolSchema.parse({ secondReading: { how: 'share', share: 0.3 }, minimumReviewers: 1 })
    const patch = async (next: Protocol) => {
      const { version } = (await send(world, 'get', `/${draftId}`)).json
      return send(world, 'patch', `/${draftId}`, { version: Number(version), json: { protocol: next } })
    }
    expect((await patch({ ...protocol, blind: false })).status).toBe(200)
    expect((await draw()).text).toContain('needs a blind session')
    expect((await patch(protocol)).status).toBe(200)
    expect((await draw()).text).toContain('at least three documents')
    expect((await add(world, { how: 'found', q: 'tide' })).json).toMatchObject({ added: 9 })
    const distribute = () =>
      call({ method: 'post', path: `/review-sessions/${draftId}/distribution`, as: world.sessions.lead, json: {} })
    expect((await distribute()).text).toContain('Draw the documents that are read twice first')
    const session = (await send(world, 'get', `/${draftId}`)).json
    expect(JSON.stringify(session.transitions)).toContain('Draw the documents that are read twice')
    const stale = await send(world, 'post', path, { version: Number(session.version) - 1 })
    expect(stale.status).toBe(412)
    const first = await draw()
    expect(first).toMatchObject({ status: 201, json: { frameSize: 9, size: 3, drawings: 1 } })
    const again = await draw()
    expect(again.json).toMatchObject({ drawings: 2 })
    const { seed, documentIds } = secondReadingDrawSchema.parse(again.json)
    const all = await listed(world)
    expect(
      drawSample(
        all.map((id) => ({ id })),
        3,
        seed,
      ).ids,
    ).toEqual(documentIds)
    const { items } = (await send(world, 'get', path)).json
    expect(items).toMatchObject([{ drawings: 1 }, { drawings: 2, documentIds }])
    const reviewer = await call({ method: 'get', path: `/review-sessions${path}`, as: world.sessions.reviewer })
    expect(reviewer.status, 'reviewers must not know').toBe(403)
    for (const member of [members.reviewer, members.lead])
      await send(world, 'put', `/${draftId}/members/${member.memberId}`, { json: { reviews: true } })
    const handed = await distribute()
    expect(handed.json.short).toEqual([])
    expect(handed.json.assignments).toHaveLength(12)
    const once = all.find((id) => !documentIds.includes(id)) ?? ''
    const second = await call({
      method: 'post',
      path: `/review-sessions/${draftId}/assignments`,
      as: world.sessions.lead,
      json: { documentId: once, memberId: members.owner.memberId },
    })
    expect(second.status).toBe(409)
    // Another document requires another drawing, and each drawing takes back what an earlier one assigned.
    const more = await createDocument(context.database, { workspaceId, text: 'One more.' })
    await add(world, { how: 'picked', documentIds: [more.id] })
    expect((await distribute()).text).toContain('Draw the documents that are read twice first')
    expect((await draw()).json).toMatchObject({ frameSize: 10, size: 3, drawings: 3 })
    expect(await context.database.read.assignment.count({ where: { sessionId: draftId } })).toBe(0)
    expect(
      JSON.stringify(await context.database.read.event.findMany({ where: { type: 'session-document.drawn' } })),
    ).not.toContain('seed')
    expect((await distribute()).json.assignments).toHaveLength(13)
    const { version } = (await send(world, 'get', `/${draftId}`)).json
    const active = await send(world, 'post', `/${draftId}/transitions`, {
      version: Number(version),
      json: { name: 'activate' },
    })
    expect(active.json).toMatchObject({ state: 'active' })
    const late = await send(world, 'delete', `/${draftId}/documents/${more.id}`)
    expect(late.text).toContain('these stay as they are')
    const shown = await call({
      method: 'get',
      path: `/review-sessions/${draftId}/documents`,
      as: world.sessions.reviewer,
    })
    expect(JSON.stringify(shown.json)).not.toContain('"readTwice":true')
    const assignments = `/review-sessions/${draftId}/assignments?limit=100`
    const own = await call({ method: 'get', path: assignments, as: world.sessions.reviewer })
    const toldOwn = z.object({ items: z.array(z.object({ why: z.array(z.string()) })) }).parse(own.json).items
    expect(toldOwn.length, 'the reviewer has some').toBeGreaterThan(2)
    for (const { why } of toldOwn) expect(why).toEqual([expect.stringContaining('when the blind phase has ended')])
    const allOf = await call({ method: 'get', path: assignments, as: world.sessions.lead })
    const given = z
      .object({ items: z.array(z.object({ member: z.object({ id: z.string() }), why: z.array(z.string()) })) })
      .parse(allOf.json).items
    expect(given[0]?.why[0]).toMatch(/^Each document needs [12] reviewer/)
    const changes = given.filter(({ member }, place) => place > 0 && member.id !== given[place - 1]?.member.id)
    expect(changes, 'ids rise by member and not by document').toHaveLength(1)
    const lead = await call({ method: 'get', path: `/review-sessions/${draftId}/documents`, as: world.sessions.lead })
    expect(JSON.stringify(lead.json).match(/"readTwice":true/g)).toHaveLength(3)
  })

  it('stay once someone has worked on them, and go with what was only planned', async () => {
    const world = await makeWorld(context.database)
    const { sessionId, draftId, sessionDocument, members } = world
    const planned = { sessionId: draftId, documentId: sessionDocument.id, member: members.reviewer }
    await createAssignment(context.database, planned)
    const path = (id: string) => `/${id}/documents/${sessionDocument.id}`
    expect((await send(world, 'delete', path(draftId))).status).toBe(204)
    expect((await send(world, 'delete', path(draftId))).status, 'repeated').toBe(204)
    expect(await context.database.read.assignment.count({ where: { sessionId: draftId } })).toBe(0)
    expect(await eventsOf(world, draftId)).toEqual(['assignment.removed', 'session-document.removed'])
    for (const state of ['started', 'withdrawn'] as const) {
      await context.database.write.assignment.updateMany({
        where: { id: world.assignmentId },
        data: { state, startedAt: new Date() },
      })
      const refused = await send(world, 'delete', path(sessionId))
      expect(refused.text).toContain(`${members.reviewer.name} has worked on this here`)
      expect(refused.status).toBe(409)
    }
    expect(await listed(world, sessionId)).toEqual([sessionDocument.id])
  })

  it('cannot be deleted while a session has them, and are withdrawn with a reason once it is closed', async () => {
    const world = await makeWorld(context.database)
    const remove = () =>
      call({ method: 'delete', path: `/documents/${world.sessionDocument.id}`, as: world.sessions.lead, version: 1 })
    const refused = await remove()
    expect(refused).toMatchObject({ status: 409, json: { current: { sessions: [{}, {}] } } })
    await context.database.write.reviewSession.updateMany({ data: { state: 'closed' } })
    const assessed = await remove()
    expect(assessed, 'a closed session assessed it').toMatchObject({
      status: 409,
      json: { current: { assessed: true } },
    })
    expect(assessed.text).toContain('Withdraw it with a reason')
    const withdrawn = await call({
      method: 'post',
      path: `/documents/${world.sessionDocument.id}/withdrawal`,
      as: world.sessions.lead,
      version: 1,
      json: { reason: 'Another paper wrote it.' },
    })
    expect(withdrawn.status, withdrawn.text).toBe(204)
    const kept = await send(world, 'get', `/${world.sessionId}/documents`)
    expect(kept.json.items, 'the closed session keeps it').toHaveLength(1)
    await context.database.write.reviewSession.updateMany({ where: { id: world.draftId }, data: { state: 'draft' } })
    const draft = await send(world, 'get', `/${world.draftId}`)
    expect(draft.json.transitions, 'a draft that came back asks for it').toMatchObject([
      { name: 'activate', unmet: [expect.stringContaining('was deleted')] },
    ])
  })
})

describeOnBothDatabases('members of review sessions', (context) => {
  it('are set once, review or adjudicate or both, and are people who may work', async () => {
    const world = await makeWorld(context.database)
    const { members, draftId } = world
    const set = (memberId: string, json: object) => send(world, 'put', `/${draftId}/members/${memberId}`, { json })
    const part = { reviews: true, adjudicates: true, weight: 0.5, quotaDocuments: 3 }
    const first = await set(members.lead.memberId, part)
    expect(first.json).toEqual({
      member: { id: members.lead.memberId, name: members.lead.name },
      ...part,
      quotaWords: null,
    })
    expect((await set(members.lead.memberId, part)).json).toEqual(first.json)
    expect(await eventsOf(world, draftId)).toEqual(['session-member.set'])
    expect(await set(members.lead.memberId, { reviews: false })).toMatchObject({ status: 422 })
    expect(await set(members.viewer.memberId, {})).toMatchObject({ status: 409 })
    const gone = await createMember(context.database, { workspaceId: world.workspaceId })
    await context.database.write.member.update({ where: { id: gone.memberId }, data: { status: 'suspended' } })
    expect((await set(gone.memberId, {})).text).toContain('is suspended')
    expect(await set(makeId(), {})).toMatchObject({ status: 404 })
  })

  it('leave with what was planned for them, but not with work that is theirs', async () => {
    const world = await makeWorld(context.database)
    const { members, draftId, sessionId, sessionDocument, database } = world
    const { memberId } = members.reviewer
    const remove = (id: string) => send(world, 'delete', `/${id}/members/${memberId}`)
    await createAssignment(database, { sessionId: draftId, documentId: sessionDocument.id, member: members.reviewer })
    expect((await remove(draftId)).status).toBe(204)
    expect((await remove(draftId)).status, 'repeated').toBe(204)
    expect(await eventsOf(world, draftId)).toEqual(['assignment.removed', 'session-member.removed'])
    expect(await remove(sessionId)).toMatchObject({ status: 409, json: { current: { assignments: 1 } } })
    const path = `/${sessionId}/members/${memberId}`
    const adjudicating = { reviews: false, adjudicates: true }
    expect(await send(world, 'put', path, { json: adjudicating })).toMatchObject({ status: 409 })
    await database.write.assignment.updateMany({ where: { id: world.assignmentId }, data: { state: 'withdrawn' } })
    expect((await remove(sessionId)).status).toBe(204)
    expect(await database.read.assignment.count({ where: { sessionId } }), 'what was done is kept').toBe(1)
  })
})

describeOnBothDatabases('transitions of review sessions', (context) => {
  const move = (world: World, id: string, json: { name: string; withdrawUnfinished?: boolean; version: number }) => {
    const { version, ...rest } = json
    return send(world, 'post', `/${id}/transitions`, { json: rest, version })
  }

  it('say what stands in the way, in the view and when tried', async () => {
    const world = await makeWorld(context.database)
    const empty = await send(world, 'post', '', { json: { name: 'Empty' } })
    const unmet = ['Add at least one document.', 'Add at least one reviewer.']
    expect(empty.json.transitions).toEqual([{ name: 'activate', unmet }])
    const id = String(empty.json.id)
    expect(await move(world, id, { name: 'activate', version: 1 })).toMatchObject({
      status: 409,
      json: { detail: unmet.join(' '), current: { unmet } },
    })
    const wrong = await move(world, id, { name: 'close', version: 1 })
    expect(wrong.text).toContain('A session that is draft has no “close”; it has: activate.')
    const reviewer = await send(world, 'get', `/${world.sessionId}`, { as: world.sessions.reviewer })
    expect(reviewer.json).toMatchObject({ transitions: [], may: { update: false, delete: false, adjudicate: false } })
  })

  it('lead through a whole session and back, keep every date, and end the blind phase once', async () => {
    const world = await makeWorld(context.database)
    const { sessionId, assignmentId, database } = world
    const refused = await move(world, sessionId, { name: 'start-adjudication', version: 1 })
    expect(refused.text).toContain('1 assignment is not submitted')
    await database.write.assignment.updateMany({ where: { id: assignmentId }, data: { state: 'submitted' } })
    const started = await move(world, sessionId, { name: 'start-adjudication', version: 1 })
    expect(started.json).toMatchObject({ state: 'adjudication', version: 2, progress: { claims: 0, openClaims: 0 } })
    const { blindEndedAt } = started.json
    expect(blindEndedAt).toEqual(expect.any(String))
    const closed = await move(world, sessionId, { name: 'close', version: 2 })
    expect(closed.json).toMatchObject({ state: 'closed', closedAt: expect.any(String) as string })
    expect(await move(world, sessionId, { name: 'reopen', version: 3 })).toMatchObject({
      json: { state: 'adjudication', closedAt: null, blindEndedAt },
    })
    expect(await move(world, sessionId, { name: 'reopen', version: 4 })).toMatchObject({ json: { state: 'active' } })
    const again = await move(world, sessionId, { name: 'start-adjudication', version: 5 })
    expect(again.json).toMatchObject({ state: 'adjudication', blindEndedAt })
    expect((await eventsOf(world, sessionId)).filter((type) => type.startsWith('review-session'))).toEqual([
      'review-session.adjudication-started',
      'review-session.closed',
      'review-session.reopened',
      'review-session.reopened',
      'review-session.adjudication-started',
    ])
  })

  it('of two leads at once happen once, and both are told where it stands', async () => {
    const world = await makeWorld(context.database)
    const { draftId, sessions } = world
    await context.database.write.assignment.updateMany({
      where: { id: world.assignmentId },
      data: { state: 'withdrawn' },
    })
    const both = await Promise.all(
      [sessions.lead, sessions.owner].map((as) =>
        send(world, 'post', `/${draftId}/transitions`, { json: { name: 'activate' }, version: 1, as }),
      ),
    )
    for (const answer of both) expect(answer).toMatchObject({ status: 200, json: { state: 'active', version: 2 } })
    expect(await eventsOf(world, draftId)).toEqual(['review-session.activated'])
    // One request moves back two states, the other closes: the second was decided on an outdated state.
    await context.database.write.reviewSession.updateMany({ where: { id: draftId }, data: { state: 'adjudication' } })
    const opposite = await Promise.all(['close', 'reopen'].map((name) => move(world, draftId, { name, version: 2 })))
    expect(opposite.map(({ status }) => status).sort()).toEqual([200, 412])
    const won = opposite.find(({ status }) => status === 200)
    expect(opposite.find(({ status }) => status === 412)?.json.current).toMatchObject({ state: won?.json.state })
  })

  it('withdraw unfinished work when asked to, keep it, and leave the rest', async () => {
    const world = await makeWorld(context.database)
    const { sessionId, assignmentId, sessionDocument, members, database, sessions } = world
    const path = `/revisions/${sessionDocument.revisionId}/annotations`
    const json = { start: 0, end: 8, rating: 'unsourced' }
    expect((await call({ method: 'post', path, as: sessions.reviewer, json })).status).toBe(201)
    const lead = await createAssignment(database, {
      sessionId,
      documentId: sessionDocument.id,
      member: members.lead,
      state: 'submitted',
    })
    const moved = await move(world, sessionId, { name: 'start-adjudication', withdrawUnfinished: true, version: 1 })
    expect(moved.json).toMatchObject({ state: 'adjudication', progress: { withdrawn: 1, submitted: 1, claims: 0 } })
    const rows = await database.read.assignment.findMany({ select: { id: true, state: true, version: true } })
    expect(rows).toContainEqual({ id: assignmentId, state: 'withdrawn', version: expect.any(Number) as number })
    expect(rows).toContainEqual({ id: lead.id, state: 'submitted', version: 1 })
    expect(await database.read.annotation.count({ where: { sessionId, deletedAt: null } })).toBe(1)
    expect(await eventsOf(world, sessionId)).toContain('assignment.withdrawn')
  })

  it('match claims, and do not close before they are decided', async () => {
    const world = await makeWorld(context.database)
    const { sessionId, assignmentId, sessionDocument, database, sessions } = world
    const path = `/revisions/${sessionDocument.revisionId}/annotations`
    const json = { start: 0, end: 8, rating: 'unsourced' }
    expect((await call({ method: 'post', path, as: sessions.reviewer, json })).status).toBe(201)
    await database.write.assignment.updateMany({ where: { id: assignmentId }, data: { state: 'submitted' } })
    const moved = await move(world, sessionId, { name: 'start-adjudication', version: 1 })
    expect(moved.json).toMatchObject({ progress: { claims: 1, openClaims: 1 }, may: { adjudicate: true } })
    const asked = await send(world, 'get', `/${sessionId}`, { as: sessions.reviewer })
    expect(asked.json, 'not for reviewers yet').toMatchObject({ progress: { claims: null, openClaims: null } })
    const refused = await move(world, sessionId, { name: 'close', version: 2 })
    expect(refused).toMatchObject({ status: 409, json: { current: { unmet: [expect.stringContaining('1 claim')] } } })
    const held = await send(world, 'get', `/${sessionId}/matrix`)
    expect(held.json).toMatchObject({
      blockers: [{ kind: 'open-claims', count: 1 }],
      documents: [{ claims: 1, openClaims: 1, disagreements: 0 }],
    })
    const hidden = await send(world, 'get', `/${sessionId}/matrix`, { as: sessions.reviewer })
    expect(hidden.json).toMatchObject({ blockers: [], documents: [{ claims: null }], totals: { claims: null } })
  })

  it('tell reviewers, adjudicators and members when their turn comes, and nobody of a draft', async () => {
    const world = await makeWorld(context.database)
    const { draftId, sessionDocument, members, database, sessions } = world
    await database.write.reviewSession.updateMany({ where: { id: world.sessionId }, data: { state: 'closed' } })
    await send(world, 'put', `/${draftId}/members/${members.owner.memberId}`, {
      json: { reviews: false, adjudicates: true },
    })
    await createAssignment(database, { sessionId: draftId, documentId: sessionDocument.id, member: members.reviewer })
    const told = async () => {
      const rows = await database.read.notification.findMany({
        orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
        select: { memberId: true, type: true },
      })
      return rows.map(({ memberId, type }) => `${memberId === members.owner.memberId ? 'owner' : 'reviewer'}: ${type}`)
    }
    expect(await told()).toEqual([])
    await move(world, draftId, { name: 'activate', version: 1 })
    expect(await told()).toEqual(['reviewer: assignment-given'])
    await move(world, draftId, { name: 'start-adjudication', withdrawUnfinished: true, version: 2 })
    expect((await told()).slice(1)).toEqual(['reviewer: assignment-withdrawn', 'owner: adjudication-started'])
    await send(world, 'post', `/${draftId}/transitions`, { json: { name: 'close' }, version: 3, as: sessions.owner })
    expect((await told()).slice(3), 'not who closed it').toEqual(['reviewer: session-closed'])
  })

  it('never put one document twice before one reviewer', async () => {
    const world = await makeWorld(context.database)
    const { draftId, sessionDocument, members, database } = world
    await createAssignment(database, { sessionId: draftId, documentId: sessionDocument.id, member: members.reviewer })
    const refused = await move(world, draftId, { name: 'activate', version: 1 })
    expect(refused.status).toBe(409)
    expect(refused.text).toContain(`${members.reviewer.name} has “`)
    await database.write.reviewSession.updateMany({ where: { id: world.sessionId }, data: { state: 'closed' } })
    expect(await move(world, draftId, { name: 'activate', version: 1 })).toMatchObject({ json: { state: 'active' } })
    const back = await move(world, world.sessionId, { name: 'reopen', version: 1 })
    expect(back.json, 'it can be looked at again').toMatchObject({ state: 'adjudication' })
    expect((await move(world, world.sessionId, { name: 'reopen', version: 2 })).status, 'but not worked on').toBe(409)
  })
})

describeOnBothDatabases('the matrix of a review session', (context) => {
  async function fill(world: World) {
    const { database, workspaceId, members, document } = world
    const other = await createDocument(database, { workspaceId, title: '=1+1', text: 'It opened in 1990. Rain fell.' })
    const second = await createMember(database, { workspaceId, name: ' @Second' })
    const { id } = await createSession(database, {
      workspaceId,
      name: 'Spring',
      state: 'active',
      protocol: { reviewersPerDocument: 2, minimumReviewers: 2 },
      dueAt: new Date('2026-01-03T00:00:00Z'),
      documents: [document, other],
      reviewers: [members.reviewer, second],
      adjudicators: [members.lead],
    })
    const assign = (member: typeof second, documentId: string, state: 'assigned' | 'started') =>
      createAssignment(database, { sessionId: id, documentId, member, state })
    await assign(members.reviewer, document.id, 'started')
    await assign(second, document.id, 'started')
    await assign(second, other.id, 'assigned')
    const as = await sessionOf(second)
    const at = (part: string) => `/revisions/${document.revisionId}/${part}`
    for (const [who, part, json] of [
      [world.sessions.reviewer, 'annotations', { start: 0, end: 5, rating: 'unsourced' }],
      [world.sessions.reviewer, 'annotations', { start: 6, end: 30, rating: 'unsourced' }],
      [as, 'sentence-decisions', { start: 0, end: 25 }],
    ] as const)
      expect((await call({ method: 'post', path: at(part), as: who, json })).status).toBe(201)
    return { id, second, as, other }
  }

  it('shows leads everyone’s progress in sentences, coverage and what holds up', async () => {
    const world = await makeWorld(context.database)
    const { id, second, other } = await fill(world)
    const { reviewer } = world.members
    const matrix = await send(world, 'get', `/${id}/matrix`)
    expect(matrix.json).toMatchObject({
      state: 'active',
      shows: 'everyone',
      reviewers: [
        { member: { id: second.memberId }, documents: 2, finished: 0, overdue: 2, decided: 1, total: 4 },
        { member: { id: reviewer.memberId }, documents: 1, decided: 2, total: 2 },
      ],
      documents: [
        { id: world.document.id, total: 2, assigned: 2, missing: 0, covered: 1, claims: null },
        { id: other.id, total: 2, assigned: 1, missing: 1, covered: 0, cells: [{ state: 'assigned', decided: 0 }] },
      ],
      totals: { documents: 2, assignments: 3, overdue: 3, missing: 1, decided: 3, total: 6, covered: 1, coverable: 4 },
      blockers: [
        { kind: 'overdue', count: 2 },
        { kind: 'overdue', count: 1 },
        { kind: 'unassigned', count: 1 },
      ],
    })
    const cells = (matrix.json.documents as { cells: { memberId: string; decided: number }[] }[])[0]?.cells
    expect(new Map(cells?.map(({ memberId, decided }) => [memberId, decided]))).toEqual(
      new Map([
        [reviewer.memberId, 2],
        [second.memberId, 1],
      ]),
    )
  })

  it('shows a blind reviewer nothing but their own part', async () => {
    const world = await makeWorld(context.database)
    const { id, second, as } = await fill(world)
    const matrix = await send(world, 'get', `/${id}/matrix`, { as })
    expect(matrix.json).toMatchObject({
      shows: 'own',
      reviewers: [{ member: { id: second.memberId } }],
      documents: [
        { assigned: null, missing: null, covered: null, cells: [{ decided: 1 }] },
        { cells: [{ decided: 0 }] },
      ],
      totals: { assignments: 2, missing: null, covered: null },
      blockers: [{ kind: 'overdue', memberIds: [second.memberId] }],
    })
    for (const part of ['matrix', 'matrix.csv', 'assignments.csv']) {
      const { text } = await send(world, 'get', `/${id}/${part}`, { as })
      expect(text).not.toContain(world.members.reviewer.memberId)
      expect(text).not.toContain(world.members.reviewer.name)
    }
    const view = await send(world, 'get', `/${id}`, { as })
    expect(view.json.progress).toMatchObject({ documents: 2, assignments: 2, started: 1, assigned: 1, overdue: 2 })
  })

  it('goes out as CSV that no spreadsheet runs', async () => {
    const world = await makeWorld(context.database)
    const { id } = await fill(world)
    const matrix = await send(world, 'get', `/${id}/matrix.csv`)
    expect(matrix.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(matrix.headers.get('content-disposition')).toContain('filename="Spring matrix.csv"')
    const lines = matrix.text.trim().split('\n')
    expect(lines[0]).toContain(`disagreements,' @Second,${world.members.reviewer.name},document id`)
    expect(lines[1]).toContain(',2,2,0,1,,,,"started, 1 of 2, overdue","started, 2 of 2, overdue",')
    expect(lines[2]).toMatch(/^'=1\+1,/)
    const assignments = await send(world, 'get', `/${id}/assignments.csv`)
    expect(assignments.text.trim().split('\n')).toHaveLength(4)
    expect(assignments.text).toContain("'=1+1,")
    expect(assignments.text).toContain(",' @Second,assigned,0,2,2026-01-03T00:00:00.000Z,yes,,,,")
  })
})
