import { DomainError, notFound } from '@/lib/domain/errors'
import { adjudicatesIn, leadsSessions, maySeeSession } from '@/lib/domain/review-sessions/access'
import { defaultProtocol, protocolSchema, type Protocol } from '@/lib/domain/review-sessions/protocol'
import type { SessionState } from '@/lib/domain/review-sessions/states'
import type { Permit } from '../access/gate'
import type { Reader, Transaction } from '../db/client'

/** What the current member may do with a session's claims. */
export interface ClaimAccess {
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

/** The current member's access in a session; null for one that is unknown or hidden from them, which they cannot tell apart. */
export async function findClaimAccess(
  reader: Reader | Transaction,
  permit: Permit,
  sessionId: string,
): Promise<ClaimAccess | null> {
  const { workspaceId, actor } = permit
  const { role, memberId } = actor
  const session = await reader.reviewSession.findFirst({
    where: { id: sessionId, workspaceId, deletedAt: null },
    select: { name: true, guidelines: true, state: true, protocol: true },
  })
  const part = await reader.sessionMember.findUnique({
    where: { workspaceId_sessionId_memberId: { workspaceId, sessionId, memberId } },
    select: { adjudicates: true },
  })
  if (session === null || !maySeeSession({ role, isMember: part !== null }, session.state)) return null
  const protocol = protocolSchema.safeParse(session.protocol)
  return {
    sessionId,
    name: session.name,
    guidelines: session.guidelines,
    state: session.state,
    protocol: protocol.success ? protocol.data : defaultProtocol,
    adjudicates: adjudicatesIn(role, part),
    leads: leadsSessions(role),
  }
}

/** The current member's access in a session. @throws DomainError `not-found`, also for a session that they may not see. */
export async function readClaimAccess(
  reader: Reader | Transaction,
  permit: Permit,
  sessionId: string,
): Promise<ClaimAccess> {
  const access = await findClaimAccess(reader, permit, sessionId)
  if (access === null) throw notFound('review session')
  return access
}

/**
 * Checks that claims may be read: after closing by everyone, in adjudication by those who settle them and by leads, before that by nobody, because
 * they would show reviewers each other's work.
 * @throws DomainError `conflict` while the session has no claims to show, `forbidden` for a reviewer during adjudication.
 */
export function assertMayRead({ state, adjudicates, leads }: ClaimAccess): void {
  if (state === 'draft' || state === 'active')
    throw new DomainError(
      'conflict',
      'Claims are matched when adjudication starts, which this session has not reached.',
    )
  if (state === 'adjudication' && !adjudicates && !leads)
    throw new DomainError(
      'forbidden',
      'Claims are being settled by the session’s adjudicators. Reviewers see what was decided, and why, once the session is closed.',
    )
}

/**
 * Checks that claims may be settled.
 * @throws DomainError `forbidden` for anyone who does not adjudicate in the session, `conflict` in another state than adjudication.
 */
export function assertMaySettle(access: ClaimAccess): void {
  const { state, adjudicates } = access
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
      'Claims are settled in adjudication, which this session has not reached. A lead starts it.',
    )
}
