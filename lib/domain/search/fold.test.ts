import { describe, expect, test } from 'vitest'
import { foldForSearch, joinForSearch } from './fold'

describe('foldForSearch', () => {
  test.each([
    ['a typographic apostrophe', 'the mayor’s office', "mayor's"],
    ['soft hyphens', 'Donau\u00addampf\u00adschiff\u00adfahrt', 'Donaudampfschifffahrt'],
    ['a space that does not break', '5\u00a0million', '5 million'],
    ['a decomposed letter', 'cafe\u0301', 'café'],
    ['an accent that is left out', 'Café Müller', 'cafe muller'],
    ['the end of a line', 'the harbour\nfroze twice', 'harbour froze'],
    ['dashes', '1914–1918', '1914-1918'],
    ['quotation marks', '„Hochwasser“', '"hochwasser"'],
    ['a ligature', 'the ﬁnal oﬃce', 'final office'],
    ['capitals of any script', 'ΑΘΗΝΑ', 'αθηνα'],
  ])('finds %s', (_name, text, words) => {
    expect(foldForSearch(text)).toContain(foldForSearch(words))
  })

  test('does not find another number', () => {
    expect(foldForSearch('3 × 10⁶ tonnes')).not.toContain(foldForSearch('106'))
  })

  test('finds nothing across two parts', () => {
    expect(foldForSearch(joinForSearch(['The weir', '', 'Ada Pond']))).not.toContain(foldForSearch('weir ada'))
  })
})
