import { describe, expect, test } from 'vitest'
import type { OutcomeClaim, VerdictView } from '@/lib/domain/claims/schema'
import type { Rating } from '@/lib/domain/annotations/rating'
import { addressWith, claimBeside, endOf, firstLayer, layerOf, paintedClaim } from './layer'

function claim(start: number, rating: Rating | null | 'open' = 'sourced'): OutcomeClaim {
  const verdict = rating === 'open' ? null : ({ rating } as VerdictView)
  const place = { id: `c${String(start)}`, start, end: start + 5, exact: 'words', place: 'sentence 1' }
  return { ...place, verdict, own: null, dissent: [], comments: 0 }
}

describe('the layer shown first', () => {
  test.each([
    ['closed', false, 'verdicts'],
    ['closed', true, 'marks'],
    ['adjudication', false, 'marks'],
  ] as const)('of a session that is %s, reviewing now: %s', (state, isReviewing, layer) => {
    const session = { id: 's', name: 'S', state, closedAt: null }
    expect(firstLayer({ session, claims: [], cut: false }, isReviewing)).toBe(layer)
  })
  test('gives way to the address, but not to nonsense in it', () => {
    expect(layerOf('marks', 'verdicts')).toBe('marks')
    expect(layerOf('everything', 'verdicts')).toBe('verdicts')
  })
})

test('a claim is painted by its verdict; one without is not taken for a settled one', () => {
  expect([claim(0, 'contradicted'), claim(0, null), claim(0, 'open')].map(endOf)).toEqual([
    'contradicted',
    'no_claim',
    'open',
  ])
  expect(paintedClaim(claim(3, 'contradicted'))).toMatchObject({ start: 3, end: 8, rating: 'contradicted', own: true })
})

test.each([
  ['from the open claim onward', { activeId: 'c10', offset: 0, by: 1 }, 'c20'],
  ['from the open claim back', { activeId: 'c20', offset: 0, by: -1 }, 'c10'],
  ['past the last', { activeId: 'c20', offset: 0, by: 1 }, undefined],
  ['from a place in the text onward', { activeId: null, offset: 16, by: 1 }, 'c20'],
  ['from a place in the text back', { activeId: null, offset: 16, by: -1 }, 'c10'],
  ['from the beginning', { activeId: null, offset: 0, by: 1 }, 'c0'],
] as const)('the claim beside: %s', (_, from, id) => {
  expect(claimBeside([claim(0), claim(10), claim(20)], from)?.id).toBe(id)
})

test('the address names the layer only when it is not the first', () => {
  expect(addressWith('https://x.test/documents/1?revision=2#claim-3', 'marks', 'verdicts')).toBe(
    '/documents/1?revision=2&show=marks#claim-3',
  )
  expect(addressWith('https://x.test/documents/1?show=marks', 'verdicts', 'verdicts')).toBe('/documents/1')
})
