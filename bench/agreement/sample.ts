import { ratings, type Rating } from '@/lib/domain/annotations/rating'
import type { BlindDocument, BlindSpan } from '@/lib/domain/agreement/statistics'

/** The size of an invented session. `units` is roughly how many spans one reviewer has in one document. */
export interface SampleSize {
  documents: number
  reviewers: number
  units: number
}

/** Numbers in [0, 1), the same in every run (mulberry32). */
function makeRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/**
 * A session in which reviewers find eight claims in ten, agree on nine ratings in ten, and draw boundaries that differ by a few characters. Every
 * fourth document is harder and has less agreement, because real documents differ.
 */
export function makeSession({ documents, reviewers, units }: SampleSize): BlindDocument[] {
  const random = makeRandom(20_260)
  const claims = Math.round(units / 0.8)
  const some = (): Rating => ratings[Math.floor(random() * ratings.length)] ?? 'sourced'
  return Array.from({ length: documents }, (_, document) => {
    const accuracy = document % 4 === 0 ? 0.7 : 0.93
    const truth = Array.from({ length: claims }, (_, claim) => ({
      start: claim * 70 + 5,
      end: claim * 70 + 62,
      rating: some(),
    }))
    return {
      id: `document-${String(document).padStart(4, '0')}`,
      length: claims * 70,
      reviewers: Array.from({ length: reviewers }, (_, reviewer) => {
        const spans = truth
          .filter(() => random() < 0.8)
          .map(({ start, end, rating }, place): BlindSpan => {
            return {
              id: `${String(document)}-${String(reviewer)}-${String(place)}`,
              start: start + Math.floor(random() * 4),
              end: end - Math.floor(random() * 4),
              rating: random() < accuracy ? rating : some(),
            }
          })
        return { id: `reviewer-${String(reviewer).padStart(2, '0')}`, spans }
      }),
    }
  })
}
