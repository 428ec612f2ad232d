import { expect, it } from 'vitest'
import type { Actor } from '@/lib/server/access/gate'
import { countOpenClaims } from '@/lib/server/claims/match'
import type { Database } from '@/lib/server/db/client'
import type { Protocol } from '@/lib/domain/review-sessions/protocol'
import { createSessionForClaims, createSessionMark, matchClaimsOf, type MadeSession } from '../setup/adjudication'
import { describeOnBothDatabases } from '../setup/databases'
import { createDocument, createMember, createReference, createWorkspace, makeId } from '../setup/factories'
import { call, sessionOf, type Answer, type Credentials } from './calls'

const text = 'The ferry ran late. It carried 412 cars in May. It is a fine harbour. Nobody has costed the pier.'

interface Bench {
  database: Database
  workspaceId: string
  ann: Actor
  judge: Actor
  session: MadeSession
  referenceId: string
  /** In text order. The reviewers differ on the first and agree on the others, of which one flagged the last as disputed. */
  claimIds: string[]
  as: Record<'lead' | 'ann' | 'judge' | 'second', Credentials>
}

/** Two reviewers, of whom Ann also adjudicates; two further adjudicators; and a lead outside the session. */
async function makeBench(database: Database, protocol: Partial<Protocol> = {}): Promise<Bench> {
  const { id: workspaceId } = await createWorkspace(database)
  const lead = await createMember(database, { workspaceId, role: 'lead' })
  const ann = await createMember(database, { workspaceId })
  const ben = await createMember(database, { workspaceId })
  const judge = await createMember(database, { workspaceId, name: 'Judge Joan' })
  const second = await createMember(database, { workspaceId, name: 'Judge Saul' })
  const document = await createDocument(database, { workspaceId, text })
  const { id: referenceId } = await createReference(database, { workspaceId })
  const session = await createSessionForClaims(database, {
    workspaceId,
    documents: [document],
    reviewers: [ann, ben],
    adjudicators: [judge, second, ann],
    protocol,
  })
  const cites = [{ referenceId, stance: 'supports' as const, quote: '412 cars' }]
  for (const author of [ann, ben]) {
    const of = { sessionId: session.id, author, document }
    await createSessionMark(database, {
      ...of,
      words: 'The ferry ran late.',
      rating: author === ann ? 'unsourced' : 'not_checkable',
    })
    await createSessionMark(database, {
      ...of,
      words: 'It carried 412 cars in May.',
      rating: 'sourced',
      cites,
      note: 'Log checked.',
    })
    await createSessionMark(database, { ...of, words: 'It is a fine harbour.', rating: 'not_checkable' })
    await createSessionMark(database, { ...of, words: 'Nobody has costed the pier.', disputed: author === ann })
  }
  const claimIds = await matchClaimsOf(database, lead, session.id)
  return {
    database,
    workspaceId,
    ann,
    judge,
    session,
    referenceId,
    claimIds,
    as: {
      lead: await sessionOf(lead),
      ann: await sessionOf(ann),
      judge: await sessionOf(judge),
      second: await sessionOf(second),
    },
  }
}

const unsourced = { rating: 'unsourced', reason: 'nothing-found', words: 'Asked the harbour office.' }

function decide(
  bench: Bench,
  json: object,
  { place = 0, version = 1, who = 'judge' }: { place?: number; version?: number; who?: keyof Bench['as'] } = {},
): Promise<Answer> {
  const path = `/claims/${String(bench.claimIds[place])}/verdict`
  return call({ method: 'put', path, as: bench.as[who], version, json })
}

async function setState({ database, session }: Bench, state: 'active' | 'closed'): Promise<void> {
  await database.write.reviewSession.updateMany({ where: { id: session.id }, data: { state } })
}

function countVerdicts({ database }: Bench): Promise<number> {
  return database.read.verdict.count()
}

