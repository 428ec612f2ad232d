import { expect, it } from 'vitest'
import { countOutcomes, progressLine, tableOf, type ImportOutcome } from './import-report'

const outcomes: ImportOutcome[] = [
  { name: 'winter.txt', state: 'imported', title: 'A cold winter' },
  { name: `${'long/'.repeat(20)}spring.md`, state: 'failed', message: 'There is no text.' },
]

it.each([
  [0, 0, '[························] 0 of 0  a'],
  [1, 2, '[############············] 1 of 2  a'],
  [2, 2, '[########################] 2 of 2  a'],
])('shows that %i of %i are done', (done, total, line) => {
  expect(progressLine({ done, total, name: 'a' })).toBe(line)
})

it('never has a line of progress wrap', () => {
  expect(progressLine({ done: 1, total: 2, name: 'x'.repeat(400) })).toHaveLength(100)
})

it('lists what became of each, with the end of a long name', () => {
  const [first = '', second = ''] = tableOf(outcomes).split('\n')
  expect(first).toMatch(/^imported {2}winter\.txt {36}A cold winter$/)
  expect(second).toMatch(/^failed {4}….*spring\.md {2}There is no text\.$/)
  expect(countOutcomes(outcomes)).toBe('1 imported, 1 failed')
})
