import { describe, expect, test } from 'vitest'
import { confirmClaim, type ConfirmedVote } from './confirm'

const free = { requireQuotes: false, requireSearchNote: false }
const log = { stance: 'supports' as const, quote: '412 cars', locator: 'p. 3', reference: { id: 'log' } }

function vote(change: Partial<ConfirmedVote> = {}): ConfirmedVote {
  return { rating: 'unsourced', disputed: false, partial: false, note: '', citations: [], ...change }
}

describe('confirmClaim', () => {
  test('takes the rating, every piece of evidence once, and the notes once', () => {
    const votes = [
      vote({ rating: 'sourced', citations: [log], note: 'Checked. ' }),
      vote({
        rating: 'sourced',
        citations: [
          { ...log, quote: '412 cars ' },
          { ...log, locator: 'p. 9' },
        ],
        note: 'Checked.',
      }),
      vote({ rating: 'sourced', note: 'So did I.' }),
    ]
    expect(confirmClaim({ votes, agreement: 'unanimous' }, free)).toEqual({
      ok: true,
      rating: 'sourced',
      reason: 'reviewers-agree',
      words: 'Checked.\nSo did I.',
      citations: [log, { ...log, locator: 'p. 9' }],
    })
  })

  test('says when one reviewer is all there is', () => {
    expect(confirmClaim({ votes: [vote()], agreement: 'single' }, free)).toMatchObject({ reason: 'single-review' })
  })

  test('takes over no more words than fit', () => {
    const votes = [vote({ note: 'a'.repeat(15_000) }), vote({ note: 'b'.repeat(15_000) })]
    expect(confirmClaim({ votes, agreement: 'unanimous' }, free)).toMatchObject({ words: 'a'.repeat(15_000) })
  })

  test.each<[string, Parameters<typeof confirmClaim>[0], string]>([
    ['a disagreement', { votes: [vote()], agreement: 'disagreement' }, 'The reviewers differ'],
    ['an unmarked one', { votes: [vote()], agreement: 'unmarked' }, 'Not every reviewer'],
    ['no votes', { votes: [], agreement: 'no-votes' }, 'No rating is left'],
    ['a flag', { votes: [vote(), vote({ partial: true })], agreement: 'unanimous' }, 'flagged'],
    ['missing evidence', { votes: [vote({ rating: 'sourced' })], agreement: 'unanimous' }, 'Sourced needs'],
  ])('leaves %s', (_name, claim, why) => {
    expect(confirmClaim(claim, free)).toMatchObject({ ok: false, why: expect.stringContaining(why) as string })
  })

  test('keeps to the protocol', () => {
    const strict = { requireQuotes: true, requireSearchNote: true }
    expect(confirmClaim({ votes: [vote()], agreement: 'unanimous' }, strict)).toMatchObject({ ok: false })
    expect(confirmClaim({ votes: [vote({ note: 'Asked.' })], agreement: 'unanimous' }, strict)).toMatchObject({
      ok: true,
    })
  })
})