describeOnBothDatabases('verdicts', (context) => {
  it('keep who decided, why, the evidence, and the votes with those who differ', async () => {
    const bench = await makeBench(context.database)
    const { database, claimIds, referenceId, session, workspaceId, judge } = bench
    const citations = [{ referenceId, stance: 'contradicts', quote: 'late twice', locator: 'p. 4' }]
    const answer = await decide(bench, {
      rating: 'contradicted',
      reason: 'wrong-figure',
      words: 'It ran on time.',
      citations,
    })
    expect(answer.status, answer.text).toBe(200)
    expect(answer.headers.get('etag')).toBe('"2"')
    expect(answer.json).toMatchObject({
      version: 2,
      verdict: {
        rating: 'contradicted',
        reason: 'wrong-figure',
        words: 'It ran on time.',
        citations: [{ stance: 'contradicts', quote: 'late twice', locator: 'p. 4', reference: { id: referenceId } }],
        decider: { name: 'Judge Joan' },
        inBulk: false,
        ownAnnotation: false,
        votesChanged: false,
        dissent: 2,
      },
    })
    expect(await countOpenClaims(database.read, { workspaceId, sessionId: session.id })).toBe(3)
    const [event] = await database.read.event.findMany({
      where: { type: 'verdict.decided' },
      select: { subjectId: true, sessionId: true, documentId: true, actorId: true },
    })
    expect(event).toMatchObject({ subjectId: claimIds[0], sessionId: session.id, actorId: judge.memberId })
    expect(event?.documentId).not.toBeNull()
    const kept = await database.read.verdict.findFirst({ select: { votes: true } })
    expect(kept?.votes).toMatchObject([{ mask: 'A' }, { mask: 'B' }])
  })

  it('cite the reference that theirs was merged into, and theirs again when the merge is undone', async () => {
    const bench = await makeBench(context.database)
    const { database, workspaceId, referenceId, as } = bench
    const kept = await createReference(database, { workspaceId, title: 'The other log' })
    const citations = [{ referenceId, stance: 'contradicts' as const, quote: 'late twice' }]
    await decide(bench, { rating: 'contradicted', reason: 'wrong-figure', citations })
    const cited = async () =>
      (await database.read.verdictCitation.findMany({ select: { referenceId: true } })).map((each) => each.referenceId)
    const merged = await call({
      method: 'post',
      path: `/references/${kept.id}/merge`,
      as: as.lead,
      version: 1,
      json: { otherId: referenceId, otherVersion: 1 },
    })
    expect(merged.status, merged.text).toBe(200)
    expect(await cited()).toEqual([kept.id])
    expect(await call({ method: 'post', path: `/references/${referenceId}/unmerge`, as: as.lead })).toMatchObject({
      status: 200,
    })
    expect(await cited()).toEqual([referenceId])
    // A page that read the claim at the time of the merge does not overwrite these citations.
    const asMerged = [{ referenceId: kept.id, stance: 'contradicts' as const, quote: 'late twice' }]
    const stale = await decide(
      bench,
      { rating: 'contradicted', reason: 'wrong-figure', citations: asMerged },
      { version: 2 },
    )
    expect(stale).toMatchObject({
      status: 412,
      json: { current: { verdict: { citations: [{ reference: { id: referenceId } }] } } },
    })
  })

  it('cite theirs again when a merge is undone after they were changed', async () => {
    const bench = await makeBench(context.database)
    const { database, workspaceId, referenceId, as } = bench
    const kept = await createReference(database, { workspaceId, title: 'The other log' })
    const late = { stance: 'contradicts', quote: 'late twice' }
    const verdict = { rating: 'contradicted', reason: 'wrong-figure' }
    const decided = await decide(bench, { ...verdict, citations: [{ ...late, referenceId }] })
    expect(decided.status, decided.text).toBe(200)
    const merged = await call({
      method: 'post',
      path: `/references/${kept.id}/merge`,
      as: as.lead,
      version: 1,
      json: { otherId: referenceId, otherVersion: 1 },
    })
    expect(merged.status, merged.text).toBe(200)
    const citations = [
      { referenceId: kept.id, stance: 'mentions', quote: 'on time' },
      { ...late, referenceId: kept.id, locator: 'p. 4' },
    ]
    const changed = await decide(bench, { ...verdict, words: 'Read again.', citations }, { version: 2 })
    expect(changed.status, changed.text).toBe(200)
    const undone = await call({ method: 'post', path: `/references/${referenceId}/unmerge`, as: as.lead })
    expect(undone.status, undone.text).toBe(200)
    const cited = await database.read.verdictCitation.findMany({
      orderBy: { position: 'asc' },
      select: { referenceId: true, locator: true },
    })
    // The citation added since then stays where it was added.
    expect(cited).toEqual([
      { referenceId: kept.id, locator: '' },
      { referenceId, locator: 'p. 4' },
    ])
  })

  it('need the evidence and a reason that fit, and allow a rating nobody gave and none at all', async () => {
    const bench = await makeBench(context.database, { requireQuotes: true, requireSearchNote: true })
    const { referenceId } = bench
    const supports = [{ referenceId, stance: 'supports' }]
    const refused: [object, string][] = [
      [{ rating: 'sourced', reason: 'confirmed' }, 'citations'],
      [{ rating: 'contradicted', reason: 'wrong-figure', citations: supports }, 'citations'],
      [{ rating: 'sourced', reason: 'confirmed', citations: supports }, 'citations.0.quote'],
      [{ rating: 'sourced', reason: 'opinion', citations: [{ ...supports[0], quote: 'x' }] }, 'reason'],
      [{ rating: null, reason: 'confirmed' }, 'reason'],
      [{ rating: 'unsourced', reason: 'reviewers-agree', words: 'Asked the harbour office.' }, 'reason'],
      [{ rating: 'unsourced', reason: 'single-review', words: 'Asked the harbour office.' }, 'reason'],
      [{ rating: null, reason: 'no-statement', disputed: true }, 'rating'],
      [{ rating: 'not_checkable', reason: 'other' }, 'words'],
      [{ rating: 'unsourced', reason: 'nothing-found' }, 'words'],
      [
        { rating: 'sourced', reason: 'confirmed', citations: [{ referenceId: makeId(), stance: 'supports' }] },
        'citations.0.referenceId',
      ],
      [{ rating: 'true', reason: 'confirmed' }, 'rating'],
    ]
    for (const [json, path] of refused) {
      const answer = await decide(bench, json)
      expect(answer, JSON.stringify(json)).toMatchObject({ status: 422, json: { code: 'invalid', fields: [{ path }] } })
    }
    expect(await countVerdicts(bench)).toBe(0)
    const nobodys = await decide(bench, {
      rating: 'sourced',
      reason: 'confirmed',
      citations: [{ ...supports[0], quote: 'x' }],
    })
    expect(nobodys).toMatchObject({ status: 200, json: { verdict: { rating: 'sourced', dissent: 2 } } })
    const none = await decide(bench, { rating: null, reason: 'no-statement' }, { place: 2 })
    expect(none).toMatchObject({ status: 200, json: { verdict: { rating: null } } })
  })

  it('are changed and withdrawn by version; a repeated request changes nothing', async () => {
    const bench = await makeBench(context.database)
    const path = `/claims/${String(bench.claimIds[0])}/verdict`
    expect(await decide(bench, unsourced)).toMatchObject({ status: 200, json: { version: 2 } })
    expect(await decide(bench, unsourced)).toMatchObject({ status: 200, json: { version: 2 } })
    expect(await decide(bench, { ...unsourced, disputed: true }, { version: 2 })).toMatchObject({
      status: 200,
      json: { version: 3, verdict: { disputed: true } },
    })
    expect(await call({ method: 'delete', path, as: bench.as.judge, version: 2 })).toMatchObject({ status: 412 })
    expect(await call({ method: 'delete', path, as: bench.as.judge, version: 3 })).toMatchObject({
      status: 200,
      json: { version: 4, verdict: null },
    })
    expect(await call({ method: 'delete', path, as: bench.as.judge, version: 3 })).toMatchObject({
      status: 200,
      json: { version: 4, verdict: null },
    })
    const events = await bench.database.read.event.findMany({
      where: { subjectId: String(bench.claimIds[0]) },
      orderBy: { sequence: 'asc' },
      select: { type: true, data: true },
    })
    expect(events.map(({ type }) => type)).toEqual(['verdict.decided', 'verdict.changed', 'verdict.withdrawn'])
    expect(events[2]?.data).toMatchObject({ before: { rating: 'unsourced', disputed: true, words: unsourced.words } })
  })

  it('of two adjudicators: the second sees the first’s, and nothing is overwritten', async () => {
    const bench = await makeBench(context.database)
    expect((await decide(bench, unsourced)).status).toBe(200)
    const late = await decide(bench, { rating: null, reason: 'no-statement' }, { who: 'second' })
    expect(late).toMatchObject({
      status: 412,
      json: {
        code: 'version-mismatch',
        current: {
          version: 2,
          verdict: { rating: 'unsourced', words: unsourced.words, decider: { name: 'Judge Joan' } },
        },
      },
    })
    expect(await decide(bench, { rating: null, reason: 'no-statement' }, { who: 'second', version: 2 })).toMatchObject({
      status: 200,
      json: { verdict: { rating: null, decider: { name: 'Judge Saul' } } },
    })
  })

  it('of many at once: one wins, the others are told', async () => {
    const bench = await makeBench(context.database)
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, place) =>
        decide(bench, { ...unsourced, words: `Search ${place}` }, { who: place % 2 === 0 ? 'judge' : 'second' }),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 11 }, () => 412)])
    expect(await countVerdicts(bench)).toBe(1)
  })

  it('are refused in another state, to others, and on one’s own ratings', async () => {
    const bench = await makeBench(context.database)
    expect(await decide(bench, unsourced, { who: 'lead' })).toMatchObject({ status: 403 })
    const own = await decide(bench, unsourced, { who: 'ann' })
    expect(own).toMatchObject({
      status: 403,
      json: { detail: expect.stringContaining('another adjudicator') as string },
    })
    const [first, , third] = bench.claimIds
    const post = (path: string, json: object) => call({ method: 'post', path, as: bench.as.judge, json, version: 1 })
    const late: Promise<Answer>[] = []
    // As if another instance closes it: an adjudicator who decides or divides claims in the meantime must wait, or a closed session would have claims
    // without a verdict.
    await bench.database.write.$transaction(async (tx) => {
      await tx.reviewSession.updateMany({ where: { id: bench.session.id }, data: { state: 'closed' } })
      late.push(
        decide(bench, unsourced),
        post(`/claims/${String(first)}/split`, { apart: ['B'] }),
        post(`/review-sessions/${bench.session.id}/verdicts/bulk`, { claims: [{ id: third, version: 1 }] }),
      )
      await new Promise((resolve) => setTimeout(resolve, 700))
    })
    for (const answer of await Promise.all(late))
      expect(answer).toMatchObject({ status: 409, json: { detail: expect.stringContaining('reopen') as string } })
    await setState(bench, 'active')
    expect((await decide(bench, unsourced)).status).toBe(409)
    expect(await countVerdicts(bench)).toBe(0)
  })

  it('on one’s own ratings are marked where the protocol allows them', async () => {
    const bench = await makeBench(context.database, { adjudicateOwn: true })
    expect(await decide(bench, unsourced, { who: 'ann' })).toMatchObject({
      status: 200,
      json: { verdict: { ownAnnotation: true } },
    })
  })

  it('confirm what all agree on, at once, and say what was left and why', async () => {
    const bench = await makeBench(context.database)
    const { claimIds, database, session } = bench
    const path = `/review-sessions/${session.id}/verdicts/bulk`
    const unknown = makeId()
    const claims = [...claimIds, unknown].map((id) => ({ id, version: 1 }))
    const ask = (who: keyof Bench['as']) => call({ method: 'post', path, as: bench.as[who], json: { claims } })
    expect((await ask('lead')).status).toBe(403)
    const own = await ask('ann')
    expect(own.json).toMatchObject({ confirmed: [], skipped: [{}, {}, {}, {}, {}] })
    const answer = await ask('judge')
    expect(answer.json).toMatchObject({
      confirmed: [
        { id: claimIds[1], version: 2 },
        { id: claimIds[2], version: 2 },
      ],
      skipped: [
        { id: claimIds[0], why: 'The reviewers differ. Decide it by itself.' },
        { id: claimIds[3], why: 'A reviewer flagged it as disputed or partial. Decide it by itself.' },
        { id: unknown, why: 'There is no such claim in this session.' },
      ],
      counts: { claims: 4, decided: 2 },
    })
    const verdicts = await database.read.verdict.findMany({
      where: { claimId: String(claimIds[1]) },
      select: { rating: true, reason: true, words: true, inBulk: true, _count: { select: { citations: true } } },
    })
    // Both reviewers cite the same words, which are listed once.
    expect(verdicts).toEqual([
      { rating: 'sourced', reason: 'reviewers-agree', words: 'Log checked.', inBulk: true, _count: { citations: 1 } },
    ])
    expect((await ask('second')).json).toMatchObject({ confirmed: [] })
    expect(await countVerdicts(bench)).toBe(2)
  })
})
