import { expect, test } from 'vitest'
import { DomainError } from '@/lib/domain/errors'
import type { SessionTransition } from '@/lib/domain/review-sessions/states'
import { createSessionForClaims, createSessionMark, matchClaimsOf } from '@/tests/setup/adjudication'
import { describeOnBothDatabases } from '@/tests/setup/databases'
import { makeDice, pick, type Dice } from '@/tests/setup/dice'
import {
  createDocument,
  createMember,
  createReference,
  createSource,
  createWorkspace,
  type MadeDocument,
} from '@/tests/setup/factories'
import { permit, type Actor } from '../access/gate'
import type { Database } from '../db/client'
import { deleteDocument, restoreDocument, updateDocument } from '../documents/mutations'
import { loadReport } from '../reports/loaders'
import { moveSession } from '../review-sessions/transitions'
import { decideVerdict } from '../claims/verdicts'
import { countUncounted, recountWorkspace } from './recount'
import { readSourceTotals } from './sums'

const words = ['Sales rose by 12% in May.', 'Tolls ended in 1989.']
const text = `${words.join(' ')} The mayor was glad of it. Nobody asked the harbour board.`

interface Scene {
  database: Database
  workspaceId: string
  lead: Actor
  judge: Actor
  reviewers: Actor[]
  referenceId: string
  sourceIds: string[]
  documents: MadeDocument[]
  sessions: { id: string; claimIds: string[] }[]
}

/** Six documents of three sources, and three sessions in adjudication that share some of them, with two claims in each document. */
async function makeScene(database: Database): Promise<Scene> {
  const { id: workspaceId } = await createWorkspace(database)
  const lead = await createMember(database, { workspaceId, role: 'lead' })
  const judge = await createMember(database, { workspaceId })
  const reviewers = [await createMember(database, { workspaceId }), await createMember(database, { workspaceId })]
  const { id: referenceId } = await createReference(database, { workspaceId })
  const sourceIds: string[] = []
  const documents: MadeDocument[] = []
  for (const name of ['The Coastal Herald', 'The Dyke Gazette', 'Lake Radio']) {
    const source = await createSource(database, { workspaceId, name })
    sourceIds.push(source.id)
    for (let n = 0; n < 2; n += 1)
      documents.push(await createDocument(database, { workspaceId, sourceId: source.id, text }))
  }
  const sessions = []
  for (const [first, last] of [
    [0, 4],
    [2, 6],
    [1, 3],
  ]) {
    const some = documents.slice(first, last)
    const { id } = await createSessionForClaims(database, {
      workspaceId,
      reviewers,
      adjudicators: [judge],
      documents: some,
    })
    for (const document of some) {
      for (const author of reviewers)
        for (const each of words) await createSessionMark(database, { sessionId: id, author, document, words: each })
    }
    sessions.push({ id, claimIds: await matchClaimsOf(database, lead, id) })
  }
  return { database, workspaceId, lead, judge, reviewers, referenceId, sourceIds, documents, sessions }
}

async function move({ database, workspaceId, lead }: Scene, id: string, name: SessionTransition): Promise<void> {
  const { version } = await database.read.reviewSession.findFirstOrThrow({
    where: { workspaceId, id },
    select: { version: true },
  })
  await moveSession(permit(lead, 'review-session.update'), {
    id,
    version,
    move: { name, withdrawUnfinished: false },
  })
}

async function settle(scene: Scene, claimId: string, rating: 'contradicted' | 'unsourced' | 'not_checkable' | null) {
  const { database, workspaceId, judge, referenceId } = scene
  const { version } = await database.read.claim.findFirstOrThrow({
    where: { workspaceId, id: claimId },
    select: { version: true },
  })
  const quoted = [{ referenceId, stance: 'contradicts' as const, quote: 'by 2%', locator: '' }]
  await decideVerdict(permit(judge, 'verdict.decide'), {
    claimId,
    version,
    input: {
      rating,
      disputed: rating === 'unsourced',
      partial: false,
      reason: 'other',
      words: 'It has 2%.',
      citations: rating === 'contradicted' ? quoted : [],
    },
  })
}

/** A change to what closed sessions have settled, or to which documents exist. Many are refused in the current state. */
async function doSomething(scene: Scene, dice: Dice): Promise<string> {
  const { lead, documents, sourceIds, sessions, database, workspaceId } = scene
  const session = pick(dice, sessions)
  const document = pick(dice, documents)
  const at = async () => {
    const row = await database.read.document.findFirstOrThrow({
      where: { workspaceId, id: document.id },
      select: { version: true },
    })
    return { id: document.id, version: row.version }
  }
  const deeds: Record<string, () => Promise<unknown>> = {
    close: async () => {
      for (const claimId of session.claimIds) {
        const rating = pick(dice, ['contradicted', 'unsourced', 'not_checkable', null] as const)
        await settle(scene, claimId, rating)
      }
      await move(scene, session.id, 'close')
    },
    reopen: () => move(scene, session.id, 'reopen'),
    adjudicate: () => move(scene, session.id, 'start-adjudication'),
    'withdraw it': async () =>
      deleteDocument(permit(lead, 'document.delete'), { ...(await at()), reason: 'It was a parody.' }),
    'delete it': async () => deleteDocument(permit(lead, 'document.delete'), await at()),
    'restore it': () => restoreDocument(permit(lead, 'document.delete'), document.id),
    'move it': async () =>
      updateDocument(permit(lead, 'document.update'), {
        ...(await at()),
        patch: { sourceId: pick(dice, sourceIds) },
      }),
  }
  const name = pick(dice, ['close', 'close', 'close', ...Object.keys(deeds)])
  try {
    await deeds[name]?.()
    return name
  } catch (error) {
    if (error instanceof DomainError) return ''
    throw error
  }
}

