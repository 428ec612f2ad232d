import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { placeCards, seedGives, type CardBox, type PlacedCard } from './card-layout'

const box = (id: string, anchor: number, height = 100): CardBox => ({ id, anchor, height })
const place = (cards: CardBox[], seedId: string | null = null, reach = 1000) =>
  placeCards({ cards, seedId, gap: 10, reach, minTop: 0 })
const tops = (placed: PlacedCard[]) => placed.map(({ id, top }) => [id, top])

describe('placeCards', () => {
  const cases: { name: string; cards: CardBox[]; seed?: string; tops: [string, number][] }[] = [
    { name: 'nothing to place', cards: [], tops: [] },
    {
      name: 'free cards stand level with their spans',
      cards: [box('a', 50), box('b', 300)],
      tops: [
        ['a', 50],
        ['b', 300],
      ],
    },
    {
      name: 'a crowded card is pushed down',
      cards: [box('a', 50), box('b', 60)],
      tops: [
        ['a', 50],
        ['b', 160],
      ],
    },
    {
      name: 'the seed stays and pushes the card before it up',
      cards: [box('a', 250), box('b', 260)],
      seed: 'b',
      tops: [
        ['a', 150],
        ['b', 260],
      ],
    },
    {
      name: 'the seed pushes the cards after it down',
      cards: [box('a', 50), box('b', 60), box('c', 70)],
      seed: 'a',
      tops: [
        ['a', 50],
        ['b', 160],
        ['c', 270],
      ],
    },
    {
      name: 'a push travels through a chain',
      cards: [box('a', 300), box('b', 310), box('c', 320)],
      seed: 'c',
      tops: [
        ['a', 100],
        ['b', 210],
        ['c', 320],
      ],
    },
    {
      name: 'a free card before the seed does not move',
      cards: [box('a', 10), box('b', 500)],
      seed: 'b',
      tops: [
        ['a', 10],
        ['b', 500],
      ],
    },
    {
      name: 'no room above: the seed gives way',
      cards: [box('a', 20), box('b', 30)],
      seed: 'b',
      tops: [
        ['a', 0],
        ['b', 110],
      ],
    },
    {
      name: 'an unknown seed is no seed',
      cards: [box('a', 50), box('b', 60)],
      seed: 'z',
      tops: [
        ['a', 50],
        ['b', 160],
      ],
    },
  ]
  test.each(cases)('$name', ({ cards, seed, tops: expected }) => {
    expect(tops(place(cards, seed ?? null))).toEqual(expected)
  })

  test('cards out of reach are counted at the card before them', () => {
    const cards = ['a', 'b', 'c', 'd'].map((id) => box(id, 0))
    const placed = place(cards, null, 150)
    expect(placed).toEqual([
      { id: 'a', top: 0, crowdedOut: [] },
      { id: 'b', top: 110, crowdedOut: ['c', 'd'] },
    ])
  })

  const crowd = fc
    .array(fc.record({ step: fc.nat(200), height: fc.integer({ min: 20, max: 300 }) }), { maxLength: 60 })
    .map((entries) => {
      let anchor = 0
      return entries.map(({ step, height }, index) => box(`c${String(index)}`, (anchor += step), height))
    })
  const seedOf = (cards: CardBox[], pick: number) => cards[pick % Math.max(1, cards.length)]?.id ?? null

  test('law: every card is placed or counted exactly once, in order', () => {
    fc.assert(
      fc.property(crowd, fc.nat(), fc.integer({ min: 50, max: 800 }), (cards, pick, reach) => {
        const placed = place(cards, seedOf(cards, pick), reach)
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
      fc.property(crowd, fc.nat(), (cards, pick) => {
        const heights = new Map(cards.map(({ id, height }) => [id, height]))
        const placed = place(cards, seedOf(cards, pick), 500)
        placed.forEach((card, index) => {
          expect(card.top).toBeGreaterThanOrEqual(0)
          const next = placed[index + 1]
          if (next !== undefined) expect(next.top).toBeGreaterThanOrEqual(card.top + (heights.get(card.id) ?? 0) + 10)
        })
      }),
    )
  })

  test('law: the seed is placed, and level with its span when there is room above', () => {
    fc.assert(
      fc.property(crowd, fc.nat(), (cards, pick) => {
        const seed = cards[pick % Math.max(1, cards.length)]
        if (seed === undefined) return
        const placed = placeCards({ cards, seedId: seed.id, gap: 10, reach: 500, minTop: -1_000_000 })
        expect(placed.find(({ id }) => id === seed.id)?.top).toBe(seed.anchor)
      }),
    )
  })

  test('law: however crowded, the seed is at most a card away from its span', () => {
    fc.assert(
      fc.property(crowd, fc.nat(), (cards, pick) => {
        const seed = cards[pick % Math.max(1, cards.length)]
        if (seed === undefined) return
        const placed = placeCards({ cards, seedId: seed.id, gap: 10, reach: 500, minTop: 0 })
        const top = placed.find(({ id }) => id === seed.id)?.top ?? Number.POSITIVE_INFINITY
        expect(top - Math.max(0, seed.anchor)).toBeLessThanOrEqual(seedGives)
      }),
    )
  })
})
