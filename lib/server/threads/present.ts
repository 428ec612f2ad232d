import type { ScriptRun } from '@/lib/domain/text/quotation'
import type { CommentView, ThreadSubject, ThreadView } from '@/lib/domain/threads/schema'
import { speakerAs, type SpeakerNames } from '@/lib/domain/threads/comment-author'
import { mayDo, type Actor } from '../access/gate'
import type { CommentRow, PassageRow, ThreadRow } from './rows'

/**
 * A comment as an actor is shown it: one that was deleted without its words.
 * @param masked what reviewers are called in its thread; null, also for an actor's own comment, where all go by name
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

/** What an answer says about words of a revision: where they stand, such as "sentence 4", and what is raised or lowered in them. */
export interface Wordings {
  placeOf: (passage: PassageRow) => string
  scriptOf: (range: Omit<PassageRow, 'exact'>) => { script?: ScriptRun[] }
}

/**
 * A thread as an actor is shown it. `rests`: they may not write in it now. `masked`: what reviewers of its claim are called; null for by name.
 */
export function presentThread(
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
