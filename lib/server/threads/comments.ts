import { uuidv7 } from 'uuidv7'
import { isSameJson } from '@/lib/domain/audit/changes'
import { DomainError, notFound } from '@/lib/domain/errors'
import type { CommentInput, CommentPatch, CommentView } from '@/lib/domain/threads/schema'
import { deletedAlready, idTaken, versionMismatch } from '@/lib/domain/versions'
import type { Actor, Permit } from '../access/gate'
import type { Transaction } from '../db/client'
import { Prisma } from '../db/generated/sqlite/client'
import { write, type WriteContext } from '../db/write'
import { readCreation } from '../events/data'
import { findThread, presentComment } from './data'
import { assertMayWrite, mentionedIn, readCircle, tellOfComment, type Circle } from './notifications'
import { selectComments, type CommentRow } from './rows'

/** A comment to store, and its thread. */
interface Addition {
  actor: Actor
  threadId: string
  title: string
  input: CommentInput
  opens: boolean
  participants: readonly string[]
}

async function findComment(tx: Transaction, actor: Actor, id: string): Promise<CommentRow> {
  const [row] = await selectComments(tx, actor, Prisma.sql`c."id" = ${id}`)
  if (row === undefined) throw notFound('comment')
  return row
}

/** Stores a comment in a thread that the actor may write in, and notifies the members concerned. @throws DomainError `invalid`, `conflict`. */
export async function addComment(context: WriteContext, circle: Circle, addition: Addition): Promise<void> {
  const { tx, now, record } = context
  const { actor, threadId, title, input, opens, participants } = addition
  const { id = uuidv7(), body } = input
  const { workspaceId, memberId } = actor
  if ((await tx.comment.count({ where: { workspaceId, id } })) > 0) throw idTaken('comment', null)
  const mentioned = mentionedIn(circle, input)
  await tx.comment.create({
    data: { id, workspaceId, threadId, authorId: memberId, body, createdAt: now, updatedAt: now },
    select: { id: true },
  })
  if (mentioned.length > 0)
    await tx.mention.createMany({ data: mentioned.map((named) => ({ workspaceId, commentId: id, memberId: named })) })
  const { documentId, sessionId } = circle.place
  record({
    type: 'comment.created',
    subjectId: id,
    documentId,
    sessionId,
    data: { after: { threadId, body, mentions: mentioned } },
  })
  await tellOfComment(context, circle, { actor, threadId, commentId: id, title, mentioned, opens, participants })
}

/** The comment that an identical earlier request made; null when the id is free. @throws DomainError `conflict`, `gone`. */
async function findSame(
  tx: Transaction,
  actor: Actor,
  { id, threadId, body }: { id: string; threadId: string; body: string },
): Promise<CommentView | null> {
  if ((await tx.comment.count({ where: { workspaceId: actor.workspaceId, id } })) === 0) return null
  const [row] = await selectComments(tx, actor, Prisma.sql`c."id" = ${id}`)
  if (row === undefined) throw idTaken('comment', null)
  const view = presentComment(row, actor)
  const creation = await readCreation(tx, {
    workspaceId: actor.workspaceId,
    subjectId: id,
    type: 'comment.created',
  })
  const { threadId: inThread, body: words } = creation?.after ?? {}
  if (creation?.actorId !== actor.memberId || !isSameJson({ inThread, words }, { inThread: threadId, words: body }))
    throw idTaken('comment', view)
  if (row.deletedAt !== null) throw deletedAlready('comment')
  return view
}

/**
 * Adds a comment to a thread. Idempotent: the same id and words are the same creation, and `created` is then false.
 * @throws DomainError `not-found` for the thread, `invalid`, `gone` when the comment was deleted since, `conflict` when its id is taken or the
 * discussion rests for the member.
 */
export async function createComment(
  permit: Permit<'thread.write'>,
  { threadId, input }: { threadId: string; input: CommentInput },
): Promise<{ comment: CommentView; created: boolean }> {
  const { workspaceId, actor } = permit
  const id = input.id ?? uuidv7()
  return write(permit, async (context) => {
    const { tx } = context
    // Locked until this write is done, so that two copies of a request cannot both be stored.
    await tx.thread.updateMany({ where: { id: threadId, workspaceId }, data: { version: { increment: 0 } } })
    const thread = await findThread(tx, actor, threadId)
    const made = await findSame(tx, actor, { id, threadId, body: input.body })
    if (made !== null) return { comment: made, created: false }
    const circle = await readCircle(tx, { workspaceId, threadId })
    assertMayWrite(circle, actor)
    const authors = await tx.comment.findMany({
      where: { workspaceId, threadId },
      distinct: ['authorId'],
      select: { authorId: true },
    })
    await addComment(context, circle, {
      actor,
      threadId,
      title: thread.documentTitle,
      input: { ...input, id },
      opens: false,
      participants: authors.map(({ authorId }) => authorId),
    })
    return { comment: presentComment(await findComment(tx, actor, id), actor), created: true }
  })
}

