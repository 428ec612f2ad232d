import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { safeNextPath, withFragment } from './next-path'

describe('safeNextPath', () => {
  it.each([
    ['/documents/1?sentence=4#s4', '/documents/1?sentence=4#s4'],
    ['/', '/'],
    ['/パ?q=é#ü', '/%E3%83%91?q=%C3%A9#%C3%BC'],
    ['/%E3%80%B1', '/%E3%80%B1'],
    ['/\ud800', '/%EF%BF%BD'],
    ['/.//example.org', '/'],
    ['/documents/../sign-in', '/'],
    ['/x/..//example.org', '/'],
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

  it('can always be sent as a header, and stays as it is when it is read again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (rest) => {
        const path = safeNextPath(`/${rest}`)
        expect(path).toMatch(/^[\x21-\x7e]+$/)
        expect(safeNextPath(path)).toBe(path)
      }),
      { numRuns: 500 },
    )
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

describe('withFragment', () => {
  it.each([
    ['/documents/1', '#sentence-16', '/documents/1#sentence-16'],
    ['/documents/1?revision=2', '#annotation-0193-ab', '/documents/1?revision=2#annotation-0193-ab'],
    ['/documents/1', '', '/documents/1'],
    ['/documents/1', '#', '/documents/1'],
    ['/documents/1#here', '#there', '/documents/1#here'],
    ['/documents/1', '#//example.org', '/documents/1'],
    ['/documents/1', '#a\n', '/documents/1'],
    ['/documents/1', '#javascript:alert(1)', '/documents/1'],
    ['/documents/1', `#${'a'.repeat(201)}`, '/documents/1'],
  ])('%s and %j', (path, fragment, expected) => {
    expect(withFragment(path, fragment)).toBe(expected)
    expect(safeNextPath(withFragment(path, fragment))).toBe(expected)
  })
})
