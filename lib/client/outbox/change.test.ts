import { describe, expect, test } from 'vitest'
import type { AnnotationView } from '@/lib/domain/annotations/schema'
import { annotation } from '@/tests/setup/annotation-server'
import { differingParts, mergeByParts, mergeNotes, takeParts } from './change'

const citation = (quote: string): AnnotationView['citations'][number] => ({
  id: `citation-${quote}`,
  stance: 'supports',
  quote,
  locator: '',
  quoteStart: null,
  quoteEnd: null,
  reference: { id: 'reference-1' } as AnnotationView['citations'][number]['reference'],
})
const seen = annotation('a', { note: 'Before' })

describe('merging two changes of one annotation', () => {
  test.each<[string, Partial<AnnotationView>, Partial<AnnotationView>, string[] | null]>([
    ['other parts', { note: 'Mine' }, { rating: 'sourced' }, ['rating']],
    ['a flag and a note', { disputed: true }, { note: 'Theirs' }, ['note']],
    ['the same part', { note: 'Mine' }, { note: 'Theirs' }, null],
    ['the same part to the same value', { note: 'Same' }, { note: 'Same', partial: true }, ['partial']],
    ['a rating here and references there', { rating: 'sourced' }, { citations: [citation('q')] }, null],
    ['references here and a rating there', { citations: [citation('q')] }, { rating: 'contradicted' }, null],
    ['a passage there', { note: 'Mine' }, { start: 1, exact: 'ords' }, null],
    ['a passage here', { end: 4, exact: 'Word' }, { note: 'Theirs' }, null],
    ['nothing there', { note: 'Mine' }, {}, []],
    ['nothing here', {}, { note: 'Theirs' }, ['note']],
    ['one part apart, one in common', { note: 'Mine', rating: 'sourced' }, { rating: 'unsourced', note: 'T' }, null],
  ])('%s', (_, mine, theirs, fromThere) => {
    const merged = mergeByParts({ seen, mine: { ...seen, ...mine }, theirs: { ...seen, ...theirs, version: 2 } })
    expect(merged?.fromThere ?? null).toEqual(fromThere)
  })

  test('it is the same whichever side is asked', () => {
    const one = { ...seen, note: 'One' }
    const other = { ...seen, rating: 'sourced' as const }
    const from = mergeByParts({ seen, mine: one, theirs: other })
    const back = mergeByParts({ seen, mine: other, theirs: one })
    expect(from).toEqual({ fromHere: back?.fromThere, fromThere: back?.fromHere })
  })
})

test('references are compared by what a person wrote, in order, not by ids or checks of the server', () => {
  const one = { ...seen, citations: [citation('a'), citation('b')] }
  const checked = one.citations.map((each) => ({ ...each, id: 'other', quoteStart: 3, quoteEnd: 9 }))
  expect(differingParts(one, { ...one, citations: checked })).toEqual([])
  expect(differingParts(one, { ...one, citations: [...one.citations].reverse() })).toEqual(['citations'])
})

test('taking the parts that differ makes one like the other', () => {
  const other = { ...seen, note: 'Other', start: 1, exact: 'ords', disputed: true, citations: [citation('q')] }
  const parts = differingParts(seen, other)
  expect(parts).toEqual(['passage', 'disputed', 'note', 'citations'])
  expect(differingParts({ ...seen, ...takeParts(other, parts) }, other)).toEqual([])
})

test.each([
  ['different notes stand one after the other', 'Theirs', 'Mine', 'Theirs\n\nMine'],
  ['a longer note holds the shorter', 'Mine and more', 'Mine', 'Mine and more'],
  ['an empty note adds nothing', '', 'Mine', 'Mine'],
])('%s', (_, theirs, mine, together) => {
  expect(mergeNotes(theirs, mine)).toBe(together)
})
