import { expect, it } from 'vitest'
import { describeOnBothDatabases } from '../setup/databases'
import { call } from './calls'
import { makeWorld, type World } from './world'

function change(world: World, tags: unknown, version: number) {
  const { document, sessions } = world
  return call({ method: 'patch', path: `/documents/${document.id}`, as: sessions.lead, json: { tags }, version })
}

async function titlesWith(world: World, tag: string): Promise<number> {
  const path = `/documents?tag=${encodeURIComponent(tag)}`
  const found = await call({ method: 'get', path, as: world.sessions.viewer })
  expect(found.status, found.text).toBe(200)
  return (found.json.items as unknown[]).length
}

describeOnBothDatabases('tags of documents', (context) => {
  it('are set as a list, found however they are written, and recorded', async () => {
    const world = await makeWorld(context.database)
    const first = await change(world, ['Port', ' Żaba  pond ', 'PORT'], 1)
    expect(first.json, first.text).toMatchObject({ tags: ['Port', 'Żaba pond'], version: 2 })
    const again = await change(world, ['Port', 'Żaba pond'], 2)
    expect(again.json).toMatchObject({ version: 2 })
    expect(await titlesWith(world, 'port')).toBe(1)
    expect(await titlesWith(world, 'ŻABA POND')).toBe(1)
    expect(await titlesWith(world, 'Por')).toBe(0)
    const listed = await call({ method: 'get', path: '/tags', as: world.sessions.viewer })
    expect(listed.json.items).toContainEqual({ name: 'Port', annotations: 0, documents: 1 })
    expect((await change(world, [], 2)).json).toMatchObject({ tags: [], version: 3 })
    expect(await titlesWith(world, 'port')).toBe(0)
    const events = await context.database.read.event.findMany({
      where: { subjectId: world.document.id, type: 'document.updated' },
      orderBy: { sequence: 'asc' },
      select: { data: true },
    })
    expect(events.map(({ data }) => data)).toEqual([
      { before: { tags: [] }, after: { tags: ['Port', 'Żaba pond'] } },
      { before: { tags: ['Port', 'Żaba pond'] }, after: { tags: [] } },
    ])
  })

  it('have limits, and one edit of a version wins', async () => {
    const world = await makeWorld(context.database)
    const tooMany = Array.from({ length: 21 }, (_, index) => `tag ${String(index)}`)
    for (const tags of [[''], ['a,b'], ['x'.repeat(41)], tooMany, 'port', [1]])
      expect((await change(world, tags, 1)).status, JSON.stringify(tags)).toBe(422)
    expect((await change(world, tooMany.slice(1), 1)).status).toBe(200)
    expect((await change(world, ['late'], 1)).status).toBe(412)
    const { document, sessions } = world
    const path = `/documents/${document.id}`
    const asReviewer = await call({ method: 'patch', path, as: sessions.reviewer, json: { tags: ['x'] }, version: 2 })
    expect(asReviewer.status).toBe(403)
  })
})
