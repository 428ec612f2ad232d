import { expect, it } from 'vitest'
import { maxTags } from '@/lib/domain/tags/tag'
import { describeOnBothDatabases } from '../setup/databases'
import { makeId } from '../setup/factories'
import { call, type Answer } from './calls'
import { firstSentence, makeWorld, secondSentence, type World } from './world'

function mark(world: World, json: object): Promise<Answer> {
  return call({
    method: 'post',
    path: `/revisions/${world.document.revisionId}/annotations`,
    as: world.sessions.reviewer,
    json: { ...firstSentence, rating: 'unsourced', ...json },
  })
}

function patch(world: World, { id, version, json }: { id: string; version: number; json: object }): Promise<Answer> {
  return call({ method: 'patch', path: `/annotations/${id}`, as: world.sessions.reviewer, json, version })
}

async function vocabulary(world: World, query = ''): Promise<unknown> {
  return (await call({ method: 'get', path: `/tags${query}`, as: world.sessions.viewer })).json['items']
}

describeOnBothDatabases('tags', (context) => {
  it('are set with an annotation, replaced as a list, and one word however they are written', async () => {
    const world = await makeWorld(context.database)
    const first = await mark(world, { tags: [' Winter ', 'harbour log', 'WINTER'] })
    expect(first.status, first.text).toBe(201)
    expect(first.json['tags']).toEqual(['harbour log', 'Winter'])
    const id = String(first.json['id'])
    const second = await mark(world, { ...secondSentence, tags: ['winter'] })
    expect(second.json['tags'], 'each keeps its spelling').toEqual(['winter'])
    expect(await context.database.read.tag.count({ where: { workspaceId: world.workspaceId } })).toBe(2)
    const changed = await patch(world, { id, version: 1, json: { tags: ['Winter', 'ice'] } })
    expect(changed.json).toMatchObject({ tags: ['ice', 'Winter'], version: 2 })
    expect(
      (await patch(world, { id, version: 1, json: { tags: ['Winter', 'ice'] } })).json,
      'a repeated request',
    ).toMatchObject({
      version: 2,
    })
    expect((await patch(world, { id, version: 1, json: { tags: [] } })).status, 'an edit of an older version').toBe(412)
    const untouched = await patch(world, { id, version: 2, json: { note: 'Which log?' } })
    expect(untouched.json).toMatchObject({ tags: ['ice', 'Winter'], version: 3 })
    const events = await context.database.read.event.findMany({
      where: { subjectId: id, type: 'annotation.updated' },
      orderBy: { sequence: 'asc' },
      select: { data: true },
    })
    expect(events[0]?.data).toMatchObject({
      before: { tags: ['harbour log', 'Winter'] },
      after: { tags: ['ice', 'Winter'] },
    })
  })

  it('come back with a deleted annotation, and a repeated creation is the same one', async () => {
    const world = await makeWorld(context.database)
    const id = makeId()
    const create = () => mark(world, { id, tags: ['ice'] })
    expect([(await create()).status, (await create()).status]).toEqual([201, 200])
    expect((await mark(world, { id, tags: ['snow'] })).status).toBe(409)
    const { reviewer } = world.sessions
    await call({ method: 'delete', path: `/annotations/${id}`, as: reviewer, version: 1 })
    expect(await vocabulary(world)).toEqual([])
    const restored = await call({ method: 'post', path: `/annotations/${id}/restore`, as: reviewer })
    expect(restored.json['tags']).toEqual(['ice'])
  })

  it('are offered by use, in their most common spelling', async () => {
    const world = await makeWorld(context.database)
    await mark(world, { tags: ['Ice'] })
    await mark(world, { ...secondSentence, tags: ['ice', 'Port_authority'] })
    await mark(world, { start: 0, end: 5, tags: ['ice'] })
    const { workspaceId, document } = world
    const [{ id: tagId } = { id: '' }] = await context.database.read.tag.findMany({
      where: { workspaceId, folded: 'ice' },
      select: { id: true },
    })
    await context.database.write.documentTag.create({
      data: { workspaceId, documentId: document.id, tagId, name: 'ice' },
      select: { tagId: true },
    })
    const ice = { name: 'ice', annotations: 3, documents: 1 }
    expect(await vocabulary(world)).toEqual([ice, { name: 'Port_authority', annotations: 1, documents: 0 }])
    expect(await vocabulary(world, '?q=IC')).toEqual([ice])
    expect(await vocabulary(world, '?q=%25'), 'a percent sign is no wildcard').toEqual([])
    expect(await vocabulary(await makeWorld(context.database)), 'another workspace’s').toEqual([])
  })

  it('are made once when eight annotations bring the same at once', async () => {
    const world = await makeWorld(context.database)
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, place) =>
        mark(world, { start: place, end: 24, exact: undefined, tags: ['ice', 'snow'] }),
      ),
    )
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 201))
    expect(await context.database.read.tag.count({ where: { workspaceId: world.workspaceId } })).toBe(2)
  })

  it.each([
    ['none in a tag', ['']],
    ['a comma', ['ice, snow']],
    ['more than fit', Array.from({ length: maxTags + 1 }, (_, place) => `tag ${String(place)}`)],
  ])('refuse %s', async (_, tags) => {
    const world = await makeWorld(context.database)
    const answer = await mark(world, { tags })
    expect(answer.status, answer.text).toBe(422)
    expect(answer.text).toContain('tags')
  })
})
