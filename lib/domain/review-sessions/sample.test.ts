import fc from 'fast-check'
import { mersenne } from 'pure-rand/generator/mersenne'
import { describe, expect, test } from 'vitest'
import { DomainError } from '@/lib/domain/errors'
import { drawSample, drawOrder, largestSeed } from './sample'

function frameOf(size: number): { id: string }[] {
  return Array.from({ length: size }, (_, place) => ({ id: `d${String(place).padStart(3, '0')}` }))
}

/** Pearson's chi-squared of counts with equal expectations. */
function chiSquared(counts: readonly number[]): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
}

describe('the generator', () => {
  test('is the MT19937 of the literature: the published first and ten-thousandth numbers of seed 5489', () => {
    const generator = mersenne(5489)
    const numbers = Array.from({ length: 10_000 }, () => generator.next() >>> 0)
    expect(numbers[0]).toBe(3_499_211_612)
    expect(numbers[9_999]).toBe(4_123_659_995)
  })
})

describe('drawOrder', () => {
  test('gives every order of four equally often (24 orders, 24,000 seeds)', () => {
    const counts = new Map<string, number>()
    for (let seed = 0; seed < 24_000; seed += 1) {
      const key = drawOrder(4, seed).join('')
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
    expect(counts.size).toBe(24)
    // 23 degrees of freedom: a fair draw exceeds 49.7 once in a thousand trials.
    expect(chiSquared([...counts.values()])).toBeLessThan(49.7)
  })

  test('is a permutation', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.nat(largestSeed), (count, seed) => {
        expect(drawOrder(count, seed).sort((p, q) => p - q)).toEqual(Array.from({ length: count }, (_, k) => k))
      }),
    )
  })

  test.each([-1, 0.5, largestSeed + 1, Number.NaN, Number.POSITIVE_INFINITY])('refuses the seed %s', (seed) => {
    expect(() => drawOrder(3, seed)).toThrow(DomainError)
  })
})

describe('drawSample', () => {
  test('says how it was drawn', () => {
    expect(drawSample([{ id: 'c' }, { id: 'a' }, { id: 'b' }], 3, 7)).toEqual({
      ids: ['a', 'b', 'c'],
      frameSize: 3,
      size: 3,
      seed: 7,
      method: 'simple-random-without-replacement',
      methodVersion: 1,
    })
  })

  test('is the draw that an independent program makes of the same frame and seed', () => {
    expect(drawSample(frameOf(100), 5, 42).ids).toEqual(['d014', 'd018', 'd067', 'd090', 'd094'])
  })

  test('draws every item equally often (5 of 20, 20,000 seeds)', () => {
    const counts = new Map<string, number>()
    for (let seed = 0; seed < 20_000; seed += 1) {
      for (const id of drawSample(frameOf(20), 5, seed).ids) counts.set(id, (counts.get(id) ?? 0) + 1)
    }
    expect(counts.size).toBe(20)
    // Counts of a draw without replacement vary less than independent ones by (1 − 5/20) · 20/19; 43.8 is the 1 in 1,000 point of 19 degrees.
    expect(chiSquared([...counts.values()]) / ((15 / 20) * (20 / 19))).toBeLessThan(43.8)
  })

  test('draws every pair equally often (2 of 6, 15,000 seeds)', () => {
    const counts = new Map<string, number>()
    for (let seed = 0; seed < 15_000; seed += 1) {
      const key = drawSample(frameOf(6), 2, seed).ids.join('+')
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
    expect(counts.size).toBe(15)
    // 14 degrees of freedom, 1 in 1,000.
    expect(chiSquared([...counts.values()])).toBeLessThan(36.1)
  })

  const draw = fc
    .integer({ min: 1, max: 60 })
    .chain((frameSize) => fc.record({ size: fc.integer({ min: 1, max: frameSize }), frame: shuffledFrame(frameSize) }))
  function shuffledFrame(size: number) {
    return fc.shuffledSubarray(frameOf(size), { minLength: size, maxLength: size })
  }

  test('does not depend on the order of the frame, draws nothing twice and contains every smaller sample', () => {
    fc.assert(
      fc.property(draw, fc.nat(largestSeed), ({ frame, size }, seed) => {
        const sample = drawSample(frame, size, seed)
        expect(sample).toEqual(drawSample(frameOf(frame.length), size, seed))
        expect(new Set(sample.ids).size).toBe(size)
        expect([...sample.ids].sort()).toEqual(sample.ids)
        const smaller = drawSample(frame, Math.max(1, size - 1), seed)
        expect(sample.ids).toEqual(expect.arrayContaining(smaller.ids))
      }),
    )
  })

  test.each<[string, { id: string }[], number, string]>([
    ['a size of nought', frameOf(3), 0, 'The size of the sample is a whole number from 1 to 3.'],
    ['more than there is', frameOf(3), 4, 'The size of the sample is a whole number from 1 to 3.'],
    ['part of an item', frameOf(3), 1.5, 'The size of the sample is a whole number from 1 to 3.'],
    ['an empty frame', [], 1, 'There is nothing to draw from: the list is empty.'],
    ['an item twice', [{ id: 'a' }, { id: 'a' }], 1, 'Each item can be drawn once, but a is in the list twice.'],
  ])('refuses %s', (_name, frame, size, message) => {
    expect(() => drawSample(frame, size, 1)).toThrow(new DomainError('invalid', message))
  })
})
