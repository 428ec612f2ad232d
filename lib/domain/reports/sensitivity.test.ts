import { describe, expect, test } from 'vitest'
import { makeDraw, simulateClusters } from '@/tests/setup/simulated-shares'
import { estimateShare, type Cluster } from '../statistics/intervals'
import { documentsFor, plannedHalfWidth, planFurther, pooledLikeness } from './sensitivity'

const alike = (documents: number, count: number, of: number): Cluster[] =>
  Array.from({ length: documents }, () => ({ count, of }))

describe('pooledLikeness', () => {
  test.each([0.1, 0.2, 0.3])('finds the likeness of many simulated documents: %d', (rho) => {
    const clusters = simulateClusters({ documents: 4_000, share: 0.3, rho }, makeDraw(4))
    expect(Math.abs((pooledLikeness([clusters]) ?? 0) - rho)).toBeLessThan(0.02)
  })

  test('is .05 at the least and 1 at the most', () => {
    expect(pooledLikeness([alike(6, 2, 8)])).toBe(0.05)
    expect(pooledLikeness([[...alike(5, 8, 8), ...alike(5, 0, 8)]])).toBe(1)
  })

  test('cannot be told from one document, from single claims, or where nothing varies', () => {
    expect(pooledLikeness([[{ count: 3, of: 9 }]])).toBeNull()
    expect(pooledLikeness([alike(9, 1, 1)])).toBeNull()
    expect(pooledLikeness([alike(9, 0, 8), alike(9, 8, 8)])).toBeNull()
  })
})

describe('plannedHalfWidth', () => {
  test('is that of the interval which such documents give', () => {
    const estimate = estimateShare(alike(12, 2, 8))
    const basis = { share: 0.25, likeness: 0.05, sizes: { mean: 8, weighted: 8 } }
    expect(plannedHalfWidth(12, basis)).toBeCloseTo(((estimate?.high ?? 1) - (estimate?.low ?? 0)) / 2, 12)
  })
})

describe('documentsFor', () => {
  const basis = { share: 0.2, likeness: 0.1, sizes: { mean: 12, weighted: 14 } }

  test('is the fewest documents that do', () => {
    for (const halfWidth of [0.2, 0.1, 0.06, 0.03]) {
      const documents = documentsFor(halfWidth, basis) ?? 0
      expect(plannedHalfWidth(documents, basis)).toBeLessThanOrEqual(halfWidth)
      expect(plannedHalfWidth(documents - 1, basis)).toBeGreaterThan(halfWidth)
    }
  })

  test('is nothing where 2,000 would not do', () => {
    expect(documentsFor(0.0001, basis)).toBeNull()
  })
})

describe('planFurther', () => {
  test('aims at the next width for the widest share, and counts what is missing', () => {
    const ratings = [alike(10, 4, 8), alike(10, 2, 8), [...alike(5, 3, 8), ...alike(5, 1, 8)]]
    const plan = planFurther(ratings)
    expect(plan?.halfWidth).toBeCloseTo(0.141, 3)
    expect(plan).toMatchObject({ target: 0.1, likeness: 0.05 })
    expect(plan?.further).toBe((plan?.documents ?? 0) - 10)
    expect(plan?.further).toBeGreaterThan(0)
  })

  test('has no plan where likeness cannot be told', () => {
    expect(planFurther([alike(9, 0, 8), alike(9, 8, 8), alike(9, 0, 8)])).toBeNull()
  })
})
