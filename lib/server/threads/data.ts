import { z } from 'zod'
import { notFound } from '@/lib/domain/errors'
import { restsFor } from '@/lib/domain/threads/visibility'
import type { ThreadView } from '@/lib/domain/threads/schema'
import { scriptField } from '@/lib/domain/text/quotation'
import type { Actor, Permit } from '../access/gate'
import { database, type Reader, type Transaction } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'
import { decodeCursor, pageOf, type Page } from '../http/pagination'
import { readSecrecy } from '../review-sessions/visibility'
import { readPlaces, readScripts } from '../revisions/facts'
import { readThreadMasks } from './masks'
import { presentThread } from './present'
import { selectThreadHeads, selectThreads, type ThreadHead, type ThreadRow } from './rows'
import { seesComment, seesThread, type ThreadActor } from './visibility'

const cursorKey = z.tuple([z.string()])

async function showAll(reader: Reader | Transaction, actor: Actor, rows: readonly ThreadRow[]): Promise<ThreadView[]> {
  if (rows.length === 0) return []
  const secrecy = await readSecrecy(reader, actor.workspaceId)
  const masks = await readThreadMasks(reader, {
    workspaceId: actor.workspaceId,
    claimIds: rows.flatMap(({ claimId }) => claimId ?? []),
  })
  const places = await readPlaces(rows.flatMap(({ passage }) => passage?.revisionId ?? []))
  const scripts = await readScripts(rows.flatMap(({ passage, mark }) => (passage ?? mark)?.revisionId ?? []))
  return rows.map((row) =>
    presentThread(row, actor, {
      scriptOf: ({ revisionId, ...range }) => scriptField(scripts.get(revisionId) ?? [], range),
      placeOf: (passage) => places.get(passage.revisionId)?.(passage) ?? 'text',
      rests: restsFor(secrecy, actor.memberId, row),
      masked: row.claimId === null ? null : (masks.get(row.claimId) ?? null),
    }),
  )
}

/** What a list of threads is narrowed to. */
export interface ThreadFilter {
  annotationId?: string | undefined
  claimId?: string | undefined
}

/** A page of the threads of a document that the actor may see, by their ids, which sort by time. @throws DomainError `not-found` for the document. */
export async function listThreads(
  permit: Permit<'thread.read'>,
  query: ThreadFilter & { documentId: string; cursor?: string | undefined; limit: number },
): Promise<Page<ThreadView>> {
  const { workspaceId, actor } = permit
  const { documentId, annotationId, claimId, cursor, limit } = query
  const key = decodeCursor(cursor, cursorKey)
  const { read } = await database()
  const document = await read.document.findFirst({
    where: { id: documentId, workspaceId, deletedAt: null },
    select: { id: true },
  })
  if (document === null) throw notFound('document')
  const conditions = [Prisma.sql`t."documentId" = ${documentId}`]
  // A filter by an annotation that is hidden answers as one by an unknown one: the rows it would find are hidden too.
  if (annotationId !== undefined) conditions.push(Prisma.sql`t."annotationId" = ${annotationId}`)
  if (claimId !== undefined) conditions.push(Prisma.sql`t."claimId" = ${claimId}`)
  if (key !== null) conditions.push(Prisma.sql`t."id" > ${key[0]}`)
  const rows = await selectThreads(read, actor, { condition: Prisma.join(conditions, ' AND '), limit: limit + 1 })
  const views = await showAll(read, actor, rows)
  return pageOf(views, limit, { key: ({ id }) => [id], present: (view) => view })
}

/** A thread that the actor may see, without its comments. @throws DomainError `not-found`. */
export async function findThread(reader: Reader | Transaction, actor: Actor, id: string): Promise<ThreadHead> {
  const [row] = await selectThreadHeads(reader, actor, { condition: Prisma.sql`t."id" = ${id}`, limit: 1 })
  if (row === undefined) throw notFound('thread')
  return row
}

/** Where the passages stand that threads are about, in words, by thread; of threads and passages that the viewer may not see, and of others, nothing. */
export async function readPassagePlaces(
  reader: Reader | Transaction,
  viewer: ThreadActor,
  threadIds: readonly string[],
): Promise<Map<string, string>> {
  if (threadIds.length === 0) return new Map()
  const ids = [...new Set(threadIds)]
  const condition = Prisma.sql`t."revisionId" IS NOT NULL AND t."id" IN (${Prisma.join(ids)})`
  const heads = await selectThreadHeads(reader, viewer, { condition, limit: ids.length })
  const places = await readPlaces(heads.flatMap(({ passage }) => passage?.revisionId ?? []))
  return new Map(
    heads.flatMap(({ id, passage }) => {
      const place = passage === null ? undefined : places.get(passage.revisionId)?.(passage)
      return place === undefined ? [] : [[id, place]]
    }),
  )
}

/** One thread as the actor is shown it. @throws DomainError `not-found`. */
export async function viewThread(reader: Reader | Transaction, actor: Actor, id: string): Promise<ThreadView> {
  const rows = await selectThreads(reader, actor, { condition: Prisma.sql`t."id" = ${id}`, limit: 1 })
  const [view] = await showAll(reader, actor, rows)
  if (view === undefined) throw notFound('thread')
  return view
}

/** One thread. @throws DomainError `not-found`. */
export async function readThread(permit: Permit<'thread.read'>, id: string): Promise<ThreadView> {
  const { read } = await database()
  return viewThread(read, permit.actor, id)
}

/**
 * How many comments the actor may see in the discussions of claims, by claim; those without any are left out.
 * @param which the claims of a session, or some by id
 */
export async function countClaimComments(
  reader: Reader | Transaction,
  actor: Actor,
  which: { sessionId: string } | { claimIds: readonly string[] },
): Promise<Map<string, number>> {
  if ('claimIds' in which && which.claimIds.length === 0) return new Map()
  const wanted =
    'sessionId' in which
      ? Prisma.sql`t."claimId" IN (SELECT k."id" FROM "Claim" k WHERE k."workspaceId" = ${actor.workspaceId} AND k."sessionId" = ${which.sessionId})`
      : Prisma.sql`t."claimId" IN (${Prisma.join([...which.claimIds])})`
  const rows = await reader.$queryRaw<{ claimId: string; comments: number | bigint }[]>`
    SELECT t."claimId", COUNT(*) AS "comments"
    FROM "Thread" t
    JOIN "Document" d ON d."workspaceId" = t."workspaceId" AND d."id" = t."documentId" AND d."deletedAt" IS NULL
    JOIN "Comment" c ON c."workspaceId" = t."workspaceId" AND c."threadId" = t."id" AND c."deletedAt" IS NULL
    LEFT JOIN "Annotation" a ON a."workspaceId" = t."workspaceId" AND a."id" = t."annotationId"
    WHERE t."workspaceId" = ${actor.workspaceId} AND ${wanted} AND ${seesThread(actor)} AND ${seesComment(actor)}
    GROUP BY t."claimId"`
  return new Map(rows.map(({ claimId, comments }) => [claimId, Number(comments)]))
}
