import type { ClaimCounts, ClaimFilter, ClaimView } from '@/lib/domain/claims/schema'
import type { SessionState } from '@/lib/domain/review-sessions/states'
import { permit, type Actor } from '../access/gate'
import { database } from '../db/client'
import { listClaimDocuments, listClaims } from './data'
import { listOwnOutcomes, type OwnOutcome } from './outcomes'
import { readStanding } from './standing'

/** How many claims the adjudication page starts with; it asks for more as one goes on. */
const pageSize = 60

/** All that the adjudication page starts from. */
export interface AdjudicationPage {
  session: { id: string; name: string; guidelines: string; state: SessionState }
  /** Whether the asker settles claims here. */
  adjudicates: boolean
  /** Whether those who rated a claim may settle it. */
  adjudicateOwn: boolean
  documents: { id: string; title: string }[]
  claims: ClaimView[]
  next: string | null
  counts: ClaimCounts
}

/** The claims of a session for the page that settles them. @throws DomainError `not-found`, `forbidden`, `conflict` before adjudication. */
export async function loadAdjudication(
  actor: Actor,
  { sessionId, ...filter }: ClaimFilter & { sessionId: string },
): Promise<AdjudicationPage> {
  const pass = permit(actor, 'claim.read')
  const { read } = await database()
  const { items, next, counts } = await listClaims(pass, { ...filter, sessionId, limit: pageSize })
  const { name, guidelines, state, adjudicates, protocol } = await readStanding(read, pass, sessionId)
  return {
    session: { id: sessionId, name, guidelines, state },
    adjudicates,
    adjudicateOwn: protocol.adjudicateOwn,
    documents: await listClaimDocuments(read, pass, sessionId),
    claims: items,
    next,
    counts,
  }
}

/** What became of the actor's annotations of a revision in closed sessions, for the reader. */
export async function loadOwnOutcomes(actor: Actor, revisionId: string): Promise<OwnOutcome[]> {
  return listOwnOutcomes(permit(actor, 'claim.read'), revisionId)
}
