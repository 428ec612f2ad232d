import { expect, it } from 'vitest'
import { permit, type Actor } from '@/lib/server/access/gate'
import { countLeftBehind } from '@/lib/server/documents/revise'
import type { Database } from '@/lib/server/db/client'
import { createSessionMark } from '../setup/adjudication'
import { describeOnBothDatabases } from '../setup/databases'
import { createAnnotation, createDocument, createMember, createWorkspace } from '../setup/factories'
import { createAssignment, createSession } from '../setup/session-factories'
import { call, sessionOf } from './calls'

const text =
  'The ferry carried 412 cars in May.\n\nThe council paid for a new pier in 2019.\n\nThe lamp was sold to a museum abroad.\n\nNobody kept a log of the winter storms.'
/** The second paragraph is edited, the third is gone, the fourth stands first. */
const edited =
  'Nobody kept a log of the winter storms.\n\nThe ferry carried 412 cars in May.\n\nThe council paid for a wider pier in 2021.'

/** Ana and Ben have marked a document in open reading; the lead may store another text for it. */
async function makeDesk(database: Database) {
  const { id: workspaceId } = await createWorkspace(database)
  const lead = await createMember(database, { workspaceId, role: 'lead', name: 'Lea Lead' })
  const ana = await createMember(database, { workspaceId, name: 'Ana Ruiz' })
  const ben = await createMember(database, { workspaceId, name: 'Ben Brook' })
  const document = await createDocument(database, { workspaceId, text })
  const mark = (author: Actor, words: string) => createAnnotation(database, { author, document, words, note: 'Seen.' })
  return {
    database,
    workspaceId,
    document,
    lead,
    ana,
    ben,
    ferry: await mark(ana, 'The ferry carried 412 cars in May.'),
    pier: await mark(ana, 'The council paid for a new pier in 2019.'),
    lamp: await mark(ben, 'The lamp was sold to a museum abroad.'),
  }
}

type Desk = Awaited<ReturnType<typeof makeDesk>>

async function store({ document, lead }: Desk, body: string) {
  const path = `/documents/${document.id}/revisions`
  const answer = await call({ method: 'post', path, as: await sessionOf(lead), json: { text: body } })
  return { ...answer, revisionId: String((answer.json['revision'] as { id?: string } | undefined)?.id) }
}

interface Carried {
  id: string
  state: string
  outcome: string
  words: string | null
  version: number
  toId: string | null
  from: { id: string; exact: string }
  may: { decide: boolean }
}

async function carriedIn(revisionId: string, who: Actor): Promise<Carried[]> {
  const path = `/revisions/${revisionId}/carried-annotations`
  const answer = await call({ method: 'get', path, as: await sessionOf(who) })
  return answer.json['items'] as Carried[]
}

async function decide(who: Actor, { id, version }: Carried, json: object) {
  const path = `/carried-annotations/${id}/decision`
  return call({ method: 'post', path, as: await sessionOf(who), version, json })
}

async function annotationsOf(revisionId: string, who: Actor) {
  const path = `/revisions/${revisionId}/annotations`
  const { json } = await call({ method: 'get', path, as: await sessionOf(who) })
  return (json['items'] as { exact: string; note: string; author: { name: string } }[]).map(
    ({ exact, note, author }) => `${author.name}: ${exact} ${note}`,
  )
}

