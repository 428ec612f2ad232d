import { expect, it } from 'vitest'
import { describeOnBothDatabases } from '../setup/databases'
import { makeId, type MadeDocument } from '../setup/factories'
import { call, nobody, type Answer } from './calls'
import { assigned, makeReviewWorld, type Person, type ReviewWorld } from './review-world'

const words = 'rose by 12%'

/** A passage of a document, by its words. */
function passageOf({ revisionId, text }: MadeDocument, exact = words) {
  const start = text.indexOf(exact)
  return { revisionId, start, end: start + exact.length }
}

function start(documentId: string, { as }: Pick<Person, 'as'>, json: object): Promise<Answer> {
  const whole = { comment: { body: 'Which register?' }, ...json }
  return call({ method: 'post', path: `/documents/${documentId}/threads`, as, json: whole })
}

async function started(document: MadeDocument, person: Pick<Person, 'as'>, json: object = {}): Promise<string> {
  const answer = await start(document.id, person, { passage: passageOf(document), ...json })
  if (answer.status !== 201) throw new Error(answer.text)
  return answer.json.id as string
}

function ask(path: string, { as }: Pick<Person, 'as'>): Promise<Answer> {
  return call({ method: 'get', path, as })
}

function move({ world, sessionId }: ReviewWorld, state: 'active' | 'adjudication' | 'closed'): Promise<unknown> {
  return world.database.write.reviewSession.updateMany({ where: { id: sessionId }, data: { state } })
}

