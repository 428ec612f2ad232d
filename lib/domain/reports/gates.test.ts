import { describe, expect, test } from 'vitest'
import { agreementParameters, computeAgreement } from '../agreement/session-agreement'
import type { BlindDocument } from '../agreement/statistics'
import type { Rating } from '../annotations/rating'
import { judgeReportAgreement } from './gates'

/** Documents of ten sentences that two reviewers rate alternately sourced and contradicted. The second reviewer differs where `differs` says so. */
function blindDocuments(differs: (document: number, sentence: number) => boolean): BlindDocument[] {
  return Array.from({ length: 12 }, (_, document) => {
    const spansOf = (reviewer: string) =>
      Array.from({ length: 10 }, (_unused, sentence) => {
        const isOther = (sentence % 2 === 1) !== (reviewer === 'y' && differs(document, sentence))
        const rating: Rating = isOther ? 'contradicted' : 'sourced'
        return {
          id: `${reviewer} ${String(document)} ${String(sentence)}`,
          start: sentence * 10,
          end: sentence * 10 + 9,
          rating,
        }
      })
    const reviewers = ['x', 'y'].map((id) => ({ id, spans: spansOf(id) }))
    return { id: `d${String(document).padStart(2, '0')}`, length: 100, reviewers }
  })
}

const nothing = { documents: 0, claims: 0 }

describe('judgeReportAgreement', () => {
  const good = computeAgreement(blindDocuments((document, sentence) => sentence === document % 10 && document < 5))

  test('is established where blind reviewers rate alike, and prints the figure', () => {
    const judged = judgeReportAgreement({ agreement: good, open: nothing })
    expect(judged).toMatchObject({
      established: true,
      reasons: [],
      documents: { blind: 12, compared: 12, open: 0 },
      claims: { total: 120, coMarked: 120, thin: 0, open: 0 },
      reviewers: 2,
      parameters: agreementParameters,
    })
    expect(judged.figures?.labelAlpha.value).toBeCloseTo(good.session.labelAlpha.value ?? 0, 12)
    expect(judged.says).toMatch(/alpha \.9\d\d, \.8\d\d to /)
  })

  test('is not established where every third is rated otherwise, and says why', () => {
    const agreement = computeAgreement(blindDocuments((document, sentence) => (document + sentence) % 3 === 0))
    const judged = judgeReportAgreement({ agreement, open: nothing })
    expect(judged.established).toBe(false)
    expect(judged.reasons.map(({ code }) => code)).toEqual(['alpha-too-low'])
    expect(judged.says).toContain('not established')
  })

  test.each([
    [30, true],
    [31, false],
  ])('with %d claims rated in the open beside 120: %s', (claims, established) => {
    // At most a fifth may lack a second blind rating: 30 of 150.
    const judged = judgeReportAgreement({ agreement: good, open: { documents: 3, claims } })
    expect(judged.established).toBe(established)
    expect(judged.claims).toMatchObject({ total: 120 + claims, thin: claims, open: claims })
  })

  test('open readings alone measure nothing, and no readings say nothing', () => {
    const open = judgeReportAgreement({ agreement: null, open: { documents: 2, claims: 9 } })
    expect(open).toMatchObject({ established: false, figures: null, parameters: null, claims: { thin: 9 } })
    expect(open.says).toContain('worked in the open')
    const none = judgeReportAgreement({ agreement: null, open: nothing })
    expect(none.established).toBe(false)
    expect(none.says).toContain('Nothing has been reviewed')
  })
})
