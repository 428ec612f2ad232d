import { afterEach, describe, expect, it } from 'vitest'
import { cookieOptions, sessionCookieName } from '../auth/cookies'
import { receivingPath } from '@/lib/domain/documents/bookmarklet'
import { settings } from '../env'
import { securityHeaders } from './security-headers'

const address = settings().PUBLIC_URL

afterEach(() => {
  Object.assign(settings(), { PUBLIC_URL: address })
})

describe('a public address', () => {
  it.each([
    [
      'with https',
      'https://facts.example.org',
      { strict: 'max-age=31536000', cookie: '__Host-next-auth.session-token' },
    ],
    ['with http', 'http://facts.example.org', { strict: undefined, cookie: 'next-auth.session-token' }],
    ['that is not set', undefined, { strict: undefined, cookie: 'next-auth.session-token' }],
  ])('%s decides whether browsers are held to https', (_, publicUrl, { strict, cookie }) => {
    Object.assign(settings(), { PUBLIC_URL: publicUrl })
    expect(securityHeaders()['strict-transport-security']).toBe(strict)
    expect(sessionCookieName()).toBe(cookie)
    expect(cookieOptions()).toMatchObject({ httpOnly: true, sameSite: 'lax', path: '/', secure: strict !== undefined })
  })
})

it.each([
  [receivingPath, 'unsafe-none'],
  [`${receivingPath}/more`, 'same-origin'],
  ['/documents/import', 'same-origin'],
  ['/', 'same-origin'],
])('the window that opened %s: %s', (path, policy) => {
  expect(securityHeaders(path)['cross-origin-opener-policy']).toBe(policy)
})
