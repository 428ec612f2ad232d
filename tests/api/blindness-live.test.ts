import { afterEach, expect, it } from 'vitest'
import { apiBase } from '@/lib/server/api/app'
import { describeOnBothDatabases } from '../setup/databases'
import { createDocument, createMember, makeId } from '../setup/factories'
import { createAssignment, createSession } from '../setup/session-factories'
import { sessionOf, type Credentials } from './calls'
import { endInstances, startInstance } from './instances'
import { LiveListener } from './listener'
import { makeWorld } from './world'

const listeners: LiveListener[] = []
afterEach(endInstances)
afterEach(async () => {
  await Promise.all(listeners.splice(0).map((listener) => listener.close()))
})

interface Sent {
  port: number
  method: string
  path: string
  as: Credentials
  json: unknown
  version?: number
}

async function send({ port, method, path, as, json, version }: Sent): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${String(port)}${apiBase}${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(version === undefined ? {} : { 'if-match': `"${String(version)}"` }),
      ...as,
    },
    body: JSON.stringify(json),
  })
  if (!answer.ok) throw new Error(`${method} ${path} answered ${await answer.text()}`)
}

const words = ['The pier was', 'opened in 1931', 'two thousand people', 'on its first day']
const text = 'The pier was opened in 1931. It carried two thousand people on its first day.'

describeOnBothDatabases('a blind phase that begins while nobody listens', (context) => {
  it(
    'hides marks from feeds that are opened then, regardless of what was asked before',
    { timeout: 60_000 },
    async () => {
      const { database, engine } = context
      const world = await makeWorld(database)
      const { workspaceId, sessions } = world
      const marking = await createMember(database, { workspaceId, name: 'Mara Marking' })
      const other = await createMember(database, { workspaceId, name: 'Otto Other' })
      const document = await createDocument(database, { workspaceId, title: 'The pier', text })
      const { id: sessionId } = await createSession(database, {
        workspaceId,
        documents: [document],
        reviewers: [marking, other],
        adjudicators: [world.members.lead],
      })
      for (const member of [marking, other])
        // Already started, so that the marks change no state that others would hear of.
        await createAssignment(database, { sessionId, documentId: document.id, member, state: 'started' })
      const one = await startInstance(database.location)
      const two = engine === 'postgresql' ? await startInstance(database.location) : one
      const [asMarking, asOther] = [await sessionOf(marking), await sessionOf(other)]
      const listen = async (given: Parameters<LiveListener['open']>[0]) => {
        const listener = new LiveListener()
        listeners.push(listener)
        return listener.open(given)
      }
      const query = `documents=${document.id}`
      // Each instance is asked for past events, and has no listener afterwards.
      await send({ port: one.port, method: 'POST', path: '/sources', as: sessions.lead, json: { name: 'Gazette' } })
      for (const { port } of [one, two])
        await (await listen({ port, as: sessions.viewer, query: `${query}&after=0&follow=false` })).ended()
      await send({
        port: one.port,
        method: 'POST',
        path: `/review-sessions/${sessionId}/transitions`,
        as: sessions.lead,
        json: { name: 'activate' },
        version: 1,
      })
      const feed = (as: Credentials, port = two.port) => listen({ port, as, query })
      const [own, peer, viewer, lead] = [
        await feed(asMarking),
        await feed(asOther),
        await feed(sessions.viewer),
        await feed(sessions.lead, one.port),
      ]
      for (const phrase of words) {
        const start = text.indexOf(phrase)
        const json = {
          revisionId: document.revisionId,
          start,
          end: start + phrase.length,
          rating: 'unsourced',
          note: 'Quillfeather',
        }
        await send({ port: one.port, method: 'PUT', path: `/annotations/${makeId()}`, as: asMarking, json })
      }
      const marksOf = (listener: LiveListener) => listener.subjects('annotation.created')
      await own.until(() => marksOf(own).length === words.length)
      // One more event, which everyone receives, ends the wait for those who must receive nothing.
      await send({ port: one.port, method: 'POST', path: '/sources', as: sessions.lead, json: { name: 'Almanac' } })
      for (const listener of [peer, viewer, lead]) {
        await listener.until(() => listener.subjects('source.created').length === 1)
        expect(marksOf(listener)).toEqual([])
        expect(listener.text).not.toContain('Quillfeather')
      }
      expect(lead.subjects('assignment.progressed')).toHaveLength(words.length)
    },
  )
})
