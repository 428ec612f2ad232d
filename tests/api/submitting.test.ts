import { expect, it } from 'vitest'
import { describeOnBothDatabases, type DatabaseContext } from '../setup/databases'
import { makeId } from '../setup/factories'
import { createSession } from '../setup/session-factories'
import { call, type Answer } from './calls'
import {
  assigned,
  complete,
  decide,
  leads,
  look,
  makeReviewWorld,
  rate,
  submit,
  type Person,
  type ReviewWorld,
} from './review-world'
import { firstSentence, secondSentence } from './world'

function change(id: string, person: Person, version: number): Promise<Answer> {
  return call({ method: 'patch', path: `/annotations/${id}`, as: person.as, version, json: { note: 'Which log?' } })
}

async function marksOf({ database }: DatabaseContext, review: ReviewWorld) {
  return database.read.annotation.findMany({
    where: { workspaceId: review.world.workspaceId, authorId: review.ana.actor.memberId },
    orderBy: { id: 'asc' },
    select: { id: true, sessionId: true, phase: true, deletedAt: true },
  })
}

function eventsOf({ database }: DatabaseContext, subjectId: string) {
  return database.read.event.findMany({
    where: { subjectId },
    orderBy: { sequence: 'asc' },
    select: { type: true, sessionId: true, documentId: true },
  })
}

async function returned(review: ReviewWorld, id: string): Promise<Answer> {
  const { version } = (await look(id, review.lead)).json
  return leads(review, `/assignments/${id}/return`, { json: { comment: 'Look again.' }, version: version as number })
}

