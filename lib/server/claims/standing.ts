import { DomainError, notFound } from '@/lib/domain/errors'
import { defaultProtocol, protocolSchema, type Protocol } from '@/lib/domain/review-sessions/protocol'
import type { SessionState } from '@/lib/domain/review-sessions/states'
import type { Permit } from '../access/gate'
import type { Reader, Transaction } from '../db/client'

/** A session as its claims see it, and the asker's part in it. */
export interface ClaimStanding {
  sessionId: string
  name: string
  guidelines: string
  state: SessionState
  protocol: Protocol
  /** May settle claims: an adjudicator of the session, or an owner or lead who is listed in it. */
  adjudicates: boolean
  /** Owner or lead of the workspace. */
  leads: boolean
}

/** The asker's standing in a session. @throws DomainError `not-found`. */
export async function readStanding(
  reader: Reader | Transaction,
  permit: Permit,
  sessionId: string,
): Promise<ClaimStanding> {
  const { workspaceId, actor } = permit
  const session = await reader.reviewSession.findFirst({
    where: { id: sessionId, workspaceId, deletedAt: null },
    select: { name: true, guidelines: true, state: true, protocol: true },
  })
  if (session === null) throw notFound('review session')
  const part = await reader.sessionMember.findUnique({
    where: { sessionId_memberId: { sessionId, memberId: actor.memberId } },
    select: { adjudicates: true },
  })
  const leads = actor.role === 'owner' || actor.role === 'lead'
  const protocol = protocolSchema.safeParse(session.protocol)
  return {
    sessionId,
    name: session.name,
    guidelines: session.guidelines,
    state: session.state,
    protocol: protocol.success ? protocol.data : defaultProtocol,
    adjudicates: part !== null && (part.adjudicates || leads),
    leads,
  }
}

/**
 * Lets claims be read: after closing by everybody, in adjudication by those who settle them and by leads, before that by nobody: they would tell
 * reviewers of each other's work.
 * @throws DomainError `conflict` while the session has no claims to show, `forbidden` for a reviewer during adjudication.
 */
export function assertMayRead({ state, adjudicates, leads }: ClaimStanding): void {
  if (state === 'draft' || state === 'active')
    throw new DomainError('conflict', 'Claims are matched when adjudication starts. This session is not that far.')
  if (state === 'adjudication' && !adjudicates && !leads)
    throw new DomainError(
      'forbidden',
      'Claims are being settled by the session’s adjudicators. Reviewers see what was decided, and why, once the session is closed.',
    )
}

/**
 * Lets claims be settled.
 * @throws DomainError `forbidden` for anybody who does not adjudicate in the session, `conflict` in another state than adjudication.
 */
export function assertMaySettle(standing: ClaimStanding): void {
  const { state, adjudicates } = standing
  if (!adjudicates)
    throw new DomainError(
      'forbidden',
      'Only the adjudicators of this session settle its claims. Ask the lead to list you as one.',
    )
  if (state === 'closed')
    throw new DomainError(
      'conflict',
      'This session is closed, and its verdicts stand. Ask the lead to reopen it to change one.',
    )
  if (state !== 'adjudication')
    throw new DomainError(
      'conflict',
      'Claims are settled in adjudication. This session is not that far; the lead starts it.',
    )
}
