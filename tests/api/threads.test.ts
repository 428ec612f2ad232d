import { expect, it } from 'vitest'
import { describeOnBothDatabases, type DatabaseContext } from '../setup/databases'
import { makeId } from '../setup/factories'
import { createAssignment } from '../setup/session-factories'
import { call, type Answer } from './calls'
import { makeReviewWorld, assigned, complete, rate, submit, type Person, type ReviewWorld } from './review-world'

type Threads = { id: string; comments: { id: string; body: string; deleted: boolean; author: { name: string } }[] }[]

function start(documentId: string, person: Pick<Person, 'as'>, json: object): Promise<Answer> {
  return call({ method: 'post', path: `/documents/${documentId}/threads`, as: person.as, json })
}

async function started(documentId: string, person: Pick<Person, 'as'>, json: object): Promise<string> {
  const answer = await start(documentId, person, json)
  if (answer.status !== 201) throw new Error(answer.text)
  return answer.json.id as string
}

function say(threadId: string, person: Pick<Person, 'as'>, json: object): Promise<Answer> {
  return call({ method: 'post', path: `/threads/${threadId}/comments`, as: person.as, json })
}

function read(threadId: string, person: Pick<Person, 'as'>): Promise<Answer> {
  return call({ method: 'get', path: `/threads/${threadId}`, as: person.as })
}

async function listed(documentId: string, person: Pick<Person, 'as'>): Promise<Threads> {
  const answer = await call({ method: 'get', path: `/documents/${documentId}/threads`, as: person.as })
  if (answer.status !== 200) throw new Error(answer.text)
  return answer.json.items as Threads
}

async function toldOf({ database }: DatabaseContext, { actor }: Pick<Person, 'actor'>): Promise<string[]> {
  const rows = await database.read.notification.findMany({
    where: { memberId: actor.memberId },
    orderBy: { id: 'asc' },
    select: { type: true },
  })
  return rows.map(({ type }) => type)
}

function roleOf({ world }: ReviewWorld, role: 'owner' | 'reviewer' | 'viewer'): Person {
  return { actor: world.members[role], as: world.sessions[role] }
}

const words = (body: string) => ({ comment: { body } })

