import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { safeNextPath } from './next-path'

describe('safeNextPath', () => {
  it.each([
    ['/documents/1?sentence=4#s4', '/documents/1?sentence=4#s4'],
    ['/', '/'],
    [undefined, '/'],
    ['', '/'],
    ['documents', '/'],
    ['https://example.org/', '/'],
    ['//example.org', '/'],
    ['/\\example.org', '/'],
    ['/\t/example.org', '/'],
    ['\n//example.org', '/'],
    ['javascript:alert(1)', '/'],
    ['/sign-in?next=/sign-in', '/'],
    ['/api/auth/signout', '/'],
    [`/${'a'.repeat(2001)}`, '/'],
  ])('%j leads to %j', (next, expected) => {
    expect(safeNextPath(next)).toBe(expected)
  })

  it('always stays on the same origin', () => {
    const tricky = fc.string({ unit: fc.constantFrom(...Array.from('/\\\t\n\r .:@%?#a\u00a0\u2028')), maxLength: 12 })
    fc.assert(
      fc.property(tricky, (rest) => {
        for (const next of [rest, `/${rest}`, `//${rest}`]) {
          expect(new URL(safeNextPath(next), 'https://here.example').origin).toBe('https://here.example')
        }
      }),
      { numRuns: 300 },
    )
  })
})
