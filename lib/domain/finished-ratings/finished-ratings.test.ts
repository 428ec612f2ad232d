import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  guessColumns,
  ownColumns,
  readRatings,
  suggestRating,
  type FinishedRating,
  type RatingColumns,
} from './read-ratings'
import { readTable, readTableBytes, type RatingTable } from './rating-table'
import type { RatingChoices } from './rated-source'
import { makeRatingsRecord, recordAsCsv, reportRatings } from './ratings-record'

const plain: RatingChoices = { renamed: new Map(), leftOut: [], alike: 'nothing' }

function tableOf(text: string): RatingTable {
  const read = readTable(text)
  if (!read.ok) throw new Error(read.message)
  return read.table
}

function readAll(text: string, columns?: RatingColumns) {
  const read = readRatings(tableOf(text), columns)
  if (!read.ok) throw new Error(read.message)
  return read
}

function ratingsOf(text: string): FinishedRating[] {
  return readAll(text).ratings
}

function readAllOf(table: RatingTable, columns: RatingColumns): FinishedRating[] {
  const read = readRatings(table, columns)
  if (!read.ok) throw new Error(read.message)
  return read.ratings
}

/** Writes rows of cells as CSV under the default columns. */
function csvOf(header: string, rows: readonly (readonly string[])[]): string {
  return `${header}\n${rows.map((row) => row.join(',')).join('\n')}\n`
}

describe('a file of ratings', () => {
  test('is CSV or JSON objects, and says the same in all', () => {
    const csv = '\uFEFFdocument,source,rating,date\nA,Herald,true,2026-01-01\nB,Herald,"false, mostly",\n'
    const objects = [
      '{"document":"A","source":"Herald","rating":"true","date":"2026-01-01"}',
      '{"document":"B","source":"Herald","rating":"false, mostly","date":null}',
    ]
    const plainOf = (text: string) => ratingsOf(text).map((rating) => ({ ...rating, row: 0 }))
    expect(plainOf(csv)).toEqual(plainOf(objects.join('\n')))
    expect(plainOf(csv)).toEqual(plainOf(`[${objects.join(',')}]`))
    expect(plainOf(csv)).toEqual(plainOf(csv.replaceAll(',', ';').replace('false; mostly', 'false, mostly')))
    const [, second] = ratingsOf(csv)
    expect(second).toEqual({
      row: 3,
      document: 'B',
      item: '',
      source: 'Herald',
      rating: 'false, mostly',
      date: '',
      rater: '',
    })
  })

  test('in UTF-16, as spreadsheets write it, is read too', () => {
    const text = 'document\tsource\trating\nA\tKurier\twahr\n'
    const units = Uint16Array.from(`\uFEFF${text}`, (character) => character.charCodeAt(0))
    const read = readTableBytes(new Uint8Array(units.buffer))
    expect(read.ok ? readRatings(read.table) : read).toMatchObject({ ok: true, ratings: [{ source: 'Kurier' }] })
  })

  test.each([
    ['nothing', '', 'no ratings'],
    ['a header alone', 'document,source,rating\n', 'no ratings'],
    ['broken JSON', '{"document":"A"\n', 'Line 1 is no JSON object'],
    ['a list that is cut', '[{"document":"A"}', 'is not a valid one'],
    ['numbers in place of objects', '{"document":"A"}\n7\n', 'Line 2 is no JSON object'],
    ['an open quotation', 'document,source,rating\n"A,B,true\n', 'never closed'],
    ['very many columns', `${'a,'.repeat(300)}\n1\n`, 'more than 200 columns'],
  ])('with %s is refused in a sentence', (_name, text, says) => {
    const read = readTable(text)
    expect(read.ok ? '' : read.message).toContain(says)
  })

  test.each([
    ['a workbook', Uint8Array.of(0x50, 0x4b, 3, 4), 'workbook'],
    ['an old encoding', Uint8Array.of(0x61, 0xe4, 0x0a), 'not UTF-8'],
    ['a picture', Uint8Array.of(0x61, 0, 0x0a), 'not text'],
  ])('that is %s is refused in a sentence', (_name, bytes, says) => {
    const read = readTableBytes(bytes)
    expect(read.ok ? '' : read.message).toContain(says)
  })

  test.each([
    ['no rating column', 'document,source\nA,B\n', 'no column “rating”'],
    ['no usable row', 'document,source,rating\nA,,true\n', 'Row 2: It has no source.'],
    [
      'ever new ratings',
      csvOf(
        'document,source,rating',
        Array.from({ length: 61 }, (_, at) => ['A', 'H', `r${at}`]),
      ),
      '61 different entries',
    ],
  ])('with %s is refused in a sentence', (_name, text, says) => {
    const read = readRatings(tableOf(text))
    expect(read.ok ? '' : read.message).toContain(says)
  })

  test('rows that lack something are left out, each with its number and what would work', () => {
    const { ratings, unusable, rows } = readAll(
      `document,source,rating,rater\nA,H,true,ann\n\nB,,true,ann\nC,H,a,b,c\nA,H,false,ann\nD,H,${'x'.repeat(1001)},ann\n`,
    )
    expect([ratings.length, rows]).toEqual([1, 5])
    expect(unusable.map(({ row, says }) => `${row} ${says}`)).toEqual([
      '4 It has no source. Each row needs all three.',
      '5 It has 5 cells and the header 4. Put cells that hold the separator in quotation marks.',
      '6 “ann” rated the same in row 2. Only that first rating counts.',
      '7 Its rating has more than 1000 characters. Shorten it.',
    ])
  })

  test('columns are guessed by their names, each once, and one source can stand for all', () => {
    const table = tableOf('post_id,Page,Rating,Date Published,Category\n1,P,true,2026-01-01,left\n')
    expect(guessColumns(table)).toEqual({
      document: 'post_id',
      item: null,
      source: 'Page',
      rating: 'Rating',
      date: 'Date Published',
      rater: null,
      sourceName: '',
    })
    const named = { ...guessColumns(table), source: null, sourceName: 'All pages' }
    expect(readRatings(table, named)).toMatchObject({ ratings: [{ source: 'All pages' }] })
  })

  test('names of objects that every object has lead to nothing', () => {
    const table = tableOf('{"document":"A","source":"H","rating":"true"}')
    const read = readRatings(table, { ...ownColumns(table), source: 'constructor' })
    expect(read.ok ? '' : read.message).toContain('no column “constructor”')
  })
})

