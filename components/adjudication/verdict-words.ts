import type { Rating } from '@/lib/domain/annotations/rating'
import type { ClaimAgreement } from '@/lib/domain/claims/verdict'
import type { VerdictView } from '@/lib/domain/claims/schema'
import { ratingNames } from '@/lib/domain/annotations/words'

/** The name of a verdict's rating. */
export function verdictName(rating: Rating | null): string {
  return rating === null ? 'No claim' : ratingNames[rating]
}

/** The relation of a claim's reviewers to each other, in a word or two. */
export const agreementNames: Record<ClaimAgreement, string> = {
  unanimous: 'Unanimous',
  unmarked: 'Not marked by all',
  disagreement: 'Disagreement',
  single: 'One reviewer',
  'no-votes': 'No rating left',
}

/** The dissent from a verdict in words, such as "A and C dissent (unsourced, not checkable)"; empty when there is none. */
export function dissentWords({ rating, votes, dissent }: Pick<VerdictView, 'rating' | 'votes' | 'dissent'>): string {
  if (dissent === 0) return ''
  const others = votes.filter((vote) => vote.rating !== rating)
  const letters = others.map(({ mask }) => mask)
  const last = letters.pop() ?? ''
  const names = letters.length === 0 ? last : `${letters.join(', ')} and ${last}`
  const ratings = [...new Set(others.map((vote) => ratingNames[vote.rating].toLowerCase()))].join(', ')
  return `${names} ${others.length === 1 ? 'dissents' : 'dissent'} (${ratings})`
}
