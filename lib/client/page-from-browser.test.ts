import { expect, test } from 'vitest'
import { pageMessage } from '@/lib/domain/documents/bookmarklet'
import { readReceivedPage } from './page-from-browser'

const address = 'https://herald.example/piers?page=2'
const origin = 'https://herald.example'
const message = { kind: pageMessage, address, base: 'https://herald.example/', title: 'Piers', html: '<html></html>' }

test('a page comes from the site that it names', () => {
  const { kind: _kind, ...page } = message
  expect(readReceivedPage(message, origin)).toEqual({ ok: true, page })
})

test('links of a page without an address of its own for them are resolved against its address', () => {
  expect(readReceivedPage({ ...message, base: 'about:blank' }, origin)).toMatchObject({ page: { base: address } })
})

test.each<[string, unknown, string, RegExp]>([
  ['another site', message, 'https://other.example', /another site/],
  ['another port', message, 'https://herald.example:8443', /another site/],
  ['a window without an origin', message, 'null', /another site/],
  ['a file', { ...message, address: 'file:///etc/passwd' }, 'null', /another site/],
  ['an invalid address', { ...message, address: 'herald.example' }, origin, /another site/],
  ['something else', { ...message, kind: 'hello' }, origin, /did not send a page/],
  ['a page without its text', { ...message, html: 4 }, origin, /did not send a page/],
  ['nothing', null, origin, /did not send a page/],
  ['a page that is too large', { ...message, html: 'x'.repeat(40_000_001) }, origin, /too large/],
])('%s is refused', (_, given, from, says) => {
  expect(readReceivedPage(given, from)).toMatchObject({ ok: false, message: expect.stringMatching(says) as string })
})
