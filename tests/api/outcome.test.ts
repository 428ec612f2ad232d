import { expect, it } from 'vitest'
import { describeReviewState } from '@/lib/domain/documents/review-state'
import type { Actor } from '@/lib/server/access/gate'
import { loadDocument, loadReviewStates } from '@/lib/server/documents/loaders'
import type { Database } from '@/lib/server/db/client'
import { createSessionForClaims, createSessionMark, matchClaimsOf } from '../setup/adjudication'
import { describeOnBothDatabases } from '../setup/databases'
import { createDocument, createMember, createReference, createWorkspace, factoryTime, makeId } from '../setup/factories'
import { call, sessionOf } from './calls'

const text = 'The ferry ran late. It carried 412 cars in May. It is a fine harbour.'

/** A session with three claims, two of them with verdicts; Ann and Ben reviewed, the judge adjudicates, the lead leads. */
async function makeBench(database: Database) {
  const { id: workspaceId } = await createWorkspace(database)
  const member = (name: string, role?: 'lead' | 'viewer') =>
    createMember(database, { workspaceId, name, ...(role === undefined ? {} : { role }) })
  const people = {
    lead: await member('Lea Lead', 'lead'),
    ann: await member('Ann Archer'),
    ben: await member('Ben Brook'),
    judge: await member('Judge Joan'),
    other: await member('Olga Other'),
    viewer: await member('Vic Viewer', 'viewer'),
  }
  const { lead, ann, ben, judge } = people
  const document = await createDocument(database, { workspaceId, text })
  const { id: referenceId } = await createReference(database, { workspaceId })
  const session = await createSessionForClaims(database, {
    workspaceId,
    documents: [document],
    reviewers: [ann, ben],
    adjudicators: [judge],
    name: 'Harbour check',
  })
  const cites = [{ referenceId, stance: 'supports' as const, quote: '412 cars' }]
  const common = { sessionId: session.id, document }
  await createSessionMark(database, { ...common, author: ann, words: 'The ferry ran late.' })
  await createSessionMark(database, { ...common, author: ben, words: 'The ferry ran late.', rating: 'not_checkable' })
  for (const author of [ann, ben])
    await createSessionMark(database, {
      ...common,
      author,
      words: 'It carried 412 cars in May.',
      rating: 'sourced',
      cites,
    })
  await createSessionMark(database, { ...common, author: ann, words: 'It is a fine harbour.', rating: 'not_checkable' })
  const claimIds = await matchClaimsOf(database, lead, session.id)
  const votes = await database.read.claimAnnotation.findMany({
    where: { claimId: { in: claimIds } },
    orderBy: { annotationId: 'asc' },
    select: { claimId: true, annotationId: true, annotation: { select: { authorId: true, rating: true } } },
  })
  for (const [claimId, rating] of [
    [claimIds[0], 'unsourced'],
    [claimIds[1], 'sourced'],
  ] as const)
    await database.write.verdict.create({
      data: {
        id: makeId(),
        workspaceId,
        claimId: String(claimId),
        deciderId: judge.memberId,
        rating,
        words: 'Log read.',
        reason: 'nothing-found',
        createdAt: factoryTime,
        updatedAt: factoryTime,
        votes: votes
          .filter((vote) => vote.claimId === claimId)
          .map(({ annotationId, annotation }, place) => ({
            mask: 'AB'.charAt(place),
            annotationId,
            memberId: annotation.authorId,
            rating: annotation.rating,
            disputed: false,
            partial: false,
            late: false,
          })),
      },
      select: { id: true },
    })
  const setState = (state: 'active' | 'adjudication' | 'closed') =>
    database.write.reviewSession.updateMany({
      where: { id: session.id },
      data: { state, closedAt: state === 'closed' ? factoryTime : null },
    })
  return { database, workspaceId, people, document, session, setState }
}

type Bench = Awaited<ReturnType<typeof makeBench>>

interface Shown {
  session: { name: string; state: string } | null
  claims: {
    place: string
    verdict: { rating: string | null } | null
    own: { rating: string } | null
    dissent: { who: string; mine: boolean; rating: string }[]
  }[]
}

async function outcomeFor({ document }: Bench, who: Actor): Promise<Shown> {
  const path = `/revisions/${document.revisionId}/outcome`
  const answer = await call({ method: 'get', path, as: await sessionOf(who) })
  expect(answer.status).toBe(200)
  return answer.json as unknown as Shown
}

