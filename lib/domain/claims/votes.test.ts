import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ratings, type Rating } from '../annotations/rating'
import { agreementOf, countVotes, dissentFrom, pluralityOf, type ClaimAgreement, type Vote } from './votes'

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
