import type { Stance, Rating } from '../annotations/rating'
import type { Protocol } from '../review-sessions/protocol'
import { verdictProblems, type VerdictReasonCode, type ClaimAgreement } from './verdict'

/** Evidence as gathering sees it. */
export interface GatheredEvidence {
  stance: Stance
  quote: string
  locator: string
  reference: { id: string }
}

/** The evidence of several ratings, each piece once, in the order given: same reference, stance, quote and place are the same piece. */
export function gatherEvidence<E extends GatheredEvidence>(votes: readonly { citations: readonly E[] }[]): E[] {
  const found = new Map<string, E>()
  for (const { citations } of votes) {
    for (const citation of citations) {
      const { stance, quote, locator, reference } = citation
      const key = JSON.stringify([reference.id, stance, quote.trim(), locator.trim()])
      if (!found.has(key)) found.set(key, citation)
    }
  }
  return [...found.values()]
}

/** The most words (UTF-16 code units) a verdict takes over from notes. */
const maxWords = 20_000

/** A vote as confirming sees it. */
export interface ConfirmedVote {
  rating: Rating
  disputed: boolean
  partial: boolean
  note: string
  citations: readonly { stance: Stance; quote: string; locator: string; reference: { id: string } }[]
}

/** The verdict that confirms what the reviewers agree on, or why there is none. */
export type Confirmation =
  | {
      ok: true
      rating: Rating
      reason: VerdictReasonCode
      words: string
      citations: ConfirmedVote['citations'][number][]
    }
  | { ok: false; why: string }

const notAgreed: Partial<Record<ClaimAgreement, string>> = {
  disagreement: 'The reviewers differ. Decide it by itself.',
  unmarked: 'Not every reviewer marked these words. Decide it by itself.',
  'no-votes': 'No rating is left on it. Decide it by itself.',
}

function notesOf(votes: readonly ConfirmedVote[]): string {
  const notes = [...new Set(votes.map(({ note }) => note.trim()).filter((note) => note !== ''))]
  let words = ''
  for (const note of notes) {
    const longer = words === '' ? note : `${words}\n${note}`
    if (longer.length > maxWords) break
    words = longer
  }
  return words
}

/**
 * The verdict that confirms a claim on which all agree: their rating, all their evidence once, and their notes as its words. A claim that anyone
 * flagged as disputed or partial, or whose evidence does not carry the rating, is not confirmed without being looked at.
 */
export function confirmClaim(
  { votes, agreement }: { votes: readonly ConfirmedVote[]; agreement: ClaimAgreement },
  protocol: Pick<Protocol, 'requireQuotes' | 'requireSearchNote'>,
): Confirmation {
  const [first] = votes
  const refusal = notAgreed[agreement]
  if (refusal !== undefined || first === undefined) return { ok: false, why: refusal ?? notAgreed['no-votes'] ?? '' }
  if (votes.some(({ disputed, partial }) => disputed || partial))
    return { ok: false, why: 'A reviewer flagged it as disputed or partial. Decide it by itself.' }
  const { rating } = first
  const reason = agreement === 'single' ? 'single-review' : 'reviewers-agree'
  const citations = gatherEvidence(votes)
  const words = notesOf(votes)
  const [problem] = verdictProblems({ rating, disputed: false, partial: false, reason, words, citations }, protocol)
  if (problem !== undefined) return { ok: false, why: problem.message }
  return { ok: true, rating, reason, words, citations }
}
