import { expect, test } from 'vitest'
import type { Agreement } from '@/lib/domain/agreement/schema'
import { agreementInPlainWords } from './words'

function agreement(cells: number[][], coMarked: number, established: boolean) {
  const claims = { coMarked } as Agreement['claims']
  return { claims, established, coincidences: { coMarked: cells } as Agreement['coincidences'] }
}

test('agreement in plain words', () => {
  const cells = [
    [16, 1, 0, 0],
    [1, 0, 0, 0],
    [0, 0, 2, 0],
    [0, 0, 0, 0],
  ]
  expect(agreementInPlainWords(agreement(cells, 10, false))).toBe(
    'Where two reviewers marked the same claim without seeing each other, they rated it alike in 90 % of cases, over 10 claims. That is not enough to say how others would judge.',
  )
  expect(agreementInPlainWords(agreement(cells, 10, true))).toContain('enough to expect the same of others')
  expect(agreementInPlainWords(agreement([], 0, false))).toContain('No claim was marked by two reviewers')
})
