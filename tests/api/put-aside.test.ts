import { expect, it } from 'vitest'
import { loadAnnotations, loadPutAside, loadTwins } from '@/lib/server/documents/loaders'
import type { Actor } from '@/lib/server/access/gate'
import type { Database } from '@/lib/server/db/client'
import { createSessionMark } from '../setup/adjudication'
import { describeOnBothDatabases } from '../setup/databases'
import { createAnnotation, createDocument, createMember, createWorkspace, factoryTime } from '../setup/factories'
import { createAssignment, createSession } from '../setup/session-factories'
import { call, sessionOf } from './calls'

const text = 'The ferry ran late. It carried 412 cars in May. It is a fine harbour.'

/** A blind draft that Ana and Ben are to review; Ana has read and marked the document in the open. */
async function makeBench(database: Database) {
  const { id: workspaceId } = await createWorkspace(database)
  const lead = await createMember(database, { workspaceId, role: 'lead', name: 'Lea Lead' })
  const ana = await createMember(database, { workspaceId, name: 'Ana Ruiz' })
  const ben = await createMember(database, { workspaceId, name: 'Ben Brook' })
  const document = await createDocument(database, { workspaceId, text, title: 'The ferry' })
  const early = [
    await createAnnotation(database, { author: ana, document, words: 'The ferry ran late.' }),
    await createAnnotation(database, { author: ana, document, words: 'It is a fine harbour.' }),
  ]
  const session = await createSession(database, {
    workspaceId,
    documents: [document],
    reviewers: [ana, ben],
    adjudicators: [lead],
    name: 'Second look',
    protocol: { blind: true },
  })
  for (const member of [ana, ben])
    await createAssignment(database, { sessionId: session.id, documentId: document.id, member })
  const setState = (state: 'active' | 'adjudication') =>
    database.write.reviewSession.updateMany({
      where: { id: session.id },
      data: { state, activatedAt: factoryTime, blindEndedAt: state === 'active' ? null : factoryTime },
    })
  return { database, people: { lead, ana, ben }, document, session, early, setState }
}

async function effectsFor({ session }: Awaited<ReturnType<typeof makeBench>>, who: Actor) {
  const path = `/review-sessions/${session.id}/activation`
  return call({ method: 'get', path, as: await sessionOf(who) })
}

describeOnBothDatabases('earlier marks and a session that starts afresh', (context) => {
  it('are announced to the lead before the session is activated, by reviewer and document', async () => {
    const bench = await makeBench(context.database)
    const { lead, ana, ben } = bench.people
    expect((await effectsFor(bench, lead)).json).toEqual({
      blind: true,
      total: 2,
      putAside: [
        {
          member: { id: ana.memberId, name: 'Ana Ruiz' },
          document: { id: bench.document.id, title: 'The ferry' },
          marks: 2,
        },
      ],
    })
    for (const who of [ana, ben]) expect((await effectsFor(bench, who)).status).toBe(403)
  })

  it('do not tell a lead who is to judge the document blind', async () => {
    const bench = await makeBench(context.database)
    const { lead } = bench.people
    const other = await createSession(bench.database, {
      workspaceId: lead.workspaceId,
      documents: [bench.document],
      reviewers: [lead],
      state: 'active',
      protocol: { blind: true },
    })
    await createAssignment(bench.database, {
      sessionId: other.id,
      documentId: bench.document.id,
      member: lead,
      state: 'started',
    })
    expect((await effectsFor(bench, lead)).json).toEqual({ blind: true, total: 0, putAside: [] })
  })

  it('are counted for their author alone while the session runs, and come back told apart', async () => {
    const bench = await makeBench(context.database)
    const { lead, ana, ben } = bench.people
    const { document, session, early } = bench
    await bench.setState('active')
    const where = { revisionId: document.revisionId, sessionId: session.id }
    const again = await createSessionMark(bench.database, {
      sessionId: session.id,
      author: ana,
      document,
      words: 'ferry ran late',
    })
    expect(await loadPutAside(ana, where)).toBe(2)
    expect(await loadPutAside(ben, where)).toBe(0)
    // Ben reads blind: he sees nothing of Ana's, not even that she marked something twice.
    expect(await loadTwins(ben, document.revisionId)).toEqual({})
    // A lead who reads nothing blind sees the marks of open reading, and nothing that would reveal the session's marks.
    expect(await loadTwins(lead, document.revisionId)).toEqual({})
    await bench.setState('adjudication')
    const twins = { [early[0]?.id ?? '']: false, [again.id]: true }
    for (const who of [ana, ben, lead]) {
      expect(await loadAnnotations(who, document.revisionId)).toHaveLength(3)
      expect(await loadTwins(who, document.revisionId)).toEqual(twins)
    }
  })
})
