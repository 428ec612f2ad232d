import { expect, it } from 'vitest'
import { describeOnBothDatabases } from '../setup/databases'
import { call } from './calls'
import { makeWorld, type World } from './world'

function change(world: World, json: object, version = 1) {
  return call({ method: 'patch', path: '/workspace', as: world.sessions.owner, json, version })
}

describeOnBothDatabases('the workspace', (context) => {
  it('has a time zone: UTC until one is chosen, of those that exist', async () => {
    const world = await makeWorld(context.database)
    const before = await call({ method: 'get', path: '/workspace', as: world.sessions.viewer })
    expect(before.json).toMatchObject({ timeZone: 'UTC', version: 1 })
    for (const timeZone of ['', 'Mars/Olympus', '+05:00', 'x'.repeat(65), 5])
      expect((await change(world, { timeZone })).status, String(timeZone)).toBe(422)
    expect((await change(world, {})).status).toBe(422)
    expect((await change(world, { timeZone: 'Pacific/Honolulu' })).json).toMatchObject({
      timeZone: 'Pacific/Honolulu',
      version: 2,
    })
    expect(await change(world, { timeZone: 'Asia/Tokyo' })).toMatchObject({
      status: 412,
      json: { current: { timeZone: 'Pacific/Honolulu' } },
    })
    expect((await change(world, { timeZone: 'Pacific/Honolulu' }, 2)).json).toMatchObject({ version: 2 })
    const me = await call({ method: 'get', path: '/me', as: world.sessions.viewer })
    expect(me.json).toMatchObject({ workspace: { timeZone: 'Pacific/Honolulu' } })
    const events = await context.database.read.event.findMany({
      where: { type: 'workspace.updated' },
      select: { data: true },
    })
    expect(events).toEqual([{ data: { before: { timeZone: 'UTC' }, after: { timeZone: 'Pacific/Honolulu' } } }])
  })

  it('keeps due days on their day when its time zone changes', async () => {
    const world = await makeWorld(context.database)
    const { database } = context
    const { sessionId, draftId, assignmentId } = world
    const endOfDay = new Date('2099-03-28T23:59:59.000Z')
    const noon = new Date('2099-03-28T12:00:00.000Z')
    await database.write.reviewSession.updateMany({ where: { id: sessionId }, data: { dueAt: endOfDay } })
    await database.write.reviewSession.updateMany({ where: { id: draftId }, data: { dueAt: noon } })
    await database.write.assignment.updateMany({ where: { id: assignmentId }, data: { dueAt: endOfDay } })
    expect((await change(world, { timeZone: 'Pacific/Honolulu' })).status).toBe(200)
    const moved = '2099-03-29T09:59:59.000Z'
    const session = await call({ method: 'get', path: `/review-sessions/${sessionId}`, as: world.sessions.lead })
    expect(session.json).toMatchObject({ dueAt: moved })
    const draft = await call({ method: 'get', path: `/review-sessions/${draftId}`, as: world.sessions.lead })
    expect(draft.json).toMatchObject({ dueAt: noon.toISOString() })
    const assignment = await call({ method: 'get', path: `/assignments/${assignmentId}`, as: world.sessions.reviewer })
    expect(assignment.json).toMatchObject({ dueAt: moved })
    const events = await database.read.event.findMany({
      where: { subjectId: { in: [sessionId, draftId, assignmentId] } },
      orderBy: { sequence: 'asc' },
      select: { type: true, data: true },
    })
    const data = { before: { dueAt: endOfDay.toISOString() }, after: { dueAt: moved } }
    expect(events).toEqual([
      { type: 'review-session.updated', data },
      { type: 'assignment.extended', data },
    ])
  })
})