describe('ratings in lists', () => {
  const votes = [
    '{"claim_id":"1","evidences":[{"evidence_id":"a","votes":["SUPPORTS",null,"REFUTES"]},{"evidence_id":"b","votes":["SUPPORTS"]}],"tags":["x"]}',
    '{"claim_id":"2","evidences":[]}',
  ].join('\n')
  const columns: RatingColumns = {
    document: 'claim_id',
    item: 'evidences[].evidence_id',
    source: null,
    rating: 'evidences[].votes[]',
    date: null,
    rater: null,
    sourceName: 'An encyclopedia',
  }

  test('are rows of their own, with what stands around them; an empty place is no vote', () => {
    const { ratings, rows } = readAll(votes, columns)
    expect(rows).toBe(3)
    expect(ratings.map(({ document, item, rating }) => [document, item, rating].join(' '))).toEqual([
      '1 a SUPPORTS',
      '1 a REFUTES',
      '1 b SUPPORTS',
    ])
  })

  test('names with dots are columns of their own beside the paths that they would read like', () => {
    const text = '{"a.b":"flat","a":{"b":"deep"},"c[]":"flat","c":["listed"]}'
    const table = tableOf(text)
    expect(table.columns).toEqual(['"a.b"', 'a.b', '"c[]"', 'c[]'])
    const ratingsOf = (rating: string) => readAll(text, { ...columns, document: 'a.b', item: null, rating }).ratings
    expect(table.columns.map((rating) => ratingsOf(rating)[0]?.rating)).toEqual(['flat', 'deep', 'flat', 'listed'])
  })

  test('a column of another list is refused, because it has no one value for each rating', () => {
    const read = readRatings(tableOf(votes), { ...columns, item: 'tags[]' })
    expect(read.ok ? '' : read.message).toContain('another list')
  })
})

