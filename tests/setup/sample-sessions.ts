/** Invented review sessions for the tests of agreement. */
import fc from 'fast-check'
import { ratings, type Rating } from '@/lib/domain/annotations/rating'
import type { BlindDocument, BlindSpan } from '@/lib/domain/agreement/statistics'

/** The length of the documents of `arbitrarySession`, in code units. */
export const length = 60

/** An id that shows its kind: its last group begins with `kind`. */
export function idOf(kind: string, place: number): string {
  return `00000000-0000-7000-8000-${kind}${String(place).padStart(11, '0')}`
}
/** The id of a reviewer by number. */
export const reviewerId = (place: number) => idOf('a', place)
/** The id of a document by number. */
export const documentId = (place: number) => idOf('d', place)

/** Makes a document from one line for each reviewer: each run of `s`, `u`, `c` or `n` is a span of that rating. */
export function read(place: number, lines: Record<number, string>): BlindDocument {
  const byLetter = new Map<string, Rating>(ratings.map((rating) => [rating.charAt(0), rating]))
  const reviewers = Object.entries(lines).map(([reviewer, line]) => {
    const spans = [...line.matchAll(/([sucn])\1*/g)].map((run): BlindSpan => {
      const id = idOf('b', place * 10_000 + Number(reviewer) * 1000 + run.index)
      return { id, start: run.index, end: run.index + run[0].length, rating: byLetter.get(run[1] ?? '') ?? 'sourced' }
    })
    return { id: reviewerId(Number(reviewer)), spans }
  })
  return { id: documentId(place), length: Math.max(...Object.values(lines).map((line) => line.length)), reviewers }
}

/** Sessions of up to five documents and four reviewers, with spans near each other that sometimes overlap. */
export const arbitrarySession = fc
  .array(
    fc.dictionary(
      fc.constantFrom('1', '2', '3', '4'),
      fc.array(
        fc.tuple(
          fc.integer({ min: 0, max: 9 }),
          fc.integer({ min: 0, max: 3 }),
          fc.integer({ min: 3, max: 9 }),
          fc.constantFrom(...ratings),
        ),
        { maxLength: 8 },
      ),
    ),
    { maxLength: 5 },
  )
  .map((rows) =>
    rows.map((reviewers, document): BlindDocument => {
      return {
        id: documentId(document),
        length,
        reviewers: Object.entries(reviewers).map(([reviewer, spans]) => {
          return {
            id: reviewerId(Number(reviewer)),
            spans: spans.map(([block, shift, size, rating], place): BlindSpan => {
              const start = block * 6 + shift
              const id = idOf('b', document * 10_000 + Number(reviewer) * 1000 + place)
              return { id, start, end: Math.min(length, start + size), rating }
            }),
          }
        }),
      }
    }),
  )
