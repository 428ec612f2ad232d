import { z } from 'zod'
import type { SentenceDecisionView } from '@/lib/domain/annotations/schema'
import type { Permit } from '../access/gate'
import { database, type Reader, type Transaction } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'
import { decodeCursor, pageOf, type Page } from '../http/pagination'
import { revisionFacts } from '../marking/revision-facts'
import { seesDecision, viewerOf } from '../visibility/marks'

/** The most decisions one page of a list holds. */
export const maxDecisionPage = 1_000

const cursorKey = z.tuple([z.number().int(), z.string()])

/** A page of a revision's sentence decisions that the actor may see, in text order. @throws DomainError `not-found` for the revision. */
export async function listDecisions(
  permit: Permit<'annotation.read'>,
  filter: {
    revisionId: string
    authorId?: string | undefined
    /** Only decisions made in this review session; null for those made in none. */
    sessionId?: string | null | undefined
    cursor?: string | undefined
    limit: number
  },
): Promise<Page<SentenceDecisionView>> {
  const { revisionId, authorId, sessionId, cursor, limit } = filter
  await revisionFacts(permit, revisionId)
  const key = decodeCursor(cursor, cursorKey)
  const { read } = await database()
  const conditions = [
    Prisma.sql`s."workspaceId" = ${permit.workspaceId} AND s."revisionId" = ${revisionId}`,
    seesDecision(viewerOf(permit)),
  ]
  if (authorId !== undefined) conditions.push(Prisma.sql`s."authorId" = ${authorId}`)
  if (sessionId !== undefined)
    conditions.push(sessionId === null ? Prisma.sql`s."sessionId" IS NULL` : Prisma.sql`s."sessionId" = ${sessionId}`)
  if (key !== null)
    conditions.push(Prisma.sql`(s."start" > ${key[0]} OR (s."start" = ${key[0]} AND s."id" > ${key[1]}))`)
  const rows = await selectDecisions(read, Prisma.join(conditions, ' AND '), limit + 1)
  return pageOf(rows, limit, { key: ({ start, id }) => [start, id], present: presentDecision })
}

interface RawDecision extends Omit<DecisionRow, 'author' | 'createdAt'> {
  createdAt: Date | string
  authorName: string
}

/**
 * Decisions that meet a condition, in text order, at most `limit`.
 * @param condition over the tables `s` (SentenceDecision) and `v` (its Revision)
 */
export async function selectDecisions(
  reader: Reader | Transaction,
  condition: Prisma.Sql,
  limit: number,
): Promise<DecisionRow[]> {
  const rows = await reader.$queryRaw<RawDecision[]>`
    SELECT s."id", s."revisionId", s."authorId", s."start", s."end", s."createdAt", u."name" AS "authorName"
    FROM "SentenceDecision" s
    JOIN "Revision" v ON v."workspaceId" = s."workspaceId" AND v."id" = s."revisionId"
    JOIN "Member" m ON m."workspaceId" = s."workspaceId" AND m."id" = s."authorId"
    JOIN "User" u ON u."id" = m."userId"
    WHERE ${condition}
    ORDER BY s."start", s."id"
    LIMIT ${limit}`
  return rows.map(({ authorName, createdAt, ...row }) => ({
    ...row,
    createdAt: new Date(createdAt),
    author: { user: { name: authorName } },
  }))
}

/** A sentence decision's row with its author's name. */
export interface DecisionRow {
  id: string
  revisionId: string
  authorId: string
  start: number
  end: number
  createdAt: Date
  author: { user: { name: string } }
}

/** Presents a sentence decision. */
export function presentDecision({ authorId, author, createdAt, ...row }: DecisionRow): SentenceDecisionView {
  const { id, revisionId, start, end } = row
  return {
    id,
    revisionId,
    author: { id: authorId, name: author.user.name },
    start,
    end,
    createdAt: createdAt.toISOString(),
  }
}
