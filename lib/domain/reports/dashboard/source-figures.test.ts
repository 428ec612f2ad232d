import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Rating } from '../../annotations/rating'
import type { AssessedRating } from '../schema'
import type { ReportDocument } from '../input-schema'
import { makeSettled, reportOn, settle } from '../laws/fixtures'
import { sourceFiguresOf, keptCountsOf, type KeptCounts, type SourceSums } from './source-figures'

const outcomes: readonly (Rating | null)[] = ['sourced', 'unsourced', 'contradicted', 'not_checkable', null]

/** The sums that the database computes. */
function addUp(documents: readonly ReportDocument[]): SourceSums {
  const counts = documents.flatMap(({ adjudication }) =>
    adjudication === null || adjudication === undefined ? [] : [keptCountsOf(adjudication)],
  )
  const assessedOf = (each: KeptCounts) => each.sourced + each.unsourced + each.contradicted
  const sum = (of: (each: KeptCounts) => number) => counts.reduce((all, each) => all + of(each), 0)
  const squaresOf = (rating: AssessedRating) => sum((each) => each[rating] ** 2)
  const productsOf = (rating: AssessedRating) => sum((each) => each[rating] * assessedOf(each))
  return {
    documents: counts.filter((each) => assessedOf(each) + each.notCheckable + each.noClaim > 0).length,
    documentsWithClaims: counts.filter((each) => assessedOf(each) > 0).length,
    sourced: sum(({ sourced }) => sourced),
    unsourced: sum(({ unsourced }) => unsourced),
    contradicted: sum(({ contradicted }) => contradicted),
    notCheckable: sum(({ notCheckable }) => notCheckable),
    noClaim: sum(({ noClaim }) => noClaim),
    incomplete: sum(({ incomplete }) => incomplete),
    singleReview: sum(({ singleReview }) => singleReview),
    disputed: sum(({ disputed }) => disputed),
    partial: sum(({ partial }) => partial),
    decided: sum((each) => (assessedOf(each) + each.notCheckable + each.noClaim > 0 ? each.decided : 0)),
    checkable: sum((each) => (assessedOf(each) + each.notCheckable + each.noClaim > 0 ? each.checkable : 0)),
    mostAssessed: Math.max(0, ...counts.map(assessedOf)),
    assessedSquares: sum((each) => assessedOf(each) ** 2),
    squares: {
      sourced: squaresOf('sourced'),
      unsourced: squaresOf('unsourced'),
      contradicted: squaresOf('contradicted'),
    },
    products: {
      sourced: productsOf('sourced'),
      unsourced: productsOf('unsourced'),
      contradicted: productsOf('contradicted'),
    },
  }
}

/** The gates that sums alone determine. */
const told = ['too-few-claims', 'too-few-documents', 'low-coverage', 'one-document', 'small-sample']

test('what sums come to is what the report on the same settled documents says', () => {
  const document = fc.array(fc.constantFrom(...outcomes), { maxLength: 14 })
  fc.assert(
    fc.property(fc.array(document, { maxLength: 14 }), (given) => {
      const documents = given.map((ratings, place) =>
        makeSettled(
          `d${String(place)}`,
          14,
          ratings.map((rating, sentence) => settle(sentence, rating)),
        ),
      )
      const report = reportOn(documents)
      const figures = sourceFiguresOf(addUp(documents), 0)
      expect(report.claims).toMatchObject(figures.claims)
      expect(figures.coverage).toEqual(report.coverage)
      const codes = report.gates.map(({ code }) => code).filter((code) => told.includes(code))
      expect(figures.gates.map(({ code }) => code)).toEqual(codes)
      for (const rating of ['sourced', 'unsourced', 'contradicted'] as const) {
        const [own, other] = [figures.shares?.[rating] ?? null, report.shares?.[rating] ?? null]
        expect(own === null).toBe(other === null)
        if (own === null || other === null) continue
        expect(own).toMatchObject({ count: other.count, of: other.of, documents: other.documents })
        expect(own.low).toBeCloseTo(other.low, 9)
        expect(own.high).toBeCloseTo(other.high, 9)
      }
    }),
  )
})

test('a source of which nothing was settled has counts of nought and no share', () => {
  const figures = sourceFiguresOf(null, 0)
  expect(figures).toMatchObject({ shares: null, claims: { assessed: 0 }, coverage: { decided: 0, checkable: 0 } })
})

test('documents that are judged blind again are told', () => {
  expect(sourceFiguresOf(null, 2).gates.map(({ says }) => says)).toContain(
    '2 documents that were settled are being judged blind again, and left out until that phase ends.',
  )
})
