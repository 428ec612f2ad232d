import { describe, expect, test } from 'vitest'
import { defaultProtocol, protocolSchema } from './protocol'

describe('protocolSchema', () => {
  test('fills what is left out: two blind reviewers a document, every sentence decided, nobody judging their own', () => {
    expect(protocolSchema.parse({})).toEqual({
      reviewersPerDocument: 2,
      blind: true,
      reveal: 'after_phase',
      requireSentenceDecisions: true,
      requireQuotes: false,
      requireSearchNote: false,
      minimumReviewers: 1,
      adjudicateOwn: false,
      presence: true,
    })
    expect(defaultProtocol).toEqual(protocolSchema.parse({}))
  })

  test('a whole protocol is itself', () => {
    const whole = { ...defaultProtocol, blind: false, reviewersPerDocument: 20, reveal: 'after_submission' as const }
    expect(protocolSchema.parse(whole)).toEqual(whole)
  })

  test.each([
    { reviewersPerDocument: 0 },
    { reviewersPerDocument: 21 },
    { reviewersPerDocument: 1.5 },
    { minimumReviewers: 0 },
    { reveal: 'never' },
    { blind: 'yes' },
    { secret: true },
  ])('refuses %j', (change) => {
    expect(protocolSchema.safeParse(change).success).toBe(false)
  })
})
