import type { ThreadAudience } from '@/lib/domain/threads/schema'
import type { Reader, Transaction } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'
import { seesComment, seesThread, seesThreadMark, seesThreadPassage, type ThreadActor } from '../visibility/threads'

type RawMoment = Date | string

interface RawThread {
  id: string
  documentId: string
  documentTitle: string
  sessionId: string | null
  annotationId: string | null
  claimId: string | null
  exact: string | null
  markRevisionId: string | null
  markStart: number | null
  markEnd: number | null
  isMarkShown: boolean | number
  revisionId: string | null
  start: number | null
  end: number | null
  passageWords: string | null
  isPassageShown: boolean | number
  audience: ThreadAudience
  createdById: string
  starterName: string
  version: number
  createdAt: RawMoment
  resolvedAt: RawMoment | null
  resolvedById: string | null
  resolverName: string | null
}

/** A stored comment, with its author's name and the members it mentions. */
export interface CommentRow {
  id: string
  threadId: string
  authorId: string
  authorName: string
  body: string
  version: number
  createdAt: Date
  updatedAt: Date
  deletedAt: Date | null
  mentions: { id: string; name: string }[]
}

/** The words of a revision that a thread is about, [start, end) in UTF-16 code units. */
export interface PassageRow {
  revisionId: string
  start: number
  end: number
  exact: string
}

type PassageColumn = 'revisionId' | 'start' | 'end' | 'passageWords' | 'isPassageShown'
type MarkColumn = 'markRevisionId' | 'markStart' | 'markEnd' | 'isMarkShown'

/** A thread as a viewer may see it, without its comments. `annotationId`, `exact` and `passage` are null where they may not see them. */
export interface ThreadHead extends Omit<RawThread, 'createdAt' | 'resolvedAt' | PassageColumn | MarkColumn> {
  /** Place of the annotation; null where it is hidden. */
  mark: Omit<PassageRow, 'exact'> | null
  isOnAnnotation: boolean
  isOnPassage: boolean
  passage: PassageRow | null
  createdAt: Date
  resolvedAt: Date | null
}

/** A thread with the comments that the viewer may see. */
export interface ThreadRow extends ThreadHead {
  comments: CommentRow[]
}

function withPassage<T extends Pick<RawThread, PassageColumn>>(
  raw: T,
): Omit<T, PassageColumn> & Pick<ThreadHead, 'isOnPassage' | 'passage'> {
  const { revisionId, start, end, passageWords: exact, isPassageShown, ...row } = raw
  const isOnPassage = revisionId !== null && start !== null && end !== null && exact !== null
  return { ...row, isOnPassage, passage: isOnPassage && isPassageShown ? { revisionId, start, end, exact } : null }
}

async function selectMentions(
  reader: Reader | Transaction,
  { workspaceId, commentIds }: { workspaceId: string; commentIds: readonly string[] },
): Promise<Map<string, CommentRow['mentions']>> {
  const found = new Map<string, CommentRow['mentions']>()
  if (commentIds.length === 0) return found
  const rows = await reader.$queryRaw<{ commentId: string; id: string; name: string }[]>`
    SELECT n."commentId", n."memberId" AS "id", u."name" FROM "Mention" n
    JOIN "Member" m ON m."workspaceId" = n."workspaceId" AND m."id" = n."memberId"
    JOIN "User" u ON u."id" = m."userId"
    WHERE n."workspaceId" = ${workspaceId} AND n."commentId" IN (${Prisma.join([...commentIds])})
    ORDER BY n."memberId"`
  for (const { commentId, ...member } of rows) found.set(commentId, [...(found.get(commentId) ?? []), member])
  return found
}