describe('a report from ratings', () => {
  const single = (count: number, isTrue: (at: number) => boolean) =>
    csvOf(
      'document,source,rating,date',
      Array.from({ length: count }, (_, at) => [
        `d${at}`,
        'Herald',
        isTrue(at) ? 'true' : 'false',
        `2026-03-0${(at % 9) + 1}`,
      ]),
    )

  test('says what it cannot, and counts no tie', () => {
    const one = reportRatings(ratingsOf('document,source,rating\nA,Herald,true\nB,Herald,false\n'), plain)
    expect(one.cannotSay[0]).toContain('No agreement data')
    expect(one.cannotSay.join(' ')).toContain('No period')
    const two = reportRatings(
      ratingsOf('document,source,rating,rater\nA,Herald,true,x\nA,Herald,false,y\nB,Herald,true,x\nB,Herald,true,y\n'),
      plain,
    )
    expect(two.sources).toMatchObject([{ documents: 2, inShares: 1, tied: 1 }])
    expect(two.cannotSay[0]).toContain('does not say whether raters knew')
    const alone = reportRatings(ratingsOf('document,source,rating,rater\nA,H,true,x\nB,H,true,x\n'), plain)
    expect(alone.cannotSay[0]).toContain('one rater rated everything')
  })

  test('gives no share of nothing, nor of fewer than 30 items or 5 documents', () => {
    const choices = { ...plain, leftOut: ['opinion'] }
    const { sources } = reportRatings(ratingsOf('document,source,rating\nA,Herald,opinion\n'), choices)
    expect(sources).toMatchObject([{ documents: 1, inShares: 0, shares: [{ count: 1, estimate: null, plain: null }] }])
    const few = reportRatings(ratingsOf(single(29, () => true)), plain)
    expect(few.sources[0]).toMatchObject({
      shares: [{ count: 29, estimate: null }],
      gates: [{ code: 'too-few-items' }],
    })
    const enough = reportRatings(ratingsOf(single(30, (at) => at > 2)), plain)
    expect(enough.sources[0]?.shares[0]).toMatchObject({ rating: 'false', count: 3, estimate: { of: 30 } })
    expect(enough.sources[0]?.period).toEqual({ from: '2026-03-01', to: '2026-03-09', undated: 0 })
    const claims = Array.from({ length: 40 }, (_, at) => [at < 36 ? 'A' : `B${at}`, `c${at}`, 'Herald', 'true'])
    const uneven = reportRatings(ratingsOf(csvOf('document,item,source,rating', claims)), plain)
    expect(uneven.sources[0]).toMatchObject({ documents: 5, items: 40, gates: [{ code: 'too-few-documents' }] })
  })

  test('ignored entries are no ratings, and renamed ones are counted together', () => {
    const ratings = ratingsOf('document,source,rating\nA,H,true\nB,H,correct\nC,H,skipped\n')
    const report = reportRatings(ratings, { ...plain, renamed: new Map([['correct', 'true']]), ignored: ['skipped'] })
    expect(report).toMatchObject({ ignored: 1, sources: [{ items: 2, shares: [{ rating: 'true', count: 2 }] }] })
    expect(report.cannotSay.at(-1)).toContain('given other names')
  })

  test('the same name of a document under two sources is two documents', () => {
    const report = reportRatings(ratingsOf('document,source,rating\nA,H,true\nA,K,false\n'), plain)
    expect(report.agreement).toBeNull()
    expect(report.sources.map(({ items }) => items)).toEqual([1, 1])
    const twice = 'document,source,rating\nA,H,true\nA,H,false\nA,K,false\nA,K,false\n'
    expect(reportRatings(ratingsOf(twice), plain).agreement).toMatchObject({ items: 2, clusters: 2 })
  })

  test('suggests our ratings for words of known schemes, and none for words between them', () => {
    expect(['SUPPORTS', 'mostly false', 'Not Enough Evidence', 'no factual content'].map(suggestRating)).toEqual([
      'Sourced',
      'Contradicted',
      'Unsourced',
      'Not checkable',
    ])
    expect(['mixture of true and false', 'DISPUTED', 'verdad'].map(suggestRating)).toEqual([null, null, null])
  })
})

describe('agreement of finished ratings', () => {
  /** Krippendorff 2011: 4 coders, 12 units. A star is a missing rating. */
  const coders = ['123321412***', '1233224125*3', '*3332342251*', '12332441251*']
  const rows = coders.flatMap((ratings, coder) =>
    [...ratings].flatMap((rating, unit) => (rating === '*' ? [] : [[`u${unit}`, 'Herald', rating, `coder ${coder}`]])),
  )

  test('is Krippendorff’s alpha: .743 of the published example, with an interval, and not established by 12 units', () => {
    const { agreement } = reportRatings(ratingsOf(csvOf('document,source,rating,rater', rows)), plain)
    expect(agreement?.alpha).toBeCloseTo(0.743421, 6)
    expect(agreement).toMatchObject({ items: 12, ratedTwice: 11, ratings: 40, established: false })
    expect(agreement?.interval?.low).toBeLessThan(0.743)
    expect(agreement?.reasons.map(({ code }) => code)).toEqual(['few-claims', 'alpha-too-low'])
  })

  test('claims of one document are left out together, which widens the interval', () => {
    const draw = Array.from({ length: 120 }, (_, at) => {
      const document = Math.floor(at / 6)
      // Raters differ on most claims of every third document, so documents differ.
      const differs = document % 3 === 0 && at % 6 !== 0
      const rating = at % 2 === 0 ? 'true' : 'false'
      const other = differs ? (rating === 'true' ? 'false' : 'true') : rating
      return { document, at, rating, other }
    })
    const text = (documentOf: (each: (typeof draw)[number]) => string) =>
      csvOf(
        'document,item,source,rating,rater',
        draw.flatMap((each) => [
          [documentOf(each), `c${each.at}`, 'Herald', each.rating, 'x'],
          [documentOf(each), `c${each.at}`, 'Herald', each.other, 'y'],
        ]),
      )
    const clustered = reportRatings(ratingsOf(text(({ document }) => `d${document}`)), plain).agreement
    const apart = reportRatings(ratingsOf(text(({ at }) => `d${at}`)), plain).agreement
    const width = (found: typeof apart) => (found?.interval?.high ?? 0) - (found?.interval?.low ?? 0)
    expect(clustered?.alpha).toBeCloseTo(apart?.alpha ?? Number.NaN, 12)
    expect([clustered?.clusters, apart?.clusters]).toEqual([20, 120])
    expect(width(clustered)).toBeGreaterThan(1.3 * width(apart))
  })

  test('has no alpha where all ratings are the same, and says why', () => {
    const text = 'document,source,rating,rater\nA,H,true,x\nA,H,true,y\nB,H,true,x\nB,H,true,y\n'
    const { agreement } = reportRatings(ratingsOf(text), plain)
    expect(agreement).toMatchObject({ alpha: null, reason: { code: 'no-variation' }, rawAgreement: 1 })
    expect(agreement?.reason?.says).toContain('100')
  })

  test('is established where enough was rated twice and alike', () => {
    const rows = Array.from({ length: 60 }, (_, at) => [`d${at}`, 'Herald', at % 2 === 0 ? 'true' : 'false'])
    const text = csvOf(
      'document,source,rating,rater',
      rows.flatMap((row) => [
        [...row, 'x'],
        [...row, 'y'],
      ]),
    )
    expect(reportRatings(ratingsOf(text), plain).agreement).toMatchObject({ alpha: 1, established: true, reasons: [] })
  })
})

