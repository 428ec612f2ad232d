import { measureCoverage } from '@/lib/domain/annotations/coverage'
import type { Rating } from '@/lib/domain/annotations/rating'
import type { Reader, Transaction } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'
import { readCheckable } from './checkable'

/** How far a reviewer has come: checkable sentences decided in the assignment's session, of all. */
export interface AssignmentProgress {
  decided: number
  total: number
}

/** Which assignments' progress is asked for. */
export type ProgressOf =
  | { workspaceId: string; sessionId: string }
  | { workspaceId: string; memberId: string }
  | { workspaceId: string; assignmentIds: readonly string[] }

interface AssignmentPlace {
  id: string
  sessionId: string
  memberId: string
  revisionId: string
}

interface Mark {
  sessionId: string
  revisionId: string
  authorId: string
  start: number
  end: number
}

function condition(of: ProgressOf): Prisma.Sql {
  if ('sessionId' in of) return Prisma.sql`a."sessionId" = ${of.sessionId}`
  if ('memberId' in of) return Prisma.sql`a."memberId" = ${of.memberId}`
  return Prisma.sql`a."id" IN (${Prisma.join([...of.assignmentIds])})`
}

function groupMarks<M extends Mark>(marks: readonly M[]): Map<string, M[]> {
  const groups = new Map<string, M[]>()
  for (const mark of marks) {
    const key = keyOf(mark.sessionId, mark.revisionId, mark.authorId)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [mark])
    else group.push(mark)
  }
  return groups
}

function keyOf(...parts: string[]): string {
  return parts.join(' ')
}

/**
 * The progress of assignments by their id, withdrawn ones included: the work done stays. One whose document was taken out of its session has no
 * entry. Counts sentences only, so it says nothing of ratings; who may be told is the caller's to judge.
 */
export async function readProgress(
  reader: Reader | Transaction,
  of: ProgressOf,
): Promise<Map<string, AssignmentProgress>> {
  if ('assignmentIds' in of && of.assignmentIds.length === 0) return new Map()
  const places = await reader.$queryRaw<AssignmentPlace[]>`
    SELECT a."id", a."sessionId", a."memberId", e."revisionId"
    FROM "Assignment" a
    JOIN "SessionDocument" e ON e."workspaceId" = a."workspaceId" AND e."sessionId" = a."sessionId" AND e."documentId" = a."documentId"
    WHERE a."workspaceId" = ${of.workspaceId} AND ${condition(of)}`
  if (places.length === 0) return new Map()
  const checkable = await readCheckable(reader, [...new Set(places.map(({ revisionId }) => revisionId))])
  const sessionIds = [...new Set(places.map(({ sessionId }) => sessionId))]
  const authors = [...new Set(places.map(({ memberId }) => memberId))]
  const revisions = [...new Set(places.map(({ revisionId }) => revisionId))]
  const annotations = groupMarks(
    await reader.$queryRaw<(Mark & { rating: Rating })[]>`
      SELECT "sessionId", "revisionId", "authorId", "start", "end", "rating"
      FROM "Annotation"
      WHERE "workspaceId" = ${of.workspaceId} AND "sessionId" IN (${Prisma.join(sessionIds)}) AND "revisionId" IN (${Prisma.join(revisions)})
        AND "authorId" IN (${Prisma.join(authors)}) AND "deletedAt" IS NULL`,
  )
  const decisions = groupMarks(
    await reader.$queryRaw<Mark[]>`
      SELECT "sessionId", "revisionId", "authorId", "start", "end"
      FROM "SentenceDecision"
      WHERE "workspaceId" = ${of.workspaceId} AND "revisionId" IN (${Prisma.join(revisions)}) AND "authorId" IN (${Prisma.join(authors)})
        AND "sessionKey" IN (${Prisma.join(sessionIds)})`,
  )
  return new Map(
    places.map(({ id, sessionId, memberId, revisionId }) => {
      const key = keyOf(sessionId, revisionId, memberId)
      const { decided, total } = measureCoverage({
        sentences: checkable.get(revisionId) ?? [],
        annotations: annotations.get(key) ?? [],
        decisions: decisions.get(key) ?? [],
      })
      return [id, { decided, total }]
    }),
  )
}
