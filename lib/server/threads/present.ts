import type { CommentView, ThreadSubject, ThreadView } from '@/lib/domain/threads/schema'
import { mayDo, type Actor } from '../access/gate'
import type { CommentRow, ThreadRow } from './rows'

/** A comment as an actor is shown it: one that was deleted without its words. */
export function presentComment(row: CommentRow, actor: Actor): CommentView {
  const { id, threadId, authorId, authorName, body, mentions, version, createdAt, updatedAt, deletedAt } = row
  const deleted = deletedAt !== null
  const isOwn = !deleted && authorId === actor.memberId && mayDo(actor, 'thread.write')
  return {
    id,
    threadId,
    author: { id: authorId, name: authorName },
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

function subjectOf({ isOnAnnotation, annotationId, exact, claimId }: ThreadRow): ThreadSubject {
  if (isOnAnnotation) return { kind: 'annotation', annotationId, exact }
  return claimId === null ? { kind: 'document' } : { kind: 'claim', claimId }
}

/** A thread as an actor is shown it. `rests`: they may not write in it now. */
export function presentThread(row: ThreadRow, actor: Actor, { rests }: { rests: boolean }): ThreadView {
  const mayWrite = mayDo(actor, 'thread.write') && !rests
  return {
    id: row.id,
    document: { id: row.documentId, title: row.documentTitle },
    sessionId: row.sessionId,
    about: subjectOf(row),
    audience: row.audience,
    startedBy: { id: row.createdById, name: row.starterName },
    resolved: row.resolvedAt === null ? null : { at: row.resolvedAt.toISOString(), by: row.resolverName ?? '' },
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    comments: row.comments.map((comment) => presentComment(comment, actor)),
    may: { comment: mayWrite, resolve: mayWrite },
  }
}
