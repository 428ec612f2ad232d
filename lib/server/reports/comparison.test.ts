import { expect, test } from 'vitest'
import { comparisonSchema } from '@/lib/domain/reports/comparing/comparison-schema'
import { sessionComparisonSchema } from '@/lib/domain/reports/comparing/compare-sessions'
import { permit } from '@/lib/server/access/gate'
import { createSessionForClaims, createSessionMark, matchClaimsOf } from '@/tests/setup/adjudication'
import { describeOnBothDatabases } from '@/tests/setup/databases'
import {
  createAnnotation,
  createDocument,
  createMember,
  createSource,
  createWorkspace,
  factoryTime,
  makeId,
} from '@/tests/setup/factories'
import { decideVerdict } from '../claims/verdicts'
import { listClosedSessions, readComparison, readSessionComparison } from './comparison'

describeOnBothDatabases('two sources side by side', (context) => {
  test('states both sides, and refuses a source beside itself or beside one that is not there', async () => {
    const { database } = context
    const { id: workspaceId } = await createWorkspace(database)
    const author = await createMember(database, { workspaceId })
    const other = await createMember(database, { workspaceId })
    const [first, second] = [
      await createSource(database, { workspaceId, name: 'The Coastal Herald' }),
      await createSource(database, { workspaceId, name: 'The Dyke Gazette' }),
    ]
    const elsewhere = await createSource(database, { workspaceId: (await createWorkspace(database)).id })
    const document = await createDocument(database, { workspaceId, sourceId: first.id, text: 'Tolls ended in 1989.' })
    for (const each of [author, other])
      await createAnnotation(database, { author: each, document, words: 'Tolls ended in 1989.', rating: 'unsourced' })

    const compare = (otherSourceId: string) =>
      readComparison(permit(author, 'report.read'), { sourceId: first.id, otherSourceId, now: new Date() })
    const found = await compare(second.id)
    expect(comparisonSchema.parse(found)).toEqual(found)
    expect(found).toMatchObject({
      first: { source: { name: 'The Coastal Herald' }, reviewedDocuments: 1, assessed: 1 },
      second: { source: { name: 'The Dyke Gazette' }, reviewedDocuments: 0, assessed: 0 },
      shares: null,
    })
    expect(found.first.inputSha256).not.toBe(found.second.inputSha256)
    await expect(compare(first.id)).rejects.toMatchObject({ code: 'invalid' })
    await expect(compare(elsewhere.id)).rejects.toMatchObject({ code: 'not-found' })
    await expect(compare(makeId())).rejects.toMatchObject({ code: 'not-found' })
  })
})

describeOnBothDatabases('two closed sessions side by side', (context) => {
  test('are read each by its own verdicts, with what changed between them, and refused where they cannot be', async () => {
    const { database } = context
    const { id: workspaceId } = await createWorkspace(database)
    const lead = await createMember(database, { workspaceId, role: 'lead' })
    const reviewers = [await createMember(database, { workspaceId }), await createMember(database, { workspaceId })]
    const judge = await createMember(database, { workspaceId })
    const [herald, gazette] = [
      await createSource(database, { workspaceId, name: 'The Coastal Herald' }),
      await createSource(database, { workspaceId, name: 'The Dyke Gazette' }),
    ]
    const text = 'Tolls ended in 1989.'
    const first = await createDocument(database, { workspaceId, sourceId: herald.id, text })
    const second = await createDocument(database, { workspaceId, sourceId: gazette.id, text })
    const hold = async (name: string, documents: (typeof first)[], requireQuotes: boolean) => {
      const of = { workspaceId, reviewers, adjudicators: [judge], documents, name, protocol: { requireQuotes } }
      const session = await createSessionForClaims(database, of)
      const [document] = documents
      for (const author of reviewers)
        if (document !== undefined)
          await createSessionMark(database, { sessionId: session.id, author, document, words: text })
      for (const claimId of await matchClaimsOf(database, lead, session.id)) {
        const input = {
          rating: 'unsourced' as const,
          disputed: false,
          partial: false,
          reason: 'nothing-found' as const,
        }
        await decideVerdict(permit(judge, 'verdict.decide'), {
          claimId,
          version: 1,
          input: { ...input, words: '', citations: [] },
        })
      }
      const close = () =>
        database.write.reviewSession.updateMany({
          where: { id: session.id },
          data: { state: 'closed', closedAt: factoryTime },
        })
      return { id: session.id, close }
    }
    const spring = await hold('Spring', [first], false)
    const autumn = await hold('Autumn', [first, second], true)
    const compare = (
      sessionId: string,
      otherSessionId: string,
      query: { sourceId?: string; otherSourceId?: string } = {},
    ) => readSessionComparison(permit(lead, 'report.read'), { sessionId, otherSessionId, ...query, now: new Date() })
    await spring.close()
    await expect(compare(spring.id, autumn.id)).rejects.toMatchObject({ code: 'conflict' })
    await autumn.close()
    const found = await compare(spring.id, autumn.id)
    expect(sessionComparisonSchema.parse(found)).toEqual(found)
    // The later session settled the same document; each session is still compared by its own verdicts.
    expect(found).toMatchObject({
      comparable: false,
      shares: null,
      first: { session: { name: 'Spring' }, source: { name: 'The Coastal Herald' }, claims: { assessed: 1 } },
      second: { session: { name: 'Autumn' }, source: { name: 'The Coastal Herald' }, claims: { assessed: 1 } },
    })
    expect(found.says).toContain('different rules')
    expect(found.changes.map(({ code }) => code)).toEqual(['protocol'])
    const across = await compare(spring.id, autumn.id, { otherSourceId: gazette.id })
    expect(across.changes.map(({ code }) => code)).toEqual(['protocol', 'source', 'documents'])
    await expect(compare(spring.id, spring.id)).rejects.toMatchObject({ code: 'invalid' })
    await expect(compare(spring.id, autumn.id, { sourceId: gazette.id })).rejects.toThrow(
      'read no document of that source',
    )
    await expect(compare(autumn.id, autumn.id)).rejects.toThrow(
      'Name one of them: The Coastal Herald, The Dyke Gazette',
    )
    await expect(compare(spring.id, makeId())).rejects.toMatchObject({ code: 'not-found' })
    const stranger = await createMember(database, { workspaceId: (await createWorkspace(database)).id, role: 'lead' })
    const elsewhere = { sessionId: spring.id, otherSessionId: autumn.id, now: new Date() }
    await expect(readSessionComparison(permit(stranger, 'report.read'), elsewhere)).rejects.toMatchObject({
      code: 'not-found',
    })
    const listed = await listClosedSessions(permit(lead, 'report.read'))
    expect(listed.map(({ name, sources }) => [name, sources.length]).sort()).toEqual([
      ['Autumn', 2],
      ['Spring', 1],
    ])
  })
})
