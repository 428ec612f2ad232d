import { expect, it } from 'vitest'
import { disarm } from './export'

it.each([
  ["a;=cmd|'/C calc'!A0", "a;'=cmd|'/C calc'!A0"],
  ['a\t=1+1', "a\t'=1+1"],
  ['a; @SUM(A1)', "a;' @SUM(A1)"],
  ['a\n-2', "a\n'-2"],
  ['  =1', "'  =1"],
  ['Rise; fall = rise', 'Rise; fall = rise'],
  ['5 - 3', '5 - 3'],
])('%j is written as %j, which no separator turns into a formula', (value, written) => {
  expect(disarm(value)).toBe(written)
})
