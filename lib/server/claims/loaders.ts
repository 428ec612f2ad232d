import type { ClaimCounts, ClaimFilter, ClaimView, DocumentOutcome } from '@/lib/domain/claims/schema'
import { DomainError } from '@/lib/domain/errors'
import { idSchema } from '@/lib/domain/fields'
import type { SessionState } from '@/lib/domain/review-sessions/states'
import { mayDo, permit, type Actor, type Permit } from '../access/gate'
import { database, type Reader } from '../db/client'
import { readClaimAccess } from '../visibility/claims'
import { readThreadViewers } from '../visibility/threads'
import { countClaimComments, listClaimDocuments, listClaims, readClaim } from './data'
import { listOwnOutcomes, readDocumentOutcome, type OwnOutcome } from './outcomes'

/** How many claims the adjudication page loads at first; it loads more as the member goes on. */
const pageSize = 60

/** The initial data of the adjudication page. */
export interface AdjudicationPage {
  session: { id: string; name: string; guidelines: string; state: SessionState }
  /** Whether the current member settles claims in this session. */
  adjudicates: boolean
  /** Whether the current member leads sessions, and so may close this one. */
  leads: boolean
  /** Whether those who rated a claim may settle it. */
  adjudicateOwn: boolean
  documents: { id: string; title: string }[]
  claims: ClaimView[]
  next: string | null
  counts: ClaimCounts
  /** Comment counts in the discussions of the session's claims, by claim. Claims without comments are left out. */
  comments: Record<string, number>
  /** The members who can read these claims now, for mentions in a discussion: adjudicators and leads, and everyone once the session is closed. */
  circle: { id: string; name: string }[]
  /** Whether the current member may write in discussions. */
  mayDiscuss: boolean
}

/** The claim of a session that the address names; empty when the current member cannot see one. */
async function findNamed(
  pass: Permit<'claim.read'>,
  { sessionId, claimId }: { sessionId: string; claimId: string },
): Promise<ClaimView[]> {
  if (!idSchema.safeParse(claimId).success) return []
  try {
    const claim = await readClaim(pass, claimId)
    return claim.sessionId === sessionId ? [claim] : []
  } catch (error) {
    if (error instanceof DomainError && error.code === 'not-found') return []
    throw error
  }
}

/**
 * The claims of a session for the adjudication page: the first that match the filter, and the one named by `claimId` regardless of the filter.
 * @throws DomainError `not-found`, `forbidden`, `conflict` before adjudication.
 */
export async function loadAdjudication(
  actor: Actor,
  { sessionId, claimId, ...filter }: ClaimFilter & { sessionId: string; claimId?: string | undefined },
): Promise<AdjudicationPage> {
  const pass = permit(actor, 'claim.read')
  const { read } = await database()
  const { items, next, counts } = await listClaims(pass, { ...filter, sessionId, limit: pageSize })
  const isThere = claimId === undefined || items.some(({ id }) => id === claimId)
  const named = isThere ? [] : await findNamed(pass, { sessionId, claimId })
  const { name, guidelines, state, adjudicates, leads, protocol } = await readClaimAccess(read, pass, sessionId)
  return {
    session: { id: sessionId, name, guidelines, state },
    adjudicates,
    leads,
    adjudicateOwn: protocol.adjudicateOwn,
    documents: await listClaimDocuments(read, pass, sessionId),
    claims: [...items, ...named],
    next,
    counts,
    comments: Object.fromEntries(await countClaimComments(read, actor, { sessionId })),
    circle: await listCircle(read, { workspaceId: actor.workspaceId, sessionId, state }),
    mayDiscuss: mayDo(actor, 'thread.write'),
  }
}

async function listCircle(
  reader: Reader,
  { workspaceId, sessionId, state }: { workspaceId: string; sessionId: string; state: SessionState },
): Promise<AdjudicationPage['circle']> {
  const members = await readThreadViewers(reader, { workspaceId, sessionId })
  return members
    .filter(({ leads, settles }) => state === 'closed' || leads || settles)
    .map(({ memberId, name }) => ({ id: memberId, name }))
}

/** What closed sessions decided about the actor's annotations of a revision, for the reader. */
export async function loadOwnOutcomes(actor: Actor, revisionId: string): Promise<OwnOutcome[]> {
  return listOwnOutcomes(permit(actor, 'claim.read'), revisionId)
}

/** What was settled about a revision, for the reader. @throws DomainError `not-found`. */
export async function loadDocumentOutcome(actor: Actor, revisionId: string): Promise<DocumentOutcome> {
  return readDocumentOutcome(permit(actor, 'claim.read'), revisionId)
}
