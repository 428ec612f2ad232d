import { describe, expect, test } from 'vitest'
import { checkMerge, checkSplit, type RegroupedClaim } from './regroup'

function claim(change: Partial<RegroupedClaim> = {}): RegroupedClaim {
  const votes = [
    { mask: 'A', authorId: 'x' },
    { mask: 'B', authorId: 'y' },
  ]
  return { id: 'one', sessionId: 's', revisionId: 'r', decided: false, votes, ...change }
}
const other = claim({ id: 'two', votes: [{ mask: 'A', authorId: 'z' }] })

describe('checkSplit', () => {
  test.each<[string, RegroupedClaim, string[], string | null]>([
    ['one of two', claim(), ['B'], null],
    ['all', claim(), ['A', 'B'], 'Leave at least one rating'],
    ['none', claim(), [], 'Name the ratings'],
    ['an unknown letter', claim(), ['C'], 'It has: A, B.'],
    ['a letter twice', claim(), ['A', 'A'], 'Name each rating once.'],
    ['a decided claim', claim({ decided: true }), ['A'], 'Withdraw it first'],
  ])('%s', (_name, given, apart, problem) => {
    const result = checkSplit(given, apart)
    if (problem === null) expect(result).toEqual({ ok: true })
    else expect(result).toMatchObject({ ok: false, problem: expect.stringContaining(problem) as string })
  })
})

describe('checkMerge', () => {
  test.each<[string, RegroupedClaim, RegroupedClaim, string | null]>([
    ['two claims of different reviewers', claim(), other, null],
    ['itself', claim(), claim(), 'cannot be merged with itself'],
    ['another text', claim(), { ...other, revisionId: 'q' }, 'same document in the same session'],
    ['another session', claim(), { ...other, sessionId: 't' }, 'same document in the same session'],
    ['a decided one', claim({ decided: true }), other, 'Withdraw it first'],
    ['with a decided one', claim(), { ...other, decided: true }, 'The other claim has a verdict'],
    ['two ratings of one reviewer', claim(), claim({ id: 'two' }), 'Rating A here and rating A there'],
  ])('%s', (_name, one, two, problem) => {
    const result = checkMerge(one, two)
    if (problem === null) expect(result).toEqual({ ok: true })
    else expect(result).toMatchObject({ ok: false, problem: expect.stringContaining(problem) as string })
  })
})
