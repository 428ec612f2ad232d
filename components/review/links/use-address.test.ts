import { describe, expect, test } from 'vitest'
import { makeNumbersOf } from '@/lib/domain/text/sentence-numbers'
import { linkToPlace, passageOfFragment } from './use-address'

const sentences = [
  { start: 0, end: 10, kind: 'heading' as const },
  { start: 12, end: 30, kind: 'sentence' as const },
  { start: 31, end: 60, kind: 'sentence' as const },
]
const numbersOf = makeNumbersOf(sentences)
const at = (start: number, end: number) => ({ start, end })

describe('linkToPlace', () => {
  const active = { id: 'a1', ...at(31, 40) }
  test.each([
    {
      name: 'selected words come first',
      given: { selection: at(12, 20), active, sentence: at(31, 60) },
      link: { fragment: '#passage-12-20', words: 'the selected words in sentence 1' },
    },
    {
      name: 'then the open annotation',
      given: { selection: null, active, sentence: at(12, 30) },
      link: { fragment: '#annotation-a1', words: 'the annotation of sentence 2' },
    },
    {
      name: 'then the sentence, by its number',
      given: { selection: null, active: null, sentence: at(31, 60) },
      link: { fragment: '#sentence-2', words: 'sentence 2' },
    },
    {
      name: 'a heading has no number',
      given: { selection: null, active: null, sentence: at(0, 10) },
      link: { fragment: '#passage-0-10', words: 'heading' },
    },
    { name: 'nothing in hand', given: { selection: null, active: null, sentence: null }, link: null },
  ])('$name', ({ given, link }) => {
    expect(linkToPlace({ ...given, numbersOf })).toEqual(link)
  })
})

describe('passageOfFragment', () => {
  test.each([
    ['#passage-12-20', at(12, 20)],
    ['#passage-0-60', at(0, 60)],
    ['#passage-20-12', null],
    ['#passage-12-61', null],
    ['#passage-12-', null],
    ['#passage--1-20', null],
    ['#sentence-2', null],
    ['', null],
  ])('%s', (fragment, range) => {
    expect(passageOfFragment(fragment, 60)).toEqual(range)
  })
})