async function linesFor({ document }: Bench, who: Actor): Promise<string[]> {
  const states = await loadReviewStates(who, [await loadDocument(who, document.id)])
  const state = states.get(document.id)
  return state === undefined ? [] : describeReviewState(state)
}

/** Assigns the document to someone in another, blind session. */
async function makeBlind(
  { database, workspaceId, document }: Bench,
  reviewer: Actor,
  reveal: 'after_phase' | 'after_submission',
) {
  const other = await createSessionForClaims(database, {
    workspaceId,
    documents: [document],
    reviewers: [reviewer],
    adjudicators: [],
    state: 'active',
    name: 'Second look',
    protocol: { blind: true, reveal },
  })
  await database.write.assignment.updateMany({
    where: { sessionId: other.id },
    data: { state: 'started', submittedAt: null },
  })
  return other
}

describeOnBothDatabases('the outcome of a document', (context) => {
  it('stands claim by claim in a closed session, with names, one’s own rating and what is not settled', async () => {
    const bench = await makeBench(context.database)
    await bench.setState('closed')
    const { session, claims } = await outcomeFor(bench, bench.people.ben)
    expect(session).toMatchObject({ name: 'Harbour check', state: 'closed' })
    expect(claims).toMatchObject([
      {
        place: 'sentence 1',
        verdict: { rating: 'unsourced', words: 'Log read.' },
        own: { rating: 'not_checkable' },
        dissent: [{ who: 'Ben Brook', mine: true, rating: 'not_checkable' }],
      },
      { place: 'sentence 2', verdict: { rating: 'sourced' }, own: { rating: 'sourced' }, dissent: [] },
      { place: 'sentence 3', verdict: null, own: null, dissent: [] },
    ])
    expect((await outcomeFor(bench, bench.people.viewer)).claims).toHaveLength(3)
  })

  it('is shown in adjudication to those who settle and lead, masked, and to nobody else', async () => {
    const bench = await makeBench(context.database)
    const { lead, judge, ann, other, viewer } = bench.people
    for (const who of [lead, judge]) {
      const { session, claims } = await outcomeFor(bench, who)
      expect(session).toMatchObject({ state: 'adjudication' })
      expect(claims[0]?.dissent[0]?.who).toMatch(/^Reviewer [AB]$/)
      expect(JSON.stringify(claims)).not.toMatch(/Ben Brook|Ann Archer/)
    }
    for (const who of [ann, other, viewer])
      expect(await outcomeFor(bench, who)).toEqual({ session: null, claims: [], cut: false })
    await bench.setState('active')
    for (const who of Object.values(bench.people))
      expect(await outcomeFor(bench, who)).toEqual({ session: null, claims: [], cut: false })
  })

  it('is hidden, in the reader and in lists, from a member who is to judge the document blind', async () => {
    const bench = await makeBench(context.database)
    await bench.setState('closed')
    const { other, ann } = bench.people
    const settled = 'Settled in “Harbour check”: 1 sourced, 1 unsourced, 1 not settled'
    expect(await linesFor(bench, other)).toEqual([settled])
    const second = await makeBlind(bench, other, 'after_submission')
    expect(await outcomeFor(bench, other)).toEqual({ session: null, claims: [], cut: false })
    expect(await linesFor(bench, other)).toEqual(['In review in “Second look”, you have begun'])
    expect(await linesFor(bench, ann)).toEqual([settled])
    await bench.database.write.assignment.updateMany({
      where: { sessionId: second.id },
      data: { state: 'submitted', submittedAt: factoryTime },
    })
    expect((await outcomeFor(bench, other)).claims).toHaveLength(3)
    expect(await linesFor(bench, other)).toEqual(['In review in “Second look”, you have submitted', settled])
  })

  it('is told in lists as far as each may know', async () => {
    const bench = await makeBench(context.database)
    const { lead, judge, ann, other, viewer } = bench.people
    const lines = async () => Promise.all([lead, judge, ann, other, viewer].map((who) => linesFor(bench, who)))
    const counted = ['In adjudication in “Harbour check”, 2 of 3 claims settled']
    expect(await lines()).toEqual([counted, counted, ['In adjudication in “Harbour check”'], [], []])
    await bench.setState('active')
    const active = 'In review in “Harbour check”'
    expect(await lines()).toEqual([
      [`${active}, 2 of 2 submitted`],
      [active],
      [`${active}, you have submitted`],
      [],
      [],
    ])
  })
})