describeOnBothDatabases('a comment on a passage', (context) => {
  it('is refused where the passage does not hold, with what would have worked', async () => {
    const review = await makeReviewWorld(context.database)
    const { ana, documents, world } = review
    const [document, other] = documents
    const passage = passageOf(document)
    const { length } = document.text
    const fish = document.text.indexOf('🐟')
    const cases: [MadeDocument, object, number, [string, RegExp] | null][] = [
      [document, { passage: { start: 0, end: 4 } }, 422, ['passage.revisionId', /./]],
      [document, { passage: { ...passage, start: -1 } }, 422, ['passage.start', /./]],
      [document, { passage: { ...passage, end: passage.start } }, 422, ['passage.end', /greater than "start"/]],
      [
        document,
        { passage: { ...passage, end: length + 1 } },
        422,
        ['passage.end', new RegExp(`has ${String(length)}`)],
      ],
      [document, { passage: { ...passage, exact: 'fell by 12%' } }, 422, ['passage.exact', /is "rose by 12%"/]],
      [document, { passage: { ...passage, words } }, 422, ['passage', /./]],
      [document, { passage: passageOf(document, ' ') }, 422, ['passage.start', /white space/]],
      [
        document,
        { passage: { ...passage, end: fish + 1 } },
        422,
        ['passage.end', new RegExp(`${String(fish + 2)} is after`)],
      ],
      [document, { passage, annotationId: makeId() }, 422, ['passage', /one thing/]],
      [document, { passage, claimId: makeId() }, 422, ['passage', /one thing/]],
      [document, { passage: { ...passage, revisionId: makeId() } }, 404, null],
      // Words of another document.
      [document, { passage: passageOf(other) }, 404, null],
    ]
    for (const [of, json, status, problem] of cases) {
      const answer = await start(of.id, ana, json)
      expect(answer.status, answer.text).toBe(status)
      if (problem === null) continue
      const [path, message] = problem
      const fields = answer.json.fields as { path: string; message: string }[]
      expect(fields, answer.text).toContainEqual({ path, message: expect.stringMatching(message) as string })
    }
    expect((await start(document.id, { as: world.sessions.viewer }, { passage })).status).toBe(403)
    expect((await start(document.id, { as: world.outsider }, { passage })).status).toBe(404)
    expect((await start(document.id, { as: nobody }, { passage })).status).toBe(401)
    const stored = await context.database.read.thread.count({ where: { revisionId: { not: null } } })
    expect(stored).toBe(0)
  })

  it('keeps its words and their place, is made once, and is resolved and opened again', async () => {
    const { ana, ben, documents } = await makeReviewWorld(context.database)
    const [document] = documents
    const passage = passageOf(document)
    const json = { id: makeId(), passage, comment: { id: makeId(), body: 'Which register?' } }
    const answers = await Promise.all(Array.from({ length: 4 }, () => start(document.id, ana, json)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 201])
    // With the stored words, it is the same request.
    expect((await start(document.id, ana, { ...json, passage: { ...passage, exact: words } })).status).toBe(200)
    expect((await start(document.id, ana, { ...json, passage: passageOf(document, 'in May') })).status).toBe(409)
    expect((await start(document.id, ana, { id: json.id, comment: json.comment })).status).toBe(409)
    const about = { kind: 'passage', passage: { ...passage, exact: words, place: 'sentence 1' } }
    expect((await ask(`/threads/${json.id}`, ben)).json).toMatchObject({ about, resolved: null })
    expect((await ask(`/documents/${document.id}/threads`, ben)).json.items).toMatchObject([{ about }])
    const turn = (verb: string) => call({ method: 'post', path: `/threads/${json.id}/${verb}`, as: ben.as })
    expect((await turn('resolve')).json).toMatchObject({ about, resolved: { by: 'Ben Reviewer' } })
    expect((await turn('reopen')).json).toMatchObject({ about, resolved: null })
    const [event] = await context.database.read.event.findMany({
      where: { type: 'thread.created' },
      select: { data: true, documentId: true },
    })
    expect(event).toMatchObject({ documentId: document.id, data: { after: { passage: { ...passage, exact: words } } } })
  })

  it('names the passage to whom it tells of it, while they may see it', async () => {
    const review = await makeReviewWorld(context.database, { protocol: { reviewersPerDocument: 2 } })
    const { ana, ben, documents } = review
    const [document] = documents
    const id = await started(document, ana, { comment: { body: '@Ben Reviewer, which register?' } })
    const told = async () => {
      const list = (await ask('/notifications', ben)).json.items as { type: string; data: object }[]
      const inbox = (await ask('/inbox', ben)).json.mentions as { threadId: string; place: string | null }[]
      return {
        listed: list.find(({ type }) => type === 'mention')?.data,
        place: inbox.find(({ threadId }) => threadId === id)?.place,
      }
    }
    expect(await told()).toMatchObject({ listed: { threadId: id, place: 'sentence 1' }, place: 'sentence 1' })
    const [{ data } = { data: null }] = await context.database.read.notification.findMany({
      where: { memberId: ben.actor.memberId },
      select: { data: true },
    })
    expect(JSON.stringify(data)).not.toContain('sentence')
    // Once Ben judges the document blind, the notification does not say where Ana looked.
    await assigned(review, { to: ben })
    const now = await told()
    expect([now.listed, now.place]).toMatchObject([{ threadId: id }, null])
    expect(now.listed).not.toHaveProperty('place')
  })

  it('is hidden in a blind phase as the marks of its writer are, from lists, errors and the history', async () => {
    const review = await makeReviewWorld(context.database, { protocol: { reviewersPerDocument: 2 } })
    const { ana, ben, lead, documents, world } = review
    const [document] = documents
    await assigned(review, { to: ana })
    await assigned(review, { to: ben })
    const id = await started(document, ana, { comment: { body: '@Ben Reviewer, which register?' } })
    const strangers = [ben, lead, { as: world.sessions.viewer }]
    for (const person of strangers) {
      expect((await ask(`/threads/${id}`, person)).status).toBe(404)
      const list = await ask(`/documents/${document.id}/threads`, person)
      expect(list.json.items).toEqual([])
      const taken = await start(document.id, person, { id, passage: passageOf(document) })
      if (taken.status !== 403) expect([taken.status, taken.text]).toEqual([409, expect.not.stringContaining('12%')])
    }
    expect((await ask('/events?after=0&limit=500', lead)).text).not.toContain(id)
    expect((await ask(`/threads/${id}`, ana)).json).toMatchObject({ about: { passage: { exact: words } } })
    await move(review, 'adjudication')
    for (const person of strangers)
      expect((await ask(`/threads/${id}`, person)).json).toMatchObject({ about: { passage: { exact: words } } })
  })

  it('of a question reaches the leads without its place until the blind phase ends', async () => {
    const review = await makeReviewWorld(context.database, { protocol: { reviewersPerDocument: 2 } })
    const { ana, ben, lead, documents } = review
    const [document] = documents
    await assigned(review, { to: ana })
    await assigned(review, { to: ben })
    const id = await started(document, ana, { audience: 'leads', comment: { body: 'Does a caption count?' } })
    const asked = await ask(`/threads/${id}`, lead)
    expect(asked.json).toMatchObject({ about: { kind: 'passage', passage: null }, comments: [{}] })
    expect(asked.text).not.toContain('12%')
    expect((await ask('/notifications', lead)).text).not.toContain('sentence')
    expect((await ask(`/threads/${id}`, ben)).status).toBe(404)
    await move(review, 'adjudication')
    expect((await ask(`/threads/${id}`, lead)).json).toMatchObject({ about: { passage: { exact: words } } })
  })
})
