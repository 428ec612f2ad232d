import { DomainError, notFound } from '@/lib/domain/errors'
import { leadsSessions } from '@/lib/domain/review-sessions/access'
import type { Secrecy } from '@/lib/domain/review-sessions/visibility'
import type { SpeakerNames } from '@/lib/domain/threads/comment-author'
import { parseMentions } from '@/lib/domain/threads/mentions'
import { maySeeComment, maySeeThread, restsFor, type ThreadPlace } from '@/lib/domain/threads/visibility'
import type { Actor } from '../access/gate'
import type { Transaction } from '../db/client'
import type { WriteContext } from '../db/write'
import { notify } from '../notifications/mutations'
import { readSecrecy } from '../visibility/marks'
import { readThreadPlace, readThreadViewers } from '../visibility/threads'
import { readThreadMasks } from './data'

type Viewers = Awaited<ReturnType<typeof readThreadViewers>>

/** What decides who is notified of a comment. */
export interface Circle {
  place: ThreadPlace
  secrecy: Secrecy
  viewers: Viewers
  /** The claim it is about, and the names of that claim's reviewers in it; null where real names are shown. */
  claimId: string | null
  masked: SpeakerNames | null
}

async function readClaimOf(
  tx: Transaction,
  { workspaceId, threadId }: { workspaceId: string; threadId: string },
): Promise<Pick<Circle, 'claimId' | 'masked'>> {
  const thread = await tx.thread.findUnique({
    where: { workspaceId_id: { workspaceId, id: threadId } },
    select: { claimId: true },
  })
  const claimId = thread?.claimId ?? null
  if (claimId === null) return { claimId, masked: null }
  const masks = await readThreadMasks(tx, { workspaceId, claimIds: [claimId] })
  return { claimId, masked: masks.get(claimId) ?? null }
}

/** Reads which members may see what is written in a thread now. @throws DomainError `not-found`. */
export async function readCircle(
  tx: Transaction,
  { workspaceId, threadId }: { workspaceId: string; threadId: string },
): Promise<Circle> {
  const place = await readThreadPlace(tx, { workspaceId, threadId })
  if (place === null) throw notFound('thread')
  return {
    place,
    secrecy: await readSecrecy(tx, workspaceId),
    viewers: await readThreadViewers(tx, { workspaceId, sessionId: place.sessionId }),
    ...(place.claim === null ? { claimId: null, masked: null } : await readClaimOf(tx, { workspaceId, threadId })),
  }
}

/** @throws DomainError `conflict` while the discussion rests for the actor, saying where they can write. */
export function assertMayWrite({ place, secrecy }: Circle, actor: Actor): void {
  if (!restsFor(secrecy, actor.memberId, place)) return
  throw new DomainError(
    'conflict',
    'You review this document independently of others now, so this older discussion rests for you. Start a new one, or ask the lead.',
  )
}

/**
 * The ids of the members that a comment mentions: the ids sent, or else those read from its words.
 * @throws DomainError `invalid` for an id that is no active member's.
 */
export function mentionedIn(
  { viewers }: Circle,
  { body, mentions }: { body: string; mentions?: readonly string[] | undefined },
): string[] {
  const members = viewers.map(({ memberId: id, name }) => ({ id, name }))
  if (mentions === undefined) return parseMentions(body, members).ids
  const known = new Set(members.map(({ id }) => id))
  const stranger = mentions.findIndex((id) => !known.has(id))
  if (stranger >= 0) {
    const message = 'This is no active member of the workspace. Name one of GET /members.'
    throw new DomainError('invalid', message, { fields: [{ path: `mentions.${stranger}`, message }] })
  }
  return [...new Set(mentions)]
}

/**
 * Notifies members of a comment: those it mentions, the leads of a new question, else those who took part before. Only members who may see the thread
 * and the comment are notified, once each, and never its author. An author behind a letter is not named. The notification quotes no words, because it
 * outlasts the right to see them.
 */
export async function tellOfComment(
  context: WriteContext,
  circle: Circle,
  told: {
    actor: Actor
    threadId: string
    commentId: string
    title: string
    mentioned: readonly string[]
    /** Whether the comment starts the thread. */
    opens: boolean
    /** The members who have written in the thread. */
    participants: readonly string[]
  },
): Promise<void> {
  const { actor, threadId, commentId, title, mentioned, opens, participants } = told
  const { place, secrecy, viewers, claimId, masked } = circle
  const seeing = viewers.filter(
    (viewer) =>
      viewer.memberId !== actor.memberId &&
      maySeeThread(secrecy, viewer, place) &&
      maySeeComment(secrecy, viewer.memberId, { thread: place, authorId: actor.memberId }),
  )
  const { documentId, sessionId } = place
  const data = {
    documentId,
    ...(sessionId === null ? {} : { sessionId }),
    threadId,
    ...(claimId === null ? {} : { claimId }),
    commentId,
    title,
    // A letter would mean another reviewer once the claim is split or merged.
    ...(masked?.has(actor.memberId) === true ? {} : { actorName: actor.name }),
  }
  const tell = (type: 'mention' | 'question' | 'reply', memberIds: readonly string[]) =>
    notify(context, { workspaceId: actor.workspaceId, memberIds, type, data })
  const named = new Set(mentioned)
  const others = seeing.filter(({ memberId }) => !named.has(memberId))
  await tell(
    'mention',
    seeing.filter(({ memberId }) => named.has(memberId)).map(({ memberId }) => memberId),
  )
  if (opens && place.audience === 'leads') {
    const leads = others.filter(({ role }) => leadsSessions(role)).map(({ memberId }) => memberId)
    const session =
      sessionId === null
        ? null
        : await context.tx.reviewSession.findUnique({
            where: { workspaceId_id: { workspaceId: actor.workspaceId, id: sessionId } },
            select: { createdById: true },
          })
    const planner = leads.filter((memberId) => memberId === session?.createdById)
    await tell('question', planner.length > 0 ? planner : leads)
    return
  }
  const before = new Set([place.startedById, ...participants])
  await tell(
    'reply',
    others.filter(({ memberId }) => before.has(memberId)).map(({ memberId }) => memberId),
  )
}
