import { expect, test } from 'vitest'
import { computeAgreement } from '@/lib/domain/agreement/session-agreement'
import { writeBundle } from '@/lib/domain/frozen-reports/bundle'
import { verifyBundle } from '@/lib/domain/frozen-reports/verify'
import { protocolSchema } from '@/lib/domain/review-sessions/protocol'
import { drawSample } from '@/lib/domain/review-sessions/sample'
import { reportViewSchema } from '@/lib/domain/reports/schema'
import { createSessionForClaims, createSessionMark } from '@/tests/setup/adjudication'
import { describeOnBothDatabases } from '@/tests/setup/databases'
import { createDocument, createMember, createReference, createSource, createWorkspace } from '@/tests/setup/factories'
import { permit } from '../access/gate'
import { matchSessionClaims } from '../claims/match'
import { keepClosed } from '../closed-sessions/kept'
import { write } from '../db/write'
import { readSessionAgreement } from '../agreement/data'
import { hashFrame } from '../review-sessions/second-reading'
import { decideVerdict } from '../claims/verdicts'
import { readReport, readStoredInputs } from './data'

const count = 10
const perDocument = 5

describeOnBothDatabases('a session that read a random part twice', (context) => {
  test('adjudicates the part alone, and its report is a two-phase estimate that verifies', async () => {
    const { database } = context
    const { id: workspaceId } = await createWorkspace(database)
    const lead = await createMember(database, { workspaceId, role: 'lead' })
    const reviewers = [await createMember(database, { workspaceId }), await createMember(database, { workspaceId })]
    const judge = await createMember(database, { workspaceId })
    const { id: sourceId } = await createSource(database, { workspaceId, name: 'The Coastal Herald' })
    const { id: referenceId } = await createReference(database, { workspaceId, title: 'Register' })
    const words = (at: number, sentence: number) => `The register number ${String(at)} has ${String(sentence)} boats.`
    const documents = []
    for (let at = 0; at < count; at += 1) {
      const text = Array.from({ length: perDocument }, (_, sentence) => words(at, sentence)).join(' ')
      documents.push(await createDocument(database, { workspaceId, sourceId, text }))
    }
    const protocol = protocolSchema.parse({ secondReading: { how: 'number', documents: 6 } })
    const session = await createSessionForClaims(database, {
      workspaceId,
      reviewers,
      adjudicators: [judge],
      documents,
      protocol,
    })
    const place = { workspaceId, sessionId: session.id }
    const drawn = drawSample(documents, 6, 11)
    const { frameSize, size, seed } = drawn
    await database.write.secondReadingDraw.create({
      data: {
        id: lead.memberId,
        ...place,
        memberId: lead.memberId,
        documentIds: drawn.ids,
        frameSize,
        size,
        seed,
        frameSha256: hashFrame(documents.map(({ id }) => id)),
        drawnAt: new Date('2026-01-01T00:00:00.000Z'),
      },
    })
    await database.write.sessionDocument.updateMany({
      where: { ...place, documentId: { in: drawn.ids } },
      data: { readTwice: true },
    })
    for (const [at, document] of documents.entries()) {
      const isDrawn = drawn.ids.includes(document.id)
      for (const [who, author] of reviewers.entries()) {
        const assignmentId = session.assignmentOf(document, author)
        if (!isDrawn && who !== at % 2) {
          await database.write.assignment.delete({ where: { workspaceId_id: { workspaceId, id: assignmentId } } })
          continue
        }
        for (let sentence = 0; sentence < perDocument; sentence += 1) {
          const rating = (at + sentence) % 4 === 0 ? 'contradicted' : 'unsourced'
          const { id: annotationId } = await createSessionMark(database, {
            sessionId: session.id,
            author,
            document,
            words: words(at, sentence),
            rating,
            cites: rating === 'contradicted' ? [{ referenceId, stance: 'contradicts', quote: 'No boats.' }] : [],
          })
          const start = document.text.indexOf(words(at, sentence))
          const end = start + words(at, sentence).length
          await database.write.blindRating.create({
            data: {
              ...place,
              assignmentId,
              annotationId,
              memberId: author.memberId,
              start,
              end,
              rating,
              disputed: false,
              partial: false,
              documentId: document.id,
              createdAt: new Date(),
            },
          })
        }
      }
    }
    await write(permit(lead, 'review-session.update'), (changes) => matchSessionClaims(changes, place))
    const claims = await database.read.claim.findMany({
      where: place,
      select: { id: true, documentId: true, exact: true },
    })
    expect(claims).toHaveLength(6 * perDocument)
    expect(new Set(claims.map(({ documentId }) => documentId))).toEqual(new Set(drawn.ids))
    for (const { id: claimId, exact } of claims) {
      const at = documents.findIndex(({ text }) => text.includes(exact))
      const sentence = Array.from({ length: perDocument }, (_, each) => words(at, each)).indexOf(exact)
      const isWrong = (at + sentence) % 4 === 0 && sentence !== 4
      await decideVerdict(permit(judge, 'verdict.decide'), {
        claimId,
        version: 1,
        input: {
          rating: isWrong ? 'contradicted' : 'unsourced',
          disputed: false,
          partial: false,
          reason: isWrong ? 'wrong-figure' : 'nothing-found',
          words: '',
          citations: isWrong ? [{ referenceId, stance: 'contradicts', quote: 'No boats.', locator: '' }] : [],
        },
      })
    }
    await database.write.reviewSession.updateMany({
      where: { id: session.id },
      data: { state: 'closed', closedAt: new Date('2026-02-01T00:00:00.000Z') },
    })
    await write(permit(lead, 'review-session.update'), (changes) => keepClosed(changes, place))

    const now = new Date('2026-03-01T00:00:00.000Z')
    const report = await readReport(permit(lead, 'report.read'), { sourceId, now })
    expect(report).toEqual(reportViewSchema.parse(report))
    expect(report.claims).toMatchObject({ assessed: 6 * perDocument, singleReview: 4 * perDocument })
    expect(report.coverage).toEqual({ decided: count * perDocument, checkable: count * perDocument })
    expect(report.twoPhase).toMatchObject({
      documents: { all: count, twice: 6 },
      claims: { once: count * perDocument, twice: 6 * perDocument },
      withheld: null,
    })
    const { shares } = report.twoPhase ?? { shares: null }
    expect(shares?.contradicted?.share).toBeLessThan(shares?.contradicted?.once ?? 0)
    expect(shares?.contradicted?.low).toBeLessThan(shares?.contradicted?.share ?? 0)

    const { inputs } = await readStoredInputs(database.read, { workspaceId, sourceId })
    expect(inputs.sessions[0]?.secondReading).toMatchObject({ documentIds: drawn.ids, seed: 11, drawings: 1 })
    // Documents to be read once say nothing about agreement: without them, no claim is thin.
    const ofSession = await readSessionAgreement(permit(lead, 'agreement.read'), session.id)
    expect(ofSession.agreement?.claims).toMatchObject({ total: 6 * perDocument, thin: 0 })
    expect(report.agreement.claims).toMatchObject({ total: 6 * perDocument, thin: 0 })
    expect(computeAgreement(inputs.agreement.documents).claims.thin).toBe(4 * perDocument)

    const frozen = { number: 1, frozenAt: now.toISOString(), workspace: 'Desk' }
    const computed = await readReport(permit(lead, 'report.read'), { sourceId, now })
    const bundle = writeBundle({ ...frozen, inputs, report: computed })
    const verified = verifyBundle(new TextEncoder().encode(bundle.text))
    expect(verified.outcome, verified.says).toBe('same')
  })
})
