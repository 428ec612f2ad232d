import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { ownColumns, readRatings, type FinishedRating } from './read-ratings'
import { reportRatings, type RatingChoices } from './report-ratings'

const plain: RatingChoices = { renamed: new Map(), leftOut: [], alike: 'nothing' }

function ratingsOf(text: string): FinishedRating[] {
  const read = readRatings(text)
  if (!read.ok) throw new Error(read.message)
  return read.ratings
}

describe('a file of ratings', () => {
  test('is CSV or JSON lines, and says the same in both', () => {
    const csv = '\uFEFFdocument,source,rating,date\nA,Herald,true,2026-01-01\nB,Herald,"false, mostly",\n'
    const lines =
      '{"document":"A","source":"Herald","rating":"true","date":"2026-01-01"}\n{"document":"B","source":"Herald","rating":"false, mostly","date":null}\n'
    expect(ratingsOf(csv)).toEqual(ratingsOf(lines))
    expect(ratingsOf(csv)[1]).toEqual({ document: 'B', source: 'Herald', rating: 'false, mostly', date: '', rater: '' })
  })

  test.each([
    ['nothing', '', 'no ratings'],
    ['a header alone', 'document,source,rating\n', 'no ratings'],
    ['no rating column', 'document,source\nA,B\n', 'no column “rating”'],
    ['an empty cell', 'document,source,rating\nA,,true\n', 'Rating 1 has no document, no source'],
    ['broken JSON', '{"document":"A"\n', 'Line 1 is no JSON object'],
    ['an open quotation', 'document,source,rating\n"A,B,true\n', 'never closed'],
  ])('with %s is refused in a sentence', (_name, text, says) => {
    const read = readRatings(text)
    expect(read.ok ? '' : read.message).toContain(says)
  })
})

describe('a report from ratings', () => {
  test('says what it cannot, and counts no tie', () => {
    const one = reportRatings(ratingsOf('document,source,rating\nA,Herald,true\nB,Herald,false\n'), plain)
    expect(one.cannotSay[0]).toContain('No agreement data')
    const two = reportRatings(
      ratingsOf('document,source,rating,rater\nA,Herald,true,x\nA,Herald,false,y\nB,Herald,true,x\nB,Herald,true,y\n'),
      plain,
    )
    expect(two.sources).toMatchObject([{ documents: 2, inShares: 1, tied: 1 }])
    expect(two.cannotSay[0]).toContain('2 of 2 documents')
  })

  test('gives no share of nothing', () => {
    const choices = { ...plain, leftOut: ['opinion'] }
    const { sources } = reportRatings(ratingsOf('document,source,rating\nA,Herald,opinion\n'), choices)
    expect(sources).toMatchObject([{ documents: 1, inShares: 0, shares: [{ count: 1, estimate: null, plain: null }] }])
  })
})

const file = path.resolve(process.cwd(), '../shared/testdata/reports/buzzfeed-2016-facebook-fact-check.csv')
const present = existsSync(file)
const note = present ? '' : ' (skipped: the data set is not beside the project)'

describe.skipIf(!present)(`BuzzFeed News 2016 as finished ratings${note}`, () => {
  const choices: RatingChoices = {
    renamed: new Map([
      ['mixture of true and false', 'not mostly true'],
      ['mostly false', 'not mostly true'],
    ]),
    leftOut: ['no factual content'],
    alike: 'nothing',
  }
  const reportBy = (source: string) => {
    const columns = { ...ownColumns, document: 'post_id', source, rating: 'Rating', date: 'Date Published' }
    const read = present ? readRatings(readFileSync(file, 'utf8'), columns) : { ok: true as const, ratings: [] }
    if (!read.ok) throw new Error(read.message)
    return reportRatings(read.ratings, choices)
  }
  const byPage = reportBy('Page')
  const byCategory = reportBy('Category')

  test.each([
    ['ABC News Politics', 2, 174, '0.0032', '0.0409'],
    ['CNN Politics', 4, 389, '0.0040', '0.0261'],
    ['Politico', 2, 530, '0.0010', '0.0137'],
    ['Addicting Info', 33, 129, '0.1883', '0.3374'],
    ['Occupy Democrats', 42, 144, '0.2236', '0.3705'],
    ['The Other 98%', 15, 82, '0.1141', '0.2801'],
    ['Eagle Rising', 84, 205, '0.3447', '0.4781'],
    ['Freedom Daily', 52, 108, '0.3895', '0.5747'],
    ['Right Wing News', 115, 257, '0.3879', '0.5086'],
  ])('%s: %i of %i posts are not mostly true, to the digits printed', (name, count, of, low, high) => {
    const found = byPage.sources.find(({ source }) => source === name)
    const share = found?.shares.find(({ rating }) => rating === 'not mostly true')
    expect(found?.inShares).toBe(of)
    expect([share?.count, share?.plain?.low.toFixed(4), share?.plain?.high.toFixed(4)]).toEqual([count, low, high])
  })

  test.each([
    ['left', 90, 116, 471],
    ['mainstream', 8, 52, 1145],
    ['right', 251, 96, 666],
  ])('%s: %i not mostly true, %i without factual content, of %i', (name, count, without, of) => {
    const found = byCategory.sources.find(({ source }) => source === name)
    const countOf = (rating: string) => found?.shares.find((share) => share.rating === rating)?.count
    expect([countOf('not mostly true'), countOf('no factual content'), found?.documents]).toEqual([count, without, of])
  })

  test('says that one rating a post gives no agreement', () => {
    expect(byPage.cannotSay[0]).toContain('No agreement data')
  })
})
