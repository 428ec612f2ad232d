import { describe, expect, it } from 'vitest'
import { parseRobots } from './guard'

function allows(source: string, path: string): boolean {
  return parseRobots(source, 'Sourcemark')(new URL(path, 'https://harbour.example'))
}

const all = (rules: string) => `User-agent: *\n${rules}`

describe('what a robots.txt says', () => {
  it.each([
    ['nothing', '', '/a', true],
    ['an empty rule', all('Disallow:'), '/a', true],
    ['a beginning', all('Disallow: /private'), '/private-parts', false],
    ['another beginning', all('Disallow: /private'), '/public', true],
    ['the longest rule', all('Disallow: /news\nAllow: /news/open'), '/news/open/1', true],
    ['two rules of one length', all('Disallow: /news\nAllow: /news'), '/news', true],
    ['a wildcard', all('Disallow: /*.pdf'), '/a/b.pdf?x', false],
    ['the end', all('Disallow: /*.pdf$'), '/a/b.pdf?x', true],
    ['the end that fits', all('Disallow: /*.pdf$'), '/a.pdf/b.pdf', false],
    ['a whole path', all('Disallow: /a$'), '/a', false],
    ['a whole path that goes on', all('Disallow: /a$'), '/ab', true],
    ['a piece that is there only once', all('Disallow: /ab*b$'), '/ab', true],
    ['a query', all('Disallow: /*?page='), '/list?page=2', false],
    ['letters that are not ASCII', all('Disallow: /häfen'), '/h%c3%a4fen', false],
    ['a comment and a mark at its beginning', '\uFEFFuser-agent: * # all\ndisallow: / # no', '/a', false],
    [
      'rules for us before those for all',
      'User-agent: *\nDisallow: /\n\nUser-agent: sourcemark/2\nAllow: /',
      '/a',
      true,
    ],
    ['rules for others', 'User-agent: otherbot\nDisallow: /', '/a', true],
    ['a group for several', 'User-agent: otherbot\nCrawl-delay: 5\nUser-agent: Sourcemark\nDisallow: /', '/a', false],
    ['two groups for us', 'User-agent: sourcemark\nDisallow: /a\nUser-agent: sourcemark\nDisallow: /b', '/a', false],
    ['rules without a group', 'Disallow: /', '/a', true],
  ])('%s', (_name, source, path, expected) => {
    expect(allows(source, path)).toBe(expected)
  })

  it.each([
    ['many programs with many rules', 'user-agent:a\n'.repeat(20_000) + 'allow:/\n'.repeat(30_000)],
    ['a rule of wildcards', all(`Disallow: /${'*a'.repeat(250_000)}`)],
    ['many rules of wildcards', all('Disallow: /*a*a*a*ab\n'.repeat(24_000))],
    ['long pieces that nearly fit', all(`Disallow: /*${'a'.repeat(1_900)}b\n`.repeat(260))],
  ])('is known in time proportional to its length: %s', (_name, source) => {
    const before = process.cpuUsage()
    allows(source, `/${'a'.repeat(1_990)}`)
    const { user, system } = process.cpuUsage(before)
    expect((user + system) / 1000).toBeLessThan(1_000)
  })
})
