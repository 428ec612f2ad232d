import type { Stance, Rating } from '../annotations/rating'
import type { Protocol } from '../review-sessions/protocol'
import { verdictProblems, type VerdictReasonCode, type ClaimAgreement } from './verdict'

/** The parts of a citation that decide whether two are the same piece of evidence. */
export interface GatheredEvidence {
  stance: Stance
  quote: string
  locator: string
  reference: { id: string }
}

/**
 * Gathers the evidence of several ratings, each piece once and in the given order. Pieces with the same reference, stance, quote and place are the
 * same.
 */
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

/** The most characters (UTF-16 code units) that a verdict takes over from notes. */
const maxWords = 20_000

/** The parts of a vote that confirming needs. */
export interface ConfirmedVote {
  rating: Rating
  disputed: boolean
  partial: boolean
  note: string
  citations: readonly { stance: Stance; quote: string; locator: string; reference: { id: string } }[]
}

/** The verdict that confirms a unanimous claim, or why there is none. */
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
 * Makes the verdict of a unanimous claim: the shared rating, all evidence once, and the notes as its words. A claim that any reviewer flagged as
 * disputed or partial, or whose evidence does not support the rating, must be settled by an adjudicator.
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
