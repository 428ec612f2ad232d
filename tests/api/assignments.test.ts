import { expect, it } from 'vitest'
import { describeOnBothDatabases, type DatabaseContext } from '../setup/databases'
import { createAnnotation, createDocument, createMember, makeId } from '../setup/factories'
import { createAssignment, createSession } from '../setup/session-factories'
import { call, sessionOf, type Answer } from './calls'
import {
  assign,
  assigned,
  complete,
  leads,
  look,
  makeReviewWorld,
  rate,
  submit,
  type Person,
  type ReviewWorld,
} from './review-world'

const tomorrow = () => new Date(Date.now() + 24 * 60 * 60 * 1000).toISOString()
const yesterday = () => new Date(Date.now() - 24 * 60 * 60 * 1000)

async function versionOf(review: ReviewWorld, id: string): Promise<number> {
  return (await look(id, review.lead)).json.version as number
}

/** A transition by the lead, with the stored version. */
async function move(review: ReviewWorld, id: string, given: { to: string; json?: object }): Promise<Answer> {
  const { to, ...rest } = given
  return leads(review, `/assignments/${id}/${to}`, { ...rest, version: await versionOf(review, id) })
}

function bulk(review: ReviewWorld, json: object): Promise<Answer> {
  return leads(review, `/review-sessions/${review.sessionId}/assignments/bulk`, { json })
}

async function toldOf({ database }: DatabaseContext, { actor }: Person): Promise<string[]> {
  const rows = await database.read.notification.findMany({
    where: { memberId: actor.memberId },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: { type: true },
  })
  return rows.map(({ type }) => type)
}

function countAll({ database }: DatabaseContext, { sessionId }: ReviewWorld): Promise<number> {
  return database.read.assignment.count({ where: { sessionId } })
}

async function makeLate({ database }: DatabaseContext, id: string): Promise<void> {
  await database.write.assignment.updateMany({ where: { id }, data: { dueAt: yesterday() } })
}

