import { expect, test } from 'vitest'
import { reveals } from '@/lib/domain/review-sessions/protocol'
import { sessionStates } from '@/lib/domain/review-sessions/states'
import { threadAudiences } from '@/lib/domain/threads/schema'
import { maySeeComment, maySeePassage, maySeeThread } from '@/lib/domain/threads/visibility'
import type { Actor } from '@/lib/server/access/gate'
import type { Database } from '@/lib/server/db/client'
import { Prisma } from '@/lib/server/db/generated/sqlite/client'
import { describeOnBothDatabases } from '@/tests/setup/databases'
import { makeDice, pick, type Dice } from '@/tests/setup/dice'
import {
  createDocument,
  createMember,
  createWorkspace,
  factoryTime,
  makeId,
  type MadeDocument,
} from '@/tests/setup/factories'
import { readSecrecy } from './marks'
import { readThreadPlace, readThreadViewers, seesComment, seesThread, seesThreadPassage } from './threads'

const stamps = { createdAt: factoryTime, updatedAt: factoryTime }

interface Crowd {
  workspaceId: string
  members: Actor[]
}

/** Sessions of any kind and state with assignments, marks, claims, threads and comments of any member in any place. */
async function makeRandomTalk(database: Database, dice: Dice): Promise<Crowd> {
  const { id: workspaceId } = await createWorkspace(database)
  const members = [
    await createMember(database, { workspaceId, role: 'lead' }),
    await createMember(database, { workspaceId, role: 'viewer' }),
    await createMember(database, { workspaceId }),
    await createMember(database, { workspaceId }),
  ]
  const documents: MadeDocument[] = [
    await createDocument(database, { workspaceId }),
    await createDocument(database, { workspaceId }),
  ]
  const sessions = Array.from({ length: 4 }, () => ({
    id: makeId(),
    workspaceId,
    name: 'A session',
    protocol: {},
    blind: dice(4) > 0,
    reveal: pick(dice, reveals),
    state: pick(dice, ['active', ...sessionStates] as const),
    deletedAt: dice(6) === 0 ? factoryTime : null,
    createdById: makeId(),
    ...stamps,
  }))
  const claims: { id: string; documentId: string; sessionId: string }[] = []
  const marks: { id: string; documentId: string }[] = []
  await database.write.reviewSession.createMany({ data: sessions })
  for (const { id: sessionId } of sessions) {
    for (const { memberId } of members)
      await database.write.sessionMember.create({
        data: { workspaceId, sessionId, memberId, reviews: true, adjudicates: dice(2) === 0, createdAt: factoryTime },
        select: { memberId: true },
      })
    for (const { id: documentId, revisionId } of documents) {
      for (const { memberId } of members) {
        if (dice(3) > 0) continue
        await database.write.assignment.create({
          data: {
            id: makeId(),
            workspaceId,
            sessionId,
            documentId,
            memberId,
            createdById: memberId,
            ...stamps,
            state: dice(3) === 0 ? 'withdrawn' : 'started',
            submittedAt: dice(2) === 0 ? factoryTime : null,
          },
          select: { id: true },
        })
      }
      const claim = { id: makeId(), documentId, sessionId }
      const span = { start: 0, end: 1, exact: 'x' }
      await database.write.claim.create({
        data: { ...claim, workspaceId, revisionId, ...span, ...stamps },
        select: { id: true },
      })
      claims.push(claim)
      const mark = { id: makeId(), workspaceId, revisionId, ...span, rating: 'unsourced' as const, ...stamps }
      await database.write.annotation.create({
        data: { ...mark, authorId: pick(dice, members).memberId, sessionId: pick(dice, [sessionId, null]) },
        select: { id: true },
      })
      marks.push({ id: mark.id, documentId })
    }
  }
  for (let count = 0; count < 40; count += 1) {
    const claim = dice(4) === 0 ? pick(dice, claims) : null
    const mark = claim === null && dice(2) === 0 ? pick(dice, marks) : null
    const id = makeId()
    await database.write.thread.create({
      data: {
        id,
        workspaceId,
        ...stamps,
        documentId: (claim ?? mark ?? { documentId: pick(dice, documents).id }).documentId,
        sessionId: claim?.sessionId ?? pick(dice, [null, pick(dice, sessions).id]),
        annotationId: mark?.id ?? null,
        claimId: claim?.id ?? null,
        audience: pick(dice, threadAudiences),
        createdById: pick(dice, members).memberId,
      },
      select: { id: true },
    })
    await database.write.comment.create({
      data: { id: makeId(), workspaceId, threadId: id, authorId: pick(dice, members).memberId, body: 'Hm', ...stamps },
      select: { id: true },
    })
  }
  return { workspaceId, members }
}

describeOnBothDatabases('who sees discussions', (context) => {
  test('the query condition and the rule agree in random workspaces', async () => {
    const { database } = context
    const seen = { threads: 0, hidden: 0, comments: 0, quiet: 0, placed: 0, placeless: 0 }
    for (let seed = 1; seed <= 4; seed += 1) {
      const { workspaceId, members } = await makeRandomTalk(database, makeDice(seed))
      const secrecy = await readSecrecy(database.read, workspaceId)
      const comments = await database.read.comment.findMany({
        where: { workspaceId },
        select: { id: true, threadId: true, authorId: true },
      })
      for (const viewer of members) {
        const rows = await database.read.$queryRaw<(Record<'said' | 'placed', number | bigint> & { id: string })[]>`
          SELECT t."id", CASE WHEN ${seesComment(viewer)} THEN 1 ELSE 0 END AS "said",
            CASE WHEN ${seesThreadPassage(viewer)} THEN 1 ELSE 0 END AS "placed"
          FROM "Thread" t LEFT JOIN "Annotation" a ON a."workspaceId" = t."workspaceId" AND a."id" = t."annotationId"
          JOIN "Comment" c ON c."workspaceId" = t."workspaceId" AND c."threadId" = t."id"
          WHERE t."workspaceId" = ${workspaceId} AND ${seesThread(viewer)} ORDER BY ${Prisma.raw('t."id"')}`
        const found = new Map(rows.map(({ id, said }) => [id, Number(said) === 1]))
        const placed = new Set(rows.flatMap(({ id, placed: isPlaced }) => (Number(isPlaced) === 1 ? [id] : [])))
        for (const { threadId, authorId } of comments) {
          const place = await readThreadPlace(database.read, { workspaceId, threadId })
          if (place === null) throw new Error('The thread is gone.')
          const viewers = await readThreadViewers(database.read, { workspaceId, sessionId: place.sessionId })
          const self = viewers.find(({ memberId }) => memberId === viewer.memberId)
          if (self === undefined) throw new Error('The member is gone.')
          const sees = maySeeThread(secrecy, self, place)
          expect(found.has(threadId), JSON.stringify({ seed, place, self })).toBe(sees)
          if (!sees) {
            seen.hidden += 1
            continue
          }
          seen.threads += 1
          const hears = maySeeComment(secrecy, viewer.memberId, { thread: place, authorId })
          expect(found.get(threadId)).toBe(hears)
          if (hears) seen.comments += 1
          else seen.quiet += 1
          const isTold = maySeePassage(secrecy, viewer.memberId, place)
          expect(placed.has(threadId)).toBe(isTold)
          if (isTold) seen.placed += 1
          else seen.placeless += 1
        }
      }
    }
    // Each answer occurred, so equal answers prove something.
    expect(
      Object.values(seen).every((count) => count > 2),
      JSON.stringify(seen),
    ).toBe(true)
  }, 60_000)
})
