import { expect, it } from 'vitest'
import { namesOwnHost } from './same-origin'

it.each([
  [{ host: 'localhost:3000' }, true],
  [{ host: '127.0.0.1:3000' }, true],
  [{ host: '192.168.1.7' }, true],
  [{ host: '[::1]:3000' }, true],
  [{}, true],
  [{ host: 'evil.example' }, false],
  [{ host: 'localhost.evil.example' }, false],
  [{ host: 'localhost:3000@evil.example' }, false],
  [{ host: 'localhost', 'x-forwarded-host': 'evil.example' }, false],
  [{ host: 'localhost/evil.example' }, true],
  [{ host: ' ' }, false],
])('%j: %s', (headers, expected) => {
  expect(namesOwnHost(new Headers(headers))).toBe(expected)
})