describeOnBothDatabases('submitting', (context) => {
  it('attributes marks to the session of the assignment, and starts it with the first', async () => {
    const review = await makeReviewWorld(context.database)
    const { ana, documents, sessionId } = review
    const [document, other] = documents
    const id = await assigned(review)
    const mark = await rate(document, ana)
    expect(mark.status, mark.text).toBe(201)
    await decide(document, ana)
    await rate(other, ana)
    const marks = await marksOf(context, review)
    expect(marks.map(({ sessionId: where, phase }) => [where, phase])).toEqual([
      [sessionId, 'blind'],
      [null, 'open'],
    ])
    const [decision] = await context.database.read.sentenceDecision.findMany({
      where: { authorId: ana.actor.memberId },
      select: { sessionId: true, sessionKey: true },
    })
    expect(decision).toEqual({ sessionId, sessionKey: sessionId })
    expect((await look(id, ana)).json).toMatchObject({ state: 'started', progress: { decided: 2, total: 2 } })
    expect((await eventsOf(context, id)).map(({ type }) => type)).toEqual(['assignment.created', 'assignment.started'])
    expect(await eventsOf(context, mark.json.id as string)).toEqual([
      { type: 'annotation.created', sessionId, documentId: document.id },
    ])
  })

  it('lists what is incomplete and why, then takes the work once, and keeps blind ratings', async () => {
    const review = await makeReviewWorld(context.database, { protocol: { requireSearchNote: true } })
    const { ana, documents, sessionId } = review
    const [document] = documents
    const id = await assigned(review)
    const mark = await rate(document, ana, { rating: 'sourced' })
    const refused = await submit(id, ana)
    expect(refused.status).toBe(409)
    expect(refused.json.detail).toContain('1 sentence is undecided, 1 rating lacks its evidence')
    const missing = {
      complete: false,
      count: 2,
      progress: { decided: 1, total: 2 },
      places: [
        { kind: 'missing-evidence', annotationId: mark.json.id, ...firstSentence },
        { kind: 'undecided-sentence', annotationId: null, ...secondSentence },
      ],
    }
    expect(refused.json.current).toMatchObject(missing)
    const asked = await call({ method: 'get', path: `/assignments/${id}/completeness`, as: ana.as })
    expect(asked.json).toMatchObject(missing)
    const patch = { method: 'patch', path: `/annotations/${String(mark.json.id)}`, as: ana.as } as const
    await call({ ...patch, version: 1, json: { rating: 'unsourced' } })
    await decide(document, ana)
    expect((await submit(id, ana)).json.current).toMatchObject({ places: [{ kind: 'missing-search-note' }] })
    await call({ ...patch, version: 2, json: { note: 'Asked two archives.' } })
    const first = await submit(id, ana)
    expect(first.status, first.text).toBe(200)
    expect(first.json).toMatchObject({ state: 'submitted', may: { submit: false } })
    const again = await submit(id, ana)
    expect(again.json).toEqual(first.json)
    expect(
      await context.database.read.blindRating.findMany({
        select: { assignmentId: true, annotationId: true, sessionId: true, rating: true },
      }),
    ).toEqual([{ assignmentId: id, annotationId: mark.json.id, sessionId, rating: 'unsourced' }])
    const types = (await eventsOf(context, id)).map(({ type }) => type)
    expect(types.filter((type) => type === 'assignment.submitted')).toHaveLength(1)
  })

  it('locks marks, answers repeated requests, and says who can open it again', async () => {
    const review = await makeReviewWorld(context.database)
    const { ana, documents } = review
    const [document] = documents
    const id = await assigned(review)
    const mine = makeId()
    expect((await rate(document, ana, { id: mine })).status).toBe(201)
    await decide(document, ana)
    await submit(id, ana)
    // Acknowledged, but the answer was lost: the same request comes again.
    expect((await rate(document, ana, { id: mine })).status).toBe(200)
    expect((await decide(document, ana)).status).toBe(200)
    const decisions = await context.database.read.sentenceDecision.findMany({
      where: { authorId: ana.actor.memberId },
      select: { id: true },
    })
    const refusals = [
      await rate(document, ana),
      await change(mine, ana, 1),
      await call({ method: 'delete', path: `/annotations/${mine}`, as: ana.as, version: 1 }),
      await call({ method: 'delete', path: `/sentence-decisions/${decisions[0]?.id ?? ''}`, as: ana.as }),
    ]
    for (const refusal of refusals) {
      expect(refusal.status, refusal.text).toBe(409)
      expect(refusal.json.detail).toContain('Ask the lead to return it')
    }
    expect((await marksOf(context, review)).map(({ id: mark }) => mark)).toEqual([mine])
  })

  it('opens returned work; what is changed then is never blind, and the blind ratings stay', async () => {
    const review = await makeReviewWorld(context.database)
    const { ana, documents } = review
    const [document] = documents
    const id = await assigned(review)
    const mark = (await rate(document, ana)).json.id as string
    await decide(document, ana)
    await submit(id, ana)
    expect((await returned(review, id)).json).toMatchObject({ state: 'returned', comment: 'Look again.' })
    expect((await look(id, ana)).json).toMatchObject({ comment: 'Look again.', may: { submit: true } })
    expect((await change(mark, ana, 1)).status).toBe(200)
    await rate(document, ana, { start: 0, end: 5 })
    expect((await marksOf(context, review)).map(({ phase }) => phase)).toEqual(['post', 'post'])
    expect((await submit(id, ana)).status).toBe(200)
    expect(await context.database.read.blindRating.count()).toBe(1)
  })

  it('keeps withdrawn work, locked, and gives it back', async () => {
    const review = await makeReviewWorld(context.database)
    const { ana, documents, sessionId } = review
    const [document] = documents
    const id = await assigned(review)
    const mark = (await rate(document, ana)).json.id as string
    const { version } = (await look(id, review.lead)).json
    await leads(review, `/assignments/${id}/withdraw`, { json: {}, version: version as number })
    const refusal = await change(mark, ana, 1)
    expect(refusal.status).toBe(409)
    expect(refusal.json.detail).toContain('was taken back from you in “Spring review”')
    expect((await submit(id, ana)).status).toBe(409)
    // Outside of the session the document can be read and marked as before.
    expect((await rate(document, ana)).status).toBe(201)
    expect((await marksOf(context, review)).map(({ sessionId: where }) => where)).toEqual([sessionId, null])
    await leads(review, `/assignments/${id}/reinstate`, { version: (version as number) + 1 })
    expect((await change(mark, ana, 1)).status).toBe(200)
  })

  it('belongs to the reviewer', async () => {
    const review = await makeReviewWorld(context.database)
    const { ana, ben, lead, documents } = review
    const id = await assigned(review)
    await complete(documents[0], ana)
    expect((await submit(id, ben)).status).toBe(404)
    expect((await submit(id, lead)).status).toBe(403)
    expect((await call({ method: 'get', path: `/assignments/${id}/completeness`, as: lead.as })).status).toBe(403)
    expect((await look(id, lead)).json).toMatchObject({ progress: { decided: 2, total: 2 }, may: { submit: false } })
    expect((await look(id, ben)).status).toBe(404)
  })

  it('marks outside of the session are left as they are, and other revisions are not marked for it', async () => {
    const review = await makeReviewWorld(context.database)
    const { ana, documents, world } = review
    const [document] = documents
    const before = (await rate(document, ana)).json.id as string
    await assigned(review)
    expect((await change(before, ana, 1)).status).toBe(200)
    expect((await marksOf(context, review))[0]).toMatchObject({ sessionId: null, phase: 'open' })
    const revision = await context.database.read.revision.findUniqueOrThrow({ where: { id: document.revisionId } })
    const newer = makeId()
    await context.database.write.revision.create({
      data: { ...revision, id: newer, number: 2, content: revision.content ?? {}, sentences: revision.sentences ?? [] },
    })
    const refusal = await rate({ ...document, revisionId: newer }, ana)
    expect(refusal.status).toBe(409)
    expect(refusal.json.detail).toContain(document.revisionId)
    expect((await rate({ ...document, revisionId: newer }, review.ben)).status).toBe(201)
    expect(world.workspaceId).toBe(revision.workspaceId)
  })

  it('does not let a mark slip in behind: 40 rounds of marks against a submission', { timeout: 120_000 }, async () => {
    const review = await makeReviewWorld(context.database)
    const { ana, documents } = review
    const [document] = documents
    const id = await assigned(review)
    await complete(document, ana)
    const late: string[] = []
    for (let round = 0; round < 40; round += 1) {
      const marks = Array.from({ length: 4 }, () => rate(document, ana, { id: makeId() }))
      // Another turn each round, so that the submission comes before, among and after them.
      marks.splice(round % 5, 0, submit(id, ana))
      const answers = await Promise.all(marks)
      const submission = answers[round % 5]
      expect(submission?.status, submission?.text).toBe(200)
      const events = await context.database.read.event.findMany({
        where: { workspaceId: review.world.workspaceId },
        orderBy: { sequence: 'asc' },
        select: { type: true, subjectId: true },
      })
      const last = events.map(({ type }) => type).lastIndexOf('assignment.submitted')
      late.push(
        ...events.slice(last + 1).flatMap(({ type, subjectId }) => (type === 'annotation.created' ? subjectId : [])),
      )
      for (const [place, answer] of answers.entries()) {
        if (place === round % 5) continue
        const stored = answer.status === 201
        expect([201, 409], answer.text).toContain(answer.status)
        if (stored) {
          const row = await context.database.read.annotation.count({ where: { id: answer.json.id as string } })
          expect(row).toBe(1)
        }
      }
      expect((await returned(review, id)).status).toBe(200)
    }
    expect(late).toEqual([])
  })

  it('attributes nothing to a session that is closed, and locks its marks', async () => {
    const review = await makeReviewWorld(context.database)
    const { ana, documents, sessionId } = review
    const [document] = documents
    const id = await assigned(review)
    const mark = (await rate(document, ana)).json.id as string
    await decide(document, ana)
    await submit(id, ana)
    await context.database.write.reviewSession.update({ where: { id: sessionId }, data: { state: 'closed' } })
    const refusal = await change(mark, ana, 1)
    expect(refusal.status).toBe(409)
    expect(refusal.json.detail).toContain('is not being reviewed now')
    await rate(document, ana)
    expect((await marksOf(context, review)).map(({ sessionId: where }) => where)).toEqual([sessionId, null])
    // A new session may have the document then.
    const next = await createSession(context.database, {
      workspaceId: review.world.workspaceId,
      state: 'active',
      documents: [document],
      reviewers: [ana.actor],
    })
    const json = { documentId: document.id, memberId: ana.actor.memberId }
    expect((await leads(review, `/review-sessions/${next.id}/assignments`, { json })).status).toBe(201)
  })
})
