import { expect, test } from 'vitest'
import { makeDocument, makeSettled, makeSettledDocuments, mark, reportOn, settle } from './fixtures'

const marked = makeDocument('marked', 6, {
  annotations: [
    // Open, and listed among the contradicted ones, because one of its reviewers contradicts it.
    mark('x', 0, { rating: 'contradicted' }),
    mark('y', 0, { rating: 'sourced' }),
    // Open between sourced and unsourced.
    mark('x', 1, { rating: 'sourced' }),
    mark('y', 1, { rating: 'unsourced' }),
    // With missing evidence.
    mark('x', 2, { rating: 'sourced', citations: [] }),
    mark('y', 2, { rating: 'sourced', citations: [] }),
    mark('x', 3, { rating: 'not_checkable' }),
    mark('y', 3, { rating: 'not_checkable' }),
  ],
})
const settled = makeSettled('settled', 3, [
  settle(0, 'sourced'),
  settle(1, 'contradicted', { citations: [] }),
  settle(2, null),
])

test('every claim that is counted as open or incomplete is listed with its words and place', () => {
  const { claims, contradicted, unsettled } = reportOn([marked, settled])
  const why = (reason: string) => unsettled.filter((claim) => claim.why === reason).length
  expect([claims.open, claims.incomplete]).toEqual([2, 2])
  expect(contradicted.filter(({ open }) => open)).toHaveLength(1)
  expect([why('open'), why('incomplete')]).toEqual([1, 2])
  expect(
    unsettled.map(({ documentTitle, exact, place, why: reason }) => [documentTitle, exact, place, reason]),
  ).toEqual([
    ['Title of marked', 'Claim 1.', 'sentence 2', 'open'],
    ['Title of marked', 'Claim 2.', 'sentence 3', 'incomplete'],
    ['Title of settled', 'Claim 1.', 'sentence 2', 'incomplete'],
  ])
})

test('nothing is listed, and no gate speaks of it, where all is settled', () => {
  const { unsettled, gates } = reportOn(makeSettledDocuments(12))
  expect(unsettled).toEqual([])
  const codes = gates.map(({ code }) => code)
  for (const code of ['open-claims', 'incomplete-claims', 'single-review', 'withdrawn-documents']) {
    expect(codes).not.toContain(code)
  }
})

test('a flag of one reviewer is one of the claim', () => {
  const flagged = makeDocument('d', 2, {
    annotations: [
      mark('x', 0, { rating: 'sourced', disputed: true }),
      mark('y', 0, { rating: 'sourced', partial: true }),
      mark('x', 1, { rating: 'sourced' }),
      mark('y', 1, { rating: 'sourced' }),
    ],
  })
  const { claims, sourced } = reportOn([flagged])
  expect(sourced.map(({ disputed, partial }) => [disputed, partial])).toEqual([
    [true, true],
    [false, false],
  ])
  expect([claims.disputed, claims.partial]).toEqual([1, 1])
})

test('reports warn of agreement until it is established', () => {
  const { agreement, gates } = reportOn(makeSettledDocuments(12))
  expect(agreement.established).toBe(false)
  expect(gates.filter(({ code }) => code === 'no-agreement')).toEqual([{ code: 'no-agreement', says: agreement.says }])
})
