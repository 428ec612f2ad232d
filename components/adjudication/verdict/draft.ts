import type { Rating, Stance } from '@/lib/domain/annotations/rating'
import { gatherEvidence } from '@/lib/domain/claims/confirm'
import type { ClaimView, EvidenceView, VerdictInput, VerdictView } from '@/lib/domain/claims/schema'
import { holdsOnVotes, reasonsFor, type VerdictReasonCode } from '@/lib/domain/claims/verdict'

/** The draft of a verdict. `rating` is undefined until one is chosen. `base` is the version of the claim on which it was begun. */
export interface Draft {
  base: number
  rating: Rating | null | undefined
  disputed: boolean
  partial: boolean
  reason: VerdictReasonCode | null
  words: string
  citations: EvidenceView[]
}

/** The stance of evidence that supports a rating. */
const carrying: Partial<Record<Rating, Stance>> = { sourced: 'supports', contradicted: 'contradicts' }

/** The key that tells two pieces of evidence apart. */
export function evidenceKey({ reference, stance, quote, locator }: EvidenceView): string {
  return JSON.stringify([reference.id, stance, quote.trim(), locator.trim()])
}

/** The evidence of all reviewers of a claim, each piece once, with the letters of those who cite it. */
export function offeredEvidence(claim: ClaimView): { evidence: EvidenceView; citedBy: string[] }[] {
  return gatherEvidence(claim.votes).map((evidence) => ({
    evidence,
    citedBy: claim.votes
      .filter(({ citations }) => citations.some((citation) => evidenceKey(citation) === evidenceKey(evidence)))
      .map(({ mask }) => mask),
  }))
}

/** The reasons allowed for a rating of this claim. The reviewers' agreement is not a reason where they disagree or agree on another rating. */
export function reasonsOf({ agreement, votes }: ClaimView, rating: Rating | null) {
  return reasonsFor(rating).filter(
    ({ code }) => holdsOnVotes(code, rating, votes) && (code !== 'reviewers-agree' || agreement !== 'single'),
  )
}

/** The initial draft: the present verdict, or nothing chosen. */
export function startDraft(claim: ClaimView): Draft {
  const { verdict, version } = claim
  if (verdict === null)
    return { base: version, rating: undefined, disputed: false, partial: false, reason: null, words: '', citations: [] }
  const { rating, disputed, partial, words, citations } = verdict
  const reason = reasonsFor(rating).find(({ code }) => code === verdict.reason)?.code ?? null
  return { base: version, rating, disputed, partial, reason, words, citations }
}

/**
 * Changes the rating of a draft. Drops a reason that no longer fits, and picks the reviewers' evidence for the rating if none of that stance was
 * picked.
 */
export function rateDraft(draft: Draft, claim: ClaimView, rating: Rating | null): Draft {
  const stance = rating === null ? undefined : carrying[rating]
  const has = draft.citations.some((citation) => citation.stance === stance)
  const picked =
    stance === undefined || has
      ? []
      : offeredEvidence(claim)
          .map(({ evidence }) => evidence)
          .filter((evidence) => evidence.stance === stance)
  const fits = reasonsOf(claim, rating).some(({ code }) => code === draft.reason)
  return {
    ...draft,
    rating,
    reason: fits ? draft.reason : null,
    citations: [...draft.citations, ...picked],
    ...(rating === null ? { disputed: false, partial: false } : {}),
  }
}

/** Picks a piece of evidence in a draft, or unpicks it. */
export function toggleEvidence(draft: Draft, evidence: EvidenceView): Draft {
  const key = evidenceKey(evidence)
  const others = draft.citations.filter((citation) => evidenceKey(citation) !== key)
  return { ...draft, citations: others.length < draft.citations.length ? others : [...draft.citations, evidence] }
}

/** The verdict to send, or what must still be chosen. */
export function inputOf(draft: Draft): { input: VerdictInput } | { missing: string } {
  const { rating, reason, disputed, partial, words } = draft
  if (rating === undefined) return { missing: 'Choose a rating first: 1 to 4, or 0 for no claim.' }
  if (reason === null) return { missing: 'Choose a reason: press the letter in front of it.' }
  const citations = draft.citations.map(({ reference, stance, quote, locator }) => ({
    referenceId: reference.id,
    stance,
    quote,
    locator,
  }))
  return { input: { rating, disputed, partial, reason, words, citations } }
}

/** A stored verdict in the form in which it is sent, for undoing a change. */
export function inputOfVerdict(verdict: VerdictView): VerdictInput | null {
  const reason = reasonsFor(verdict.rating).find(({ code }) => code === verdict.reason)?.code
  if (reason === undefined) return null
  const { rating, disputed, partial, words } = verdict
  const citations = verdict.citations.map(({ reference, stance, quote, locator }) => ({
    referenceId: reference.id,
    stance,
    quote,
    locator,
  }))
  return { rating, disputed, partial, reason, words, citations }
}

/** Whether losing the draft would be noticed. */
export function isWorthKeeping(draft: Draft, claim: ClaimView): boolean {
  const shape = ({ rating, disputed, partial, reason, words, citations }: Draft) =>
    JSON.stringify([
      rating ?? String(rating),
      disputed,
      partial,
      reason,
      words.trim(),
      citations.map(evidenceKey).sort(),
    ])
  return shape(draft) !== shape(startDraft(claim))
}
