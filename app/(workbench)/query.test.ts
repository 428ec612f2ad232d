import { describe, expect, it } from 'vitest'
import { DomainError } from '@/lib/domain/errors'
import { loadPage, readQuery, withQuery } from './query'

describe('the query of a page', () => {
  it.each<[string, Record<string, string | string[] | undefined>, Partial<Record<'q' | 'sort', string>>]>([
    ['what is there', { q: ' tide ', sort: 'title' }, { q: 'tide', sort: 'title' }],
    ['the first of several', { q: ['a', 'b'] }, { q: 'a' }],
    ['nothing for empty', { q: '  ' }, {}],
    ['nothing for a zero character', { q: 'a\u0000b' }, {}],
    ['nothing for half of a surrogate pair', { q: 'a\uD800' }, {}],
    ['nothing for a value of no sense', { q: 'x'.repeat(501) }, {}],
    ['nothing that was not asked for', { other: 'x' }, {}],
  ])('%s', (_name, given, expected) => {
    expect(readQuery(given, ['q', 'sort'])).toEqual(expected)
  })

  it('is written back with what there is', () => {
    expect(withQuery('/documents', { q: 'a b', source: undefined })).toBe('/documents?q=a+b')
    expect(withQuery('/documents', {})).toBe('/documents')
  })
})

describe('a cursor', () => {
  const load = ({ cursor }: { cursor?: string }) =>
    cursor === 'odd'
      ? Promise.reject(new DomainError('invalid', 'Not of this list.'))
      : Promise.resolve(cursor ?? 'first')

  it.each<[string, string | undefined, string]>([
    ['none', undefined, 'first'],
    ['of this list', 'second', 'second'],
    ['of another list', 'odd', 'first'],
  ])('%s', async (_name, cursor, expected) => {
    expect(await loadPage(cursor, load)).toBe(expected)
  })

  it('does not hide other failures', async () => {
    await expect(loadPage('x', () => Promise.reject(new Error('The disk is full')))).rejects.toThrow('The disk is full')
  })
})
