import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { ratings, type Rating } from '../annotations/rating'
import {
  holdsOnVotes,
  reasonsFor,
  reasonWords,
  verdictProblems,
  verdictReasonCodes,
  verdictReasons,
  agreementOf,
  countVotes,
  dissentFrom,
  pluralityOf,
  type VerdictContent,
  type ClaimAgreement,
  type Vote,
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

describe('holdsOnVotes', () => {
  const given = (...rated: Rating[]) => rated.map((rating) => ({ rating }))
  test.each<[string, boolean, Parameters<typeof holdsOnVotes>]>([
    ['agreement, on the rating all gave', true, ['reviewers-agree', 'sourced', given('sourced', 'sourced')]],
    ['agreement, on a rating nobody gave', false, ['reviewers-agree', 'unsourced', given('sourced', 'sourced')]],
    ['agreement, where they differ', false, ['reviewers-agree', 'sourced', given('sourced', 'unsourced')]],
    ['agreement, of nobody', false, ['reviewers-agree', 'sourced', []]],
    ['the one rating', true, ['single-review', 'sourced', given('sourced')]],
    ['the one rating, where it was another', false, ['single-review', 'contradicted', given('sourced')]],
    ['the one rating of two', false, ['single-review', 'sourced', given('sourced', 'sourced')]],
    ['any other reason', true, ['nothing-found', 'unsourced', given('sourced')]],
  ])('%s: %s', (_, holds, asked) => {
    expect(holdsOnVotes(...asked)).toBe(holds)
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

function votesOf(...given: (Rating | `late ${Rating}`)[]): Vote[] {
  return given.map((word) => ({ rating: word.replace('late ', '') as Rating, late: word.startsWith('late') }))
}

describe('agreementOf', () => {
  test.each<[string, Vote[], number, ClaimAgreement]>([
    ['nobody', [], 2, 'no-votes'],
    ['all alike', votesOf('sourced', 'sourced'), 2, 'unanimous'],
    ['one did not mark it', votesOf('sourced', 'sourced'), 3, 'unmarked'],
    ['only one marked it', votesOf('sourced'), 2, 'unmarked'],
    ['the only reader', votesOf('sourced'), 1, 'single'],
    ['two ratings', votesOf('sourced', 'unsourced', 'sourced'), 3, 'disagreement'],
    ['two ratings, one unmarked', votesOf('sourced', 'unsourced'), 3, 'disagreement'],
  ])('%s', (_name, votes, reviewers, expected) => {
    expect(agreementOf(votes, reviewers)).toBe(expected)
  })
})

describe('pluralityOf', () => {
  test.each<[string, Vote[], Rating | null]>([
    ['nobody', [], null],
    ['most', votesOf('sourced', 'unsourced', 'sourced'), 'sourced'],
    ['a tie', votesOf('sourced', 'unsourced'), null],
    ['late votes do not count', votesOf('sourced', 'late unsourced', 'late unsourced'), 'sourced'],
    ['only late votes', votesOf('late sourced'), null],
  ])('%s', (_name, votes, expected) => {
    expect(pluralityOf(votes)).toBe(expected)
  })
})

const someVotes = fc.array(fc.record({ rating: fc.constantFrom(...ratings), late: fc.boolean() }), { maxLength: 8 })

test('law: dissent and assent are all the votes, and no claim dissents from everyone', () => {
  fc.assert(
    fc.property(someVotes, fc.constantFrom(...ratings), (votes, verdict) => {
      expect(dissentFrom(verdict, votes).length + countVotes(votes)[verdict]).toBe(votes.length)
      expect(dissentFrom(null, votes)).toEqual(votes)
    }),
  )
})

test('law: the order of votes says nothing', () => {
  fc.assert(
    fc.property(someVotes, fc.integer({ min: 1, max: 9 }), (votes, reviewers) => {
      const turned = [...votes].reverse()
      expect(agreementOf(turned, reviewers)).toBe(agreementOf(votes, reviewers))
      expect(pluralityOf(turned)).toBe(pluralityOf(votes))
    }),
  )
})
