import { expect, test } from 'vitest'
import { reportViewSchema } from '@/lib/domain/reports/schema'
import type { Rating, Stance } from '@/lib/domain/annotations/rating'
import { describeOnBothDatabases } from '@/tests/setup/databases'
import {
  createAnnotation,
  createDocument,
  createMember,
  createReference,
  createSource,
  createWorkspace,
  factoryTime,
  makeId,
} from '@/tests/setup/factories'
import { loadReport } from './loaders'

const text = 'Sales rose by 12% in May. The mayor was glad of it. Nobody asked the harbour board. Tolls ended in 1989.'

describeOnBothDatabases('the report of a source', (context) => {
  async function makeSetting() {
    const { database } = context
    const { id: workspaceId } = await createWorkspace(database)
    const reviewer = await createMember(database, { workspaceId })
    const second = await createMember(database, { workspaceId })
    const source = await createSource(database, { workspaceId, name: 'The Coastal Herald' })
    const document = await createDocument(database, { workspaceId, sourceId: source.id, title: 'Tolls', text })
    const reference = await createReference(database, { workspaceId, title: 'Sales register' })
    const annotate = async (
      words: string,
      rating: Rating,
      { author = reviewer, stance }: { author?: typeof reviewer; stance?: Stance } = {},
    ) => {
      const annotation = await createAnnotation(database, { author, document, words, rating })
      if (stance !== undefined) {
        await database.write.citation.create({
          data: {
            id: makeId(),
            workspaceId,
            annotationId: annotation.id,
            referenceId: reference.id,
            position: 0,
            stance,
            quote: 'rose by 2%',
            quoteStart: 4,
            quoteEnd: 14,
          },
        })
      }
      return annotation
    }
    return { database, workspaceId, reviewer, second, source, document, annotate }
  }

  test('counts claims and sentences, lists the contradicted one with its evidence, and fits its schema', async () => {
    const { reviewer, second, source, annotate } = await makeSetting()
    const marked = await annotate('Sales rose by 12% in May.', 'contradicted', { stance: 'contradicts' })
    await annotate('Sales rose by 12% in May.', 'contradicted', { author: second, stance: 'contradicts' })
    await annotate('Tolls ended in 1989.', 'sourced', { stance: 'supports' })
    await annotate('Tolls ended in 1989.', 'sourced', { author: second, stance: 'supports' })
    await annotate('The mayor was glad of it.', 'unsourced')
    await annotate('Nobody asked the harbour board.', 'sourced')
    const report = await loadReport(reviewer, source.id)
    expect(report).toEqual(reportViewSchema.parse(report))
    expect(report.claims).toMatchObject({ assessed: 2, sourced: 1, contradicted: 1, incomplete: 1, open: 0 })
    // One person alone judged it, so it is in no share.
    expect(report.claims).toMatchObject({ unsourced: 0, singleReview: 1 })
    expect(report.coverage).toEqual({ decided: 4, checkable: 4 })
    expect(report.shares).toBeNull()
    expect(report.contradicted).toMatchObject([
      {
        exact: 'Sales rose by 12% in May.',
        sentence: 1,
        reviewers: { agreeing: 2, rated: 2 },
        evidence: [{ title: 'Sales register', quoteCheck: 'no-kept-text', quoteStart: 4 }],
      },
    ])
    expect(report.contradicted[0]?.annotationIds).toContain(marked.id)
  })

  test('the same inputs give the same hash, and any change another', async () => {
    const { reviewer, source, annotate } = await makeSetting()
    await annotate('Tolls ended in 1989.', 'unsourced')
    const first = await loadReport(reviewer, source.id)
    const again = await loadReport(reviewer, source.id)
    expect(again.inputSha256).toBe(first.inputSha256)
    await annotate('The mayor was glad of it.', 'not_checkable')
    expect((await loadReport(reviewer, source.id)).inputSha256).not.toBe(first.inputSha256)
  })

  test('deleted annotations and documents do not count, and a scope change moves the denominator', async () => {
    const { database, workspaceId, reviewer, source, document, annotate } = await makeSetting()
    const gone = await annotate('Tolls ended in 1989.', 'unsourced')
    await database.write.annotation.updateMany({
      where: { id: gone.id },
      data: { deletedAt: factoryTime },
    })
    const start = text.indexOf('Nobody')
    await database.write.scopeChange.create({
      data: {
        id: makeId(),
        workspaceId,
        revisionId: document.revisionId,
        memberId: reviewer.memberId,
        start,
        end: text.length,
        inScope: false,
        reason: 'boilerplate',
        createdAt: factoryTime,
      },
    })
    const report = await loadReport(reviewer, source.id)
    expect(report.claims.assessed).toBe(0)
    expect(report.documents[0]?.coverage).toEqual({ decided: 0, checkable: 2 })
    await database.write.document.updateMany({
      where: { id: document.id },
      data: { deletedAt: factoryTime },
    })
    expect((await loadReport(reviewer, source.id)).documents).toEqual([])
  })

  test("another workspace's source does not exist", async () => {
    const { database, source } = await makeSetting()
    const { id: workspaceId } = await createWorkspace(database)
    const outsider = await createMember(database, { workspaceId, role: 'owner' })
    await expect(loadReport(outsider, source.id)).rejects.toMatchObject({ code: 'not-found' })
    await expect(loadReport(outsider, makeId())).rejects.toMatchObject({ code: 'not-found' })
  })
})
