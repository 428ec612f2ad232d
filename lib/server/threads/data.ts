import { z } from 'zod'
import { notFound } from '@/lib/domain/errors'
import { restsFor } from '@/lib/domain/threads/visibility'
import type { ThreadView } from '@/lib/domain/threads/schema'
import { scriptField } from '@/lib/domain/text/quotation'
import type { Actor, Permit } from '../access/gate'
import { database, type Reader, type Transaction } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'
import { decodeCursor, pageOf, type Page } from '../http/pagination'
import { readSecrecy } from '../visibility/marks'
import { readPlaces, readScripts } from '../marking/revision-facts'
import { readThreadMasks } from './comment-authors'
import { presentThread } from './present'
import { selectThreadHeads, selectThreads, type ThreadHead, type ThreadRow } from './rows'

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
