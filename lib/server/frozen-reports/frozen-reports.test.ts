import { afterAll, expect, test } from 'vitest'
import { verifyBundle } from '@/lib/domain/frozen-reports/verify'
import { createSessionForClaims, createSessionMark, matchClaimsOf } from '@/tests/setup/adjudication'
import { describeOnBothDatabases } from '@/tests/setup/databases'
import { createDocument, createMember, createReference, createSource, createWorkspace } from '@/tests/setup/factories'
import { permit, type Actor } from '../access/gate'
import { listEvents } from '../events/data'
import { loadReport } from '../reports/loaders'
import { moveSession } from '../review-sessions/transitions'
import { decideVerdict } from '../claims/verdicts'
import { listReportVersions, readBundleFile, readFrozenReport } from './data'
import { addToReport, publishReport, removeAddition, setNamed, withdrawPublication, freezeReport } from './mutations'
import { readPublished, readPublishedBundle } from './published'

const text = 'Sales rose by 12% in May. The mayor was glad of it. Tolls ended in 1989.'
const closedAt = new Date('2026-02-01T00:00:00.000Z')

/** The inputs of each database, with ids and times replaced by the order in which they appear. */
const bytes = new Set<string>()

function withoutIds(written: string): string {
  const places = new Map<string, number>()
  return written.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => {
    const place = places.get(id) ?? places.size
    places.set(id, place)
    return `id ${String(place)}`
  })
}

