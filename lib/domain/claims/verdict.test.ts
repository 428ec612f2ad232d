import { describe, expect, test } from 'vitest'
import { ratings, type Rating } from '../annotations/rating'
import {
  reasonsFor,
  reasonWords,
  verdictProblems,
  verdictReasonCodes,
  verdictReasons,
  type VerdictContent,
} from './verdict'

const free = { requireQuotes: false, requireSearchNote: false }
const strict = { requireQuotes: true, requireSearchNote: true }
const plain: VerdictContent = {
  rating: 'unsourced',
  disputed: false,
  partial: false,
  reason: 'nothing-found',
  words: '',
  citations: [],
}

describe('verdict reasons', () => {
  test.each<Rating | null>([...ratings, null])('for %s each have a key of their own', (rating) => {
    const reasons = reasonsFor(rating)
    expect(reasons.length).toBeGreaterThanOrEqual(3)
    expect(new Set(reasons.map(({ key }) => key)).size).toBe(reasons.length)
    expect(reasons.at(-1)?.code).toBe('other')
    // The keys of the adjudication view.
    for (const { key } of reasons) expect('bdgijkluvx').not.toContain(key)
  })

  test('are named once, and say themselves', () => {
    expect(new Set(verdictReasonCodes).size).toBe(verdictReasons.length)
    expect(reasonWords('opinion')).toBe('Opinion or value judgement')
    expect(reasonWords('of-old')).toBe('of-old')
  })
})

describe('verdictProblems', () => {
  const supports = { stance: 'supports' as const, quote: '' }
  const contradicts = { stance: 'contradicts' as const, quote: 'late' }
  test.each<[string, Partial<VerdictContent>, typeof free, string[]]>([
    ['unsourced needs nothing more', {}, free, []],
    ['unless the protocol wants the search', {}, strict, ['words']],
    ['which words give', { words: 'Asked the office.' }, strict, []],
    [
      'sourced needs support',
      { rating: 'sourced', reason: 'confirmed', citations: [contradicts] },
      free,
      ['citations'],
    ],
    ['and has it', { rating: 'sourced', reason: 'confirmed', citations: [supports] }, free, []],
    [
      'with a quote where wanted',
      { rating: 'sourced', reason: 'confirmed', citations: [supports] },
      strict,
      ['citations.0.quote'],
    ],
    [
      'contradicted needs the contrary',
      { rating: 'contradicted', reason: 'wrong-figure', citations: [supports] },
      free,
      ['citations'],
    ],
    [
      'and has it, quoted',
      { rating: 'contradicted', reason: 'wrong-figure', citations: [supports, contradicts] },
      strict,
      [],
    ],
    [
      'with the words that contradict, regardless of the protocol',
      { rating: 'contradicted', reason: 'wrong-figure', citations: [supports, { ...contradicts, quote: ' ' }] },
      free,
      ['citations.1.quote'],
    ],
    ['a reason of another rating', { reason: 'confirmed' }, free, ['reason']],
    ['another reason, unsaid', { reason: 'other', words: ' ' }, free, ['words']],
    ['no claim', { rating: null, reason: 'no-statement' }, strict, []],
    ['no claim, yet disputed', { rating: null, reason: 'no-statement', disputed: true }, free, ['rating']],
  ])('%s', (_name, given, protocol, paths) => {
    expect(verdictProblems({ ...plain, ...given }, protocol).map(({ path }) => path)).toEqual(paths)
  })
})
