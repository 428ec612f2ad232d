import type { Rating } from '@/lib/domain/annotations/rating'
import type { BlindDocument } from '@/lib/domain/agreement/statistics'
import type { Transaction } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'
import { shownTitle } from '../documents/shown-title'

/** What the agreement of a session is computed from. `stamp` changes whenever any of it does. */
export interface AgreementInput {
  documents: BlindDocument[]
  titles: { id: string; title: string }[]
  reviewers: { id: string; name: string }[]
  withdrawn: number
  stamp: string
}

interface RawTask {
  id: string
  documentId: string
  memberId: string
  state: string
  version: number
  title: string
  revisionId: string
  name: string
}

/** UTF-16 code units by revision: they never change, and the databases count characters in another way. */
const lengths = new Map<string, number>()
/** The most lengths that are kept. */
const maxLengths = 50_000

async function readLengths(reader: Transaction, revisionIds: readonly string[]): Promise<void> {
  const unknown = revisionIds.filter((id) => !lengths.has(id))
  if (unknown.length === 0) return
  if (lengths.size + unknown.length > maxLengths) lengths.clear()
  const rows = await reader.revision.findMany({
    where: { id: { in: [...revisionIds] } },
    select: { id: true, text: true },
  })
  for (const { id, text } of rows) lengths.set(id, text.length)
}

interface RawRating {
  assignmentId: string
  annotationId: string
  start: number
  end: number
  rating: Rating
}

/**
 * The blind ratings of a session with who submitted what. Someone who submitted a document without a mark is there, too; work that was taken
 * back is only counted. With `documentIds`, which must not be empty, of these documents alone.
 */
export async function readAgreementInput(
  reader: Transaction,
  { workspaceId, sessionId, documentIds }: { workspaceId: string; sessionId: string; documentIds?: readonly string[] },
): Promise<AgreementInput> {
  const among = (column: Prisma.Sql) =>
    documentIds === undefined ? Prisma.empty : Prisma.sql`AND ${column} IN (${Prisma.join([...documentIds])})`
  const tasks = await reader.$queryRaw<RawTask[]>`
    SELECT a."id", a."documentId", a."memberId", CAST(a."state" AS TEXT) AS "state", a."version", ${shownTitle} AS "title", e."revisionId", u."name"
    FROM "Assignment" a
    JOIN "Document" d ON d."workspaceId" = a."workspaceId" AND d."id" = a."documentId"
    JOIN "SessionDocument" e ON e."workspaceId" = a."workspaceId" AND e."sessionId" = a."sessionId" AND e."documentId" = a."documentId"
    JOIN "Member" m ON m."workspaceId" = a."workspaceId" AND m."id" = a."memberId"
    JOIN "User" u ON u."id" = m."userId"
    WHERE a."sessionId" = ${sessionId} AND a."workspaceId" = ${workspaceId} AND a."submittedAt" IS NOT NULL
      ${among(Prisma.sql`a."documentId"`)}
    ORDER BY a."documentId", a."memberId"`
  const ratings = await reader.$queryRaw<RawRating[]>`
    SELECT r."assignmentId", r."annotationId", r."start", r."end", CAST(r."rating" AS TEXT) AS "rating"
    FROM "BlindRating" r
    WHERE r."sessionId" = ${sessionId} AND r."workspaceId" = ${workspaceId} ${among(Prisma.sql`r."documentId"`)}
    ORDER BY r."assignmentId", r."start", r."annotationId"`
  const ratingsOf = new Map<string, RawRating[]>()
  for (const rating of ratings) {
    const before = ratingsOf.get(rating.assignmentId)
    if (before === undefined) ratingsOf.set(rating.assignmentId, [rating])
    else before.push(rating)
  }
  const counted = tasks.filter(({ state }) => state !== 'withdrawn')
  await readLengths(reader, [...new Set(counted.map(({ revisionId }) => revisionId))])
  const byDocument = new Map<string, { title: string; length: number; tasks: RawTask[] }>()
  for (const task of counted) {
    const known = byDocument.get(task.documentId) ?? {
      title: task.title,
      length: lengths.get(task.revisionId) ?? 0,
      tasks: [],
    }
    known.tasks.push(task)
    byDocument.set(task.documentId, known)
  }
  const entered = counted.reduce((sum, { id }) => sum + (ratingsOf.get(id)?.length ?? 0), 0)
  return {
    documents: [...byDocument].map(([id, { length, tasks: own }]) => ({
      id,
      length,
      reviewers: own.map((task) => ({
        id: task.memberId,
        spans: (ratingsOf.get(task.id) ?? []).map(({ annotationId, start, end, rating }) => ({
          id: annotationId,
          start,
          end,
          rating,
        })),
      })),
    })),
    titles: [...byDocument].map(([id, { title }]) => ({ id, title })),
    reviewers: [...new Map(counted.map(({ memberId, name }) => [memberId, { id: memberId, name }])).values()],
    withdrawn: ratings.length - entered,
    stamp: counted
      .map(({ id, version }) => `${id}:${String(version)}:${String(ratingsOf.get(id)?.length ?? 0)}`)
      .join(' '),
  }
}
