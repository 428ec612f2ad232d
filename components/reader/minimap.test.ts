import { expect, test } from 'vitest'
import { drawTicks } from './minimap'

const field = { length: 100, height: 40, left: 4, width: 18 }

test('draws one tick where each annotation begins, a line or a wave across the strip', () => {
  const paths = drawTicks({
    ...field,
    annotations: [
      { start: 0, rating: 'sourced' },
      { start: 95, rating: 'sourced' },
      { start: 50, rating: 'contradicted' },
    ],
  })
  expect(paths.get('sourced')).toBe('M4 2h18M4 38h18')
  expect(paths.get('contradicted')).toMatch(/^M4 22(q[\d.]+ -?3 [\d.]+ 0)+$/)
  expect(paths.get('unsourced')).toBeUndefined()
})

test('draws what begins at one place once, and shows that ratings differ there', () => {
  const paths = drawTicks({
    ...field,
    annotations: [
      { start: 51, rating: 'sourced' },
      { start: 52, rating: 'sourced' },
      { start: 53, rating: 'unsourced' },
    ],
  })
  expect(paths.get('sourced')).toBe('M4 22h8')
  expect(paths.get('unsourced')).toBe('M13 22h8')
})

test('draws nothing of an empty text, and nothing outside of it', () => {
  expect(drawTicks({ ...field, length: 0, annotations: [{ start: 0, rating: 'sourced' }] }).size).toBe(0)
  expect(drawTicks({ ...field, annotations: [{ start: 100, rating: 'sourced' }] }).size).toBe(0)
})
