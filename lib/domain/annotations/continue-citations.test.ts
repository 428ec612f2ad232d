import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { continueCitations, type CitedWords } from './continue-citations'

const cited = (referenceId: string, quote = '', rest: Partial<CitedWords> = {}): CitedWords => ({
  referenceId,
  stance: 'supports',
  quote,
  locator: '',
  ...rest,
})
const stored = (...citations: CitedWords[]) => citations.map((each, place) => ({ ...each, id: String(place) }))

describe('a citation that comes without its id', () => {
  it.each<[string, CitedWords[], CitedWords[], (string | null)[]]>([
    ['says the same', [cited('a', 'q')], [cited('a', 'q')], ['0']],
    ['stands elsewhere in the list', [cited('a'), cited('b')], [cited('b'), cited('a')], ['1', '0']],
    ['has another stance', [cited('a', 'q')], [cited('a', 'q', { stance: 'mentions' })], ['0']],
    ['has another locator', [cited('a', 'q')], [cited('a', 'q', { locator: 'p. 4' })], ['0']],
    ['has another quote', [cited('a', 'q'), cited('a', 'r')], [cited('a', 's'), cited('a', 'q')], ['1', '0']],
    ['cites another reference', [cited('a', 'q')], [cited('b', 'q')], [null]],
    ['stands there once more', [cited('a', 'q')], [cited('a', 'q'), cited('a', 'q')], ['0', null]],
    [
      'is the one of two that stayed',
      [cited('a', 'q', { locator: 'p. 1' }), cited('a', 'q', { locator: 'p. 2' })],
      [cited('a', 'q', { locator: 'p. 2' })],
      ['1'],
    ],
  ])('is known: one that %s', (_, before, next, ids) => {
    expect(continueCitations(stored(...before), next)).toEqual(ids)
  })

  it('leaves the ids of others to them', () => {
    const next = [cited('a', 'q'), { ...cited('a', 'r'), id: '0' }, { ...cited('b'), id: 'new' }]
    expect(continueCitations(stored(cited('a', 'q'), cited('a', 's')), next)).toEqual(['1', '0', 'new'])
  })

  it('is never the same one as another, and never one of another reference', () => {
    const citations = fc.array(
      fc.record({
        referenceId: fc.constantFrom('a', 'b'),
        stance: fc.constantFrom('supports', 'mentions'),
        quote: fc.constantFrom('', 'q'),
        locator: fc.constantFrom('', 'p. 1'),
      }),
    )
    fc.assert(
      fc.property(citations, citations, (before, next) => {
        const ids = continueCitations(stored(...before), next)
        const known = ids.filter((id) => id !== null)
        expect(new Set(known).size).toBe(known.length)
        for (const [place, id] of ids.entries())
          if (id !== null) expect(before[Number(id)]?.referenceId).toBe(next[place]?.referenceId)
        expect(continueCitations(stored(...before), before)).toHaveLength(before.length)
        expect(continueCitations(stored(...before), before)).not.toContain(null)
      }),
    )
  })
})
