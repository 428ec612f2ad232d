import { expect, it } from 'vitest'
import type { Actor } from '@/lib/server/access/gate'
import { loadOwnOutcomes } from '@/lib/server/claims/loaders'
import type { DocumentContent } from '@/lib/domain/text/model'
import type { Database } from '@/lib/server/db/client'
import { createSessionForClaims, createSessionMark, matchClaimsOf, type MadeSession } from '../setup/adjudication'
import { describeOnBothDatabases } from '../setup/databases'
import {
  createDocument,
  createMember,
  createReference,
  createWorkspace,
  makeId,
  type MadeDocument,
} from '../setup/factories'
import { call, sessionOf, type Credentials } from './calls'

const text =
  'The ferry ran late. It carried 412 cars in May. The mayor promised a new pier. Nobody has costed the pier. It is a fine harbour.'

const headedList: DocumentContent = {
  type: 'doc',
  content: [
    { type: 'paragraph', content: [{ type: 'text', text: 'The ferry ran late. Very late.' }] },
    { type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: 'The pier' }] },
    {
      type: 'bulletList',
      content: ['The pier is 90 m long.', 'It has no roof.'].map((words) => ({
        type: 'listItem',
        content: [{ type: 'paragraph', content: [{ type: 'text', text: words }] }],
      })),
    },
    { type: 'paragraph', content: [{ type: 'text', text: 'It is a fine harbour.' }] },
  ],
}

interface Vote {
  mask: string
  mine: boolean
  author: { id: string; name: string } | null
  annotationId: string | null
  rating: string
}
interface Claim {
  id: string
  exact: string
  agreement: string
  plurality: string | null
  origin: string
  match: string[]
  context: { start: number; text: string; content: DocumentContent }
  votes: Vote[]
  verdict: { rating: string | null } | null
  version: number
  may: { decide: boolean; reason: string | null }
}
interface ClaimPage {
  items: Claim[]
  next: string | null
  counts: Record<string, number>
}

interface Bench {
  database: Database
  lead: Actor
  ann: Actor
  ben: Actor
  judge: Actor
  document: MadeDocument
  session: MadeSession
  as: Record<'lead' | 'ann' | 'ben' | 'judge' | 'viewer', Credentials>
}

/** Two reviewers, an adjudicator who did not review, a lead who is not listed; one document, no claims yet. */
async function makeBench(database: Database, given: { protocol?: object } = {}): Promise<Bench> {
  const { id: workspaceId } = await createWorkspace(database)
  const lead = await createMember(database, { workspaceId, role: 'lead' })
  const ann = await createMember(database, { workspaceId, name: 'Ann Quill' })
  const ben = await createMember(database, { workspaceId, name: 'Ben Slate' })
  const judge = await createMember(database, { workspaceId })
  const viewer = await createMember(database, { workspaceId, role: 'viewer' })
  const document = await createDocument(database, { workspaceId, text })
  const session = await createSessionForClaims(database, {
    workspaceId,
    documents: [document],
    reviewers: [ann, ben],
    adjudicators: [judge],
    ...given,
  })
  return {
    database,
    lead,
    ann,
    ben,
    judge,
    document,
    session,
    as: {
      lead: await sessionOf(lead),
      ann: await sessionOf(ann),
      ben: await sessionOf(ben),
      judge: await sessionOf(judge),
      viewer: await sessionOf(viewer),
    },
  }
}

function mark({ database, session, document }: Bench, author: Actor, words: string, more: object = {}) {
  return createSessionMark(database, { sessionId: session.id, author, document, words, ...more })
}

async function list({ session, as }: Bench, query = '', who: keyof Bench['as'] = 'judge'): Promise<ClaimPage> {
  const answer = await call({ method: 'get', path: `/review-sessions/${session.id}/claims${query}`, as: as[who] })
  expect(answer.status, answer.text).toBe(200)
  return answer.json as unknown as ClaimPage
}

async function setState({ database, session }: Bench, state: 'active' | 'adjudication' | 'closed'): Promise<void> {
  await database.write.reviewSession.updateMany({ where: { id: session.id }, data: { state } })
}

