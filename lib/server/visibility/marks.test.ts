import { expect, test } from 'vitest'
import { assignmentStates } from '@/lib/domain/assignments/states'
import { reveals } from '@/lib/domain/review-sessions/protocol'
import { sessionStates } from '@/lib/domain/review-sessions/states'
import {
  maySeeMark,
  mustReadBlind,
  type AssignmentStanding,
  readsBlindIn,
  seesMarkIn,
} from '@/lib/domain/review-sessions/visibility'
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
import { readsBlind, readSecrecy, seesAnnotation, seesDecision } from './marks'

const stamps = { createdAt: factoryTime, updatedAt: factoryTime }

interface RandomWorld {
  workspaceId: string
  members: Actor[]
  documents: MadeDocument[]
  standings: (AssignmentStanding & { memberId: string })[]
  sessions: AssignmentStanding['session'][]
}

/** Three members, two documents, three sessions of any kind and state, assignments in any state, and marks of any member in any place. */
async function makeRandomWorld(database: Database, dice: Dice): Promise<RandomWorld> {
  const { id: workspaceId } = await createWorkspace(database)
  const members = [
    await createMember(database, { workspaceId, role: 'lead' }),
    await createMember(database, { workspaceId }),
    await createMember(database, { workspaceId }),
  ]
  const documents = [await createDocument(database, { workspaceId }), await createDocument(database, { workspaceId })]
  const sessions = Array.from({ length: 3 }, () => ({
    id: makeId(),
    blind: dice(4) > 0,
    reveal: dice(4) > 0 ? ('after_submission' as const) : pick(dice, reveals),
    state: dice(2) > 0 ? ('active' as const) : pick(dice, sessionStates),
  }))
  const standings: RandomWorld['standings'] = []
  for (const session of sessions) {
    await database.write.reviewSession.create({
      data: {
        ...session,
        workspaceId,
        name: 'Session',
        protocol: {},
        createdById: makeId(),
        ...stamps,
        deletedAt: dice(6) === 0 ? factoryTime : null,
      },
    })
    for (const document of documents) {
      for (const { memberId } of members) {
        if (dice(2) === 0) continue
        const state = dice(4) > 0 ? pick(dice, assignmentStates) : ('withdrawn' as const)
        const submitted = dice(4) > 0
        standings.push({ session, memberId, documentId: document.id, submitted, withdrawn: state === 'withdrawn' })
        await database.write.assignment.create({
          data: {
            id: makeId(),
            workspaceId,
            sessionId: session.id,
            documentId: document.id,
            memberId,
            state,
            submittedAt: submitted ? factoryTime : null,
            createdById: makeId(),
            ...stamps,
          },
        })
      }
    }
  }
  for (const { revisionId } of documents) {
    for (const { memberId: authorId } of members) {
      for (const sessionId of [null, ...sessions.map(({ id }) => id)]) {
        const place = { workspaceId, revisionId, sessionId, authorId, start: 0, end: 5 }
        await database.write.annotation.create({
          data: { id: makeId(), ...place, exact: 'Sales', rating: 'unsourced', ...stamps },
        })
        await database.write.sentenceDecision.create({
          data: { id: makeId(), ...place, sessionKey: sessionId ?? '', createdAt: factoryTime },
        })
      }
    }
  }
  return { workspaceId, members, documents, standings, sessions }
}

interface Found {
  id: string
  authorId: string
  documentId: string
  sessionId: string | null
  /** SQLite gives a bigint. */
  seen: number | bigint
}

describeOnBothDatabases('visibility of marks', (context) => {
  test(
    'the query, the snapshot and the rule agree on every viewer and mark of random worlds',
    { timeout: 300_000 },
    async () => {
      const { read } = context.database
      const counts = { seen: 0, hidden: 0 }
      for (let seed = 1; seed <= 12; seed += 1) {
        const { workspaceId, members, documents, standings, sessions } = await makeRandomWorld(
          context.database,
          makeDice(seed),
        )
        const secrecy = await readSecrecy(read, workspaceId)
        for (const { memberId } of members) {
          const viewer = { workspaceId, memberId }
          const assignments = standings.filter((standing) => standing.memberId === memberId)
          const annotations = await read.$queryRaw<Found[]>`
          SELECT a."id", a."authorId", v."documentId", a."sessionId", CASE WHEN ${seesAnnotation(viewer)} THEN 1 ELSE 0 END AS "seen"
          FROM "Annotation" a JOIN "Revision" v ON v."id" = a."revisionId" WHERE a."workspaceId" = ${workspaceId}`
          const decisions = await read.$queryRaw<Found[]>`
          SELECT s."id", s."authorId", v."documentId", s."sessionId", CASE WHEN ${seesDecision(viewer)} THEN 1 ELSE 0 END AS "seen"
          FROM "SentenceDecision" s JOIN "Revision" v ON v."id" = s."revisionId" WHERE s."workspaceId" = ${workspaceId}`
          expect(annotations.length + decisions.length).toBe(2 * 2 * 3 * 4)
          for (const mark of [...annotations, ...decisions]) {
            const { authorId, documentId, sessionId } = mark
            const session = sessions.find(({ id }) => id === sessionId) ?? null
            const authorSubmitted = standings.some(
              (standing) =>
                standing.memberId === authorId &&
                standing.session.id === sessionId &&
                standing.documentId === documentId &&
                standing.submitted,
            )
            const expected = maySeeMark({ memberId, assignments }, { authorId, documentId, session, authorSubmitted })
            const place = JSON.stringify({
              seed,
              memberId,
              authorId,
              documentId,
              session,
              authorSubmitted,
              assignments,
            })
            expect(Boolean(mark.seen), place).toBe(expected)
            expect(seesMarkIn(secrecy, memberId, mark), place).toBe(expected)
            counts[expected ? 'seen' : 'hidden'] += 1
          }
          for (const { id } of documents) {
            const [row] = await read.$queryRaw<{ blind: number | bigint }[]>`
            SELECT CASE WHEN ${readsBlind(viewer, Prisma.sql`d."id"`)} THEN 1 ELSE 0 END AS "blind"
            FROM "Document" d WHERE d."id" = ${id}`
            expect(Boolean(row?.blind)).toBe(mustReadBlind(id, assignments))
            expect(readsBlindIn(secrecy, memberId, id)).toBe(mustReadBlind(id, assignments))
          }
        }
      }
      // A test that only ever saw one answer would prove nothing.
      expect(Math.min(counts.seen, counts.hidden)).toBeGreaterThan(500)
    },
  )
})
