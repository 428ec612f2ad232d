import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { arbitrarySession, idOf, length, reviewerId } from '@/tests/setup/sample-sessions'
import { ratings } from '../annotations/rating'
import { matchClaims } from '../claims/match-claims'
import { jackknifeInterval } from './jackknife'
import { computeAc1, sumAc1, computeKappa } from './kappa'
import { collapseCoincidences, computeAlpha, countCoincidences, type RatedUnit } from './krippendorff'
import { byPlace, countCharacters, countEqual, f1Of, meanDefined } from './match-spans'
import { resolveOverlaps, supportAmong } from './resolve-overlaps'
import type { Figure } from './schema'
import { computeAgreement } from './session-agreement'
import type { BlindDocument, BlindSpan } from './statistics'
import {
  boundaryAlpha,
  codedAlpha,
  codedCategoryAlpha,
  oneCategoryAlpha,
  sumContinuum,
  unitizingAlpha,
} from './unitizing'

type Reviewer = BlindDocument['reviewers'][number]

function sortedReviewers(document: BlindDocument): Reviewer[] {
  return [...document.reviewers].sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** The rating of each reviewer for each claim of a document, straight from the ratings; null where not marked. */
function labelsOf(document: BlindDocument, ids: readonly string[]): RatedUnit[] {
  const spans = document.reviewers.flatMap(({ id, spans }) => spans.map((span) => ({ ...span, authorId: id })))
  return matchClaims(spans).map((claim) =>
    ids.map((id) => {
      const found = claim.find(({ authorId }) => authorId === id)
      return found === undefined ? null : ratings.indexOf(found.rating)
    }),
  )
}

function countsOf(unit: RatedUnit): number[] {
  return ratings.map((_, place) => unit.filter((value) => value === place).length)
}

/** The documents as one continuum: each is measured separately, and their sums are added. */
function continuumOf(documents: readonly BlindDocument[]) {
  const sums = documents.map((document) => {
    const all = sortedReviewers(document).map(({ spans }) =>
      spans.map((span) => ({ ...span, category: ratings.indexOf(span.rating) })),
    )
    const units = all.map((spans) => resolveOverlaps(spans, document.length, supportAmong(all)))
    return sumContinuum(
      units.map((resolved) => resolved.units),
      { length: document.length, categories: 4 },
    ).team
  })
  const added = (key: 'cells' | 'squares' | 'sharedSquares', size: number) =>
    Float64Array.from({ length: size }, (_, place) => sums.reduce((sum, each) => sum + (each[key][place] ?? 0), 0))
  return {
    categories: 4,
    cells: added('cells', 25),
    squares: added('squares', 4),
    sharedSquares: added('sharedSquares', 4),
  }
}

function expectFigure(figure: Figure, expected: number | null): void {
  if (expected === null || Number.isNaN(expected)) {
    expect(figure.value).toBeNull()
    expect(figure.reason?.says).toMatch(/\.$/)
  } else {
    expect(figure.reason).toBeNull()
    expect(figure.value).toBeCloseTo(expected, 9)
  }
}

describe('laws', () => {
  test('every figure is that of its own function, fed with the ratings themselves', () => {
    fc.assert(
      fc.property(arbitrarySession, (documents) => {
        const { session, perRating } = computeAgreement(documents)
        const compared = documents.filter(({ reviewers }) => reviewers.length >= 2)
        const perDocument = compared.map((document) =>
          labelsOf(
            document,
            sortedReviewers(document).map(({ id }) => id),
          ),
        )
        const units = perDocument.flat()
        const withUnmarked = units.map((unit): RatedUnit => unit.map((value) => value ?? 4))
        const coMarked = countCoincidences(units, 4)
        const all = countCoincidences(withUnmarked, 5)
        const counts = units.map(countsOf).filter((unit) => unit.reduce((a, b) => a + b, 0) >= 2)
        const continuum = continuumOf(compared)

        expectFigure(session.labelAlpha, computeAlpha(coMarked).value)
        expectFigure(session.labelAlphaWithUnmarked, computeAlpha(all).value)
        expect(session.labelAlpha.n).toBe(coMarked.units)
        expectFigure(session.ac1, computeAc1(sumAc1(counts, 4)).value)
        expectFigure(session.unitizingAlpha, unitizingAlpha(continuum))
        expectFigure(session.boundaryAlpha, boundaryAlpha(continuum))
        expectFigure(session.codedAlpha, codedAlpha(continuum))

        const ids = [...new Set(compared.flatMap(({ reviewers }) => reviewers.map(({ id }) => id)))].sort()
        const pairs = ids.flatMap((first, i) => ids.slice(i + 1).map((second) => [first, second] as const))
        const tables = pairs.map(([first, second]) => {
          const table = ratings.map(() => ratings.map(() => 0))
          for (const document of compared)
            for (const [a = null, b = null] of labelsOf(document, [first, second])) {
              const row = a === null ? undefined : table[a]
              if (row !== undefined && b !== null) row[b] = (row[b] ?? 0) + 1
            }
          return table
        })
        expectFigure(session.kappa, meanDefined(tables.map((table) => computeKappa(table).value ?? Number.NaN)))

        const spansOf = (document: BlindDocument, id: string) =>
          [...(document.reviewers.find((reviewer) => reviewer.id === id)?.spans ?? [])].sort(byPlace)
        const shared = pairs.map(([first, second]) =>
          compared
            .filter(({ reviewers }) => [first, second].every((id) => reviewers.some((reviewer) => reviewer.id === id)))
            .map((document) => [spansOf(document, first), spansOf(document, second)] as const),
        )
        const exact = shared.map((texts) => {
          const equal = texts.reduce((sum, [one, other]) => sum + countEqual(one, other), 0)
          return f1Of(
            equal,
            texts.reduce((sum, [one, other]) => sum + one.length + other.length, 0),
          )
        })
        const characters = shared.map((texts) => {
          const counted = texts.map(([one, other]) => countCharacters(one, other))
          return f1Of(
            counted.reduce((sum, each) => sum + each.shared, 0),
            counted.reduce((sum, each) => sum + each.marked, 0),
          )
        })
        expectFigure(session.exactF1, meanDefined(exact))
        expectFigure(session.characterF1, meanDefined(characters))

        perRating.forEach(({ slice }, place) => {
          expectFigure(slice.labelAlpha, computeAlpha(collapseCoincidences(coMarked, place)).value)
          expectFigure(slice.labelAlphaWithUnmarked, computeAlpha(collapseCoincidences(all, place)).value)
          const collapsed = counts.map((unit) => [
            unit[place] ?? 0,
            unit.reduce((a, b) => a + b, 0) - (unit[place] ?? 0),
          ])
          expectFigure(slice.ac1, computeAc1(sumAc1(collapsed, 2)).value)
          expectFigure(slice.unitizingAlpha, oneCategoryAlpha(continuum, place))
          expectFigure(slice.codedAlpha, codedCategoryAlpha(continuum, place))
          const binary = tables.map((table) => {
            const at = (i: boolean, j: boolean) =>
              table.reduce(
                (sum, row, a) =>
                  sum + row.reduce((b, n, k) => b + ((a === place) === i && (k === place) === j ? n : 0), 0),
                0,
              )
            return computeKappa([
              [at(true, true), at(true, false)],
              [at(false, true), at(false, false)],
            ])
          })
          expectFigure(slice.kappa, meanDefined(binary.map(({ value }) => value ?? Number.NaN)))
        })
      }),
      { numRuns: 200 },
    )
  })

  test('two reviewers are a session of their own, where nobody else took part', () => {
    fc.assert(
      fc.property(arbitrarySession, (documents) => {
        const two = documents.map((document): BlindDocument => ({
          ...document,
          reviewers: document.reviewers.slice(0, 2),
        }))
        const only = two.filter(
          ({ reviewers }) => reviewers.map(({ id }) => id).join() === [1, 2].map(reviewerId).join(),
        )
        fc.pre(only.length > 0)
        const { session, perPair } = computeAgreement(only)
        const [pair] = perPair
        for (const name of [
          'labelAlpha',
          'labelAlphaWithUnmarked',
          'unitizingAlpha',
          'boundaryAlpha',
          'codedAlpha',
          'ac1',
          'kappa',
        ] as const) {
          expectFigure(session[name], pair?.slice[name].value ?? null)
          expect(pair?.slice[name]).toMatchObject({ n: session[name].n, pairable: session[name].pairable })
          if (session[name].rawAgreement !== null)
            expect(pair?.slice[name].rawAgreement).toBeCloseTo(session[name].rawAgreement, 9)
        }
      }),
    )
  })

  test('the order of documents, reviewers and spans changes nothing', () => {
    fc.assert(
      fc.property(arbitrarySession, (documents) => {
        const turned = [...documents].reverse().map((document): BlindDocument => {
          return {
            ...document,
            reviewers: [...document.reviewers].reverse().map(({ id, spans }) => ({ id, spans: [...spans].reverse() })),
          }
        })
        expect(computeAgreement(turned)).toEqual(computeAgreement(documents))
      }),
      { numRuns: 50 },
    )
  })

  test('all of one mind is 1 wherever it is defined', () => {
    fc.assert(
      fc.property(arbitrarySession, (documents) => {
        const agreed = documents.map((document): BlindDocument => {
          const [first] = sortedReviewers(document)
          const units = resolveOverlaps(
            (first?.spans ?? []).map((span) => ({ ...span, category: ratings.indexOf(span.rating) })),
            length,
          ).units
          const reviewers = [1, 2, 3].map((reviewer) => {
            const spans = units.map(({ start, end, category }, place): BlindSpan => {
              return { id: idOf('c', reviewer * 1000 + place), start, end, rating: ratings[category] ?? 'sourced' }
            })
            return { id: reviewerId(reviewer), spans }
          })
          return { ...document, reviewers }
        })
        const { session } = computeAgreement(agreed)
        for (const name of [
          'labelAlpha',
          'labelAlphaWithUnmarked',
          'boundaryAlpha',
          'unitizingAlpha',
          'codedAlpha',
          'ac1',
          'kappa',
          'characterF1',
          'exactF1',
        ] as const) {
          const { value } = session[name]
          if (value !== null) expect(value).toBeCloseTo(1, 9)
        }
      }),
    )
  })

  test('the interval from sums is the interval from the ratings of all documents but one', () => {
    fc.assert(
      fc.property(arbitrarySession, (documents) => {
        const compared = documents.filter(({ reviewers }) => reviewers.length >= 2)
        const marks = compared.map((document) =>
          labelsOf(
            document,
            sortedReviewers(document).map(({ id }) => id),
          ),
        )
        const isCompared = (units: readonly RatedUnit[]) =>
          units.some((unit) => unit.filter((value) => value !== null).length >= 2)
        const alphaOf = (units: readonly RatedUnit[]) => computeAlpha(countCoincidences(units, 4)).value ?? Number.NaN
        const { value, interval } = computeAgreement(documents).session.labelAlpha
        const leftOut = marks.flatMap((units, place) =>
          isCompared(units) ? [alphaOf(marks.filter((_, other) => other !== place).flat())] : [],
        )
        // The interval of full agreement is made differently, and has its own test.
        if (value === null || value > 1 - 1e-9) return
        const plain = jackknifeInterval({ value, leftOut, claims: [], chanceDisagreement: 1, lowest: -1 })
        expect(interval === null).toBe(plain === null)
        if (interval === null || plain === null) return
        expect(interval.documents).toBe(plain.documents)
        expect(interval.low).toBeCloseTo(plain.low, 9)
        expect(interval.high).toBeCloseTo(plain.high, 9)
      }),
    )
  })
})
