import { expect, test } from 'vitest'
import { percent } from './number-words'

test.each([
  [0, '0'],
  [0.001, '<1'],
  [0.004, '<1'],
  [0.25, '25'],
  [0.255, '26'],
  [0.996, '>99'],
  [1, '100'],
])('%d as per cent', (share, expected) => {
  expect(percent(share)).toBe(expected)
})
