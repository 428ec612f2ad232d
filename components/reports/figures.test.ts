import { expect, test } from 'vitest'
import { dateInWords, percent } from './figures'

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

test.each([
  [null, ''],
  ['2025', '2025'],
  ['2025-03', 'March 2025'],
  ['2025-03-04', '4 March 2025'],
  ['Spring 2025', 'Spring 2025'],
  ['', ''],
])('%s in words', (date, expected) => {
  expect(dateInWords(date)).toBe(expected)
})