/** The figures of reports about documents that closed sessions assess, in the form of the stored sums. */
async function countReports({ lead, sourceIds }: Scene) {
  const found = new Map<string, object>()
  for (const sourceId of sourceIds) {
    const { documents } = await loadReport(lead, sourceId)
    const lines = documents.filter(({ adjudication }) => adjudication !== null)
    if (lines.length === 0) continue
    const sum = (of: (line: (typeof lines)[number]) => number) => lines.reduce((all, line) => all + of(line), 0)
    found.set(sourceId, {
      documents: lines.filter(({ claims, coverage }) => coverage.decided > 0 || claims.noClaim > 0).length,
      unsourced: sum(({ claims }) => claims.unsourced),
      contradicted: sum(({ claims }) => claims.contradicted),
      notCheckable: sum(({ claims }) => claims.notCheckable),
      noClaim: sum(({ claims }) => claims.noClaim),
      singleReview: sum(({ claims }) => claims.singleReview),
      disputed: sum(({ claims }) => claims.disputed),
      decided: sum(({ coverage }) => coverage.decided),
      checkable: sum(({ coverage }) => coverage.checkable),
      mostAssessed: Math.max(0, ...lines.map(({ claims }) => claims.assessed)),
      assessedSquares: sum(({ claims }) => claims.assessed ** 2),
      squares: expect.objectContaining({ contradicted: sum(({ claims }) => claims.contradicted ** 2) }) as object,
      products: expect.objectContaining({
        contradicted: sum(({ claims }) => claims.contradicted * claims.assessed),
      }) as object,
    })
  }
  return found
}

async function readKept({ database, workspaceId }: Scene) {
  const totals = await readSourceTotals(database.read, workspaceId)
  return new Map([...totals].map(([sourceId, { sums }]) => [sourceId, sums]))
}

describeOnBothDatabases('what closed sessions settled, counted', (context) => {
  test('is the same kept and counted anew, and what the reports count, after anything that changes it', async () => {
    const scene = await makeScene(context.database)
    const dice = makeDice(42)
    const done: string[] = []
    for (let turn = 0; turn < 26; turn += 1) {
      const deed = await doSomething(scene, dice)
      if (deed === '') continue
      done.push(deed)
      const kept = await readKept(scene)
      const told = await countReports(scene)
      expect([...kept.keys()].sort(), done.join()).toEqual([...told.keys()].sort())
      for (const [sourceId, sums] of kept) expect(sums, done.join()).toMatchObject(told.get(sourceId) ?? {})
      // A recount after each change would hide an error from the next one.
      if (done.length % 4 !== 0) continue
      const { differing } = await recountWorkspace(scene.database, scene.workspaceId)
      expect(differing, done.join()).toEqual([])
    }
    const changing = ['close', 'reopen', 'move it', 'withdraw it', 'restore it']
    expect(done).toEqual(expect.arrayContaining(changing))
  })

  test('is counted at the start where an older version had counted nothing, and mended where it is wrong', async () => {
    const scene = await makeScene(context.database)
    const { database, workspaceId } = scene
    const [session] = scene.sessions
    for (const claimId of session?.claimIds ?? []) await settle(scene, claimId, 'contradicted')
    await move(scene, session?.id ?? '', 'close')
    const kept = await readKept(scene)
    await database.write.documentCount.deleteMany({ where: { workspaceId } })
    await database.write.sourceCount.deleteMany({ where: { workspaceId } })
    expect(await countUncounted(database)).toBe(4)
    expect(await readKept(scene)).toEqual(kept)
    expect(await countUncounted(database)).toBe(0)

    const [sourceId = ''] = kept.keys()
    await database.write.documentCount.updateMany({ where: { workspaceId, sourceId }, data: { contradicted: 9 } })
    await database.write.sourceCount.updateMany({ where: { workspaceId, sourceId }, data: { contradicted: 8 } })
    expect(await recountWorkspace(database, workspaceId)).toEqual({ documents: 4, sources: 2, differing: [sourceId] })
    expect(await readKept(scene)).toEqual(kept)
  })

  test('leaves out documents that are judged blind again', async () => {
    const scene = await makeScene(context.database)
    const { database, workspaceId, documents, sourceIds, sessions } = scene
    const [first, second] = sessions
    for (const claimId of first?.claimIds ?? []) await settle(scene, claimId, 'contradicted')
    await move(scene, first?.id ?? '', 'close')
    const before = await readSourceTotals(database.read, workspaceId)
    // It has documents 2 to 5: both of the second source, none of the first.
    await database.write.reviewSession.updateMany({ where: { id: second?.id ?? '' }, data: { state: 'active' } })
    const during = await readSourceTotals(database.read, workspaceId)
    const [herald = '', gazette = ''] = sourceIds
    expect(before.get(herald)).toMatchObject({ hidden: 0, sums: { documents: 2, contradicted: 4 } })
    expect(during.get(herald)).toEqual(before.get(herald))
    expect(before.get(gazette)).toMatchObject({ hidden: 0, sums: { documents: 2, contradicted: 4 } })
    expect(during.get(gazette)).toBeUndefined()
    await database.write.sessionDocument.deleteMany({
      where: { sessionId: second?.id ?? '', documentId: documents[3]?.id ?? '' },
    })
    await database.write.assignment.deleteMany({
      where: { sessionId: second?.id ?? '', documentId: documents[3]?.id ?? '' },
    })
    const partly = await readSourceTotals(database.read, workspaceId)
    expect(partly.get(gazette)).toMatchObject({ hidden: 1, sums: { documents: 1, contradicted: 2 } })
  })
})