describeOnBothDatabases('a document whose text has changed', (context) => {
  it('keeps annotations whose words are the same, and lets the others wait', async () => {
    const desk = await makeDesk(context.database)
    const { status, json, revisionId } = await store(desk, edited)
    expect(status).toBe(201)
    expect(json).toMatchObject({ revision: { number: 2 }, annotations: { same: 1, moved: 0, changed: 1, lost: 1 } })
    const carried = await carriedIn(revisionId, desk.ben)
    expect(carried.map(({ from, state, outcome, words }) => [from.exact, state, outcome, words])).toEqual([
      ['The lamp was sold to a museum abroad.', 'lost', 'waiting', null],
      ['The ferry carried 412 cars in May.', 'same', 'carried', 'The ferry carried 412 cars in May.'],
      ['The council paid for a new pier in 2019.', 'changed', 'waiting', expect.stringMatching(/wider pier in 2021/)],
    ])
    expect(await annotationsOf(revisionId, desk.ben)).toEqual(['Ana Ruiz: The ferry carried 412 cars in May. Seen.'])
    // The earlier revision is unchanged.
    expect(await annotationsOf(desk.document.revisionId, desk.ben)).toHaveLength(3)
    // The reader opens the new one.
    const shown = await call({ method: 'get', path: `/documents/${desk.document.id}`, as: await sessionOf(desk.ben) })
    expect(shown.json).toMatchObject({ revision: { id: revisionId, number: 2 }, annotationCount: 1 })
  })

  it('keeps decisions of “no claim” whose sentence is the same, and counts the others', async () => {
    const desk = await makeDesk(context.database)
    const { revisionId: before } = desk.document
    const spanOf = (words: string) => ({ start: text.indexOf(words), end: text.indexOf(words) + words.length })
    const ferry = spanOf('The ferry carried 412 cars in May.')
    const decisions = [ferry, spanOf('The council paid for a new pier in 2019.')]
    const made = await call({
      method: 'post',
      path: `/revisions/${before}/sentence-decisions/bulk`,
      as: await sessionOf(desk.ben),
      json: { decisions },
    })
    expect(made.status, made.text).toBeLessThan(300)
    const { json, revisionId } = await store(desk, edited)
    expect(json['decisions']).toEqual({ carried: 1, dropped: 1 })
    const listed = async (id: string) =>
      (await call({ method: 'get', path: `/revisions/${id}/sentence-decisions`, as: await sessionOf(desk.ana) })).json[
        'items'
      ]
    const start = edited.indexOf('The ferry')
    expect(await listed(revisionId)).toMatchObject([
      { start, end: start + ferry.end - ferry.start, author: { name: 'Ben Brook' } },
    ])
    expect(await listed(before)).toHaveLength(2)
    const events = await context.database.read.event.findMany({
      where: { type: 'sentence-decision.carried' },
      select: { actorId: true },
    })
    expect(events).toEqual([{ actorId: desk.lead.memberId }])
  })

  it('stores nothing for a text that it has already', async () => {
    const desk = await makeDesk(context.database)
    const { status, json } = await store(desk, text)
    expect([status, json]).toMatchObject([200, { revision: { id: desk.document.revisionId, number: 1 } }])
  })

  it('shows what a text would change before it is stored', async () => {
    const desk = await makeDesk(context.database)
    const path = `/documents/${desk.document.id}/revisions/preview`
    const { json } = await call({ method: 'post', path, as: await sessionOf(desk.lead), json: { text: edited } })
    expect(json).toMatchObject({ isSame: false, annotations: { same: 1, changed: 1, lost: 1 } })
    expect(await context.database.read.revision.count({ where: { documentId: desk.document.id } })).toBe(1)
    await store(desk, edited)
    const changes = await call({
      method: 'get',
      path: `/documents/${desk.document.id}/changes?from=1&to=2`,
      as: await sessionOf(desk.ben),
    })
    expect(changes.json['blocks']).toEqual(json['blocks'])
  })

  it('lets the author and leads say what becomes of an annotation, and take it back', async () => {
    const desk = await makeDesk(context.database)
    const { revisionId } = await store(desk, edited)
    const waiting = async (who: Actor, state: string) => {
      const found = (await carriedIn(revisionId, who)).find((each) => each.state === state)
      if (found === undefined) throw new Error(`None is ${state}.`)
      return found
    }
    const changed = await waiting(desk.ben, 'changed')
    expect(changed.may.decide).toBe(false)
    expect((await decide(desk.ben, changed, { decision: 'confirm' })).status).toBe(403)
    const confirmed = await decide(desk.ana, changed, { decision: 'confirm' })
    expect(confirmed.json).toMatchObject({ outcome: 'carried', version: 2, decidedBy: { name: 'Ana Ruiz' } })
    expect(await annotationsOf(revisionId, desk.ben)).toContainEqual(
      expect.stringMatching(/^Ana Ruiz: The council paid for a wider pier in 2021.? Seen\.$/),
    )
    expect((await decide(desk.ana, changed, { decision: 'retire' })).status).toBe(412)
    const again = await decide(desk.ana, await waiting(desk.ana, 'changed'), { decision: 'retire' })
    expect([again.status, again.json['detail']]).toEqual([409, expect.stringContaining('Reopen it first')])
    await decide(desk.lead, await waiting(desk.lead, 'changed'), { decision: 'reopen' })
    expect(await annotationsOf(revisionId, desk.ben)).toHaveLength(1)
    const lost = await waiting(desk.lead, 'lost')
    expect((await decide(desk.lead, lost, { decision: 'confirm' })).status).toBe(409)
    expect((await decide(desk.lead, lost, { decision: 'correct', start: 0, end: 9_999 })).status).toBe(422)
    const placed = await decide(desk.lead, lost, { decision: 'correct', start: 0, end: 6 })
    expect(placed.json).toMatchObject({ outcome: 'carried', words: 'Nobody' })
    expect(await annotationsOf(revisionId, desk.ana)).toContain('Ben Brook: Nobody Seen.')
  })

  it('does not reopen a decision whose annotation has been edited since', async () => {
    const desk = await makeDesk(context.database)
    const { revisionId } = await store(desk, edited)
    const [lost, , changed] = await carriedIn(revisionId, desk.ana)
    if (lost === undefined || changed === undefined) throw new Error('Something is missing.')
    const { json } = await decide(desk.ana, changed, { decision: 'confirm' })
    const as = await sessionOf(desk.ana)
    await call({
      method: 'patch',
      path: `/annotations/${String(json['toId'])}`,
      as,
      version: 1,
      json: { note: 'New.' },
    })
    const refused = await decide(desk.ana, { ...changed, version: 2 }, { decision: 'reopen' })
    expect([refused.status, refused.json['detail']]).toEqual([409, expect.stringContaining('changed or deleted since')])
  })

  it('takes what waits on to a still later revision', async () => {
    const desk = await makeDesk(context.database)
    await store(desk, edited)
    const { revisionId } = await store(desk, `${edited}\n\nThe lamp was sold to a museum abroad.`)
    const carried = await carriedIn(revisionId, desk.ana)
    expect(carried.map(({ from, state, outcome }) => [from.exact, state, outcome])).toEqual([
      ['The ferry carried 412 cars in May.', 'same', 'carried'],
      ['The council paid for a new pier in 2019.', 'changed', 'waiting'],
      ['The lamp was sold to a museum abroad.', expect.stringMatching(/same|moved/), expect.anything()],
    ])
  })

  it('leaves marks of a session in it until it is closed', async () => {
    const desk = await makeDesk(context.database)
    const { workspaceId, document, ana, ben, lead, database } = desk
    const session = await createSession(database, {
      workspaceId,
      documents: [document],
      reviewers: [ben],
      state: 'active',
      protocol: { blind: true },
    })
    await createAssignment(database, {
      sessionId: session.id,
      documentId: document.id,
      member: ben,
      state: 'started',
    })
    await createSessionMark(database, {
      author: ben,
      document,
      sessionId: session.id,
      words: 'Nobody kept a log',
      rating: 'unsourced',
    })
    const { json, revisionId } = await store(desk, edited)
    expect(json['annotations']).toEqual({ same: 1, moved: 0, changed: 1, lost: 1 })
    expect((await carriedIn(revisionId, ana)).map(({ from }) => from.exact)).not.toContain('Nobody kept a log')
    // A member who judges the document blind hears only of their own.
    expect((await carriedIn(revisionId, ben)).map(({ from }) => from.exact)).toEqual([
      'The lamp was sold to a museum abroad.',
    ])
    await database.write.reviewSession.updateMany({ where: { id: session.id }, data: { state: 'closed' } })
    const shown = { ...document, revision: { id: revisionId, number: 2 } }
    expect(await countLeftBehind(permit(lead, 'revision.create'), shown)).toBe(1)
    const path = `/documents/${document.id}/carry-over`
    const over = await call({ method: 'post', path, as: await sessionOf(lead) })
    expect(over.json).toEqual({ same: 0, moved: 1, changed: 0, lost: 0 })
    expect((await call({ method: 'post', path, as: await sessionOf(lead) })).json).toMatchObject({ moved: 0 })
    expect((await carriedIn(revisionId, ana)).map(({ from }) => from.exact)).toContain('Nobody kept a log')
  })

  it('counts nothing of others for a lead who judges the document blind', async () => {
    const desk = await makeDesk(context.database)
    const { workspaceId, document, lead, database } = desk
    const session = await createSession(database, {
      workspaceId,
      documents: [document],
      reviewers: [lead],
      state: 'active',
      protocol: { blind: true },
    })
    await createAssignment(database, {
      sessionId: session.id,
      documentId: document.id,
      member: lead,
      state: 'started',
    })
    const none = { same: 0, moved: 0, changed: 0, lost: 0 }
    const path = `/documents/${document.id}/revisions/preview`
    const preview = await call({ method: 'post', path, as: await sessionOf(lead), json: { text: edited } })
    expect(preview.json['annotations']).toEqual(none)
    const { json, revisionId } = await store(desk, edited)
    expect(json['annotations']).toEqual(none)
    // They are still carried over.
    expect(await carriedIn(revisionId, desk.ana)).toHaveLength(3)
  })
})
