import type { Rating, Stance } from '@/lib/domain/annotations/rating'
import { gatherEvidence } from '@/lib/domain/claims/confirm'
import type { ClaimView, EvidenceView, VerdictInput, VerdictView } from '@/lib/domain/claims/schema'
import { reasonsFor, type VerdictReasonCode } from '@/lib/domain/claims/verdict'

/** A verdict being made. `rating` undefined: none chosen yet. `base` is the version of the claim that it was begun on. */
export interface Draft {
  base: number
  rating: Rating | null | undefined
  disputed: boolean
  partial: boolean
  reason: VerdictReasonCode | null
  words: string
  citations: EvidenceView[]
}

/** The stance of the evidence that carries a rating. */
const carrying: Partial<Record<Rating, Stance>> = { sourced: 'supports', contradicted: 'contradicts' }

/** What tells two pieces of evidence apart. */
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

/** The reasons that fit a rating of this claim: that reviewers agree is no reason where they do not. */
export function reasonsOf(claim: ClaimView, rating: Rating | null) {
  const { agreement } = claim
  return reasonsFor(rating).filter(({ code }) => {
    if (code === 'single-review') return agreement === 'single'
    if (code === 'reviewers-agree') return agreement === 'unanimous' || agreement === 'unmarked'
    return true
  })
}

/** A verdict to begin with: the one that stands, or nothing chosen. */
export function startDraft(claim: ClaimView): Draft {
  const { verdict, version } = claim
  if (verdict === null)
    return { base: version, rating: undefined, disputed: false, partial: false, reason: null, words: '', citations: [] }
  const { rating, disputed, partial, words, citations } = verdict
  const reason = reasonsFor(rating).find(({ code }) => code === verdict.reason)?.code ?? null
  return { base: version, rating, disputed, partial, reason, words, citations }
}

/**
 * The draft with another rating: a reason that no longer fits is dropped, and the reviewers' evidence that carries the rating is picked where nothing
 * of that kind was.
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
  const fits = reasonsFor(rating).some(({ code }) => code === draft.reason)
  return {
    ...draft,
    rating,
    reason: fits ? draft.reason : null,
    citations: [...draft.citations, ...picked],
    ...(rating === null ? { disputed: false, partial: false } : {}),
  }
}

/** The draft with a piece of evidence picked, or left where it was picked. */
export function toggleEvidence(draft: Draft, evidence: EvidenceView): Draft {
  const key = evidenceKey(evidence)
  const others = draft.citations.filter((citation) => evidenceKey(citation) !== key)
  return { ...draft, citations: others.length < draft.citations.length ? others : [...draft.citations, evidence] }
}

/** What is sent, or what is still to be chosen. */
export function inputOf(draft: Draft): { input: VerdictInput } | { missing: string } {
  const { rating, reason, disputed, partial, words } = draft
  if (rating === undefined) return { missing: 'Choose a rating first: 1 to 4, or 0 for no claim.' }
  if (reason === null) return { missing: 'Choose a reason: its letter stands before it.' }
  const citations = draft.citations.map(({ reference, stance, quote, locator }) => ({
    referenceId: reference.id,
    stance,
    quote,
    locator,
  }))
  return { input: { rating, disputed, partial, reason, words, citations } }
}

/** A stored verdict as it would be sent again, for undoing a change. */
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

/** Whether someone would miss the draft. */
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
