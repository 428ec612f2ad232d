import fc from 'fast-check'
import { expect, it } from 'vitest'
import { disarm, parseCsv, rearm } from './csv'

it.each([
  ["a;=cmd|'/C calc'!A0", "a;'=cmd|'/C calc'!A0"],
  ['a\t=1+1', "a\t'=1+1"],
  ['a; @SUM(A1)', "a;' @SUM(A1)"],
  ['a\n-2', "a\n'-2"],
  ['  =1', "'  =1"],
  ['Rise; fall = rise', 'Rise; fall = rise'],
  ['5 - 3', '5 - 3'],
])('%j is written as %j, which no separator turns into a formula', (value, written) => {
  expect(disarm(value)).toBe(written)
})

const spreadsheetSigns = fc.string({
  unit: fc.constantFrom('=', '+', '-', '@', '＝', "'", ' ', '\t', '\n', '\r', ';', ',', '"', 'a', 'é', '🐟'),
})

it('takes every mark away again, and no other', () => {
  fc.assert(
    fc.property(spreadsheetSigns, (value) => {
      expect(rearm(String(disarm(value)))).toBe(value)
    }),
    { numRuns: 2_000 },
  )
})

it('leaves no formula where a cell or a part of it begins', () => {
  fc.assert(
    fc.property(spreadsheetSigns, (value) => {
      for (const part of String(disarm(value)).split(/[;\t\n\r]/)) expect(part).not.toMatch(/^\s*[=+\-@＝]/)
    }),
    { numRuns: 2_000 },
  )
})

it.each([
  [
    'a,b\n1,2\n',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'a;b\r\n"1;2";"say ""no"""',
    [
      ['a', 'b'],
      ['1;2', 'say "no"'],
    ],
  ],
  [
    'a,b\n\n1,\n',
    [
      ['a', 'b'],
      ['1', ''],
    ],
  ],
  [
    'a,b\n"two\nlines",2',
    [
      ['a', 'b'],
      ['two\nlines', '2'],
    ],
  ],
  [
    'a,b\n1,',
    [
      ['a', 'b'],
      ['1', ''],
    ],
  ],
])('reads the records of %j', (text, records) => {
  expect(parseCsv(text, 9)).toMatchObject({ ok: true, records })
})

it('says where a quotation mark is not closed', () => {
  const read = parseCsv('a,b\n"1,2', 9)
  expect(read.ok ? '' : read.message).toContain('record 2')
})

it.each([
  ['lines', 'a\n'.repeat(10), 'more than 9 lines'],
  ['cells', ','.repeat(2_000), 'at most 1000 cells'],
])('stops at too many %s', (_, text, says) => {
  const read = parseCsv(text, 9)
  expect(read.ok ? '' : read.message).toContain(says)
})

it('each record is told by its row in a spreadsheet, empty rows counted, line ends in cells not', () => {
  expect(parseCsv('a,b\n\n"1\n2",3\n4,5\n', 9)).toMatchObject({ rows: [1, 3, 4] })
})
