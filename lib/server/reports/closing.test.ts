import { expect, test } from 'vitest'
import { createSessionForClaims, createSessionMark, matchClaimsOf } from '@/tests/setup/adjudication'
import { describeOnBothDatabases } from '@/tests/setup/databases'
import {
  createDocument,
  createMember,
  createReference,
  createSource,
  createWorkspace,
  factoryTime,
  makeId,
} from '@/tests/setup/factories'
import { permit } from '../access/gate'
import { deleteDocument, restoreDocument, updateDocument, changeManyDocuments } from '../documents/mutations'
import { updateReference } from '../references/mutations'
import { addSessionDocuments } from '../review-sessions/documents'
import { sessionCopySchema, sessionInputSchema } from '@/lib/domain/review-sessions/schema'
import { readSessionRecords } from './rows'
import { copySession, createSession } from '../review-sessions/mutations'
import { moveSession } from '../review-sessions/transitions'
import { changeScope } from '../revisions/scope-changes'
import { deleteSource } from '../sources/mutations'
import { decideVerdict } from '../claims/verdicts'
import { loadReport } from './loaders'

const text = 'Sales rose by 12% in May. The mayor was glad of it. Nobody asked the harbour board. Tolls ended in 1989.'
const words = 'Sales rose by 12% in May.'

describeOnBothDatabases('what a closed session settled', (context) => {
  /** A session with one claim that is settled as contradicted, closed as a lead closes it. */
  async function makeClosed(quote = 'by 2%') {
    const { database } = context
    const { id: workspaceId } = await createWorkspace(database)
    const lead = await createMember(database, { workspaceId, role: 'lead' })
    const reviewers = [await createMember(database, { workspaceId }), await createMember(database, { workspaceId })]
    const judge = await createMember(database, { workspaceId })
    const source = await createSource(database, { workspaceId, name: 'The Coastal Herald' })
    const document = await createDocument(database, { workspaceId, sourceId: source.id, title: 'Tolls', text })
    const { id: referenceId } = await createReference(database, { workspaceId, title: 'Sales register' })
    const session = await createSessionForClaims(database, {
      workspaceId,
      reviewers,
      adjudicators: [judge],
      documents: [document],
    })
    for (const author of reviewers)
      await createSessionMark(database, { sessionId: session.id, author, document, words })
    const [claimId = ''] = await matchClaimsOf(database, lead, session.id)
    await decideVerdict(permit(judge, 'verdict.decide'), {
      claimId,
      version: 1,
      input: {
        rating: 'contradicted',
        disputed: false,
        partial: false,
        reason: 'wrong-figure',
        words: 'It has 2%.',
        citations: [{ referenceId, stance: 'contradicts', quote, locator: '' }],
      },
    })
    const move = async (name: 'close' | 'reopen') => {
      const { version } = await database.read.reviewSession.findFirstOrThrow({
        where: { workspaceId, id: session.id },
        select: { version: true },
      })
      return moveSession(permit(lead, 'review-session.update'), {
        id: session.id,
        version,
        move: { name, withdrawUnfinished: false },
      })
    }
    const report = () => loadReport(lead, source.id)
    return { database, workspaceId, lead, reviewers, source, document, referenceId, session, move, report }
  }

  test('stays as it was closed: scope, references, kept texts and later revisions change nothing', async () => {
    const { database, workspaceId, lead, reviewers, document, referenceId, move, report } = await makeClosed()
    await move('close')
    const before = await report()
    expect(before.coverage).toEqual({ decided: 1, checkable: 4 })
    const [reviewer] = reviewers
    if (reviewer === undefined) throw new Error('There are two.')
    await changeScope(permit(reviewer, 'scope.change'), {
      revisionId: document.revisionId,
      input: { start: text.indexOf('Nobody'), end: text.length, inScope: false, reason: 'boilerplate' },
    })
    await updateReference(permit(lead, 'reference.update'), {
      id: referenceId,
      version: 1,
      patch: { csl: { type: 'webpage', title: 'Another title' } },
    })
    await database.write.reference.updateMany({
      where: { id: referenceId },
      data: { snapshotText: 'Sales rose by 2% in May.', snapshotSha256: 'b'.repeat(64), snapshotAt: factoryTime },
    })
    expect((await report()).inputSha256).toBe(before.inputSha256)
    const { id: _id, ...revision } = await database.read.revision.findFirstOrThrow({
      where: { id: document.revisionId },
    })
    const { content, sentences } = revision
    await database.write.revision.create({
      data: { ...revision, id: makeId(), number: 2, content: content ?? {}, sentences: sentences ?? {} },
      select: { id: true },
    })
    const after = await report()
    expect(after.coverage).toEqual(before.coverage)
    expect(after.contradicted).toEqual(before.contradicted)
    expect(after.contradicted).toMatchObject([{ evidence: [{ title: 'Sales register', quoteCheck: 'no-kept-text' }] }])
    expect(after.documents).toMatchObject([{ revisionId: document.revisionId, hasLaterRevision: true }])
    expect(after.period.reviewed?.from).toBe(factoryTime.toISOString())
    // A session closed before anything was stored has the scope of its closing, too.
    await database.write.closedDocument.deleteMany({ where: { workspaceId } })
    expect((await report()).coverage).toEqual(before.coverage)
  })

  test('is settled anew by reopening and closing, which the report says until then', async () => {
    const { referenceId, lead, move, report } = await makeClosed()
    await move('close')
    await move('reopen')
    await updateReference(permit(lead, 'reference.update'), {
      id: referenceId,
      version: 1,
      patch: { csl: { type: 'webpage', title: 'Another title' } },
    })
    const open = await report()
    expect(open.reopenedSessions).toMatchObject([{ name: 'Spring round' }])
    expect(open.gates.map(({ code }) => code)).toContain('reopened-session')
    expect(open.claims.contradicted).toBe(0)
    await move('close')
    const again = await report()
    expect(again.reopenedSessions).toEqual([])
    expect(again.contradicted).toMatchObject([{ evidence: [{ title: 'Another title' }] }])
  })

  test('cannot be taken out of the report without a word: by deleting, in bulk, or by moving to another source', async () => {
    const { workspaceId, database, lead, source, document, session, move, report } = await makeClosed()
    await move('close')
    const other = await createSource(database, { workspaceId, name: 'Gazette' })
    const refused: unknown = expect.objectContaining({
      message: expect.stringContaining('“Spring round”, which is closed') as string,
    })
    const mayDelete = permit(lead, 'document.delete')
    await expect(deleteDocument(mayDelete, { id: document.id, version: 1 })).rejects.toEqual(refused)
    await expect(
      updateDocument(permit(lead, 'document.update'), { id: document.id, version: 1, patch: { sourceId: other.id } }),
    ).rejects.toEqual(refused)
    const bulk = await changeManyDocuments(permit(lead, 'document.update'), { action: 'delete', ids: [document.id] })
    expect(bulk).toMatchObject({ changed: [], refused: [refused] })
    await expect(deleteSource(permit(lead, 'source.delete'), { id: source.id, version: 1 })).rejects.toMatchObject({
      code: 'conflict',
    })
    expect((await report()).claims.contradicted).toBe(1)

    const reason = 'Another paper wrote it.'
    await changeManyDocuments(permit(lead, 'document.update'), { action: 'delete', ids: [document.id], reason })
    const without = await report()
    expect(without).toMatchObject({ claims: { contradicted: 0 }, documents: [], contradicted: [] })
    expect(without.withdrawn).toMatchObject([
      {
        id: document.id,
        title: 'Tolls',
        reason,
        by: lead.name,
        sessionId: session.id,
        claims: { contradicted: 1, assessed: 1 },
      },
    ])
    await restoreDocument(mayDelete, document.id)
    expect(await report()).toMatchObject({ claims: { contradicted: 1 }, withdrawn: [] })
    // With a reason, a document can be withdrawn on its own, too.
    await deleteDocument(mayDelete, { id: document.id, version: 3, reason })
    expect((await report()).withdrawn).toHaveLength(1)
  })

  test('cannot be closed with a contradicted claim that quotes nothing', async () => {
    const { database, workspaceId, move, report } = await makeClosed()
    await database.write.verdictCitation.updateMany({ where: { workspaceId }, data: { quote: ' ' } })
    await expect(move('close')).rejects.toMatchObject({
      message: expect.stringContaining('1 claim is settled as contradicted without a quote') as string,
    })
    await expect(makeClosed('')).rejects.toMatchObject({ code: 'invalid' })
    expect((await report()).contradicted).toEqual([])
  })

  test('is replaced by a later session in words', async () => {
    const { database, workspaceId, reviewers, document, move, report } = await makeClosed()
    await move('close')
    const later = await createSessionForClaims(database, {
      workspaceId,
      reviewers,
      adjudicators: [],
      documents: [document],
      name: 'Second look',
    })
    await database.write.reviewSession.updateMany({
      where: { id: later.id },
      data: { state: 'closed', closedAt: new Date(Date.now() + 60_000) },
    })
    const found = await report()
    expect(found.claims.contradicted).toBe(0)
    expect(found.earlierSessions).toMatchObject([{ name: 'Spring round', documents: 1 }])
    expect(found.gates.map(({ code }) => code)).toContain('earlier-session')
  })
})

