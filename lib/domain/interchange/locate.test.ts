import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countCodePoints } from './code-points'
import type { WantedPlace } from './foreign-annotation'
import { placeFinder } from './locate'

const text = 'The ferry left. 🐟 The ferry came back “late”.\nThe ferry left again.'
const find = placeFinder(text, 'hash')

function wanted(place: Partial<WantedPlace>): WantedPlace {
  return { position: null, quote: null, sha256: null, ...place }
}

function quote(exact: string, around: { prefix?: string; suffix?: string } = {}) {
  return { exact, prefix: '', suffix: '', ...around }
}

const again = text.lastIndexOf('The ferry')
const points = countCodePoints(text)
const positionOf = (start: number, words: string) => ({
  start: points.fromUnits(start),
  end: points.fromUnits(start + words.length),
})

describe('places that are found', () => {
  it.each<[string, WantedPlace, start: number, attachment: string]>([
    [
      'a position whose words agree',
      wanted({ position: positionOf(again, 'The ferry'), quote: quote('The ferry') }),
      again,
      'same-place',
    ],
    ['words that stand once', wanted({ quote: quote('came back') }), text.indexOf('came'), 'other-place'],
    [
      'words by what stands after them',
      wanted({ quote: quote('The ferry', { suffix: ' left again' }) }),
      again,
      'other-place',
    ],
    [
      'words by what stands before them, with other white space',
      wanted({ quote: quote('The ferry', { prefix: '“late”.   ' }) }),
      again,
      'other-place',
    ],
    [
      'words at another position than the file says',
      wanted({ position: { start: 1, end: 10 }, quote: quote('left again') }),
      text.indexOf('left again'),
      'other-place',
    ],
    ['words in another typography', wanted({ quote: quote('back "late"') }), text.indexOf('back'), 'typography'],
    [
      'a position without words in the very same text',
      wanted({ position: { start: 0, end: 3 }, sha256: 'hash' }),
      0,
      'same-place',
    ],
  ])('%s', (_, place, start, attachment) => {
    expect(find(place)).toMatchObject({ ok: true, start, attachment })
  })

  it('names what the typography differs in', () => {
    expect(find(wanted({ quote: quote('back "late"') }))).toMatchObject({ differences: ['quotation-marks'] })
  })

  it('prefers the surroundings to a position that fits by chance', () => {
    const place = wanted({ position: { start: 0, end: 9 }, quote: quote('The ferry', { suffix: ' left again.' }) })
    expect(find(place)).toMatchObject({ start: again, attachment: 'other-place' })
  })
})

describe('places that are refused', () => {
  it.each<[string, WantedPlace, refusal: string, says: string]>([
    ['words that stand several times', wanted({ quote: quote('The ferry') }), 'ambiguous', '3 times'],
    [
      'surroundings that agree with none',
      wanted({ quote: quote('The ferry', { suffix: ' sank' }) }),
      'ambiguous',
      'prefix',
    ],
    ['words that stand nowhere', wanted({ quote: quote('The barge') }), 'not-found', '"The barge" does not occur'],
    ['a position alone', wanted({ position: { start: 0, end: 3 } }), 'not-attachable', 'exact'],
    [
      'a position beyond the text',
      wanted({ position: { start: 0, end: 900 }, sha256: 'hash' }),
      'not-attachable',
      'exact',
    ],
    ['nothing', wanted({}), 'not-attachable', 'neither words nor a position'],
  ])('%s', (_, place, refusal, says) => {
    const located = find(place)
    expect(located).toMatchObject({ ok: false, refusal })
    expect(located.ok ? '' : located.reason).toContain(says)
  })
})

it('finds long words that repeat themselves in time', () => {
  const long = `${'a'.repeat(500)}b${'a'.repeat(500)}`
  const somewhere = placeFinder(`${'a'.repeat(300_000)}b${'a'.repeat(300_000)}`, 'hash')
  expect(somewhere(wanted({ quote: quote(long) }))).toMatchObject({ ok: true, start: 299_500, end: 300_501 })
  expect(somewhere(wanted({ quote: quote(`${long}c${long}`) }))).toMatchObject({ refusal: 'not-found' })
})

it('refuses words that are longer than an annotation', () => {
  expect(find(wanted({ quote: quote('a'.repeat(20_001)) }))).toMatchObject({ refusal: 'not-attachable' })
})

it('does not count on and on where words stand everywhere', () => {
  const everywhere = placeFinder('a'.repeat(200_000), 'hash')
  expect(everywhere(wanted({ quote: quote('a', { prefix: 'b', suffix: 'c' }) }))).toMatchObject({
    refusal: 'ambiguous',
  })
})

it('counts code points: 15 code units are 12 of them', () => {
  const hard = 'A \u{1F469}\u200D\u{1F680} e\u0301 \u00E9 \u{1D4B3}'
  expect(hard).toHaveLength(15)
  expect(countCodePoints(hard).fromUnits(15)).toBe(12)
  expect(countCodePoints(hard).toUnits(12)).toBe(15)
})

it('converts as the language itself counts, there and back', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', 'é', '🐟', '\uD83D', '\uDC1F') }), fc.nat(), (some, seed) => {
      const all = Array.from(some)
      const count = all.length === 0 ? 0 : seed % (all.length + 1)
      const units = all.slice(0, count).join('').length
      expect(countCodePoints(some).fromUnits(units)).toBe(count)
      expect(countCodePoints(some).toUnits(count)).toBe(units)
    }),
  )
})
