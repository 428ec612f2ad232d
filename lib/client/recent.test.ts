import { describe, expect, it } from 'vitest'
import { kindOfPage, mostRecent, parseRecent, withRecent, type RecentThing } from './recent'

const id = '0190a1b2-0000-7000-8000-000000000001'
const thing = (path: string, label = path): RecentThing => ({ kind: 'document', label, path })

describe('recent things', () => {
  it.each([
    [`/documents/${id}`, 'document'],
    [`/review-sessions/${id}`, 'review-session'],
    [`/sources/${id}/report`, 'report'],
    [`/sources/${id}`, 'source'],
    [`/references/${id}`, 'reference'],
    ['/documents', null],
    ['/documents/import', null],
    [`/references/${id}/edit`, null],
    [`//example.org/documents/${id}`, null],
  ])('%s is a %s', (path, kind) => {
    expect(kindOfPage(path)).toBe(kind)
  })

  it('are there once, the last opened first, and not too many', () => {
    const opened = Array.from({ length: 20 }, (_, index) => thing(`/documents/${String(index)}`))
    const list = opened.reduce<RecentThing[]>((before, next) => withRecent(before, next), [])
    expect(list).toHaveLength(mostRecent)
    expect(list[0]).toEqual(opened.at(-1))
    const again = withRecent(list, thing(list[3]?.path ?? '', 'renamed'))
    expect(again.map(({ label }) => label)).toEqual([
      'renamed',
      ...list.filter((_, at) => at !== 3).map((t) => t.label),
    ])
  })

  it.each([
    null,
    '',
    'x',
    '{}',
    '[1]',
    '[null]',
    '[{"label":"a","path":"//evil.example"}]',
    '[{"label":1,"path":"/"}]',
  ])('of a stored %s are none', (stored) => {
    expect(parseRecent(stored)).toEqual([])
  })

  it('survive being stored', () => {
    const things = [thing(`/documents/${id}`, 'The pier')]
    expect(parseRecent(JSON.stringify(things))).toEqual(things)
  })
})
