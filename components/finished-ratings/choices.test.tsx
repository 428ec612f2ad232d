import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { readTable } from '@/lib/domain/finished-ratings/rating-table'
import { makeRatingsRecord } from '@/lib/domain/finished-ratings/ratings-record'
import { ownColumns, readRatings } from '@/lib/domain/finished-ratings/read-ratings'
import { RatingsReportView } from './ratings-report'
import { choicesOf, type CountedAs } from './choices'

/** Posts of two invented publishers, rated as BuzzFeed News did in 2016: one rating per post, in four words. */
function postsOf(): string {
  const words = ['mostly true', 'mixture of true and false', 'mostly false', 'no factual content']
  const rows = Array.from({ length: 90 }, (_, at) => {
    const word = words[at % 9 === 0 ? 3 : at % 9 === 1 ? 2 : at % 9 === 2 ? 1 : 0] ?? ''
    return `${String(1000 + at)},${at < 80 ? 'The Coastal Herald' : 'Inland <b>News</b>'},${word},2026-03-${String(10 + (at % 7))}`
  })
  return ['document,source,rating,date', ...rows].join('\n')
}

test('words are counted as a person chose, and the report says first what the file cannot', () => {
  const text = postsOf()
  const table = readTable(text)
  if (!table.ok) throw new Error(table.message)
  const read = readRatings(table.table)
  if (!read.ok) throw new Error(read.message)
  const named = (name: string): CountedAs => ({ is: 'named', name })
  const counted = new Map([
    ['mixture of true and false', named('not mostly true')],
    ['mostly false', named('not mostly true')],
    ['no factual content', named('Not checkable')],
    ['mostly true', named('')],
  ])
  const choices = choicesOf(read.ratings, counted, 'date')
  expect(choices).toMatchObject({ leftOut: ['Not checkable'], ignored: [], alike: 'date' })
  expect(choices.renamed.has('mostly true')).toBe(false)
  const bytes = new TextEncoder().encode(text)
  const record = makeRatingsRecord({
    file: { name: 'posts.csv', bytes },
    read,
    columns: ownColumns(table.table),
    choices,
  })
  const markup = renderToStaticMarkup(<RatingsReportView record={record} />)
  expect(markup).not.toContain('<b>News</b>')
  const words = markup.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
  expect(words.indexOf('No agreement data')).toBeLessThan(words.indexOf('The Coastal Herald'))
  expect(words).toContain('80 documents, 10 March 2026 to 16 March 2026; 71 in shares')
  expect(words).toMatch(/not mostly true .* 18 of 71/)
  expect(words).toContain('Without a share: Not checkable 9')
  expect(words).toContain('Too few items for shares: 9 of at least 30')
})
