import type { Rating } from '@/lib/domain/annotations/rating'
import type { ClaimAgreement } from '@/lib/domain/claims/verdict'
import type { VerdictView } from '@/lib/domain/claims/schema'
import { ratingNames } from '@/lib/domain/annotations/words'

/** What a verdict's rating is called. */
export function verdictName(rating: Rating | null): string {
  return rating === null ? 'No claim' : ratingNames[rating]
}

/** How the reviewers of a claim stand to each other, in a word or two. */
export const agreementNames: Record<ClaimAgreement, string> = {
  unanimous: 'Unanimous',
  unmarked: 'Not marked by all',
  disagreement: 'Disagreement',
  single: 'One reviewer',
  'no-votes': 'No rating left',
}

/** Who differs from a verdict and how, such as "A and C dissent (unsourced, not checkable)"; empty when nobody does. */
export function dissentWords({ rating, votes, dissent }: Pick<VerdictView, 'rating' | 'votes' | 'dissent'>): string {
  if (dissent === 0) return ''
  const others = votes.filter((vote) => vote.rating !== rating)
  const letters = others.map(({ mask }) => mask)
  const last = letters.pop() ?? ''
  const names = letters.length === 0 ? last : `${letters.join(', ')} and ${last}`
  const ratings = [...new Set(others.map((vote) => ratingNames[vote.rating].toLowerCase()))].join(', ')
  return `${names} ${others.length === 1 ? 'dissents' : 'dissent'} (${ratings})`
}
