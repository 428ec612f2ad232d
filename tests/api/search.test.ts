import { expect, it } from 'vitest'
import { describeOnBothDatabases } from '../setup/databases'
import { createAnnotation, createMember, createSource } from '../setup/factories'
import { createSession } from '../setup/session-factories'
import { makeBlindWorld, secretWords, workInHiding } from './blind-world'
import { call, type Credentials } from './calls'
import { makeWorld } from './world'

interface Found {
  kind: string
  id: string
  label: string
  detail: string
}

async function search(as: Credentials, q: string, limit = 6): Promise<Found[]> {
  const found = await call({ method: 'get', path: `/search?q=${encodeURIComponent(q)}&limit=${String(limit)}`, as })
  expect(found.status, found.text).toBe(200)
  return found.json.items as Found[]
}

const kindsOf = (found: readonly Found[]) => [...new Set(found.map(({ kind }) => kind))]

describeOnBothDatabases('the search through everything', (context) => {
  it('finds things of each kind, those named so first', async () => {
    const { database } = context
    const world = await makeWorld(database)
    const { workspaceId, members, sessions, document } = world
    await createSource(database, { workspaceId, name: 'Żaba Gazette' })
    await createMember(database, { workspaceId, name: 'Żaneta Żaba' })
    const author = members.lead
    await createAnnotation(database, { document, author, words: 'Sales rose', note: 'Ask Mr Żaba.' })
    await createSession(database, { workspaceId, name: 'Żaba round', state: 'closed', documents: [document] })
    expect(kindsOf(await search(sessions.viewer, 'żaba'))).toEqual([
      'source',
      'report',
      'review-session',
      'member',
      'annotation',
    ])
    const words = await search(sessions.viewer, 'Sales rose')
    expect(words).toContainEqual(
      expect.objectContaining({ kind: 'annotation', label: 'Sales rose', documentId: document.id }),
    )
    expect(kindsOf(words)).toContain('document')
    expect(await search(sessions.viewer, '_')).toEqual([])
    expect((await search(sessions.viewer, 'a', 1)).filter(({ kind }) => kind === 'document')).toHaveLength(1)
    expect(await search(world.outsider, 'żaba')).toEqual([])
    expect((await call({ method: 'get', path: '/search?q=', as: sessions.viewer })).status).toBe(422)
  })

  it('shows sessions to those who may see them alone', async () => {
    const { database } = context
    const world = await makeWorld(database)
    const { id } = await createSession(database, { workspaceId: world.workspaceId, name: 'Kestrel', state: 'draft' })
    expect(await search(world.sessions.lead, 'kestrel')).toMatchObject([{ kind: 'review-session', id }])
    expect(await search(world.sessions.reviewer, 'kestrel')).toEqual([])
    expect(await search(world.sessions.viewer, 'kestrel')).toEqual([])
  })

  it('finds nothing of what a blind reviewer wrote, but for that reviewer', async () => {
    const blind = await makeBlindWorld(context.database)
    await workInHiding(blind)
    const own = await Promise.all(secretWords.map((word) => search(blind.asHidden, word)))
    expect(own.flat().length).toBeGreaterThan(0)
    for (const { as } of Object.values(blind.onlookers))
      for (const word of secretWords) expect(await search(as, word), word).toEqual([])
  })
})
