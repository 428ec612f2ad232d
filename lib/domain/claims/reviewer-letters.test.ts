import fc from 'fast-check'
import { expect, test } from 'vitest'
import { maskVotes } from './reviewer-letters'

test('gives every id one letter, regardless of the order they come in', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.uniqueArray(fc.uuid(), { maxLength: 40 }), (claimId, ids) => {
      const masks = maskVotes(claimId, ids)
      expect(new Set(masks.values()).size).toBe(ids.length)
      expect(new Map(maskVotes(claimId, [...ids].reverse()))).toEqual(new Map(masks))
    }),
  )
})

test('goes on after Z', () => {
  const letters = [
    ...maskVotes(
      'claim',
      Array.from({ length: 28 }, (_, n) => `id ${n}`),
    ).values(),
  ]
  expect(letters.slice(0, 2)).toEqual(['A', 'B'])
  expect(letters.slice(25)).toEqual(['Z', 'AA', 'AB'])
})

test('puts no reviewer at the same letter throughout', () => {
  // Three annotations per claim, the first always by the same reviewer: a fair shuffle gives each letter a third of 3,000, ± 4 standard deviations.
  const seen: Record<string, number> = {}
  for (let claim = 0; claim < 3_000; claim += 1) {
    const own = `annotation ${claim * 3}`
    const letter =
      maskVotes(`claim ${claim}`, [own, `annotation ${claim * 3 + 1}`, `annotation ${claim * 3 + 2}`]).get(own) ?? ''
    seen[letter] = (seen[letter] ?? 0) + 1
  }
  expect(Object.keys(seen).sort()).toEqual(['A', 'B', 'C'])
  for (const count of Object.values(seen)) expect(Math.abs(count - 1_000)).toBeLessThan(104)
})

test('orders the same annotations otherwise for another claim', () => {
  const orders = new Set(
    Array.from({ length: 200 }, (_, claim) => [...maskVotes(`claim ${claim}`, ['a', 'b', 'c']).keys()].join()),
  )
  expect(orders.size).toBe(6)
})
