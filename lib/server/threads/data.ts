import { z } from 'zod'
import { maskVotes } from '@/lib/domain/claims/reviewer-letters'
import { notFound } from '@/lib/domain/errors'
import { scriptField, type ScriptRun } from '@/lib/domain/text/quotation'
import { speakerAs, type SpeakerNames } from '@/lib/domain/threads/comment-author'
import type { CommentView, ThreadSubject, ThreadView } from '@/lib/domain/threads/schema'
import { restsFor } from '@/lib/domain/threads/visibility'
import { mayDo, type Actor, type Permit } from '../access/gate'
import { database, type Reader, type Transaction } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'
import { decodeCursor, pageOf, type Page } from '../http/pagination'
import { readPlaces, readScripts } from '../marking/revision-facts'
import { readSecrecy } from '../visibility/marks'
import {
  selectThreadHeads,
  selectThreads,
  type CommentRow,
  type PassageRow,
  type ThreadHead,
  type ThreadRow,
} from './rows'

interface RawReviewer {
  claimId: string
  memberId: string
  /** The member's annotation of the claim, if one counts. */
  annotationId: string | null
}

/**
 * Names for the reviewers of claims in the claims' discussions, by claim. They cover everyone with an assignment of the document in the claim's
 * session: those who rated the claim by their letter, the others without one, because their names would identify the rest by exclusion. Claims of
 * closed sessions are left out, because real names are shown there.
 */
export async function readThreadMasks(
  reader: Reader | Transaction,
  { workspaceId, claimIds }: { workspaceId: string; claimIds: readonly string[] },
): Promise<ReadonlyMap<string, SpeakerNames>> {
  const masks = new Map<string, Map<string, string>>()
  if (claimIds.length === 0) return masks
  const rows = await reader.$queryRaw<RawReviewer[]>`
    SELECT c."id" AS "claimId", s."memberId", a."id" AS "annotationId"
    FROM "Claim" c
    JOIN "ReviewSession" q ON q."workspaceId" = c."workspaceId" AND q."id" = c."sessionId" AND q."state" <> 'closed'
    JOIN "Assignment" s ON s."workspaceId" = c."workspaceId" AND s."sessionId" = c."sessionId" AND s."documentId" = c."documentId"
    LEFT JOIN "ClaimAnnotation" ca ON ca."workspaceId" = c."workspaceId" AND ca."claimId" = c."id" AND EXISTS (
      SELECT 1 FROM "Annotation" o WHERE o."workspaceId" = ca."workspaceId" AND o."id" = ca."annotationId" AND o."authorId" = s."memberId")
    LEFT JOIN "Annotation" a ON a."workspaceId" = ca."workspaceId" AND a."id" = ca."annotationId" AND a."deletedAt" IS NULL AND s."state" <> 'withdrawn'
    WHERE c."workspaceId" = ${workspaceId} AND c."id" IN (${Prisma.join([...new Set(claimIds)])})`
  const votes = new Map<string, string[]>()
  for (const { claimId, annotationId } of rows)
    if (annotationId !== null) votes.set(claimId, [...(votes.get(claimId) ?? []), annotationId])
  for (const { claimId, memberId, annotationId } of rows) {
    const names = masks.get(claimId) ?? new Map<string, string>()
    masks.set(claimId, names)
    const letter = annotationId === null ? undefined : maskVotes(claimId, votes.get(claimId) ?? []).get(annotationId)
    if (letter !== undefined) names.set(memberId, `Reviewer ${letter}`)
    else if (!names.has(memberId)) names.set(memberId, 'A reviewer')
  }
  return masks
}

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

/** The filters of a list of threads. */
export interface ThreadFilter {
  annotationId?: string | undefined
  claimId?: string | undefined
}

/**
 * A page of the threads of a document that the actor may see, ordered by id, which sorts by time. @throws DomainError `not-found` for the document.
 */
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
  // Filtering by a hidden annotation gives the same answer as by an unknown one, because the rows it would find are hidden too.
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

/** One thread as the actor may see it. @throws DomainError `not-found`. */
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
 * Presents a comment to an actor; a deleted one without its words.
 * @param masked the names of reviewers in its thread; null, also for an actor's own comment, where real names are shown
 */
export function presentComment(row: CommentRow, actor: Actor, masked: SpeakerNames | null = null): CommentView {
  const { id, threadId, authorId, authorName, body, mentions, version, createdAt, updatedAt, deletedAt } = row
  const deleted = deletedAt !== null
  const isOwn = !deleted && authorId === actor.memberId && mayDo(actor, 'thread.write')
  return {
    id,
    threadId,
    author: speakerAs({ id: authorId, name: authorName }, { viewerId: actor.memberId, masked }),
    body: deleted ? '' : body,
    mentions: deleted ? [] : mentions,
    deleted,
    edited: !deleted && version > 1,
    version,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    may: { update: isOwn, delete: isOwn },
  }
}

function subjectOf(row: ThreadRow, { placeOf, scriptOf }: Wordings): ThreadSubject {
  const { isOnPassage, passage, isOnAnnotation, annotationId, exact, mark, claimId } = row
  if (isOnPassage)
    return {
      kind: 'passage',
      passage: passage === null ? null : { ...passage, ...scriptOf(passage), place: placeOf(passage) },
    }
  if (isOnAnnotation) return { kind: 'annotation', annotationId, exact, ...(mark === null ? {} : scriptOf(mark)) }
  return claimId === null ? { kind: 'document' } : { kind: 'claim', claimId }
}

/** How an answer describes words of a revision: their place, such as "sentence 4", and their superscripts and subscripts. */
interface Wordings {
  placeOf: (passage: PassageRow) => string
  scriptOf: (range: Omit<PassageRow, 'exact'>) => { script?: ScriptRun[] }
}

/** Presents a thread to an actor. `rests`: they may not write in it now. `masked`: the names of its claim's reviewers; null for real names. */
function presentThread(
  row: ThreadRow,
  actor: Actor,
  { rests, masked, ...wordings }: { rests: boolean; masked: SpeakerNames | null } & Wordings,
): ThreadView {
  const mayWrite = mayDo(actor, 'thread.write') && !rests
  const as = { viewerId: actor.memberId, masked }
  const { resolvedAt, resolvedById, resolverName } = row
  return {
    id: row.id,
    document: { id: row.documentId, title: row.documentTitle },
    sessionId: row.sessionId,
    about: subjectOf(row, wordings),
    audience: row.audience,
    startedBy: speakerAs({ id: row.createdById, name: row.starterName }, as),
    resolved:
      resolvedAt === null
        ? null
        : {
            at: resolvedAt.toISOString(),
            by: speakerAs({ id: resolvedById ?? '', name: resolverName ?? '' }, as).name,
          },
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    comments: row.comments.map((comment) => presentComment(comment, actor, masked)),
    may: { comment: mayWrite, resolve: mayWrite },
  }
}
