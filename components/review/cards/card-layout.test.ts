import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { placeCards, type CardBox, type PlacedCard } from './card-layout'

const gap = 4
const box = (id: string, anchor: number, height = 30): CardBox => ({ id, anchor, height })
const place = (cards: CardBox[], openId: string | null = null, { reach = 300, minTop = 0 } = {}) =>
  placeCards({ cards, openId, gap, reach, minTop })
const tops = (placed: PlacedCard[]) => placed.map(({ id, top }) => [id, top])

describe('placeCards', () => {
  const cases: { name: string; cards: CardBox[]; open?: string; tops: [string, number][] }[] = [
    { name: 'nothing to place', cards: [], tops: [] },
    {
      name: 'free rows stand level with their words',
      cards: [box('a', 50), box('b', 300)],
      tops: [
        ['a', 50],
        ['b', 300],
      ],
    },
    {
      name: 'of two rows on one line the first is level and the second under it',
      cards: [box('a', 50), box('b', 50)],
      tops: [
        ['a', 50],
        ['b', 84],
      ],
    },
    {
      name: 'of three rows on one line the middle one is level',
      cards: [box('a', 100), box('b', 100), box('c', 100)],
      tops: [
        ['a', 66],
        ['b', 100],
        ['c', 134],
      ],
    },
    {
      name: 'rows that push each other do not drift away down the page',
      cards: [box('a', 200), box('b', 210), box('c', 220), box('d', 230), box('e', 400)],
      tops: [
        ['a', 176],
        ['b', 210],
        ['c', 244],
        ['d', 278],
        ['e', 400],
      ],
    },
    {
      name: 'the open card is level with its words and moves the rows beside it',
      cards: [box('a', 190), box('b', 200, 120), box('c', 210)],
      open: 'b',
      tops: [
        ['a', 166],
        ['b', 200],
        ['c', 324],
      ],
    },
    {
      name: 'no room above: rows start at the top',
      cards: [box('a', 10), box('b', 10), box('c', 10)],
      tops: [
        ['a', 0],
        ['b', 34],
        ['c', 68],
      ],
    },
  ]
  test.each(cases)('$name', ({ cards, open = null, tops: expected }) => {
    expect(tops(place(cards, open))).toEqual(expected)
  })

  test('rows without room near their words are counted at the row before them', () => {
    const cards = ['a', 'b', 'c', 'd'].map((id) => box(id, 0))
    expect(place(cards, null, { reach: 40 })).toEqual([
      { id: 'a', top: 0, crowdedOut: [] },
      { id: 'b', top: 34, crowdedOut: ['c', 'd'] },
    ])
  })

  test('rows that an open card leaves no room for are counted at it', () => {
    const cards = [box('a', 10), box('b', 10, 200), box('c', 12), box('d', 230)]
    expect(place(cards, 'b', { reach: 60 })).toEqual([
      { id: 'b', top: 10, crowdedOut: ['a', 'c'] },
      { id: 'd', top: 230, crowdedOut: [] },
    ])
  })

  // Rows like those of a real page: equal in height, several to a line, crowded in places.
  const crowd = fc
    .array(fc.record({ step: fc.oneof(fc.constant(0), fc.nat(60), fc.nat(400)) }), { maxLength: 80 })
    .map((entries) => {
      let anchor = 0
      return entries.map(({ step }, index) => box(`c${String(index)}`, (anchor += step)))
    })
  const page = fc
    .tuple(crowd, fc.nat(), fc.boolean(), fc.integer({ min: 100, max: 500 }), fc.integer({ min: 40, max: 400 }))
    .map(([rows, pick, isOpen, height, reach]) => {
      const openId = isOpen && rows.length > 0 ? `c${String(pick % rows.length)}` : null
      const cards = rows.map((row) => (row.id === openId ? { ...row, height } : row))
      return { cards, openId, reach }
    })
  const byId = (cards: readonly CardBox[]) => new Map(cards.map((card) => [card.id, card]))

  test('law: every card is placed or counted exactly once, in order', () => {
    fc.assert(
      fc.property(page, ({ cards, openId, reach }) => {
        const placed = place(cards, openId, { reach })
        expect(placed.flatMap(({ id, crowdedOut }) => [id, ...crowdedOut]).sort()).toEqual(
          cards.map(({ id }) => id).sort(),
        )
        const order = new Map(cards.map(({ id }, index) => [id, index]))
        const indexes = placed.map(({ id }) => order.get(id) ?? -1)
        expect(indexes).toEqual([...indexes].sort((a, b) => a - b))
      }),
    )
  })

  test('law: no two cards overlap and none stands above the top', () => {
    fc.assert(
      fc.property(page, ({ cards, openId, reach }) => {
        const known = byId(cards)
        const placed = place(cards, openId, { reach })
        placed.forEach(({ id, top }, index) => {
          expect(top).toBeGreaterThanOrEqual(0)
          const next = placed[index + 1]
          if (next !== undefined) expect(next.top).toBeGreaterThanOrEqual(top + (known.get(id)?.height ?? 0) + gap)
        })
      }),
    )
  })

  test('law: no card stands further from its words than it may, and the open one is level with them', () => {
    fc.assert(
      fc.property(page, ({ cards, openId, reach }) => {
        const known = byId(cards)
        for (const { id, top } of place(cards, openId, { reach })) {
          const anchor = known.get(id)?.anchor ?? 0
          expect(Math.abs(top - anchor)).toBeLessThanOrEqual(id === openId ? 0 : reach)
        }
      }),
    )
  })

  test('law: rows that nothing crowds stand level with their words', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 34, max: 300 }), { maxLength: 40 }), (steps) => {
        let anchor = 0
        const cards = steps.map((step, index) => box(`c${String(index)}`, (anchor += step)))
        expect(tops(place(cards))).toEqual(cards.map((card) => [card.id, card.anchor]))
      }),
    )
  })

  test('ten thousand rows are placed at once', () => {
    const cards = Array.from({ length: 10_000 }, (_, index) => box(`c${String(index)}`, Math.floor(index / 3) * 60))
    const from = performance.now()
    place(cards, 'c5000')
    expect(performance.now() - from).toBeLessThan(500)
  })
})
