import { ratings, type Rating } from '../annotations/rating'

/** A reviewer's rating of a claim. `late`: it was made or changed after others could be seen (phase `post`). */
export interface Vote {
  rating: Rating
  late: boolean
}

/**
 * How the reviewers of a claim stand to each other:
 * - `unanimous`: two or more read the document, all marked these words and rated them alike;
 * - `unmarked`: those who marked the words rated them alike, others did not mark them;
 * - `disagreement`: ratings differ;
 * - `single`: one reviewer reads the document;
 * - `no-votes`: no rating is left.
 */
export const claimAgreements = ['unanimous', 'unmarked', 'disagreement', 'single', 'no-votes'] as const
export type ClaimAgreement = (typeof claimAgreements)[number]

/**
 * How the votes on a claim agree.
 * @param reviewers how many members read the document in the session, withdrawn ones left out
 */
export function agreementOf(votes: readonly Vote[], reviewers: number): ClaimAgreement {
  const [first] = votes
  if (first === undefined) return 'no-votes'
  if (votes.some(({ rating }) => rating !== first.rating)) return 'disagreement'
  if (votes.length < reviewers) return 'unmarked'
  return votes.length === 1 ? 'single' : 'unanimous'
}

/** The votes by rating. */
export function countVotes(votes: readonly Vote[]): Record<Rating, number> {
  const counts: Record<Rating, number> = { sourced: 0, unsourced: 0, contradicted: 0, not_checkable: 0 }
  for (const { rating } of votes) counts[rating] += 1
  return counts
}

/** The rating that most reviewers gave before they could see each other; null for a tie or when nobody did. It settles nothing. */
export function pluralityOf(votes: readonly Vote[]): Rating | null {
  const counts = countVotes(votes.filter(({ late }) => !late))
  const most = Math.max(...Object.values(counts))
  const leading = ratings.filter((rating) => counts[rating] === most)
  return most === 0 || leading.length > 1 ? null : (leading[0] ?? null)
}

/** The votes that differ from a verdict; every vote does when the verdict is that there is no claim (null). */
export function dissentFrom<V extends Vote>(verdict: Rating | null, votes: readonly V[]): V[] {
  return votes.filter(({ rating }) => rating !== verdict)
}
