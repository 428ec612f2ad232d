import { expect, it } from 'vitest'
import { describeOnBothDatabases } from '../setup/databases'
import { factoryTime, makeId } from '../setup/factories'
import { call, type Answer } from './calls'
import { assigned, complete, leads, makeReviewWorld, submit, type Person, type ReviewWorld } from './review-world'
import { makeWorld } from './world'

function ask(person: Person, path: string, json?: object): Promise<Answer> {
  const method = json === undefined ? 'get' : path.endsWith('preferences') ? 'put' : 'post'
  return call({ method, path: `/notifications${path}`, as: person.as, ...(json === undefined ? {} : { json }) })
}

async function mention({ ana, documents }: ReviewWorld, named: Person): Promise<string> {
  const answer = await call({
    method: 'post',
    path: `/documents/${documents[1].id}/threads`,
    as: ana.as,
    json: { comment: { body: 'You, please.', mentions: [named.actor.memberId] } },
  })
  if (answer.status !== 201) throw new Error(answer.text)
  return answer.json.id as string
}

describeOnBothDatabases('notifications', (context) => {
  it('are each member’s own, the newest first, in pages, and read one by one, by thread or all', async () => {
    const review = await makeReviewWorld(context.database)
    const { ana, ben } = review
    await assigned(review, { to: ben })
    const [first, second] = [await mention(review, ben), await mention(review, ben)]
    await mention(review, ben)
    const page = await ask(ben, '?limit=3')
    expect(page.json).toMatchObject({ unread: 4, items: [{ type: 'mention' }, {}, { data: { threadId: first } }] })
    const rest = await ask(ben, `?limit=3&cursor=${String(page.json.next)}`)
    expect(rest.json).toMatchObject({ next: null, items: [{ type: 'assignment-given', readAt: null }] })
    expect((await ask(ana, '')).json).toMatchObject({ items: [], unread: 0 })
    expect((await ask(ben, '/count')).json).toEqual({ work: 1, toAdjudicate: 0, unread: 3, total: 4 })
    expect((await ask(ben, '/read', { threadIds: [first, makeId()] })).json).toEqual({ unread: 3 })
    const [newest] = page.json.items as { id: string }[]
    // Notifications of other members stay as they are.
    await ask(ana, '/read', { ids: [newest?.id] })
    expect((await ask(ben, '/read', { ids: [newest?.id] })).json).toEqual({ unread: 2 })
    const unread = (await ask(ben, '?unread=true')).json.items as { data: { threadId?: string } }[]
    expect(unread.map(({ data }) => data.threadId)).toEqual([second, undefined])
    expect((await ask(ben, '/read', { all: true })).json).toEqual({ unread: 0 })
    expect((await ask(ben, '/count')).json).toEqual({ work: 1, toAdjudicate: 0, unread: 0, total: 1 })
    for (const json of [{}, { ids: [] }, { all: false }, { ids: ['x'] }, { threadIds: [] }])
      expect((await ask(ben, '/read', json)).status).toBe(422)
  })

  it('come by mail when each member wants it; the server says that it sends none', async () => {
    const review = await makeReviewWorld(context.database)
    const { ben } = review
    expect((await ask(ben, '/preferences')).json).toEqual({
      mailTiming: 'immediately',
      mailIsOn: false,
      digestHour: 6,
    })
    expect((await ask(ben, '/preferences', { mailTiming: 'never' })).json).toMatchObject({ mailTiming: 'never' })
    await mention(review, ben)
    expect((await ask(ben, '/preferences', { mailTiming: 'daily' })).json).toMatchObject({ mailTiming: 'daily' })
    expect((await ask(ben, '/preferences', { mailTiming: 'hourly' })).status).toBe(422)
    await mention(review, ben)
    const rows = await context.database.read.notification.findMany({
      where: { memberId: ben.actor.memberId },
      orderBy: { id: 'asc' },
      select: { mailedAt: true },
    })
    // Events from while mail was off are never mailed.
    expect(rows.map(({ mailedAt }) => mailedAt !== null)).toEqual([true, false])
  })

  it('count a session whose claims someone is to settle, until they are settled', async () => {
    const { database } = context
    const world = await makeWorld(database)
    const { adjudicationId } = world.adjudication
    const countOf = async (role: 'reviewer' | 'viewer') => {
      const answer = await call({ method: 'get', path: '/notifications/count', as: world.sessions[role] })
      return answer.json.toAdjudicate
    }
    expect(await countOf('reviewer')).toBe(1)
    expect(await countOf('viewer')).toBe(0)
    await database.write.claim.updateMany({ where: { sessionId: adjudicationId }, data: { deletedAt: factoryTime } })
    expect(await countOf('reviewer')).toBe(0)
  })

  it('of submissions are read once nobody waits to accept them', async () => {
    const review = await makeReviewWorld(context.database)
    const { ana, lead, documents } = review
    const id = await assigned(review)
    await complete(documents[0], ana)
    expect((await submit(id, ana)).status).toBe(200)
    const unread = async () => (await ask(lead, '?unread=true')).json.items as { type: string }[]
    expect((await unread()).map(({ type }) => type)).toContain('submission-received')
    const session = await leads(review, `/review-sessions/${review.sessionId}`, { method: 'get' })
    const moved = await leads(review, `/review-sessions/${review.sessionId}/transitions`, {
      json: { name: 'start-adjudication', withdrawUnfinished: true },
      version: session.json.version as number,
    })
    expect(moved.status, moved.text).toBe(200)
    expect((await unread()).map(({ type }) => type)).not.toContain('submission-received')
  })
})
