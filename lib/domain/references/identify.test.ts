import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cslSchema } from './schema'
import { addressKey, identify, identifierKey, titleOf } from './identify'

describe('knowing an address or a DOI', () => {
  it.each<[string, string]>([
    ['https://example.org/page', 'https://example.org/page'],
    ['  http://example.org  ', 'http://example.org'],
    ['HTTPS://Example.org/Page', 'HTTPS://Example.org/Page'],
    ['www.example.org', 'https://www.example.org'],
    ['example.org/page', 'https://example.org/page'],
    ['example.org:8080/page', 'https://example.org:8080/page'],
    ['bücher.example/ä', 'https://bücher.example/ä'],
    ['<https://example.org/a>', 'https://example.org/a'],
    ['“https://example.org/a”', 'https://example.org/a'],
    ['(https://example.org/a)', 'https://example.org/a'],
    ['https://example.org/a.', 'https://example.org/a'],
    ['https://example.org/Tide_(moon)', 'https://example.org/Tide_(moon)'],
    ['https://publisher.example/article/10.1234/abc', 'https://publisher.example/article/10.1234/abc'],
  ])('%s is an address', (typed, url) => {
    expect(identify(typed)).toEqual({ kind: 'address', url })
  })

  it.each<[string, string]>([
    ['10.1234/abc', '10.1234/abc'],
    ['doi:10.1234/ABC', '10.1234/abc'],
    ['DOI: 10.1234/abc', '10.1234/abc'],
    ['doi 10.1234/abc', '10.1234/abc'],
    ['https://doi.org/10.1234/abc', '10.1234/abc'],
    ['http://dx.doi.org/10.1234/abc', '10.1234/abc'],
    ['https://www.doi.org/10.1234/abc', '10.1234/abc'],
    ['https://doi.org/10.1002%2F(sici)1', '10.1002/(sici)1'],
    ['https://doi.org/10.1234/abc?from=mail#top', '10.1234/abc'],
    ['10.1000/182.', '10.1000/182'],
  ])('%s is a DOI', (typed, doi) => {
    expect(identify(typed)).toEqual({ kind: 'doi', doi })
  })

  it.each([
    '',
    'Traffic register 2024',
    'register',
    'e.g.',
    '3.5/10',
    '10.5/7',
    'and/or',
    'javascript:alert(1)',
    'mailto:mina@example.org',
    'mina@example.org/x',
    'file:///etc/hosts',
    'https://',
    'https://example.org/a page',
    'see https://example.org/a',
    `https://example.org/${'a'.repeat(2000)}`,
    'https://example.org/\ud800',
  ])('%s is words', (typed) => {
    expect(identify(typed)).toBeNull()
  })
})

describe('addresses of one page', () => {
  it.each<[string, string, string]>([
    ['scheme', 'http://example.org/a', 'https://example.org/a'],
    ['www', 'https://www.example.org/a', 'https://example.org/a'],
    ['a slash at the end', 'https://example.org/a/', 'https://example.org/a'],
    ['no path', 'https://example.org', 'https://example.org/'],
    ['the usual port', 'https://example.org:443/a', 'http://example.org:80/a'],
    ['capitals in the host', 'https://EXAMPLE.org/a', 'https://example.org/a'],
    ['tracking', 'https://example.org/a?utm_source=x&fbclid=1&id=2', 'https://example.org/a?id=2'],
    ['the order of parameters', 'https://example.org/a?b=2&a=1', 'https://example.org/a?a=1&b=2'],
    ['a fragment', 'https://example.org/a#part', 'https://example.org/a'],
    ['a text fragment', 'https://example.org/a#:~:text=so', 'https://example.org/a'],
    ['ways to write a letter', 'https://example.org/%C3%A4', 'https://example.org/ä'],
    ['a resolver and a bare DOI', 'https://doi.org/10.1234/ABC', '10.1234/abc'],
  ])('%s does not count', (_name, one, other) => {
    expect(addressKey(one)).toBe(addressKey(other))
    expect(addressKey(one)).not.toBeNull()
  })

  it.each<[string, string, string]>([
    ['the path', 'https://example.org/a', 'https://example.org/b'],
    ['capitals in the path', 'https://example.org/a', 'https://example.org/A'],
    ['a parameter', 'https://example.org/a?id=1', 'https://example.org/a?id=2'],
    ['the port', 'https://example.org:8080/a', 'https://example.org/a'],
    ['a host', 'https://a.example.org/', 'https://b.example.org/'],
    ['a fragment that is a path', 'https://example.org/#/a', 'https://example.org/#/b'],
  ])('%s counts', (_name, one, other) => {
    expect(addressKey(one)).not.toBe(addressKey(other))
  })
})

it.each<[string, string]>([
  ['https://www.tides.example/tables/tide-tables-2025.html', 'Tide tables 2025 – tides.example'],
  ['https://example.org/2024/03/09/', 'example.org'],
  ['https://example.org/news/2024/12345', 'News – example.org'],
  ['https://example.org/index.php', 'example.org'],
  ['https://example.org/%D9%BE%D9%84-%D9%86%D9%88', 'پل نو – example.org'],
  ['https://example.org/%E0%A4%A', 'example.org'],
  ['doi:10.1234/abc', 'DOI 10.1234/abc'],
])('the title of %s begins as %s', (typed, title) => {
  const identifier = identify(typed)
  expect(identifier === null ? null : titleOf(identifier)).toBe(title)
})

it('holds for anything: what is known can be stored and is known again', () => {
  const address = fc.oneof(
    fc.webUrl({ withQueryParameters: true, withFragments: true }),
    fc.string(),
    fc.string().map((path) => `https://example.org/${path}`),
    fc.string().map((suffix) => `10.1234/${suffix}`),
  )
  fc.assert(
    fc.property(address, (typed) => {
      const identifier = identify(typed)
      if (identifier === null) return
      const { kind, ...rest } = identifier
      const stored = identifier.kind === 'doi' ? { DOI: identifier.doi } : { URL: identifier.url }
      expect(cslSchema.safeParse({ type: 'webpage', title: titleOf(identifier), ...stored }).success).toBe(true)
      expect(identify(identifier.kind === 'doi' ? identifier.doi : identifier.url)?.kind).toBe(kind)
      expect(Object.keys(rest)).toHaveLength(1)
      expect(identifierKey(identifier)).not.toBe('')
    }),
    { examples: [['10.1234/a))'], ['10.1234/a.).)'], ['“10.1234/a!”.']] },
  )
})