/** Comments that the viewer may see, of threads they may see, oldest first. `condition` is over `c` (Comment) and `t` (its Thread). */
export async function selectComments(
  reader: Reader | Transaction,
  viewer: ThreadActor,
  condition: Prisma.Sql,
): Promise<CommentRow[]> {
  const rows = await reader.$queryRaw<
    (Omit<CommentRow, 'createdAt' | 'updatedAt' | 'deletedAt' | 'mentions'> & {
      createdAt: RawMoment
      updatedAt: RawMoment
      deletedAt: RawMoment | null
    })[]
  >`
    SELECT c."id", c."threadId", c."authorId", u."name" AS "authorName", c."body", c."version", c."createdAt", c."updatedAt", c."deletedAt"
    FROM "Comment" c
    JOIN "Thread" t ON t."workspaceId" = c."workspaceId" AND t."id" = c."threadId"
    JOIN "Document" d ON d."workspaceId" = t."workspaceId" AND d."id" = t."documentId" AND d."deletedAt" IS NULL
    LEFT JOIN "Annotation" a ON a."workspaceId" = t."workspaceId" AND a."id" = t."annotationId"
    JOIN "Member" m ON m."workspaceId" = c."workspaceId" AND m."id" = c."authorId"
    JOIN "User" u ON u."id" = m."userId"
    WHERE c."workspaceId" = ${viewer.workspaceId} AND ${condition} AND ${seesThread(viewer)} AND ${seesComment(viewer)}
    ORDER BY c."createdAt", c."id"`
  const mentions = await selectMentions(reader, {
    workspaceId: viewer.workspaceId,
    commentIds: rows.map(({ id }) => id),
  })
  return rows.map((row) => ({
    ...row,
    createdAt: new Date(row.createdAt),
    updatedAt: new Date(row.updatedAt),
    deletedAt: row.deletedAt === null ? null : new Date(row.deletedAt),
    mentions: mentions.get(row.id) ?? [],
  }))
}

/**
 * Threads that the viewer may see, ordered by id. Every list and look-up of threads uses this query.
 * @param condition over the tables `t` (Thread), `d` (its Document, not deleted) and `a` (its Annotation, if any)
 */
export async function selectThreadHeads(
  reader: Reader | Transaction,
  viewer: ThreadActor,
  { condition, limit }: { condition: Prisma.Sql; limit: number },
): Promise<ThreadHead[]> {
  const rows = await reader.$queryRaw<RawThread[]>`
    SELECT t."id", t."documentId", d."title" AS "documentTitle", t."sessionId", t."annotationId", t."claimId", a."exact",
      a."revisionId" AS "markRevisionId", a."start" AS "markStart", a."end" AS "markEnd",
      CASE WHEN a."deletedAt" IS NULL AND ${seesThreadMark(viewer)} THEN 1 ELSE 0 END AS "isMarkShown",
      t."revisionId", t."start", t."end", t."exact" AS "passageWords",
      CASE WHEN ${seesThreadPassage(viewer)} THEN 1 ELSE 0 END AS "isPassageShown",
      t."audience", t."createdById", u."name" AS "starterName", t."version", t."createdAt", t."resolvedAt", t."resolvedById", ru."name" AS "resolverName"
    FROM "Thread" t
    JOIN "Document" d ON d."workspaceId" = t."workspaceId" AND d."id" = t."documentId" AND d."deletedAt" IS NULL
    LEFT JOIN "Annotation" a ON a."workspaceId" = t."workspaceId" AND a."id" = t."annotationId"
    JOIN "Member" m ON m."workspaceId" = t."workspaceId" AND m."id" = t."createdById"
    JOIN "User" u ON u."id" = m."userId"
    LEFT JOIN "Member" rm ON rm."workspaceId" = t."workspaceId" AND rm."id" = t."resolvedById"
    LEFT JOIN "User" ru ON ru."id" = rm."userId"
    WHERE t."workspaceId" = ${viewer.workspaceId} AND ${condition} AND ${seesThread(viewer)}
    ORDER BY t."id"
    LIMIT ${limit}`
  return rows.map(
    ({ annotationId, exact, createdAt, resolvedAt, isMarkShown, markRevisionId, markStart, markEnd, ...raw }) => ({
      ...withPassage(raw),
      mark:
        isMarkShown && markRevisionId !== null && markStart !== null && markEnd !== null
          ? { revisionId: markRevisionId, start: markStart, end: markEnd }
          : null,
      isOnAnnotation: annotationId !== null,
      annotationId: isMarkShown ? annotationId : null,
      exact: isMarkShown ? exact : null,
      createdAt: new Date(createdAt),
      resolvedAt: resolvedAt === null ? null : new Date(resolvedAt),
    }),
  )
}

/** `selectThreadHeads` with the comments that the viewer may see, oldest first. */
export async function selectThreads(
  reader: Reader | Transaction,
  viewer: ThreadActor,
  which: { condition: Prisma.Sql; limit: number },
): Promise<ThreadRow[]> {
  const heads = await selectThreadHeads(reader, viewer, which)
  if (heads.length === 0) return []
  const ids = heads.map(({ id }) => id)
  const comments = await selectComments(reader, viewer, Prisma.sql`c."threadId" IN (${Prisma.join(ids)})`)
  const commentsOf = new Map<string, CommentRow[]>(ids.map((id) => [id, []]))
  for (const comment of comments) commentsOf.get(comment.threadId)?.push(comment)
  return heads.map((head) => ({ ...head, comments: commentsOf.get(head.id) ?? [] }))
}
