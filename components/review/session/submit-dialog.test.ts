import { describe, expect, test } from 'vitest'
import { findIncomplete } from '@/lib/domain/assignments/completeness'
import type { IncompletePlace } from '@/lib/domain/assignments/schema'
import { groupPlaces } from './submit-dialog'

const protocol = { requireSentenceDecisions: true, requireQuotes: true, requireSearchNote: true }
const sentences = Array.from({ length: 30 }, (_, place) => ({ start: place * 10, end: place * 10 + 8 }))
const mark = (place: number, rating: 'sourced' | 'contradicted' | 'unsourced', citations: 'supports'[] = []) => ({
  id: `a${String(place)}`,
  start: place * 10,
  end: place * 10 + 8,
  rating,
  note: '',
  citations: citations.map((stance) => ({ stance, quote: '' })),
})
const found = findIncomplete({
  protocol,
  sentences,
  annotations: [
    mark(3, 'contradicted'),
    mark(1, 'contradicted'),
    mark(5, 'sourced'),
    mark(7, 'unsourced'),
    mark(9, 'sourced', ['supports']),
  ],
  decisions: [],
})

describe('groupPlaces', () => {
  test('says of each kind how many there are and leads to the first', () => {
    expect(groupPlaces(found).map(({ words, first }) => [words, first.start])).toEqual([
      ['25 sentences undecided', 0],
      ['2 contradicted without a contradicting reference', 10],
      ['1 sourced without a supporting reference', 50],
      ['1 unsourced without a note on the search', 70],
      ['1 reference without a quote', 90],
    ])
  })

  test('law: every place is in exactly one group', () => {
    const grouped = groupPlaces(found).flatMap(({ places }) => places)
    const byPlace = (one: IncompletePlace, other: IncompletePlace) => one.start - other.start
    expect(grouped.toSorted(byPlace)).toEqual(found.toSorted(byPlace))
  })

  test('nothing missing, no groups', () => {
    expect(groupPlaces([])).toEqual([])
  })
})
