import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { distribute, type Distribution, type DistributionInput } from './distribute'

const teams = { numRuns: 1000 }

interface Shape {
  weights: boolean
  quotaDocuments: boolean
  quotaWords: boolean
  barriers: boolean
}

const wordsArbitrary = fc.oneof(
  fc.integer({ min: 1, max: 2000 }),
  fc.integer({ min: 1, max: 5 }),
  fc.constantFrom(100, 100, 5000),
)

/** A random team: 1 to 25 documents, 1 to 8 reviewers, 1 to 4 places per document, in any order. */
function team(shape: Shape): fc.Arbitrary<DistributionInput> {
  const maybe = <T>(wanted: boolean, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
    wanted ? fc.option(arbitrary, { nil: undefined }) : fc.constant(undefined)
  const reviewer = fc.record({
    weight: maybe(
      shape.weights,
      fc.oneof(fc.integer({ min: 1, max: 60 }), fc.double({ min: 0.1, max: 3, noNaN: true })),
    ),
    quotaDocuments: maybe(shape.quotaDocuments, fc.nat(12)),
    quotaWords: maybe(shape.quotaWords, fc.nat(8000)),
  })
  const cell = fc.record({ document: fc.nat(24), reviewer: fc.nat(8) })
  return fc
    .record({
      words: fc.array(wordsArbitrary, { minLength: 1, maxLength: 25 }),
      reviewers: fc.array(reviewer, { minLength: 1, maxLength: 8 }),
      reviewersPerDocument: fc.integer({ min: 1, max: 4 }),
      conflicts: fc.array(cell, { maxLength: shape.barriers ? 60 : 0 }),
      existing: fc.array(fc.record({ cell, counts: fc.boolean() }), { maxLength: shape.barriers ? 12 : 0 }),
      seed: fc.nat(2 ** 31 - 1),
    })
    .map((draft) => {
      const ids = (place: { document: number; reviewer: number }) => ({
        documentId: `d${place.document}`,
        reviewerId: `r${place.reviewer}`,
      })
      return {
        documents: draft.words.map((words, place) => ({ id: `d${place}`, words })),
        reviewers: draft.reviewers.map((row, place) => ({ id: `r${place}`, ...row })),
        reviewersPerDocument: draft.reviewersPerDocument,
        conflicts: draft.conflicts.map(ids),
        existing: draft.existing.map((row) => ({ ...ids(row.cell), counts: row.counts })),
        seed: draft.seed,
      }
    })
}
const anyTeam = team({ weights: true, quotaDocuments: true, quotaWords: true, barriers: true })

function keyOf(row: { documentId: string; reviewerId: string }): string {
  return `${row.documentId} ${row.reviewerId}`
}

/** Facts about an input that the tests compute without the code under test. */
function readInput(input: DistributionInput) {
  const known = new Set(input.documents.map(({ id }) => id))
  const standing = new Set(input.existing.filter((row) => row.counts && known.has(row.documentId)).map(keyOf))
  const closed = new Set([...input.conflicts, ...input.existing].map(keyOf))
  const wordsOf = new Map(input.documents.map(({ id, words }) => [id, words]))
  const loadOf = (reviewerId: string, keys: Iterable<string>) => {
    const held = [...keys]
      .filter((key) => key.endsWith(` ${reviewerId}`))
      .map((key) => wordsOf.get(key.split(' ')[0] ?? '') ?? 0)
    return { documents: held.length, words: held.reduce((sum, words) => sum + words, 0) }
  }
  const missingOf = (documentId: string, keys: Iterable<string>) =>
    input.reviewersPerDocument - [...keys].filter((key) => key.startsWith(`${documentId} `)).length
  return { standing, closed, wordsOf, loadOf, missingOf, longest: Math.max(...wordsOf.values()) }
}

/**
 * The most places that quotas of documents allow to fill: a maximum flow by depth-first augmenting paths (Kuhn), independent of the code it checks.
 */
function countFillable(input: DistributionInput): number {
  const { standing, closed, loadOf, missingOf } = readInput(input)
  const free = new Map(
    input.reviewers.map(({ id, quotaDocuments = Number.POSITIVE_INFINITY }) => [
      id,
      Math.max(0, quotaDocuments - loadOf(id, standing).documents),
    ]),
  )
  const held = new Map<string, Set<string>>(input.reviewers.map(({ id }) => [id, new Set()]))
  const place = (documentId: string, asked: Set<string>): boolean => {
    for (const [reviewerId, documents] of held) {
      if (asked.has(reviewerId) || closed.has(`${documentId} ${reviewerId}`) || documents.has(documentId)) continue
      asked.add(reviewerId)
      if (documents.size < (free.get(reviewerId) ?? 0)) {
        documents.add(documentId)
        return true
      }
      for (const other of [...documents]) {
        documents.delete(other)
        documents.add(documentId)
        if (place(other, asked)) return true
        documents.delete(documentId)
        documents.add(other)
      }
    }
    return false
  }
  let filled = 0
  for (const { id } of input.documents) {
    for (let k = missingOf(id, standing); k > 0; k -= 1) if (place(id, new Set())) filled += 1
  }
  return filled
}

function shuffleInput(input: DistributionInput, turn: number): DistributionInput {
  const shuffle = <T>(list: readonly T[]): T[] => {
    const cut = list.length === 0 ? 0 : turn % list.length
    return [...list.slice(cut), ...list.slice(0, cut)].reverse()
  }
  return {
    ...input,
    documents: shuffle(input.documents),
    reviewers: shuffle(input.reviewers),
    conflicts: shuffle(input.conflicts),
    existing: shuffle(input.existing),
  }
}

function distancesOf({ loads }: Distribution): number[] {
  return loads.map(({ words, target }) => words - target)
}

describe('laws of distribute, over 1,000 random teams each', () => {
  test('nobody twice, no conflict, no quota exceeded, no place too many, and what is short is accounted for', () => {
    fc.assert(
      fc.property(anyTeam, (input) => {
        const { standing, closed, loadOf, missingOf } = readInput(input)
        const { assignments, short, loads } = distribute(input)
        const given = assignments.map(keyOf)
        const all = [...standing, ...given]
        expect(new Set(all).size).toBe(all.length)
        for (const key of given) expect(closed.has(key), `${key} is closed`).toBe(false)
        for (const reviewer of input.reviewers) {
          const load = loadOf(reviewer.id, all)
          expect(loads.find(({ reviewerId }) => reviewerId === reviewer.id)).toMatchObject(load)
          if (!given.some((key) => key.endsWith(` ${reviewer.id}`))) continue
          expect(load.documents).toBeLessThanOrEqual(reviewer.quotaDocuments ?? Number.POSITIVE_INFINITY)
          expect(load.words).toBeLessThanOrEqual(reviewer.quotaWords ?? Number.POSITIVE_INFINITY)
        }
        for (const { id } of input.documents) {
          if (missingOf(id, standing) >= 0) expect(missingOf(id, all)).toBeGreaterThanOrEqual(0)
          else expect(missingOf(id, all)).toBe(missingOf(id, standing))
          expect(short.find(({ documentId }) => documentId === id)?.missing ?? 0).toBe(Math.max(0, missingOf(id, all)))
        }
        for (const { documentId, reasons } of short) {
          expect(reasons.map(({ reviewerId }) => reviewerId)).toEqual(input.reviewers.map(({ id }) => id).sort())
          for (const { reviewerId, obstacle } of reasons) {
            const key = `${documentId} ${reviewerId}`
            expect(obstacle === 'already-assigned').toBe(all.includes(key))
            expect(obstacle.startsWith('quota')).toBe(!all.includes(key) && !closed.has(key))
          }
        }
      }),
      teams,
    )
  })

  test('the same input and seed give the same result regardless of the order of the lists', () => {
    fc.assert(
      fc.property(anyTeam, fc.nat(30), (input, turn) => {
        expect(distribute(shuffleInput(input, turn))).toEqual(distribute(input))
      }),
      teams,
    )
  })

  test('as many places are filled as an exact maximum flow can fill', () => {
    const shape = { weights: true, quotaDocuments: true, quotaWords: false, barriers: true }
    fc.assert(
      fc.property(team(shape), (input) => {
        expect(distribute(input).assignments).toHaveLength(countFillable(input))
      }),
      teams,
    )
  })

  test('equal weights: the loads differ by at most the words of the longest document', () => {
    fc.assert(
      fc.property(team({ weights: false, quotaDocuments: false, quotaWords: false, barriers: false }), (input) => {
        const words = distribute(input).loads.map((load) => load.words)
        expect(Math.max(...words) - Math.min(...words)).toBeLessThanOrEqual(readInput(input).longest)
      }),
      teams,
    )
  })

  test('weights: every load is within the words of the longest document of its share', () => {
    fc.assert(
      fc.property(team({ weights: true, quotaDocuments: false, quotaWords: false, barriers: false }), (input) => {
        const result = distribute(input)
        for (const distance of distancesOf(result)) {
          expect(Math.abs(distance)).toBeLessThanOrEqual(readInput(input).longest + 0.001)
        }
        const all = input.documents.reduce((sum, { words }) => sum + words, 0)
        const rates = result.loads.flatMap(({ reviewerId, target }) =>
          // A share of all documents cannot grow; every other share is in proportion to the weight.
          target > all - 0.001 ? [] : target / (input.reviewers.find(({ id }) => id === reviewerId)?.weight ?? 1),
        )
        for (const rate of rates) expect(rate).toBeCloseTo(rates[0] ?? 0, 3)
      }),
      teams,
    )
  })

  test('under any rules, nobody could hand on a document and leave two people closer to their shares and the heavier no heavier', () => {
    fc.assert(
      fc.property(anyTeam, (input) => {
        const { standing, closed, wordsOf } = readInput(input)
        const { assignments, loads } = distribute(input)
        const held = new Set([...standing, ...assignments.map(keyOf)])
        for (const { documentId, reviewerId } of assignments) {
          const words = wordsOf.get(documentId) ?? 0
          const from = loads.find((load) => load.reviewerId === reviewerId)
          for (const to of loads) {
            const key = `${documentId} ${to.reviewerId}`
            const limits = input.reviewers.find(({ id }) => id === to.reviewerId)
            if (held.has(key) || closed.has(key)) continue
            if (to.documents + 1 > (limits?.quotaDocuments ?? Number.POSITIVE_INFINITY)) continue
            if (to.words + words > (limits?.quotaWords ?? Number.POSITIVE_INFINITY)) continue
            const gap = (from?.words ?? 0) - (from?.target ?? 0) - (to.words - to.target)
            const heavier = (to.words + words) / to.target
            if (heavier > (from?.words ?? 0) / (from?.target ?? 0)) continue
            expect(gap, `${reviewerId} could hand ${documentId} to ${to.reviewerId}`).toBeLessThanOrEqual(words + 0.002)
          }
        }
      }),
      teams,
    )
  })
})

/** The least possible heaviest load by weight, by trying every distribution: for small teams only. */
function leastHeaviest({ documents, reviewers, reviewersPerDocument }: DistributionInput): number {
  const weights = reviewers.map(({ weight = 1 }) => weight)
  const choices = Array.from({ length: 2 ** weights.length }, (_, bits) =>
    weights.flatMap((_weight, place) => ((bits & (1 << place)) === 0 ? [] : [place])),
  ).filter((seats) => seats.length === Math.min(reviewersPerDocument, weights.length))
  let best = Number.POSITIVE_INFINITY
  const place = (rest: readonly number[], loads: readonly number[]): void => {
    const heaviest = Math.max(...loads.map((words, seat) => words / (weights[seat] ?? 1)))
    const [words, ...others] = rest
    if (heaviest >= best) return
    if (words === undefined) best = heaviest
    else
      for (const seats of choices)
        place(
          others,
          loads.map((load, seat) => (seats.includes(seat) ? load + words : load)),
        )
  }
  place(
    documents.map(({ words }) => words).sort((p, q) => q - p),
    weights.map(() => 0),
  )
  return best
}

describe('the heaviest load by weight, against the best of all distributions of small teams', () => {
  const small = (weight: fc.Arbitrary<number>) =>
    fc
      .record({
        words: fc.array(fc.integer({ min: 100, max: 2000 }), { minLength: 4, maxLength: 8 }),
        weights: fc.array(weight, { minLength: 2, maxLength: 4 }),
        reviewersPerDocument: fc.integer({ min: 1, max: 2 }),
        seed: fc.nat(2 ** 31 - 1),
      })
      .map(({ words, weights, reviewersPerDocument, seed }): DistributionInput => ({
        documents: words.map((length, place) => ({ id: `d${place}`, words: length })),
        reviewers: weights.map((each, place) => ({ id: `r${place}`, weight: each })),
        reviewersPerDocument,
        conflicts: [],
        existing: [],
        seed,
      }))
  const heaviestOf = (input: DistributionInput) => {
    const { loads } = distribute(input)
    return Math.max(...loads.map(({ words }, place) => words / (input.reviewers[place]?.weight ?? 1)))
  }
  const weights = fc.constantFrom(0.25, 0.5, 1, 1, 2)

  test('is within the words of one document of it', () => {
    fc.assert(
      fc.property(small(weights), (input) => {
        const best = leastHeaviest(input)
        const { loads } = distribute(input)
        const longest = Math.max(...input.documents.map(({ words }) => words))
        loads.forEach(({ words }, place) => {
          expect(words).toBeLessThanOrEqual(best * (input.reviewers[place]?.weight ?? 1) + longest)
        })
      }),
      { numRuns: 200 },
    )
  })

  test('is seldom more than a tenth above it', () => {
    // The seed is fixed, because this holds for these teams and is not a law.
    const ratios = fc
      .sample(small(weights), { numRuns: 200, seed: 20_261_130 })
      .map((input) => heaviestOf(input) / leastHeaviest(input))
      .sort((p, q) => p - q)
    expect(ratios[100]).toBeLessThan(1.01)
    expect(ratios[190]).toBeLessThan(1.1)
    expect(ratios.at(-1)).toBeLessThan(1.5)
  })
})