describeOnBothDatabases('assignments', (context) => {
  it('are made by hand once, and the reviewer is told', async () => {
    const review = await makeReviewWorld(context.database, { dueAt: new Date('2100-01-01T00:00:00Z') })
    const id = makeId()
    const first = await assign(review, { id })
    expect(first.status, first.text).toBe(201)
    expect(first.json).toMatchObject({
      id,
      state: 'assigned',
      dueAt: '2100-01-01T00:00:00.000Z',
      ownDueAt: null,
      overdue: false,
      why: [],
      progress: { decided: 0, total: 2 },
    })
    expect((await assign(review, { id })).status).toBe(200)
    expect((await assign(review, { id, to: review.ben })).status).toBe(409)
    expect((await assign(review, { document: review.documents[1], dueAt: yesterday().toISOString() })).status).toBe(422)
    expect(await toldOf(context, review.ana)).toEqual(['assignment-given'])
    expect(await countAll(context, review)).toBe(1)
  })

  it('are refused with the reason, and nothing is made', async () => {
    const review = await makeReviewWorld(context.database)
    const { world, ana, ben, documents } = review
    const { database } = context
    const { workspaceId } = world
    const person = async (name: string, role: 'reviewer' | 'viewer' = 'reviewer') => {
      const actor = await createMember(database, { workspaceId, name, role })
      return { actor, as: await sessionOf(actor) }
    }
    const [suspended, viewing, stranger, conflicted] = [
      await person('Sue Suspended'),
      await person('Vic Viewer', 'viewer'),
      await person('Stan Stranger'),
      await person('Connie Conflict'),
    ]
    await database.write.member.update({ where: { id: suspended.actor.memberId }, data: { status: 'suspended' } })
    await database.write.sessionMember.createMany({
      data: [suspended, viewing, conflicted].map(({ actor }) => ({
        workspaceId,
        sessionId: review.sessionId,
        memberId: actor.memberId,
        createdAt: new Date(),
      })),
    })
    const declared = await call({
      method: 'post',
      path: '/conflicts-of-interest',
      as: conflicted.as,
      json: { sourceId: documents[0].sourceId, reason: 'Worked there.' },
    })
    expect(declared.status, declared.text).toBe(201)
    const other = await createSession(database, {
      workspaceId,
      name: 'Autumn review',
      state: 'active',
      documents,
      reviewers: [ben.actor],
    })
    await createAssignment(database, { sessionId: other.id, documentId: documents[0].id, member: ben.actor })
    const elsewhere = await createDocument(database, { workspaceId, title: 'The mill' })
    await database.write.document.updateMany({ where: { id: documents[1].id }, data: { deletedAt: new Date() } })
    const taken = await assigned(review, { to: ana })
    const cases: [Parameters<typeof assign>[1], string][] = [
      [{ to: suspended }, 'Sue Suspended is suspended'],
      [{ to: viewing }, 'Vic Viewer is a viewer'],
      [{ to: stranger }, 'Stan Stranger does not review in “Spring review”'],
      [{ to: conflicted }, 'declared for its source (Worked there.)'],
      [{ to: ben }, 'in “Autumn review” as well'],
      [{ to: ana }, 'Ana Reviewer has “The pier” already'],
      [{ to: ana, document: elsewhere }, '“The mill” is not in “Spring review”'],
      [{ to: ana, document: documents[1] }, '“The lamp” was deleted'],
    ]
    for (const [given, says] of cases) {
      const answer = await assign(review, given)
      expect(answer.status, answer.text).toBe(409)
      expect(answer.json.detail).toContain(says)
    }
    await move(review, taken, { to: 'withdraw', json: {} })
    expect((await assign(review, { to: ana })).json.detail).toContain('Reinstate that assignment')
    expect((await assign(review, { to: { ...ana, actor: { ...ana.actor, memberId: makeId() } } })).status).toBe(404)
    expect(await countAll(context, review)).toBe(1)
    for (const state of ['adjudication', 'closed'] as const) {
      await database.write.reviewSession.updateMany({ where: { id: review.sessionId }, data: { state } })
      expect((await assign(review, { to: ana })).json.detail).toContain('Reopen it')
    }
  })

  it('are for leads to manage', async () => {
    const review = await makeReviewWorld(context.database)
    const { ana } = review
    const id = await assigned(review)
    for (const [method, path, json] of [
      ['post', `/review-sessions/${review.sessionId}/assignments`, { documentId: makeId(), memberId: makeId() }],
      ['post', `/review-sessions/${review.sessionId}/distribution`, {}],
      ['post', `/assignments/${id}/accept`, undefined],
      ['post', `/assignments/${id}/withdraw`, {}],
      ['patch', `/assignments/${id}`, { dueAt: null }],
    ] as const) {
      const answer = await call({ method, path, as: ana.as, version: 1, ...(json === undefined ? {} : { json }) })
      expect(answer.status, path).toBe(403)
    }
  })

  it('go from submitted to returned to accepted, and each is told', async () => {
    const review = await makeReviewWorld(context.database)
    const { ana, documents } = review
    const id = await assigned(review)
    const early = await move(review, id, { to: 'accept' })
    expect(early.status).toBe(409)
    expect(early.json.detail).toContain('it was not started yet')
    await complete(documents[0], ana)
    await submit(id, ana)
    expect((await move(review, id, { to: 'return', json: { comment: ' ' } })).status).toBe(422)
    const stale = await leads(review, `/assignments/${id}/accept`, { version: 1 })
    expect(stale.status).toBe(412)
    expect(stale.json.current).toMatchObject({ state: 'submitted' })
    expect((await move(review, id, { to: 'return', json: { comment: 'Look again.' } })).json).toMatchObject({
      state: 'returned',
      comment: 'Look again.',
    })
    await submit(id, ana)
    const before = await versionOf(review, id)
    expect((await move(review, id, { to: 'accept' })).json).toMatchObject({ state: 'accepted' })
    // The same call again, as after a lost answer.
    expect((await leads(review, `/assignments/${id}/accept`, { version: before })).json).toMatchObject({
      state: 'accepted',
      version: before + 1,
    })
    expect((await rate(documents[0], ana)).json.detail).toContain('was accepted')
    expect((await submit(id, ana)).json).toMatchObject({ state: 'accepted' })
    expect(await toldOf(context, ana)).toEqual(['assignment-given', 'assignment-returned', 'assignment-accepted'])
    expect(await toldOf(context, review.lead)).toEqual(['submission-received', 'submission-received'])
  })

  it('pass to another reviewer in one step, and the work is kept', async () => {
    const review = await makeReviewWorld(context.database)
    const { ana, ben, documents } = review
    const id = await assigned(review, { dueAt: tomorrow() })
    const mark = (await rate(documents[0], ana)).json.id as string
    const version = await versionOf(review, id)
    const json = { id: makeId(), memberId: ben.actor.memberId, comment: 'Get well soon.' }
    const path = `/assignments/${id}/reassign`
    expect((await leads(review, path, { json: { memberId: ana.actor.memberId }, version })).status).toBe(422)
    const answer = await leads(review, path, { json, version })
    expect(answer.status, answer.text).toBe(200)
    const { withdrawn, assigned: given } = answer.json as { withdrawn: object; assigned: { ownDueAt: string } }
    expect(withdrawn).toMatchObject({ id, state: 'withdrawn', comment: 'Get well soon.', progress: { decided: 1 } })
    expect(given).toMatchObject({ id: json.id, state: 'assigned', member: { id: ben.actor.memberId } })
    expect(given.ownDueAt).not.toBeNull()
    expect((await leads(review, path, { json, version })).json).toMatchObject({ assigned: { id: json.id } })
    expect(await context.database.read.annotation.count({ where: { id: mark, deletedAt: null } })).toBe(1)
    expect(await toldOf(context, ana)).toEqual(['assignment-given', 'assignment-withdrawn'])
    expect(await toldOf(context, ben)).toEqual(['assignment-given'])
    // All or nothing: when one reviewer cannot take it, everything stays as it was.
    const { world } = review
    const refused = await leads(review, `/assignments/${json.id}/reassign`, {
      json: { memberId: world.members.owner.memberId },
      version: await versionOf(review, json.id),
    })
    expect(refused.status).toBe(409)
    expect((await look(json.id, ben)).json).toMatchObject({ state: 'assigned' })
  })

  it('pass to another reviewer many at once, all or none, and the same call again changes nothing', async () => {
    const review = await makeReviewWorld(context.database)
    const { ana, ben, documents } = review
    const ids = [
      await assigned(review, { dueAt: tomorrow() }),
      await assigned(review, { document: documents[1] }),
      await assigned(review, { document: documents[1], to: ben }),
    ]
    const [pier = '', lamp = ''] = ids
    await rate(documents[0], ana)
    const give = (some: readonly string[], memberId: string) =>
      bulk(review, { action: 'reassign', ids: some, memberId, comment: 'Get well soon.' })
    expect((await give(ids, review.world.members.owner.memberId)).json.current).toMatchObject({
      refused: [{ id: ids[2], message: expect.stringContaining('more than once') as string }],
    })
    expect((await give([pier], ana.actor.memberId)).status).toBe(422)
    const refused = await give([pier, lamp], ben.actor.memberId)
    expect(refused.status).toBe(409)
    expect(refused.json.current).toMatchObject({ refused: [{ documentId: documents[1].id }] })
    expect((await look(pier, ana)).json).toMatchObject({ state: 'started' })

    const cleo = await createMember(context.database, { workspaceId: review.world.workspaceId, name: 'Cleo' })
    const part = { method: 'put' as const, json: { reviews: true } }
    await leads(review, `/review-sessions/${review.sessionId}/members/${cleo.memberId}`, part)
    const given = await give([pier, lamp], cleo.memberId)
    expect(given.json, given.text).toMatchObject({
      changed: 2,
      items: [
        { document: { id: documents[0].id }, member: { id: cleo.memberId }, ownDueAt: expect.any(String) as string },
        { document: { id: documents[1].id }, member: { id: cleo.memberId }, ownDueAt: null },
      ],
    })
    expect((await look(pier, ana)).json).toMatchObject({ state: 'withdrawn', comment: 'Get well soon.' })
    expect(await toldOf(context, ana)).toEqual(['assignment-given', 'assignment-given', 'assignment-withdrawn'])
    const again = await give([pier, lamp], cleo.memberId)
    expect(again.json).toMatchObject({ changed: 0, items: given.json.items })
  })

  it('are extended, reminded of and, once late, released by the clock of the server', async () => {
    const review = await makeReviewWorld(context.database)
    const { ana } = review
    const id = await assigned(review)
    expect((await move(review, id, { to: 'release' })).json.detail).toContain('has no due date')
    const dueAt = tomorrow()
    const extended = await leads(review, `/assignments/${id}`, { method: 'patch', json: { dueAt }, version: 1 })
    expect(extended.json).toMatchObject({ dueAt, ownDueAt: dueAt, overdue: false })
    expect((await move(review, id, { to: 'release' })).json.detail).toContain('is not late')
    expect(
      (
        await leads(review, `/assignments/${id}`, {
          method: 'patch',
          json: { dueAt: yesterday().toISOString() },
          version: 2,
        })
      ).status,
    ).toBe(422)
    for (let time = 0; time < 2; time += 1) expect((await leads(review, `/assignments/${id}/remind`)).status).toBe(200)
    await makeLate(context, id)
    expect((await look(id, ana)).json).toMatchObject({ overdue: true })
    expect((await move(review, id, { to: 'release' })).json).toMatchObject({ state: 'withdrawn' })
    expect((await leads(review, `/assignments/${id}/remind`)).status).toBe(200)
    expect(await toldOf(context, ana)).toEqual([
      'assignment-given',
      'assignment-extended',
      'assignment-reminder',
      'assignment-withdrawn',
    ])
  })

  it('change together or not at all', async () => {
    const review = await makeReviewWorld(context.database)
    const { ana, ben, documents, lead } = review
    const [pier, lamp] = documents
    const pairs = [
      { documentId: pier.id, memberId: ana.actor.memberId },
      { documentId: lamp.id, memberId: ana.actor.memberId },
      { documentId: lamp.id, memberId: ben.actor.memberId },
    ]
    const bad = [...pairs, { documentId: lamp.id, memberId: lead.actor.memberId }]
    const refused = await bulk(review, { action: 'assign', pairs: bad })
    expect(refused.status).toBe(409)
    expect(refused.json.current).toMatchObject({ refused: [{ memberId: lead.actor.memberId }] })
    expect(await countAll(context, review)).toBe(0)
    const made = await bulk(review, { action: 'assign', pairs })
    expect(made.json, made.text).toMatchObject({ changed: 3 })
    const ids = (made.json.items as { id: string }[]).map(({ id }) => id)
    const again = await bulk(review, { action: 'assign', pairs })
    expect(again.json).toMatchObject({ changed: 0 })
    expect((again.json.items as { id: string }[]).map(({ id }) => id).sort()).toEqual([...ids].sort())
    // One notification about both.
    expect(await toldOf(context, ana)).toEqual(['assignment-given'])
    const [first = '', second = '', third = ''] = ids
    await complete(pier, ana)
    await submit(first, ana)
    const mixed = await bulk(review, { action: 'accept', ids })
    expect(mixed.status).toBe(409)
    expect((mixed.json.current as { refused: object[] }).refused).toHaveLength(2)
    expect((await look(first, ana)).json).toMatchObject({ state: 'submitted' })
    expect((await bulk(review, { action: 'accept', ids: [first] })).json).toMatchObject({ changed: 1 })
    expect((await bulk(review, { action: 'accept', ids: [first] })).json).toMatchObject({ changed: 0 })
    expect((await bulk(review, { action: 'remind', ids: [second, makeId()] })).status).toBe(404)
    await makeLate(context, second)
    expect((await bulk(review, { action: 'release', ids: [second, third] })).status).toBe(409)
    expect((await bulk(review, { action: 'release' })).json).toMatchObject({ changed: 1, items: [{ id: second }] })
    expect((await look(third, ben)).json).toMatchObject({ state: 'assigned' })
  })

  it('are a plan while the session is a draft: changed in peace, told when it becomes active', async () => {
    const review = await makeReviewWorld(context.database, { state: 'draft' })
    const { ana, documents } = review
    const [one, two] = [await assigned(review), await assigned(review, { document: documents[1] })]
    expect((await look(one, ana)).status).toBe(404)
    expect((await rate(documents[0], ana)).status).toBe(201)
    expect(await context.database.read.annotation.count({ where: { sessionId: review.sessionId } })).toBe(0)
    const removal = { method: 'delete', version: 1 }
    expect((await leads(review, `/assignments/${two}`, removal)).status).toBe(204)
    expect((await leads(review, `/assignments/${two}`, removal)).status).toBe(204)
    expect(await toldOf(context, ana)).toEqual([])
    const path = `/review-sessions/${review.sessionId}/transitions`
    const active = await leads(review, path, { json: { name: 'activate' }, version: 1 })
    expect(active.status, active.text).toBe(200)
    expect(await toldOf(context, ana)).toEqual(['assignment-given'])
    expect((await leads(review, `/assignments/${one}`, removal)).json.detail).toContain('Withdraw it')
  })

  it('are distributed by seed, explained, and only where places are free', async () => {
    const review = await makeReviewWorld(context.database, { state: 'draft' })
    const { ana, ben, documents, sessionId } = review
    await createAnnotation(context.database, { author: ana.actor, document: documents[0] })
    const distribute = (json: object) => leads(review, `/review-sessions/${sessionId}/distribution`, { json })
    const dry = await distribute({ seed: 11, dryRun: true })
    expect(dry.status, dry.text).toBe(200)
    expect(await countAll(context, review)).toBe(0)
    const done = await distribute({ seed: 11 })
    expect(done.json).toEqual({ ...dry.json, dryRun: false })
    const given = done.json.assignments as { document: { id: string }; member: { id: string }; why: string[] }[]
    expect(new Set(given.map(({ member }) => member.id))).toEqual(new Set([ana.actor.memberId, ben.actor.memberId]))
    expect((await distribute({ seed: 12 })).json).toMatchObject({ seed: 12, assignments: [] })
    expect(await countAll(context, review)).toBe(2)
    await context.database.write.reviewSession.updateMany({ where: { id: sessionId }, data: { state: 'active' } })
    const own = await call({ method: 'get', path: '/assignments?member=me', as: ana.as })
    const [mine] = own.json.items as { why: string[]; member: { id: string } }[]
    expect(own.json.items).toHaveLength(1)
    expect(mine?.why[0]).toContain('Each document needs 1 reviewer')
    expect(mine?.why.join(' ')).not.toContain('Ben')
    // A stored reason in another version's shape explains nothing, but the list still loads.
    await context.database.write.assignment.updateMany({
      where: { memberId: ana.actor.memberId },
      data: { why: { step: 'from-another-version' } },
    })
    const listed = await call({ method: 'get', path: '/assignments?member=me', as: ana.as })
    expect(listed, listed.text).toMatchObject({ status: 200, json: { items: [{ why: [] }] } })
  })

  it('are never given against a conflict of interest, which is the member’s to declare', async () => {
    const review = await makeReviewWorld(context.database)
    const { ana, ben, documents, sessionId } = review
    const declare = (person: Person, json: object) =>
      call({ method: 'post', path: '/conflicts-of-interest', as: person.as, json })
    const standing = await assigned(review)
    const own = await declare(ana, { documentId: documents[0].id, reason: 'A friend wrote it.' })
    expect(own.json, own.text).toMatchObject({ standing: 1, source: null, may: { withdraw: true } })
    expect((await declare(ana, { documentId: documents[0].id })).status).toBe(200)
    expect((await declare(ana, { documentId: documents[0].id, memberId: ben.actor.memberId })).status).toBe(403)
    expect((await declare(ana, { documentId: documents[0].id, sourceId: documents[0].sourceId })).status).toBe(422)
    expect((await declare(ana, { documentId: makeId() })).status).toBe(404)
    const byLead = await declare(review.lead, { sourceId: documents[1].sourceId, memberId: ana.actor.memberId })
    expect(byLead.status).toBe(201)
    await move(review, standing, { to: 'withdraw', json: {} })
    const shared = await leads(review, `/review-sessions/${sessionId}/distribution`, { json: { seed: 3 } })
    const given = shared.json.assignments as { member: { id: string } }[]
    expect(given.map(({ member }) => member.id)).toEqual([ben.actor.memberId, ben.actor.memberId])
    const list = (person: Person) => call({ method: 'get', path: '/conflicts-of-interest', as: person.as })
    expect((await list(ben)).json.items).toEqual([])
    expect((await list(ana)).json.items).toHaveLength(2)
    const withdraw = (person: Person, id: unknown) =>
      call({ method: 'delete', path: `/conflicts-of-interest/${String(id)}`, as: person.as })
    expect((await withdraw(ben, own.json.id)).status).toBe(404)
    expect((await withdraw(ana, byLead.json.id)).status).toBe(403)
    expect((await withdraw(ana, own.json.id)).status).toBe(204)
    expect((await withdraw(ana, own.json.id)).status).toBe(204)
  })

  it('hide others of a blind session from reviewers, and their comments for ever', async () => {
    const review = await makeReviewWorld(context.database)
    const { ana, ben, sessionId, world } = review
    const id = await assigned(review)
    const list = (person: { as: Person['as'] }) =>
      call({ method: 'get', path: `/review-sessions/${sessionId}/assignments`, as: person.as })
    expect((await list(ben)).json.items).toEqual([])
    expect((await list(review.lead)).json.items).toHaveLength(1)
    expect((await list({ as: world.sessions.viewer })).status).toBe(404)
    await move(review, id, { to: 'withdraw', json: { comment: 'Between us.' } })
    await context.database.write.reviewSession.updateMany({ where: { id: sessionId }, data: { state: 'closed' } })
    const [seen] = (await list(ben)).json.items as object[]
    expect(seen).toMatchObject({ member: { id: ana.actor.memberId }, comment: '', progress: null, why: [] })
  })
})