describeOnBothDatabases('frozen reports', (context) => {
  async function makeSetting() {
    const { database } = context
    const { id: workspaceId } = await createWorkspace(database)
    const lead = await createMember(database, { workspaceId, role: 'lead' })
    const reviewers = [await createMember(database, { workspaceId }), await createMember(database, { workspaceId })]
    const judge = await createMember(database, { workspaceId })
    const { id: sourceId } = await createSource(database, { workspaceId, name: 'The Coastal Herald' })
    const document = await createDocument(database, { workspaceId, sourceId, title: 'Tolls', text })
    const { id: referenceId } = await createReference(database, { workspaceId, title: 'Sales register' })
    const session = await createSessionForClaims(database, {
      workspaceId,
      reviewers,
      adjudicators: [judge],
      documents: [document],
      name: 'The harbour',
    })
    for (const author of reviewers)
      await createSessionMark(database, { sessionId: session.id, author, document, words: 'Sales rose by 12% in May.' })
    const [claimId = ''] = await matchClaimsOf(database, lead, session.id)
    const decide = (rating: 'contradicted' | 'unsourced', version: number) =>
      decideVerdict(permit(judge, 'verdict.decide'), {
        claimId,
        version,
        input: {
          rating,
          disputed: false,
          partial: false,
          words: 'The register has 2%.',
          reason: rating === 'contradicted' ? 'wrong-figure' : 'nothing-found',
          citations: [{ referenceId, stance: 'contradicts', quote: 'by 2%', locator: '' }],
        },
      })
    await decide('contradicted', 1)
    const close = (state: 'closed' | 'adjudication') =>
      database.write.reviewSession.updateMany({ where: { id: session.id }, data: { state, closedAt } })
    const freeze = (expected: string | null = null) =>
      freezeReport(permit(lead, 'report.freeze'), { sourceId: document.sourceId, expected })
    return { database, lead, reviewers, document, session, claimId, decide, close, freeze }
  }

  test('take a closed session, and hold what was seen and nothing else', async () => {
    const { lead, document, close, freeze } = await makeSetting()
    await expect(freeze()).rejects.toThrow('Close one first')
    await close('closed')
    await expect(freeze('0'.repeat(64))).rejects.toMatchObject({ code: 'conflict' })
    const { inputSha256 } = await loadReport(lead, document.sourceId)
    const first = await freeze(inputSha256)
    expect(first).toMatchObject({ number: 1, inputSha256, created: true })
    expect(await freeze(inputSha256)).toEqual({ ...first, created: false })
    const { bytes: body } = await readBundleFile(permit(lead, 'report.read'), first.id)
    const found = verifyBundle(Buffer.from(body))
    expect(found, found.says).toMatchObject({ outcome: 'same', report: { number: 1, inputSha256 } })
    expect(String(body)).not.toContain(lead.memberId)
    bytes.add(withoutIds(JSON.stringify((JSON.parse(String(body)) as { inputs: unknown }).inputs)))
  })

  test('stay as they are when a session is reopened, say so, and say what the next version changes', async () => {
    const { lead, document, session, close, decide, freeze } = await makeSetting()
    await close('closed')
    const first = await freeze()
    const before = await readFrozenReport(permit(lead, 'report.read'), first.id)
    expect(before.reopened).toEqual([])
    await moveSession(permit(lead, 'review-session.update'), {
      id: session.id,
      version: 1,
      move: { name: 'reopen', withdrawUnfinished: false },
    })
    await decide('unsourced', 2)
    const after = await readFrozenReport(permit(lead, 'report.read'), first.id)
    expect(after.report).toEqual(before.report)
    expect(after.reopened).toMatchObject([{ sessionId: session.id, name: 'The harbour' }])
    await close('closed')
    expect(await freeze()).toMatchObject({ number: 2, created: true })
    const [latest, earliest] = await listReportVersions(permit(lead, 'report.read'), document.sourceId)
    expect(latest?.summary?.changes).toEqual(
      expect.arrayContaining(['one verdict decided otherwise', 'contradicted 1 → 0', 'unsourced 0 → 1']),
    )
    expect(earliest).toMatchObject({ number: 1, reopened: [{ sessionId: session.id }] })
  })

  test('are read by anyone who has the link, name nobody who did not agree, and are withdrawn with a reason', async () => {
    const { lead, reviewers, claimId, close, freeze } = await makeSetting()
    const [reviewer] = reviewers
    if (reviewer === undefined) throw new Error('There are two.')
    await close('closed')
    const { id } = await freeze()
    const publish = permit(lead, 'report.publish')
    const { publication, created } = await publishReport(publish, id, { indexed: false })
    expect(created).toBe(true)
    expect((await publishReport(publish, id, { indexed: false })).publication).toEqual(publication)
    const token = publication.path.slice('/r/'.length)
    expect(token).toHaveLength(43)
    const add = permit(lead, 'report.add')
    const reply = await addToReport(add, id, {
      kind: 'reply',
      claimId,
      day: '2026-03-14',
      url: '',
      text: 'We checked.',
    })
    await addToReport(add, id, {
      kind: 'correction',
      claimId,
      day: '2026-03-15',
      url: 'https://herald.example/c',
      text: '12 became 2.',
    })
    await expect(
      addToReport(add, id, { kind: 'reply', claimId: id, day: '2026-03-14', url: '', text: 'Which claim?' }),
    ).rejects.toMatchObject({ code: 'invalid' })
    const published = await readPublished(token)
    if (published?.state !== 'published') throw new Error('It is published.')
    expect(published.version.reviewers).toEqual([
      { letter: 'A', name: null },
      { letter: 'B', name: null },
    ])
    expect(published.version.additions.map(({ kind }) => kind)).toEqual(['reply', 'correction'])
    expect(JSON.stringify(published)).not.toMatch(
      new RegExp([lead, ...reviewers].map(({ memberId }) => memberId).join('|')),
    )

    await setNamed(permit(reviewer, 'report.be-named'), id, true)
    await removeAddition(add, { reportId: id, additionId: reply.id })
    const later = await readPublished(token)
    if (later?.state !== 'published') throw new Error('It is published.')
    expect(later.version.reviewers.filter(({ name }) => name !== null)).toHaveLength(1)
    expect(later.version.additions).toHaveLength(1)
    await expect(setNamed(permit(lead, 'report.be-named'), id, true)).rejects.toMatchObject({ code: 'conflict' })

    expect((await readPublishedBundle(token))?.indexed).toBe(false)
    const reason = 'Two registers were mixed up.'
    await withdrawPublication(publish, { reportId: id, publicationId: publication.id }, { reason })
    expect(await readPublished(token)).toMatchObject({ state: 'withdrawn', reason })
    expect(await readPublishedBundle(token)).toBeNull()
    for (const wrong of ['', 'x', 'x'.repeat(43), `${token}x`]) expect(await readPublished(wrong)).toBeNull()
    const again = await publishReport(publish, id, { indexed: true })
    expect(again).toMatchObject({ created: true, publication: { indexed: true } })
    expect(again.publication.path).not.toBe(publication.path)
  })

  test('keep from a member what others found while they read one of its documents blind', async () => {
    const { database, lead, document, close, freeze } = await makeSetting()
    const { workspaceId } = lead
    await close('closed')
    const { id } = await freeze()
    await publishReport(permit(lead, 'report.publish'), id, { indexed: false })
    const fresh = await createMember(database, { workspaceId, role: 'lead' })
    const next = await createSessionForClaims(database, {
      workspaceId,
      reviewers: [fresh],
      adjudicators: [],
      documents: [document],
      name: 'Another round',
    })
    await database.write.reviewSession.updateMany({ where: { id: next.id }, data: { state: 'active', blind: true } })
    const read = permit(fresh, 'report.read')
    await expect(readFrozenReport(read, id)).rejects.toMatchObject({ code: 'conflict' })
    await expect(readBundleFile(read, id)).rejects.toMatchObject({ code: 'conflict' })
    expect(await listReportVersions(read, document.sourceId)).toMatchObject([
      { number: 1, summary: null, publications: [] },
    ])
    await expect(publishReport(permit(fresh, 'report.publish'), id, { indexed: false })).rejects.toMatchObject({
      code: 'conflict',
    })
    expect(await listReportVersions(permit(lead, 'report.read'), document.sourceId)).toMatchObject([
      { summary: { claims: { contradicted: 1 } }, publications: [{ withdrawnAt: null }] },
    ])
    const heardBy = async (actor: Actor) =>
      (await listEvents(permit(actor, 'event.list'), { after: 0, limit: 500 }))
        .map(({ type }) => type)
        .filter((type) => type.startsWith('report.'))
    expect(await heardBy(lead)).toEqual(['report.frozen', 'report.published'])
    expect(await heardBy(fresh)).toEqual([])
    await database.write.reviewSession.updateMany({ where: { id: next.id }, data: { state: 'closed' } })
    expect(await heardBy(fresh)).toEqual(['report.frozen', 'report.published'])
  })
})

afterAll(() => {
  // Both databases, run one after the other, gave the same inputs.
  const [first, ...others] = bytes
  expect(others).toEqual([])
  expect(first).toContain('The Coastal Herald')
})