describe('the record of a file', () => {
  const text = `document,source,rating\n${Array.from({ length: 40 }, (_, at) => `d${at},=HYPERLINK("x"),${at < 4 ? 'false' : 'true'}\n`).join('')}d40,,true\n`
  const record = makeRatingsRecord({
    file: { name: 'ratings.csv', bytes: new TextEncoder().encode(text) },
    read: readAll(text.replaceAll('=HYPERLINK("x")', '"=HYPERLINK(""x"")"')),
    columns: ownColumns(tableOf(text)),
    choices: plain,
  })

  test('names file, columns, choices and what was not used', () => {
    expect(record).toMatchObject({
      format: 'sourcemark-ratings/1',
      file: { name: 'ratings.csv', rows: 41, used: 40 },
      columns: { document: 'document', rater: null },
      choices: { renamed: {}, leftOut: [], ignored: [], alike: 'nothing' },
      unusable: { count: 1, listed: [{ row: 42 }] },
    })
    expect(record.file.sha256).toMatch(/^[0-9a-f]{64}$/)
  })

  test('is the same again, and as CSV runs no formula', () => {
    expect(JSON.stringify(record)).not.toMatch(/NaN|Infinity/)
    const [, first = ''] = recordAsCsv(record).split('\n')
    expect(first).toMatch(/^"'=HYPERLINK\(""x""\)",false,4,40,0\.1,/)
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
    if (!present) return reportRatings([], choices)
    const table = tableOf(readFileSync(file, 'utf8'))
    return reportRatings(readAllOf(table, { ...guessColumns(table), source }), choices)
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

const votesFile = path.resolve(process.cwd(), '../shared/testdata/reports/climate-fever.jsonl')
const votesPresent = existsSync(votesFile)
const votesNote = votesPresent ? '' : ' (skipped: the data set is not beside the project)'

test.skipIf(!votesPresent)(
  `Climate-FEVER as finished ratings: alpha .3340 of 18,486 votes, .313 to .354 by claims${votesNote}`,
  () => {
    const read = readTableBytes(readFileSync(votesFile))
    if (!read.ok) throw new Error(read.message)
    const ratings = readAllOf(read.table, {
      document: 'claim_id',
      item: 'evidences[].evidence_id',
      source: null,
      rating: 'evidences[].votes[]',
      date: null,
      rater: null,
      sourceName: 'Claims on the climate',
    })
    expect(ratings).toHaveLength(18_486)
    const { agreement, sources } = reportRatings(ratings, plain)
    expect(agreement?.alpha).toBeCloseTo(0.334, 4)
    // A bootstrap of claims gives .315 to .355.
    expect([agreement?.interval?.low.toFixed(3), agreement?.interval?.high.toFixed(3)]).toEqual(['0.313', '0.354'])
    expect(agreement).toMatchObject({
      items: 7675,
      ratedTwice: 7675,
      clusters: 1535,
      ratings: 18_486,
      established: false,
    })
    // An item without a leading rating is tied here, and gets none of the ratings.
    expect(sources).toMatchObject([{ documents: 1535, items: 7675, tied: 2501 }])
  },
)
