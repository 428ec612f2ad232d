import type { ReactNode } from 'react'
import type { ClaimCounts, ClaimView } from '@/lib/domain/claims/schema'
import type { SessionState } from '@/lib/domain/review-sessions/states'

/** What the list is narrowed to, as the address says it. */
export interface AdjudicationFilter {
  state?: string
  agreement?: string
  document?: string
  rating?: string
}

/** All that the adjudication screen starts from. */
export interface AdjudicationData {
  session: { id: string; name: string; guidelines: ReactNode; state: SessionState }
  adjudicates: boolean
  /** Whether the person leads sessions, and so may close this one. */
  leads: boolean
  adjudicateOwn: boolean
  documents: { id: string; title: string }[]
  claims: ClaimView[]
  next: string | null
  counts: ClaimCounts
  /** How many comments there are on a claim, by its id. */
  comments: Readonly<Record<string, number>>
  /** Who reads these claims now, and can be named in a discussion. */
  circle: readonly { id: string; name: string }[]
  mayDiscuss: boolean
  filter: AdjudicationFilter
  /** The claim to begin with, where the address names one. */
  claimId: string | null
  me: { id: string }
}