describeOnBothDatabases('the inbox', (context) => {
  const inboxOf = async (person: Person) => (await call({ method: 'get', path: '/inbox', as: person.as })).json

  it('says what is due, returned, to accept and to adjudicate', async () => {
    const review = await makeReviewWorld(context.database)
    const { ana, documents, lead, world } = review
    const [pier, lamp] = documents
    const [first, second] = [
      await assigned(review, { dueAt: new Date(Date.now() + 5 * 86_400_000).toISOString() }),
      await assigned(review, { document: lamp, dueAt: tomorrow() }),
    ]
    await rate(pier, ana)
    expect(await inboxOf(ana)).toMatchObject({
      due: [
        { id: second, progress: { decided: 0, total: 2 } },
        { id: first, progress: { decided: 1, total: 2 } },
      ],
      counts: { due: 2, overdue: 0, returned: 0, toAccept: 0 },
    })
    await makeLate(context, first)
    expect(await inboxOf(ana)).toMatchObject({
      due: [{ id: first, overdue: true }, { id: second }],
      counts: { overdue: 1 },
    })
    await complete(lamp, ana)
    await submit(second, ana)
    expect(await inboxOf(lead)).toMatchObject({ toAccept: [{ id: second }], due: [], counts: { toAccept: 1 } })
    await move(review, second, { to: 'return', json: { comment: 'Look again.' } })
    expect(await inboxOf(ana)).toMatchObject({
      returned: [{ id: second, comment: 'Look again.' }],
      due: [{ id: first }],
    })
    // A member who has become a viewer sees neither the session nor that anything waits in it.
    const setRole = (role: 'viewer' | 'reviewer') =>
      context.database.write.member.update({ where: { id: ana.actor.memberId }, data: { role }, select: { id: true } })
    await setRole('viewer')
    expect(await inboxOf(ana)).toMatchObject({ due: [], returned: [], counts: { due: 0, returned: 0, overdue: 0 } })
    expect((await call({ method: 'get', path: '/notifications/count', as: ana.as })).json).toMatchObject({ work: 0 })
    await setRole('reviewer')
    await context.database.write.reviewSession.updateMany({
      where: { id: review.sessionId },
      data: { state: 'adjudication' },
    })
    const { workspaceId } = world
    await context.database.write.claim.create({
      data: {
        id: makeId(),
        workspaceId,
        sessionId: review.sessionId,
        documentId: pier.id,
        revisionId: pier.revisionId,
        start: 0,
        end: 5,
        exact: 'Sales',
        createdAt: new Date(),
        updatedAt: new Date(),
      },
      select: { id: true },
    })
    const waiting = (await inboxOf(lead)).toAdjudicate as { session: { id: string } }[]
    expect(waiting.find(({ session }) => session.id === review.sessionId)).toMatchObject({ claims: 1, open: 1 })
    expect(await inboxOf(ana)).toMatchObject({ due: [], returned: [], toAdjudicate: [] })
  })
})
