import { expect, it } from 'vitest'
import { permit } from '@/lib/server/access/gate'
import { holdOpenAssignments } from '@/lib/server/db/open-assignments'
import { write } from '@/lib/server/db/write'
import { describeOnBothDatabases, type DatabaseContext } from '../setup/databases'
import { factoryTime, makeId } from '../setup/factories'
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

/** Long enough for a call in this process to have read and to wait for its commit, in ms. */
const pause = () => new Promise((resolve) => setTimeout(resolve, 700))

const nothing = () => Promise.resolve(null)

function writeNothing({ lead }: ReviewWorld): Promise<null> {
  return write(permit(lead.actor, 'assignment.manage'), nothing)
}

/** Holds back every write of this process until the returned function is called. */
async function blockWrites({ lead }: ReviewWorld): Promise<() => void> {
  let release = (): void => undefined
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  await new Promise<void>((started) => {
    void write(permit(lead.actor, 'assignment.manage'), async () => {
      started()
      await released
    })
  })
  return release
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
    // Acknowledged, but the answer was lost: the same request is sent again.
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

  it('counts locked work in the session’s matrix as it is now: returned and changed, and with another scope', async () => {
    const review = await makeReviewWorld(context.database, { protocol: { requireSentenceDecisions: false } })
    const { ana, documents } = review
    const [document] = documents
    const id = await assigned(review)
    const counted = async () => {
      const { json } = await leads(review, `/review-sessions/${review.sessionId}/matrix`, { method: 'get' })
      const shown = (json.documents as { id: string; total: number; cells: { decided: number }[] }[]).find(
        (each) => each.id === document.id,
      )
      return `${String(shown?.cells[0]?.decided)} of ${String(shown?.total)}`
    }
    await rate(document, ana)
    expect(await counted()).toBe('1 of 2')
    await submit(id, ana)
    expect(await counted()).toBe('1 of 2')
    const { version } = (await look(id, review.lead)).json
    const json = { comment: 'And the second?' }
    await leads(review, `/assignments/${id}/return`, { json, version: version as number })
    await decide(document, ana)
    await submit(id, ana)
    expect(await counted()).toBe('2 of 2')
    const change = { ...secondSentence, inScope: false, reason: 'boilerplate' }
    const changed = await leads(review, `/revisions/${document.revisionId}/scope-changes`, { json: change })
    expect(changed.status, changed.text).toBe(201)
    expect(await counted()).toBe('1 of 1')
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
    // Outside the session the document can be read and marked as before.
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

  it('refuses marks that were on their way when the work was submitted, alone and in a crowd', async () => {
    for (const crowd of [1, 5]) {
      const review = await makeReviewWorld(context.database)
      const { ana, documents } = review
      const [document] = documents
      const id = await assigned(review)
      await complete(document, ana)
      const [mark] = await marksOf(context, review)
      const release = await blockWrites(review)
      const submission = submit(id, ana)
      await pause()
      // The submission and these fill one commit, so that the next request falls into the next commit.
      const filling = Array.from({ length: 63 }, () => writeNothing(review))
      const marks = Array.from({ length: crowd }, () => rate(document, ana, { id: makeId() }))
      const edit = crowd === 1 ? [] : [change(mark?.id ?? '', ana, 1)]
      await pause()
      release()
      await Promise.all(filling)
      expect((await submission).status).toBe(200)
      for (const late of await Promise.all([...marks, ...edit])) {
        expect(late.status, late.text).toBe(409)
        expect(late.json.detail).toContain('You submitted this document')
      }
      expect(await marksOf(context, review)).toEqual([mark])
    }
  })

  it('checks marks that were stored while the submission was on its way', async () => {
    const review = await makeReviewWorld(context.database)
    const { ana, documents } = review
    const [document] = documents
    const id = await assigned(review)
    await complete(document, ana)
    const release = await blockWrites(review)
    const unfinished = rate(document, ana, { rating: 'sourced' })
    await pause()
    const submission = submit(id, ana)
    await pause()
    release()
    const mark = await unfinished
    expect(mark.status, mark.text).toBe(201)
    const refused = await submission
    expect(refused.status).toBe(409)
    expect(refused.json.current).toMatchObject({ count: 1, places: [{ annotationId: mark.json.id }] })
    expect((await look(id, ana)).json).toMatchObject({ state: 'started' })
  })

  it('waits for a mark that another process is storing', async () => {
    const review = await makeReviewWorld(context.database)
    const { ana, documents, sessionId } = review
    const [document] = documents
    const id = await assigned(review)
    await complete(document, ana)
    const order: string[] = []
    let submission: Promise<Answer> | null = null
    // Like another instance, past this process's queue.
    await context.database.write.$transaction(async (tx) => {
      expect(await holdOpenAssignments(tx, context.engine, { workspaceId: review.world.workspaceId, ids: [id] })).toBe(
        1,
      )
      submission = submit(id, ana).finally(() => order.push('submitted'))
      await pause()
      await tx.annotation.create({
        data: {
          id: makeId(),
          workspaceId: review.world.workspaceId,
          revisionId: document.revisionId,
          sessionId,
          authorId: ana.actor.memberId,
          start: 0,
          end: 5,
          exact: 'Sales',
          rating: 'contradicted',
          createdAt: factoryTime,
          updatedAt: factoryTime,
        },
        select: { id: true },
      })
      order.push('stored')
    })
    const refused = await (submission as Promise<Answer> | null)
    expect(order).toEqual(['stored', 'submitted'])
    expect(refused?.status).toBe(409)
  })

  it('attributes nothing to a session that is closed, and locks its marks', async () => {
    const review = await makeReviewWorld(context.database)
    const { ana, documents, sessionId } = review
    const [document] = documents
    const id = await assigned(review)
    const mark = (await rate(document, ana)).json.id as string
    await decide(document, ana)
    await submit(id, ana)
    await context.database.write.reviewSession.updateMany({ where: { id: sessionId }, data: { state: 'closed' } })
    const refusal = await change(mark, ana, 1)
    expect(refusal.status).toBe(409)
    expect(refusal.json.detail).toContain('is not being reviewed now')
    await rate(document, ana)
    expect((await marksOf(context, review)).map(({ sessionId: where }) => where)).toEqual([sessionId, null])
    // Then a new session may include the document.
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
