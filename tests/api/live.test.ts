import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { endSession, decodeSession } from '@/lib/server/auth/session/sessions'
import { serveApi } from '@/lib/server/api/node-listener'
import { endLiveFeeds } from '@/lib/server/live/hub'
import { describeOnBothDatabases } from '../setup/databases'
import { createDocument, createMember, makeId } from '../setup/factories'
import { createAssignment, createSession } from '../setup/session-factories'
import { call, nobody, sessionOf, tokenOf, type Credentials } from './calls'
import { LiveListener } from './listener'
import { firstSentence, makeWorld, type World } from './world'

let server: Server
let port = 0
const listeners: LiveListener[] = []

beforeEach(async () => {
  server = createServer((request, response) => void serveApi(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})
afterEach(async () => {
  await Promise.all(listeners.splice(0).map((listener) => listener.close()))
  endLiveFeeds()
  await new Promise((resolve) => server.close(resolve))
})

async function listen(as: Credentials, query = ''): Promise<LiveListener> {
  const listener = new LiveListener()
  listeners.push(listener)
  return listener.open({ port, as, query })
}

async function mark(world: World, as: Credentials, revisionId = world.document.revisionId): Promise<string> {
  const id = makeId()
  const answer = await call({
    method: 'post',
    path: `/revisions/${revisionId}/annotations`,
    as,
    json: { id, ...firstSentence, rating: 'unsourced' },
  })
  expect(answer.status, answer.text).toBe(201)
  return id
}

describeOnBothDatabases('the live feed', (context) => {
  it('tells of marks with their rows, and their author that they are their own', async () => {
    const world = await makeWorld(context.database)
    const [author, other] = [
      await listen(world.sessions.reviewer),
      await listen(world.sessions.viewer, `documents=${world.document.id}`),
    ]
    const id = await mark(world, world.sessions.reviewer)
    await author.until(() => author.heard.length === 1)
    await other.until(() => other.heard.length === 1)
    const told = { type: 'annotation.created', subjectId: id, documentId: world.document.id, sessionId: null }
    const row = { id, revisionId: world.document.revisionId, exact: 'Sales rose by 12% in May.', version: 1 }
    expect(author.heard[0]?.message).toMatchObject({
      ...told,
      own: true,
      annotation: { ...row, may: { update: true, delete: true } },
    })
    expect(other.heard[0]?.message).toMatchObject({
      ...told,
      own: false,
      annotation: { ...row, may: { update: false, delete: false } },
    })
    await call({ method: 'delete', path: `/annotations/${id}`, as: world.sessions.reviewer, version: 1 })
    await other.until(() => other.heard.length === 2)
    expect(other.heard[1]?.message).toMatchObject({ type: 'annotation.deleted', subjectId: id, annotation: null })
  })

  it('tells of marks only in the documents that are followed, of other things everywhere', async () => {
    const world = await makeWorld(context.database)
    const elsewhere = await createDocument(context.database, {
      workspaceId: world.workspaceId,
      text: 'It rained. All day.',
    })
    const listener = await listen(world.sessions.viewer, `documents=${elsewhere.id}`)
    await mark(world, world.sessions.reviewer)
    const source = await call({ method: 'post', path: '/sources', as: world.sessions.lead, json: { name: 'Almanac' } })
    await listener.until(() => listener.heard.length > 0)
    expect(listener.subjects()).toEqual([source.json['id']])
  })

  it('goes on after a break without gap or double', async () => {
    const world = await makeWorld(context.database)
    const listener = await listen(world.sessions.viewer)
    const sent: string[] = []
    const written = new AbortController()
    const writing = (async () => {
      while (!written.signal.aborted) sent.push(await mark(world, world.sessions.reviewer))
    })()
    for (let round = 0; round < 12; round++) {
      const before = listener.heard.length
      await listener.until(() => listener.heard.length > before + 3)
      await listener.close()
      await new Promise((resolve) => setTimeout(resolve, (round * 13) % 60))
      await listener.open({ port, as: world.sessions.viewer })
    }
    written.abort()
    await writing
    await listener.until(() => listener.heard.length >= sent.length)
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(listener.subjects()).toEqual(sent)
    const numbers = listener.heard.map(({ message }) => message.sequence)
    expect(numbers).toEqual([...numbers].sort((one, other) => one - other))
  })

  it('begins where it is asked to, and ends there when it is not to follow', async () => {
    const world = await makeWorld(context.database)
    const ids = [await mark(world, world.sessions.reviewer), await mark(world, world.sessions.reviewer)]
    const all = await listen(world.sessions.viewer, 'after=0&follow=false')
    await all.ended()
    expect(all.subjects()).toEqual(ids)
    const later = await listen(world.sessions.viewer, `after=${String(all.heard[0]?.message.sequence)}`)
    await later.until(() => later.heard.length === 1)
    expect(later.subjects()).toEqual([ids[1]])
    const now = await listen(world.sessions.viewer, 'follow=false')
    await now.ended()
    expect(now.heard).toEqual([])
  })

  it('asks for everything again when a listener knows of events that the database does not', async () => {
    const world = await makeWorld(context.database)
    const listener = await listen(world.sessions.viewer, 'after=2000000')
    await listener.until(() => listener.resets === 1)
    const id = await mark(world, world.sessions.reviewer)
    await listener.until(() => listener.heard.length === 1)
    expect(listener.subjects()).toEqual([id])
  })

  it('asks for everything again after too much was missed, and names no event that is hidden', async () => {
    const { database } = context
    const world = await makeWorld(database)
    const { workspaceId, sessionDocument, sessionId } = world
    const first = await mark(world, world.sessions.owner)
    const rows = (count: number, documentId: string | null) =>
      Array.from({ length: count }, () => ({
        workspaceId,
        documentId,
        sessionId: documentId === null ? null : sessionId,
        actorId: world.members.reviewer.memberId,
        via: 'session',
        type: documentId === null ? 'source.updated' : 'sentence-decision.created',
        subjectId: makeId(),
        data: {},
        at: new Date(),
      }))
    await database.write.event.createMany({ data: rows(600, sessionDocument.id) })
    const before = await listen(world.sessions.viewer, 'after=0')
    await before.until(() => before.heard.length === 1)
    await before.close()
    // More events came in the meantime than a listener is sent.
    await database.write.event.createMany({ data: rows(5_500, null) })
    const shown = await database.read.event.aggregate({ _max: { sequence: true } })
    await database.write.event.createMany({ data: rows(300, sessionDocument.id) })
    await before.open({ port, as: world.sessions.viewer })
    await before.until(() => before.resets === 1)
    expect(before.lastEventId).toBe(String(shown._max.sequence))
    const next = await mark(world, world.sessions.owner)
    await before.until(() => before.subjects('annotation.created').length === 2)
    expect(before.subjects('annotation.created')).toEqual([first, next])
  })

  it('tells nobody of another workspace, nobody without a sign-in, no token without scope, no other member', async () => {
    const world = await makeWorld(context.database)
    const outsider = await listen(world.outsider, `documents=${world.document.id}&after=0`)
    const reader = await listen(await tokenOf(context.database, world.members.viewer, ['read']))
    const id = await mark(world, world.sessions.reviewer)
    await reader.until(() => reader.heard.length === 1)
    expect(reader.subjects()).toEqual([id])
    expect(outsider.heard).toEqual([])
    expect((await listen(nobody)).status).toBe(401)
    expect((await listen(await tokenOf(context.database, world.members.viewer, ['annotate']))).status).toBe(403)
    expect((await listen(world.sessions.viewer, `member=${world.members.lead.memberId}`)).status).toBe(401)
    expect((await listen(world.sessions.viewer, 'documents=none')).status).toBe(422)
    for (const foreign of [{ 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }])
      expect((await listen({ ...world.sessions.viewer, ...foreign })).status).toBe(403)
    const { cookie = '' } = world.sessions.viewer
    expect((await listen({ cookie, origin: 'https://evil.example' })).status).toBe(403)
  })

  it('ends when the listener signs out, is suspended or loses the token, and gives no more feeds than twenty', async () => {
    const world = await makeWorld(context.database)
    const signedOut = await listen(world.sessions.viewer)
    const suspended = await listen(world.sessions.reviewer)
    const credentials = await tokenOf(context.database, world.members.lead, ['read'])
    const revoked = await listen(credentials)
    const claims = await decodeSession(world.sessions.viewer['cookie']?.split('=')[1] ?? '')
    if (claims === null) throw new Error('The session does not hold')
    await endSession(claims)
    await call({
      method: 'patch',
      path: `/members/${world.members.reviewer.memberId}`,
      as: world.sessions.owner,
      json: { status: 'suspended' },
      version: 1,
    })
    const begun = performance.now()
    await suspended.ended()
    expect(performance.now() - begun, 'told by the event, not by the clock').toBeLessThan(2_000)
    await context.database.write.apiToken.updateMany({
      where: { memberId: world.members.lead.memberId },
      data: { revokedAt: new Date() },
    })
    await Promise.all([signedOut.ended(), revoked.ended()])
    expect(performance.now() - begun).toBeLessThan(8_000)
    const feeds = await Promise.all(Array.from({ length: 21 }, () => listen(world.sessions.owner)))
    expect(feeds.map(({ status }) => status).sort()).toEqual([...Array.from({ length: 20 }, () => 200), 429])
  })

  it('keeps the marks of a blind session from reviewers and leads until it is over, whichever way they listen', async () => {
    const { database } = context
    const world = await makeWorld(database)
    const { workspaceId, document } = world
    const [one, two] = [
      await createMember(database, { workspaceId, role: 'reviewer' }),
      await createMember(database, { workspaceId, role: 'reviewer' }),
    ]
    const session = await createSession(database, {
      workspaceId,
      state: 'active',
      documents: [document],
      reviewers: [one, two],
      adjudicators: [world.members.lead],
    })
    for (const member of [one, two])
      await createAssignment(database, { sessionId: session.id, documentId: document.id, member })
    const own = await listen(await sessionOf(one), `documents=${document.id}`)
    const blind = await listen(await sessionOf(two), `documents=${document.id}`)
    const blindAll = await listen(await sessionOf(two))
    const lead = await listen(world.sessions.lead, `documents=${document.id}`)
    const id = await mark(world, await sessionOf(one))
    // By someone outside the session: hidden from those who judge the document blind, and from no one else.
    const open = await mark(world, world.sessions.reviewer)
    await own.until(() => own.heard.length > 0)
    await lead.until(() => lead.subjects('annotation.created').includes(open))
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(own.subjects('annotation.created')).toEqual([id])
    expect(blind.heard).toEqual([])
    expect(blindAll.heard).toEqual([])
    expect(lead.text).not.toContain(id)
    expect(lead.heard.map(({ message }) => message.type)).toContain('assignment.progressed')
    for (const { text } of [blind, blindAll]) {
      expect(text).not.toContain(id)
      expect(text).not.toContain(one.memberId)
    }
    const missed = await listen(await sessionOf(two), 'after=0&follow=false')
    await missed.ended()
    expect(missed.text).not.toContain(id)
    expect(missed.text).not.toContain(open)
    const over = await call({
      method: 'post',
      path: `/review-sessions/${session.id}/transitions`,
      as: world.sessions.lead,
      json: { name: 'start-adjudication', withdrawUnfinished: true },
      version: 1,
    })
    expect(over.status, over.text).toBe(200)
    await blind.until(() => blind.subjects('review-session.adjudication-started').length === 1)
    const told = await listen(await sessionOf(two), 'after=0&follow=false')
    await told.ended()
    expect(told.subjects('annotation.created')).toEqual([id, open])
  })

  it('says who else is in a document, but not to or of those who read it blind', async () => {
    const { database } = context
    const world = await makeWorld(database)
    const { document, members } = world
    const place = `document:${document.id}`
    const lead = await listen(world.sessions.lead, `documents=${document.id}`)
    const viewer = await listen(world.sessions.viewer, `documents=${document.id}`)
    const names = (listener: LiveListener) =>
      listener.presence
        .filter((presence) => presence.place === place)
        .at(-1)
        ?.members.map(({ name }) => name)
    await lead.until(() => names(lead)?.includes(members.viewer.name) === true)
    await viewer.until(() => names(viewer)?.includes(members.lead.name) === true)
    await viewer.close()
    await lead.until(() => names(lead)?.length === 0)
    const look = await listen(world.sessions.viewer, `documents=${document.id}&after=0&follow=false`)
    await look.ended()
    expect(look.presence, 'who only looks is told of nobody').toEqual([])
    await new Promise((resolve) => setTimeout(resolve, 400))
    expect(names(lead), 'and is not there').toEqual([])

    const blindDocument = world.sessionDocument
    const outsideOfSession = await listen(world.sessions.viewer, `documents=${blindDocument.id}`)
    const watching = await listen(world.sessions.lead, `documents=${blindDocument.id}`)
    const blind = await listen(world.sessions.reviewer, `documents=${blindDocument.id}`)
    await watching.until(() => watching.presence.at(-1)?.members.length === 2)
    await new Promise((resolve) => setTimeout(resolve, 400))
    expect(
      blind.presence.flatMap(({ members: others }) => others),
      'who reads blind sees nobody',
    ).toEqual([])
    expect(outsideOfSession.text, 'nobody but leads sees who reads blind').not.toContain(members.reviewer.memberId)
  })
})