describeOnBothDatabases('claims', (context) => {
  it('are matched from the marks that count, each once, and told in the order of the text', async () => {
    const bench = await makeBench(context.database)
    const { ann, ben, lead, database, session, document } = bench
    await mark(bench, ann, 'It carried 412 cars in May.', { rating: 'contradicted' })
    await mark(bench, ben, 'carried 412 cars in May', { rating: 'unsourced' })
    await mark(bench, ann, 'The ferry ran late.')
    await mark(bench, ben, 'The ferry ran late.')
    await mark(bench, ann, 'Nobody has costed the pier.')
    // None of these counts: they are deleted, from open reading, or by a reviewer whose work was withdrawn.
    const gone = await mark(bench, ben, 'Nobody has costed the pier.')
    await database.write.annotation.updateMany({
      where: { id: gone.id },
      data: { deletedAt: new Date() },
    })
    const open = await mark(bench, ben, 'It is a fine harbour.')
    await database.write.annotation.updateMany({ where: { id: open.id }, data: { sessionId: null } })
    const cleo = await createMember(database, { workspaceId: lead.workspaceId })
    await database.write.assignment.create({
      data: {
        id: makeId(),
        workspaceId: lead.workspaceId,
        sessionId: session.id,
        documentId: document.id,
        memberId: cleo.memberId,
        state: 'withdrawn',
        createdById: lead.memberId,
        createdAt: new Date(),
        updatedAt: new Date(),
      },
      select: { id: true },
    })
    await mark(bench, cleo, 'The mayor promised a new pier.')
    await matchClaimsOf(database, lead, session.id)

    const { items, counts } = await list(bench)
    expect(items.map(({ exact, agreement, votes }) => [exact, agreement, votes.length])).toEqual([
      ['The ferry ran late.', 'unanimous', 2],
      ['It carried 412 cars in May.', 'disagreement', 2],
      ['Nobody has costed the pier.', 'unmarked', 1],
    ])
    expect(counts).toEqual({ claims: 3, decided: 0, unanimous: 1, disagreement: 1, unmarked: 1, single: 0 })
    expect(items[1]?.match).toEqual(['A and B share 85 % of their words.'])
    expect(items[1]?.plurality).toBeNull()
    expect(items[1]?.context.text).toBe(text)
  })

  it('are shown in the blocks around them, as the document sets them', async () => {
    const { id: workspaceId } = await createWorkspace(context.database)
    const [ann, judge] = [
      await createMember(context.database, { workspaceId }),
      await createMember(context.database, { workspaceId }),
    ]
    const lead = await createMember(context.database, { workspaceId, role: 'lead' })
    const content = headedList
    const document = await createDocument(context.database, { workspaceId, content })
    const session = await createSessionForClaims(context.database, {
      workspaceId,
      documents: [document],
      reviewers: [ann],
      adjudicators: [judge],
    })
    await createSessionMark(context.database, {
      sessionId: session.id,
      author: ann,
      document,
      words: 'The pier is 90 m long.',
    })
    const [claimId] = await matchClaimsOf(context.database, lead, session.id)
    const { json } = await call({ method: 'get', path: `/claims/${String(claimId)}`, as: await sessionOf(judge) })
    expect(json).toMatchObject({
      context: {
        start: 32,
        text: 'The pier\n\nThe pier is 90 m long.\nIt has no roof.',
        content: { type: 'doc', content: content.content.slice(1, 3) },
      },
    })
  })

  it('show reviewers as letters, with nothing that tells who they are, until the session is closed', async () => {
    const bench = await makeBench(context.database)
    const { ann, ben, lead, database, session } = bench
    const marks = [
      await mark(bench, ann, 'The ferry ran late.', { note: 'Timetable checked.' }),
      await mark(bench, ben, 'The ferry ran late.', { rating: 'contradicted' }),
    ]
    const [claimId] = await matchClaimsOf(database, lead, session.id)
    for (const path of [`/review-sessions/${session.id}/claims`, `/claims/${String(claimId)}`]) {
      const answer = await call({ method: 'get', path, as: bench.as.judge })
      expect(answer.status).toBe(200)
      for (const secret of [ann.memberId, ben.memberId, 'Ann Quill', 'Ben Slate', ...marks.map(({ id }) => id)])
        expect(answer.text).not.toContain(secret)
      expect(answer.text).toContain('Timetable checked.')
    }
    await setState(bench, 'closed')
    const { items } = await list(bench, '', 'viewer')
    expect(items[0]?.votes.map(({ author }) => author?.name).sort()).toEqual(['Ann Quill', 'Ben Slate'])
  })

  it('keep a reviewer behind their letter in the discussion, also one who adjudicates, until the session is closed', async () => {
    const bench = await makeBench(context.database)
    const { ann, ben, judge, lead, database, session, document } = bench
    await mark(bench, ann, 'The ferry ran late.', { rating: 'contradicted' })
    await mark(bench, ben, 'It carried 412 cars in May.')
    const [claimId = ''] = await matchClaimsOf(database, lead, session.id)
    // Both review and adjudicate: of this claim Ann is a reviewer with a letter, and Ben is one without.
    await database.write.sessionMember.updateMany({ where: { sessionId: session.id }, data: { adjudicates: true } })
    const say = (path: string, who: keyof Bench['as'], json: object) =>
      call({ method: 'post', path, as: bench.as[who], json })
    const started = await say(`/documents/${document.id}/threads`, 'ann', { claimId, comment: { body: 'It did.' } })
    const path = `/threads/${String(started.json.id)}`
    expect(started.json).toMatchObject({ startedBy: { id: ann.memberId, name: 'Ann Quill' } })
    const named = await say(`${path}/comments`, 'ann', { body: 'See the log.', mentions: [judge.memberId] })
    expect(named.status, named.text).toBe(201)
    await say(`${path}/comments`, 'ben', { body: 'I did not see that.' })
    await say(`${path}/resolve`, 'ann', {})

    const read = (who: keyof Bench['as']) => call({ method: 'get', path, as: bench.as[who] })
    const shown = await read('judge')
    const reviewer = { id: null, name: 'Reviewer A' }
    expect(shown.json).toMatchObject({
      startedBy: reviewer,
      resolved: { by: 'Reviewer A' },
      comments: [{ author: reviewer }, { author: reviewer }, { author: { id: null, name: 'A reviewer' } }],
    })
    const listed = await call({ method: 'get', path: `/documents/${document.id}/threads`, as: bench.as.lead })
    for (const answer of [shown, listed])
      for (const secret of [ann.memberId, ben.memberId, 'Ann Quill', 'Ben Slate'])
        expect(answer.text.includes(secret), secret).toBe(false)
    const told = await database.read.notification.findMany({
      where: { memberId: judge.memberId },
      select: { type: true, data: true },
    })
    expect(told.map(({ type }) => type)).toEqual(['mention'])
    expect(told[0]?.data).toMatchObject({ claimId, sessionId: session.id })
    expect(JSON.stringify(told)).not.toContain('Ann')

    await setState(bench, 'closed')
    expect((await read('judge')).json).toMatchObject({ startedBy: { id: ann.memberId, name: 'Ann Quill' } })
  })

  it('are for adjudicators and leads during adjudication, for nobody before, for all after', async () => {
    const bench = await makeBench(context.database)
    await mark(bench, bench.ann, 'The ferry ran late.')
    const [claimId] = await matchClaimsOf(context.database, bench.lead, bench.session.id)
    const path = `/review-sessions/${bench.session.id}/claims`
    const statuses = async () =>
      Promise.all(
        (['judge', 'lead', 'ann', 'viewer'] as const).flatMap((who) =>
          [path, `/claims/${String(claimId)}`].map(
            async (asked) => (await call({ method: 'get', path: asked, as: bench.as[who] })).status,
          ),
        ),
      )
    // For a member outside the session, it does not exist.
    expect(await statuses()).toEqual([200, 200, 200, 200, 403, 403, 404, 404])
    await setState(bench, 'closed')
    expect(await statuses()).toEqual([200, 200, 200, 200, 200, 200, 200, 200])
    await setState(bench, 'active')
    for (const status of await statuses()) expect([404, 409]).toContain(status)
  })

  it('are hidden from someone who is to judge the document blind in another session', async () => {
    const bench = await makeBench(context.database)
    const { judge, lead, ann, document, session, database } = bench
    await mark(bench, ann, 'The ferry ran late.')
    const [claimId] = await matchClaimsOf(database, lead, session.id)
    await setState(bench, 'closed')
    const other = await createSessionForClaims(database, {
      workspaceId: lead.workspaceId,
      documents: [document],
      reviewers: [judge],
      adjudicators: [],
      state: 'active',
    })
    await database.write.assignment.updateMany({ where: { sessionId: other.id }, data: { state: 'started' } })
    const page = await list(bench)
    expect(page.items).toEqual([])
    expect(page.counts['claims']).toBe(0)
    expect((await call({ method: 'get', path: `/claims/${String(claimId)}`, as: bench.as.judge })).status).toBe(404)
    expect((await list(bench, '', 'lead')).items).toHaveLength(1)
  })

  it('are filtered and paged', async () => {
    const bench = await makeBench(context.database)
    const { ann, ben, lead, session } = bench
    for (const words of ['The ferry ran late.', 'It carried 412 cars in May.', 'It is a fine harbour.']) {
      await mark(bench, ann, words, { rating: words.startsWith('It is') ? 'not_checkable' : 'unsourced' })
      if (!words.startsWith('It is'))
        await mark(bench, ben, words, { rating: words.startsWith('It c') ? 'contradicted' : 'unsourced' })
    }
    await matchClaimsOf(context.database, lead, session.id)
    const exacts = async (query: string) => (await list(bench, query)).items.map(({ exact }) => exact)
    expect(await exacts('?agreement=unanimous')).toEqual(['The ferry ran late.'])
    expect(await exacts('?agreement=disagreement&state=open')).toEqual(['It carried 412 cars in May.'])
    expect(await exacts('?agreement=unmarked')).toEqual(['It is a fine harbour.'])
    expect(await exacts('?rating=contradicted')).toEqual(['It carried 412 cars in May.'])
    expect(await exacts('?state=decided')).toEqual([])
    expect(await exacts(`?document=${makeId()}`)).toEqual([])
    const first = await list(bench, '?limit=2')
    expect(first.items).toHaveLength(2)
    const second = await list(bench, `?limit=2&cursor=${String(first.next)}`)
    expect(second.items.map(({ exact }) => exact)).toEqual(['It is a fine harbour.'])
    expect(second.next).toBeNull()
  })

  it('keep what was decided or made by hand when they are matched again', async () => {
    const bench = await makeBench(context.database)
    const { ann, ben, lead, judge, database, session } = bench
    await mark(bench, ann, 'The ferry ran late.')
    await mark(bench, ann, 'It carried 412 cars in May.')
    const dropped = await mark(bench, ann, 'It is a fine harbour.')
    await matchClaimsOf(database, lead, session.id)
    const [decided, same] = (await list(bench)).items
    const answer = await call({
      method: 'put',
      path: `/claims/${String(decided?.id)}/verdict`,
      as: bench.as.judge,
      version: 1,
      json: { rating: null, reason: 'no-statement' },
    })
    expect(answer.status, answer.text).toBe(200)
    await mark(bench, ben, 'The ferry ran late.', { rating: 'contradicted' })
    await database.write.annotation.updateMany({
      where: { id: dropped.id },
      data: { deletedAt: new Date() },
    })
    await matchClaimsOf(database, lead, session.id)
    const again = (await list(bench)).items
    expect(again.map(({ id }) => id)).toEqual([decided?.id, same?.id])
    expect(again[0]).toMatchObject({ votes: [{}, {}], verdict: { rating: null, votesChanged: true } })
    expect(again[1]).toMatchObject({ version: 1 })
    const events = await database.read.event.findMany({ where: { type: 'claims.matched' }, select: { data: true } })
    expect(events.at(-1)?.data).toEqual({ after: { claims: 2, made: 0, kept: 2, removed: 1 } })
    expect(judge.role).toBe('reviewer')
  })

  it('are split and merged by hand, by version, and never with two ratings of one reviewer', async () => {
    const bench = await makeBench(context.database)
    const { ann, ben, lead, session } = bench
    await mark(bench, ann, 'The mayor promised a new pier.')
    await mark(bench, ben, 'The mayor promised a new pier.', { rating: 'contradicted' })
    await mark(bench, ann, 'The ferry ran late.')
    await matchClaimsOf(context.database, lead, session.id)
    const [ferry, pier] = (await list(bench)).items
    const ask = (id: string, what: string, version: number, json: object, who: keyof Bench['as'] = 'judge') =>
      call({ method: 'post', path: `/claims/${id}/${what}`, as: bench.as[who], version, json })
    const pierId = String(pier?.id)
    expect((await ask(pierId, 'split', 1, { apart: ['A'] }, 'lead')).status).toBe(403)
    expect(await ask(pierId, 'split', 1, { apart: ['A', 'B'] })).toMatchObject({ status: 409 })
    expect(await ask(pierId, 'split', 1, { apart: ['C'] })).toMatchObject({ status: 409 })
    expect(await ask(pierId, 'split', 7, { apart: ['B'] })).toMatchObject({
      status: 412,
      json: { current: { version: 1 } },
    })
    const id = makeId()
    const split = await ask(pierId, 'split', 1, { id, apart: ['B'] })
    expect(split.json).toMatchObject({
      claim: { version: 2, origin: 'split', votes: [{ mask: 'A' }] },
      apart: { id, votes: [{ mask: 'A' }] },
    })
    expect((await ask(pierId, 'split', 1, { id, apart: ['B'] })).status).toBe(200)
    expect((await list(bench)).items).toHaveLength(3)

    // One of the halves is by the reviewer who marked the ferry, so it cannot be merged with that claim; the other can.
    const results = await Promise.all(
      [pierId, id].map(async (other) => {
        const version = other === id ? 1 : 2
        return (await ask(String(ferry?.id), 'merge', 9, { claimId: other, version })).status
      }),
    )
    expect(results.sort()).toEqual([409, 412])
    expect((await ask(pierId, 'merge', 2, { claimId: pierId, version: 2 })).status).toBe(409)
    const merged = await ask(pierId, 'merge', 2, { claimId: id, version: 1 })
    expect(merged.json).toMatchObject({ origin: 'merged', version: 3, votes: [{ mask: 'A' }, { mask: 'B' }] })
    expect((await list(bench)).items).toHaveLength(2)
  })

  it('tell a reviewer what became of their ratings once the session is closed', async () => {
    const bench = await makeBench(context.database)
    const { ann, ben, lead, session, document } = bench
    const { id: referenceId } = await createReference(context.database, { workspaceId: lead.workspaceId })
    const mine = await mark(bench, ann, 'The ferry ran late.', { rating: 'unsourced' })
    await mark(bench, ben, 'The ferry ran late.', { rating: 'contradicted' })
    const [claimId] = await matchClaimsOf(context.database, lead, session.id)
    await call({
      method: 'put',
      path: `/claims/${String(claimId)}/verdict`,
      as: bench.as.judge,
      version: 1,
      json: {
        rating: 'contradicted',
        reason: 'wrong-figure',
        citations: [{ referenceId, stance: 'contradicts', quote: 'It ran on time.' }],
      },
    })
    const json = { claimId, comment: { body: 'The log says late.' } }
    await call({ method: 'post', path: `/documents/${document.id}/threads`, as: bench.as.judge, json })
    const path = `/assignments/${session.assignmentOf(document, ann)}/outcome`
    expect((await call({ method: 'get', path, as: bench.as.ann })).status).toBe(409)
    await setState(bench, 'closed')
    expect((await call({ method: 'get', path, as: bench.as.ben })).status).toBe(403)
    const outcome = await call({ method: 'get', path, as: bench.as.ann })
    expect(outcome.json).toMatchObject({
      items: [{ verdict: { rating: 'contradicted', reasonSays: 'The figure or date is wrong', dissent: 1 } }],
    })
    const [item] = (outcome.json as unknown as ClaimPage).items
    expect(item?.votes.find(({ mine: own }) => own)).toMatchObject({ annotationId: mine.id, rating: 'unsourced' })
    const [own] = await loadOwnOutcomes(ann, document.revisionId)
    expect(own).toMatchObject({ annotationId: mine.id, claim: { id: claimId, sessionId: session.id, comments: 1 } })
  })
})