describeOnBothDatabases('drawings of a sample', (context) => {
  test('are all kept and printed, also those that another took the place of, in copies and in other sessions', async () => {
    const { database } = context
    const { id: workspaceId } = await createWorkspace(database)
    const lead = await createMember(database, { workspaceId, role: 'lead' })
    const { id: sourceId } = await createSource(database, { workspaceId })
    for (let place = 0; place < 6; place += 1) await createDocument(database, { workspaceId, sourceId, text })
    const update = permit(lead, 'review-session.update')
    const make = async () =>
      (await createSession(permit(lead, 'review-session.create'), sessionInputSchema.parse({ name: 'Spring' }))).session
        .id
    const draw = (sessionId: string) =>
      addSessionDocuments(update, {
        sessionId,
        input: { how: 'sample', sourceIds: [sourceId], q: '', size: 2, replace: true },
      })
    const [first, second] = [await make(), await make()]
    await draw(first)
    await draw(first)
    await draw(second)
    const copied = makeId()
    await copySession(permit(lead, 'review-session.create'), {
      sessionId: first,
      copy: sessionCopySchema.parse({ id: copied, documents: true }),
    })
    const ids = [first, second, copied]
    const records = await readSessionRecords(database.read, { workspaceId, sourceId, ids })
    const drawnIn = (id: string) => {
      const record = records.find((each) => each.id === id)
      return { seeds: record?.draws?.map(({ seed }) => seed) ?? [], otherDraws: record?.otherDraws }
    }
    expect(drawnIn(first)).toEqual({ seeds: [expect.any(Number), expect.any(Number)], otherDraws: 1 })
    expect(drawnIn(second)).toEqual({ seeds: [expect.any(Number)], otherDraws: 2 })
    // One drawing in two sessions is one.
    expect(drawnIn(copied)).toEqual({ seeds: drawnIn(first).seeds, otherDraws: 1 })
    expect(records.find(({ id }) => id === first)?.draws?.[0]).toMatchObject({
      by: lead.memberId,
      frame: { sourceIds: [sourceId], q: '' },
      frameSize: 6,
      size: 2,
    })
  })
})
