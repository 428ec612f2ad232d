import { describe, expect, it } from 'vitest'
import type { Rating, Stance } from '@/lib/domain/annotations/rating'
import type { ClaimView, EvidenceView, VoteView } from '@/lib/domain/claims/schema'
import { contentOfText } from '@/lib/domain/text/plain-content'
import { inputOf, isWorthKeeping, offeredEvidence, rateDraft, reasonsOf, startDraft, toggleEvidence } from './draft'

function evidence(id: string, stance: Stance, quote = 'words'): EvidenceView {
  const reference = {
    id,
    type: 'webpage',
    title: id,
    author: '',
    publisher: '',
    issued: '',
    doi: '',
    url: '',
    hasSnapshot: false,
  }
  return { stance, quote, locator: '', reference }
}

function vote(mask: string, rating: Rating, citations: EvidenceView[] = []): VoteView {
  return {
    mask,
    mine: false,
    author: null,
    annotationId: null,
    start: 0,
    end: 5,
    exact: 'Words',
    rating,
    disputed: false,
    partial: false,
    late: false,
    note: '',
    missing: null,
    citations,
  }
}

function claimOf(votes: VoteView[], change: Partial<ClaimView> = {}): ClaimView {
  return {
    id: 'claim',
    sessionId: 's',
    document: { id: 'd', title: 'D' },
    revisionId: 'r',
    start: 0,
    end: 5,
    exact: 'Words',
    place: 'sentence 1',
    context: { start: 0, text: 'Words', content: contentOfText('Words') },
    origin: 'matched',
    match: [],
    votes,
    reviewers: votes.length,
    agreement: 'disagreement',
    plurality: null,
    verdict: null,
    version: 4,
    may: { decide: true, reason: null },
    ...change,
  }
}

const register = evidence('register', 'contradicts')
const minutes = evidence('minutes', 'supports')
const claim = claimOf([
  vote('A', 'contradicted', [register]),
  vote('B', 'sourced', [minutes]),
  vote('C', 'contradicted', [register, evidence('blog', 'mentions')]),
])

describe('a verdict being made', () => {
  it('is offered the evidence of all reviewers, each piece once, with the letters of who cites it', () => {
    expect(offeredEvidence(claim).map(({ evidence: each, citedBy }) => [each.reference.id, citedBy])).toEqual([
      ['register', ['A', 'C']],
      ['minutes', ['B']],
      ['blog', ['C']],
    ])
  })

  it('picks what carries the rating, and keeps what was picked by hand', () => {
    const rated = rateDraft(startDraft(claim), claim, 'contradicted')
    expect(rated.citations).toEqual([register])
    const own = toggleEvidence(toggleEvidence(rated, register), evidence('mine', 'contradicts'))
    expect(rateDraft(own, claim, 'contradicted').citations.map(({ reference }) => reference.id)).toEqual(['mine'])
    expect(rateDraft(rated, claim, 'unsourced').citations).toEqual([register])
  })

  it('drops a reason that no longer fits, and flags where there is no claim', () => {
    const draft = {
      ...rateDraft(startDraft(claim), claim, 'contradicted'),
      reason: 'wrong-figure' as const,
      disputed: true,
    }
    expect(rateDraft(draft, claim, 'contradicted').reason).toBe('wrong-figure')
    expect(rateDraft(draft, claim, null)).toMatchObject({ rating: null, reason: null, disputed: false })
  })

  it('does not offer that reviewers agree where they do not', () => {
    const codes = (rated: Rating[], agreement: ClaimView['agreement'], rating: Rating = 'unsourced') => {
      const votes = rated.map((each, at) => vote(String(at), each))
      return reasonsOf(claimOf(votes, { agreement }), rating).map(({ code }) => code)
    }
    expect(codes(['unsourced', 'sourced'], 'disagreement')).not.toContain('reviewers-agree')
    expect(codes(['unsourced', 'unsourced'], 'unanimous')).toContain('reviewers-agree')
    expect(codes(['unsourced', 'unsourced'], 'unanimous', 'sourced')).not.toContain('reviewers-agree')
    expect(codes(['unsourced'], 'single')).toContain('single-review')
    expect(codes(['unsourced'], 'single', 'contradicted')).not.toContain('single-review')
  })

  it('drops that the reviewers agree as soon as the rating is not the one that they gave', () => {
    const agreed = claimOf([vote('A', 'contradicted', [register]), vote('B', 'contradicted')], {
      agreement: 'unanimous',
    })
    const draft = { ...rateDraft(startDraft(agreed), agreed, 'contradicted'), reason: 'reviewers-agree' as const }
    expect(rateDraft(draft, agreed, 'contradicted').reason).toBe('reviewers-agree')
    expect(rateDraft(draft, agreed, 'unsourced').reason).toBeNull()
  })

  it('says what is missing before it is sent, and is sent with the references alone', () => {
    const draft = startDraft(claim)
    expect(inputOf(draft)).toHaveProperty('missing')
    expect(inputOf({ ...draft, rating: 'unsourced' })).toHaveProperty('missing')
    expect(inputOf({ ...draft, rating: 'contradicted', reason: 'wrong-figure', citations: [register] })).toEqual({
      input: {
        rating: 'contradicted',
        disputed: false,
        partial: false,
        reason: 'wrong-figure',
        words: '',
        citations: [{ referenceId: 'register', stance: 'contradicts', quote: 'words', locator: '' }],
      },
    })
  })

  it('is worth keeping once something was chosen or written', () => {
    const draft = startDraft(claim)
    expect(isWorthKeeping(draft, claim)).toBe(false)
    expect(isWorthKeeping({ ...draft, words: 'Because' }, claim)).toBe(true)
    expect(isWorthKeeping({ ...draft, rating: null }, claim)).toBe(true)
    expect(isWorthKeeping(toggleEvidence(draft, register), claim)).toBe(true)
    expect(isWorthKeeping({ ...draft, words: ' ', base: draft.base + 1 }, claim)).toBe(false)
  })
})
