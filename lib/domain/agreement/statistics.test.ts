import fc from 'fast-check'
import { expect, test } from 'vitest'
import { arbitrarySession, read } from '@/tests/setup/sample-sessions'
import { documentStatistics, pair, team, type BlindDocument, type DocumentStatistics } from './statistics'
import { teamOfPair } from './session-layout'

function sumUp(document: BlindDocument): DocumentStatistics {
  const steps = documentStatistics(document)
  let step = steps.next()
  while (step.done !== true) step = steps.next()
  return step.value
}

test('the row made from two reviewers is the row of a document that only they read', () => {
  fc.assert(
    fc.property(arbitrarySession, (documents) => {
      for (const document of documents) {
        const { team: row, pairs } = sumUp({ ...document, reviewers: document.reviewers.slice(0, 2) })
        for (const { sums } of pairs) {
          const made = teamOfPair(sums, new Float64Array(team.width).fill(7))
          made.forEach((value, place) =>
            expect(value, `place ${String(place)}`).toBeCloseTo(row[place] ?? Number.NaN, 9),
          )
        }
      }
    }),
  )
})

test('places of sums neither overlap nor leave a gap', () => {
  const [last] = sumUp(read(1, { 1: 'ssss', 2: 'ssss' })).pairs
  expect(last?.sums).toHaveLength(pair.width)
  for (const places of [team, pair]) {
    const { width, ...starts } = places
    const sorted = Object.values(starts).sort((a, b) => a - b)
    expect(new Set(sorted).size).toBe(sorted.length)
    expect(Math.max(...sorted)).toBe(width - 1)
  }
  expect(team.withUnmarked - team.coMarked).toBe(16)
  expect(team.squares - team.continuum).toBe(25)
  expect(pair.squares - pair.continuum).toBe(25)
})

test('overlapping spans are counted, claims and exact spans use them as they were made', () => {
  const { changes, pairs, spans } = sumUp({
    id: 'd',
    length: 30,
    reviewers: [
      {
        id: 'a',
        spans: [
          { id: '1', start: 0, end: 20, rating: 'sourced' },
          { id: '2', start: 5, end: 10, rating: 'unsourced' },
          { id: '3', start: 25, end: 31, rating: 'unsourced' },
        ],
      },
      { id: 'b', spans: [{ id: '4', start: 0, end: 20, rating: 'sourced' }] },
    ],
  })
  expect(changes).toEqual({ cut: 0, divided: 1, covered: 0, outside: 1 })
  expect(spans).toBe(3)
  const [found] = pairs
  expect(found?.sums[pair.equal]).toBe(1)
  expect(found?.sums[pair.labels]).toBe(1)
  // "unsourced" by the first, "not marked" by the second.
  expect(found?.sums[pair.labels + 9]).toBe(1)
})
