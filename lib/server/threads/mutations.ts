import type { ThreadView } from '@/lib/domain/threads/schema'
import type { Permit } from '../access/gate'
import { write } from '../db/write'
import { findThread, viewThread } from './data'
import { assertMayWrite, readCircle } from './notifications'

/**
 * Resolves a thread or opens it again; one that is so already answers as it is. Anyone who can write in it may.
 * @throws DomainError `not-found`; `conflict` while the discussion rests for the member.
 */
export async function setResolved(
  permit: Permit<'thread.write'>,
  { id, resolved }: { id: string; resolved: boolean },
): Promise<ThreadView> {
  const { workspaceId, actor } = permit
  return write(permit, async ({ tx, now, record }) => {
    await tx.thread.updateMany({ where: { id, workspaceId }, data: { version: { increment: 0 } } })
    const { resolvedAt, documentId, sessionId } = await findThread(tx, actor, id)
    if ((resolvedAt !== null) !== resolved) {
      assertMayWrite(await readCircle(tx, { workspaceId, threadId: id }), actor)
      await tx.thread.updateMany({
        where: { id, workspaceId },
        data: {
          resolvedAt: resolved ? now : null,
          resolvedById: resolved ? actor.memberId : null,
          version: { increment: 1 },
          updatedAt: now,
        },
      })
      record({
        type: resolved ? 'thread.resolved' : 'thread.reopened',
        subjectId: id,
        documentId,
        sessionId,
        data: { before: { resolved: !resolved }, after: { resolved } },
      })
    }
    return viewThread(tx, actor, id)
  })
}
