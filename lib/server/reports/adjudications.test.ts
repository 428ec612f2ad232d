import { expect, test } from 'vitest'
import { reportViewSchema } from '@/lib/domain/reports/schema'
import { createSessionForClaims, createSessionMark, matchClaimsOf } from '@/tests/setup/adjudication'
import { describeOnBothDatabases } from '@/tests/setup/databases'
import {
  createAnnotation,
  createDocument,
  createMember,
  createReference,
  createWorkspace,
} from '@/tests/setup/factories'
import { permit } from '../access/gate'
import { decideVerdict } from '../claims/verdicts'
import { loadReport } from './loaders'

const text = 'Sales rose by 12% in May. The mayor was glad of it. Tolls ended in 1989.'

describeOnBothDatabases('the report of adjudicated documents', (context) => {
  async function makeSetting() {
    const { database } = context
    const { id: workspaceId } = await createWorkspace(database)
    const lead = await createMember(database, { workspaceId, role: 'lead' })
    const reviewers = [await createMember(database, { workspaceId }), await createMember(database, { workspaceId })]
    const judge = await createMember(database, { workspaceId })
    const document = await createDocument(database, { workspaceId, text })
    const { id: referenceId } = await createReference(database, { workspaceId, title: 'Sales register' })
    const hold = async (verdict: 'contradicted' | 'unsourced', closedAt: Date) => {
      const session = await createSessionForClaims(database, {
        workspaceId,
        reviewers,
        adjudicators: [judge],
        documents: [document],
        name: `Round of ${closedAt.toISOString().slice(0, 10)}`,
      })
      for (const author of reviewers)
        await createSessionMark(database, {
          sessionId: session.id,
          author,
          document,
          words: 'Sales rose by 12% in May.',
        })
      const [claimId = ''] = await matchClaimsOf(database, lead, session.id)
      await decideVerdict(permit(judge, 'verdict.decide'), {
        claimId,
        version: 1,
        input: {
          rating: verdict,
          disputed: false,
          partial: false,
          reason: verdict === 'contradicted' ? 'wrong-figure' : 'nothing-found',
          words: 'The register has 2%.',
          citations: [{ referenceId, stance: 'contradicts', quote: 'by 2%', locator: '' }],
        },
      })
      const close = (state: 'closed' | 'adjudication') =>
        database.write.reviewSession.updateMany({
          where: { id: session.id },
          data: { state, closedAt },
        })
      return { ...session, close }
    }
    return { database, lead, reviewers, document, hold }
  }

  test('rests on the verdicts of the session closed last, and on nothing else said of the document', async () => {
    const { database, lead, reviewers, document, hold } = await makeSetting()
    const [first] = reviewers
    if (first === undefined) throw new Error('There are two.')
    await createAnnotation(database, { author: first, document, words: 'Tolls ended in 1989.' })
    const early = await hold('unsourced', new Date('2026-02-01T00:00:00.000Z'))
    const late = await hold('contradicted', new Date('2026-03-01T00:00:00.000Z'))
    const open = await loadReport(lead, document.sourceId)
    expect(open.documents[0]?.adjudication).toBeNull()
    await early.close('closed')
    const once = await loadReport(lead, document.sourceId)
    expect(once.claims).toMatchObject({ unsourced: 1, contradicted: 0, assessed: 1 })
    await late.close('closed')
    const report = await loadReport(lead, document.sourceId)
    expect(report).toEqual(reportViewSchema.parse(report))
    expect(report.claims).toMatchObject({ unsourced: 0, contradicted: 1, assessed: 1 })
    expect(report.documents[0]).toMatchObject({
      reviewers: 2,
      adjudication: { sessionId: late.id, sessionName: 'Round of 2026-03-01', claims: 1, changed: 1, ties: 0 },
    })
    expect(report.contradicted).toMatchObject([
      {
        exact: 'Sales rose by 12% in May.',
        notes: ['The register has 2%.'],
        verdict: { reason: 'The figure or date is wrong', dissent: 2 },
        evidence: [{ title: 'Sales register', quote: 'by 2%', quoteCheck: 'no-kept-text', quoteStart: null }],
      },
    ])
    expect(report.inputSha256).not.toBe(once.inputSha256)
    expect((await loadReport(lead, document.sourceId)).inputSha256).toBe(report.inputSha256)
    await late.close('adjudication')
    expect((await loadReport(lead, document.sourceId)).claims).toEqual(once.claims)
  })

  test('prints the session with its sample, and measures agreement on the blind ratings of its documents', async () => {
    const { database, lead, reviewers, document, hold } = await makeSetting()
    const { workspaceId } = lead
    const held = await hold('contradicted', new Date('2026-02-01T00:00:00.000Z'))
    const rate = async (ratings: ('contradicted' | 'unsourced')[]) => {
      await database.write.blindRating.deleteMany({ where: { sessionId: held.id } })
      for (const [place, member] of reviewers.entries()) {
        const { id: annotationId } = await createSessionMark(database, {
          sessionId: held.id,
          author: member,
          document,
          words: 'Tolls ended in 1989.',
        })
        const start = document.text.indexOf('Tolls')
        await database.write.blindRating.create({
          data: {
            workspaceId,
            annotationId,
            assignmentId: held.assignmentOf(document, member),
            sessionId: held.id,
            documentId: document.id,
            memberId: member.memberId,
            start,
            end: start + 20,
            rating: ratings[place] ?? 'unsourced',
            disputed: false,
            partial: false,
            createdAt: closedAt,
          },
          select: { annotationId: true },
        })
        await database.write.assignment.updateMany({
          where: { id: held.assignmentOf(document, member) },
          data: { version: { increment: 1 } },
        })
      }
    }
    const closedAt = new Date('2026-02-01T00:00:00.000Z')
    const sample = {
      method: 'simple-random-without-replacement',
      methodVersion: '1',
      frame: { sourceIds: [document.sourceId], q: '' },
      frameSize: 9,
      frameSha256: 'f'.repeat(64),
      size: 1,
      seed: 7,
      drawnAt: closedAt.toISOString(),
    }
    await database.write.reviewSession.updateMany({
      where: { id: held.id },
      data: { sample, question: 'Do the figures stand on a register?' },
    })
    await rate(['contradicted', 'unsourced'])
    expect((await loadReport(lead, document.sourceId)).sessions).toEqual([])
    await held.close('closed')
    const report = await loadReport(lead, document.sourceId)
    expect(report).toEqual(reportViewSchema.parse(report))
    expect(report.sessions).toMatchObject([
      {
        id: held.id,
        question: 'Do the figures stand on a register?',
        sample,
        reviewers: 2,
        claims: 1,
        changed: 1,
        documents: { counted: 1, ofSource: 1, all: 1 },
      },
    ])
    expect(report.sampling).toMatchObject({ state: 'random', drawn: 1, of: 1 })
    expect(report.agreement).toMatchObject({
      established: false,
      documents: { blind: 1, compared: 1, open: 0 },
      claims: { total: 1, coMarked: 1 },
      reviewers: 2,
    })
    expect(report.agreement.figures?.labelAlpha.rawAgreement).toBe(0)
    await rate(['contradicted', 'contradicted'])
    const again = await loadReport(lead, document.sourceId)
    expect(again.agreement.figures?.labelAlpha.rawAgreement).toBe(1)
    expect(again.inputSha256).not.toBe(report.inputSha256)
  })

  test('leaves a document out that is being judged blind', async () => {
    const { database, lead, reviewers, document, hold } = await makeSetting()
    const held = await hold('contradicted', new Date('2026-02-01T00:00:00.000Z'))
    await held.close('closed')
    await createSessionForClaims(database, {
      workspaceId: lead.workspaceId,
      documents: [document],
      reviewers,
      adjudicators: [],
      state: 'active',
    })
    const report = await loadReport(lead, document.sourceId)
    expect(report.contradicted).toEqual([])
    expect(report.gates.map(({ code }) => code)).toContain('blind-phase')
    // Nor what the session that settled it asked, counted or measured.
    expect(report.sessions).toEqual([])
    expect(report.agreement).toMatchObject({ figures: null, claims: { total: 0 }, reviewers: 0 })
    expect(report.sampling.state).toBe('nothing-reviewed')
  })
})