function assertOwn(row: CommentRow, actor: Actor): void {
  if (row.authorId === actor.memberId) return
  throw new DomainError(
    'forbidden',
    `Only ${row.authorName || 'its author'} may change this comment. Answer it instead.`,
  )
}

function mismatch(row: CommentRow, { actor, version }: { actor: Actor; version: number }): DomainError {
  return versionMismatch('comment', { expected: version, current: presentComment(row, actor) })
}

async function replaceMentions(
  { tx }: WriteContext,
  { workspaceId, commentId, mentioned }: { workspaceId: string; commentId: string; mentioned: readonly string[] },
): Promise<void> {
  await tx.mention.deleteMany({ where: { workspaceId, commentId } })
  if (mentioned.length > 0)
    await tx.mention.createMany({ data: mentioned.map((memberId) => ({ workspaceId, commentId, memberId })) })
}

/**
 * Changes the words of one's own comment that is at `version`; the same words change nothing. Members it names for the first time are notified.
 * @throws DomainError `not-found`, `forbidden`, `gone`, `invalid`, `version-mismatch`.
 */
export async function updateComment(
  permit: Permit<'thread.write'>,
  { id, version, patch }: { id: string; version: number; patch: CommentPatch },
): Promise<CommentView> {
  const { workspaceId, actor } = permit
  return write(permit, async (context) => {
    const { tx, now, record } = context
    await tx.comment.updateMany({ where: { id, workspaceId }, data: { version: { increment: 0 } } })
    const row = await findComment(tx, actor, id)
    assertOwn(row, actor)
    if (row.deletedAt !== null) throw deletedAlready('comment')
    const circle = await readCircle(tx, { workspaceId, threadId: row.threadId })
    const mentioned = mentionedIn(circle, patch)
    const before = { body: row.body, mentions: row.mentions.map((member) => member.id).sort() }
    const after = { body: patch.body, mentions: [...mentioned].sort() }
    if (isSameJson(before, after)) return presentComment(row, actor)
    if (row.version !== version) throw mismatch(row, { actor, version })
    assertMayWrite(circle, actor)
    await tx.comment.updateMany({
      where: { id, workspaceId },
      data: { body: patch.body, version: version + 1, updatedAt: now },
    })
    await replaceMentions(context, { workspaceId, commentId: id, mentioned })
    const { documentId, sessionId } = circle.place
    record({ type: 'comment.updated', subjectId: id, documentId, sessionId, data: { before, after } })
    const fresh = mentioned.filter((memberId) => !before.mentions.includes(memberId))
    if (fresh.length > 0) {
      const { documentTitle } = await findThread(tx, actor, row.threadId)
      // Edits notify only newly named members, even those who took part and were notified before.
      const named = { ...circle, viewers: circle.viewers.filter(({ memberId }) => fresh.includes(memberId)) }
      await tellOfComment(context, named, {
        actor,
        threadId: row.threadId,
        commentId: id,
        title: documentTitle,
        mentioned: fresh,
        opens: false,
        participants: [],
      })
    }
    return presentComment(await findComment(tx, actor, id), actor)
  })
}

/**
 * Deletes (hides) one's own comment that is at `version`; deleting it again changes nothing. It keeps its place without its words.
 * @throws DomainError `not-found`, `forbidden`, `version-mismatch`.
 */
export async function deleteComment(
  permit: Permit<'thread.write'>,
  { id, version }: { id: string; version: number },
): Promise<void> {
  const { workspaceId, actor } = permit
  await write(permit, async ({ tx, now, record }) => {
    await tx.comment.updateMany({ where: { id, workspaceId }, data: { version: { increment: 0 } } })
    const row = await findComment(tx, actor, id)
    assertOwn(row, actor)
    if (row.deletedAt !== null) return
    if (row.version !== version) throw mismatch(row, { actor, version })
    await tx.comment.updateMany({
      where: { id, workspaceId },
      data: { deletedAt: now, version: version + 1, updatedAt: now },
    })
    const { documentId, sessionId } = await findThread(tx, actor, row.threadId)
    record({
      type: 'comment.deleted',
      subjectId: id,
      documentId,
      sessionId,
      data: { before: { threadId: row.threadId, body: row.body } },
    })
  })
}