describeOnBothDatabases('discussions', (context) => {
  it('are started, answered, changed, deleted, resolved and opened again', async () => {
    const review = await makeReviewWorld(context.database)
    const { ana, ben, documents } = review
    const [document] = documents
    const mark = await rate(document, ana)
    const threadId = await started(document.id, ana, { annotationId: mark.json.id, ...words('Which year?') })
    const answer = await say(threadId, ben, { body: 'The twelfth.' })
    expect(answer.status, answer.text).toBe(201)
    const path = `/comments/${String(answer.json.id)}`
    const json = { body: 'The thirteenth.' }
    expect((await call({ method: 'patch', path, as: ana.as, version: 1, json })).status).toBe(403)
    expect((await call({ method: 'patch', path, as: ben.as, version: 1, json })).json).toMatchObject({
      body: 'The thirteenth.',
      edited: true,
      version: 2,
    })
    // Sent again after a lost answer, and from another tab that has the first version.
    expect((await call({ method: 'patch', path, as: ben.as, version: 1, json })).status).toBe(200)
    const stale = await call({ method: 'patch', path, as: ben.as, version: 1, json: { body: 'No.' } })
    expect([stale.status, stale.json.current]).toMatchObject([412, { body: 'The thirteenth.' }])
    expect((await call({ method: 'delete', path, as: ben.as, version: 2 })).status).toBe(204)
    expect((await call({ method: 'delete', path, as: ben.as, version: 2 })).status).toBe(204)
    expect((await call({ method: 'patch', path, as: ben.as, version: 3, json })).status).toBe(410)
    const shown = await read(threadId, ana)
    expect(shown.json).toMatchObject({
      about: { kind: 'annotation', annotationId: mark.json.id, exact: mark.json.exact },
      comments: [{ body: 'Which year?' }, { body: '', deleted: true }],
      resolved: null,
    })
    const resolve = (name: string) => call({ method: 'post', path: `/threads/${threadId}/${name}`, as: ben.as })
    expect((await resolve('resolve')).json).toMatchObject({ resolved: { by: 'Ben Reviewer' } })
    const again = await resolve('resolve')
    expect((await resolve('resolve')).json).toEqual(again.json)
    expect((await resolve('reopen')).json).toMatchObject({ resolved: null })
    const events = await context.database.read.event.findMany({
      where: { OR: [{ type: { startsWith: 'thread.' } }, { type: { startsWith: 'comment.' } }] },
      orderBy: { sequence: 'asc' },
      select: { type: true, documentId: true },
    })
    expect(events.map(({ type }) => type)).toEqual([
      'thread.created',
      'comment.created',
      'comment.created',
      'comment.updated',
      'comment.deleted',
      'thread.resolved',
      'thread.reopened',
    ])
    expect(new Set(events.map(({ documentId }) => documentId))).toEqual(new Set([document.id]))
  })

  it('are made once, however often the request comes, and refuse an id that is taken', async () => {
    const { ana, ben, documents } = await makeReviewWorld(context.database)
    const [document, other] = documents
    const [id, commentId, answerId] = [makeId(), makeId(), makeId()]
    const json = { id, comment: { id: commentId, body: 'Which year?' } }
    const answers = await Promise.all(Array.from({ length: 5 }, () => start(document.id, ana, json)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 201])
    const said = await Promise.all(
      Array.from({ length: 5 }, () => say(id, ben, { id: answerId, body: 'The twelfth.' })),
    )
    expect(said.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 201])
    expect((await read(id, ana)).json.comments).toHaveLength(2)
    expect((await start(document.id, ana, { ...json, ...words('Another') })).status).toBe(409)
    expect((await start(other.id, ana, json)).status).toBe(409)
    expect((await start(document.id, ben, json)).status).toBe(409)
    expect((await say(id, ben, { id: answerId, body: 'Another.' })).status).toBe(409)
    expect((await say(id, ana, { id: answerId, body: 'The twelfth.' })).status).toBe(409)
    expect((await start(other.id, ana, { comment: { id: commentId, body: 'Which year?' } })).status).toBe(409)
    expect(await listed(other.id, ana)).toEqual([])
  })

  it('refuse what does not fit', async () => {
    const review = await makeReviewWorld(context.database)
    const { ana, documents, world } = review
    const [document, other] = documents
    const mark = await rate(document, ana)
    const cases: [object, number][] = [
      [words('  '), 422],
      [{ comment: { body: 'x'.repeat(10_001) } }, 422],
      [{ ...words('Hm'), annotationId: makeId() }, 404],
      [{ ...words('Hm'), claimId: makeId() }, 404],
      [{ ...words('Hm'), claimId: makeId(), annotationId: makeId() }, 422],
      [{ ...words('Hm'), audience: 'friends' }, 422],
      [{ comment: { body: 'Hm', mentions: [makeId()] } }, 422],
    ]
    for (const [json, status] of cases) expect((await start(document.id, ana, json)).status).toBe(status)
    // An annotation of another document.
    expect((await start(other.id, ana, { ...words('Hm'), annotationId: mark.json.id })).status).toBe(404)
    expect((await start(document.id, roleOf(review, 'viewer'), words('Hm'))).status).toBe(403)
    expect((await start(document.id, { as: world.outsider }, words('Hm'))).status).toBe(404)
    const id = await started(document.id, ana, words('Here'))
    expect((await read(id, { as: world.outsider })).status).toBe(404)
    expect((await listed(document.id, ana)).map((thread) => thread.id)).toEqual([id])
  })

  it('hide what reviewers say in a blind phase from each other and from leads, until it ends', async () => {
    const review = await makeReviewWorld(context.database, { protocol: { reviewersPerDocument: 2 } })
    const { ana, ben, lead, documents } = review
    const [document] = documents
    const viewer = roleOf(review, 'viewer')
    const before = await started(document.id, ana, words('Said in the open.'))
    await say(before, lead, { body: 'And answered.' })
    const byLead = await started(document.id, lead, words('Look at the table.'))
    expect((await listed(document.id, ben)).map(({ id }) => id)).toEqual([before, byLead])
    await assigned(review, { to: ana })
    await assigned(review, { to: ben })
    const mark = await rate(document, ana)
    const secret = await started(document.id, ana, {
      annotationId: mark.json.id,
      comment: { body: '@Ben Reviewer @Person look', mentions: [ben.actor.memberId, lead.actor.memberId] },
    })
    for (const person of [ben, lead, viewer]) {
      expect((await read(secret, person)).status).toBe(404)
      expect((await say(secret, person, { body: 'Hm' })).status).toBe(person === viewer ? 403 : 404)
    }
    // Ben sees nothing of Ana's; Ana keeps her earlier words, without the lead's.
    expect(await listed(document.id, ben)).toEqual([])
    const own = await listed(document.id, ana)
    expect(own.map(({ id, comments }) => [id, comments.map(({ body }) => body)])).toEqual([
      [before, ['Said in the open.']],
      [secret, ['@Ben Reviewer @Person look']],
    ])
    // A member outside the session would read what she wrote there.
    const refused = await say(before, ana, { body: 'I see it now.' })
    expect([refused.status, String(refused.json.detail)]).toEqual([409, expect.stringContaining('ask the lead')])
    expect((await listed(document.id, lead)).map(({ id }) => id)).toEqual([before, byLead])
    expect((await toldOf(context, ben)).filter((type) => type === 'mention')).toEqual([])
    expect(await toldOf(context, lead)).not.toContain('mention')
    await context.database.write.reviewSession.updateMany({
      where: { id: review.sessionId },
      data: { state: 'adjudication' },
    })
    for (const person of [ben, lead, viewer])
      expect((await listed(document.id, person)).map(({ id }) => id)).toEqual([before, byLead, secret])
  })

  it('keep a question between who asks and the leads, without the mark it is about', async () => {
    const review = await makeReviewWorld(context.database, { protocol: { reviewersPerDocument: 2 } })
    const { ana, ben, lead, documents } = review
    const [document] = documents
    await assigned(review, { to: ana })
    await assigned(review, { to: ben })
    const mark = await rate(document, ana)
    const id = await started(document.id, ana, {
      annotationId: mark.json.id,
      audience: 'leads',
      ...words('Does a caption count?'),
    })
    const asLead = await read(id, lead)
    expect(asLead.json).toMatchObject({
      about: { kind: 'annotation', annotationId: null, exact: null },
      may: { comment: true },
    })
    expect(asLead.text).not.toContain(mark.json.id)
    expect((await say(id, lead, { body: 'It does.' })).status).toBe(201)
    expect((await read(id, ana)).json.comments).toMatchObject([{}, { body: 'It does.' }])
    for (const person of [ben, roleOf(review, 'viewer'), roleOf(review, 'reviewer')])
      expect((await read(id, person)).status).toBe(404)
    expect(await toldOf(context, lead)).toEqual(['question'])
    expect(await toldOf(context, roleOf(review, 'owner'))).toEqual(['question'])
    expect((await toldOf(context, ana)).at(-1)).toBe('reply')
    expect(await toldOf(context, ben)).not.toContain('reply')
    // A lead who judges the document blind does not count as a lead here.
    const owner = roleOf(review, 'owner')
    await createAssignment(context.database, {
      sessionId: review.sessionId,
      documentId: document.id,
      member: owner.actor,
    })
    expect((await read(id, owner)).status).toBe(404)
  })

  it('open between two who have submitted, where the protocol says so', async () => {
    const review = await makeReviewWorld(context.database, {
      protocol: { reviewersPerDocument: 2, reveal: 'after_submission' },
    })
    const { ana, ben, documents } = review
    const [document] = documents
    const [first, second] = [await assigned(review, { to: ana }), await assigned(review, { to: ben })]
    await complete(document, ana)
    const id = await started(document.id, ana, words('The date is off.'))
    await complete(document, ben)
    await submit(second, ben)
    expect((await read(id, ben)).status).toBe(404)
    await submit(first, ana)
    expect((await read(id, ben)).status).toBe(200)
    expect((await say(id, ben, { body: 'It is.' })).status).toBe(201)
    expect((await read(id, ana)).json.comments).toHaveLength(2)
    expect((await read(id, review.lead)).status).toBe(404)
  })

  it('about claims are for those who settle them, then for everyone', async () => {
    const { world } = await makeReviewWorld(context.database)
    const { claimId, adjudicationId } = world.adjudication
    const claim = await call({ method: 'get', path: `/claims/${claimId}`, as: world.sessions.reviewer })
    const documentId = (claim.json.document as { id: string }).id
    const settler = { as: world.sessions.reviewer }
    const id = await started(documentId, settler, { claimId, ...words('Two dates?') })
    expect((await read(id, { as: world.sessions.lead })).json).toMatchObject({
      about: { kind: 'claim', claimId },
      sessionId: adjudicationId,
    })
    expect((await read(id, { as: world.sessions.viewer })).status).toBe(404)
    expect((await start(documentId, { as: world.sessions.viewer }, { claimId, ...words('Hm') })).status).toBe(403)
    const close = (state: 'closed' | 'active') =>
      context.database.write.reviewSession.updateMany({
        where: { id: adjudicationId },
        data: { state },
      })
    await close('closed')
    expect((await read(id, { as: world.sessions.viewer })).status).toBe(200)
    await close('active')
    expect((await read(id, { as: world.sessions.owner })).status).toBe(404)
  })

  it('tell who is named and who took part, once, never the author, and never who may not see it', async () => {
    const review = await makeReviewWorld(context.database)
    const { ana, ben, documents } = review
    const [document] = documents
    const id = await started(document.id, ana, words('@ben reviewer, do you know? So does @Ana Reviewer.'))
    expect(await toldOf(context, ben)).toEqual(['mention'])
    expect(await toldOf(context, ana)).toEqual([])
    const answer = await say(id, ben, { body: '@Ana, no.' })
    expect(answer.json.mentions).toEqual([{ id: ana.actor.memberId, name: 'Ana Reviewer' }])
    expect(await toldOf(context, ana)).toEqual(['mention'])
    await say(id, ana, { body: 'Thank you.' })
    expect(await toldOf(context, ben)).toEqual(['mention', 'reply'])
    // A reviewer mentioned in a question to the leads is not notified.
    await started(document.id, ana, { audience: 'leads', ...words('Is @Ben Reviewer away?') })
    expect(await toldOf(context, ben)).toEqual(['mention', 'reply'])
    const [{ data } = { data: null }] = await context.database.read.notification.findMany({
      where: { memberId: ben.actor.memberId, type: 'mention' },
      select: { data: true },
    })
    expect(data).toMatchObject({ threadId: id, title: 'The pier', actorName: 'Ana Reviewer' })
    expect(JSON.stringify(data)).not.toContain('do you know')
    const path = `/comments/${String(answer.json.id)}`
    const mentions = [ana.actor.memberId, review.lead.actor.memberId]
    await call({ method: 'patch', path, as: ben.as, version: 1, json: { body: 'No, but the lead.', mentions } })
    expect((await toldOf(context, review.lead)).filter((type) => type === 'mention')).toHaveLength(1)
    expect((await toldOf(context, ana)).filter((type) => type === 'mention')).toHaveLength(1)
  })

  it('take 100 comments of four at once, each exactly once, with requests sent twice', async () => {
    const { ana, ben, lead, documents, world } = await makeReviewWorld(context.database)
    const id = await started(documents[0].id, ana, words('Let us talk.'))
    const people = [ana, ben, lead, { as: world.sessions.reviewer }]
    await Promise.all(
      people.map(async (person, who) => {
        for (let number = 0; number < 25; number += 1) {
          const comment = { id: makeId(), body: `${String(who)}.${String(number)}` }
          const sent =
            number % 3 === 0 ? [say(id, person, comment), say(id, person, comment)] : [say(id, person, comment)]
          for (const answer of await Promise.all(sent)) expect(answer.status).toBeLessThan(202)
        }
      }),
    )
    const { comments } = (await read(id, ana)).json as { comments: { body: string }[] }
    expect(comments).toHaveLength(101)
    expect(new Set(comments.map(({ body }) => body)).size).toBe(101)
  }, 60_000)
})
