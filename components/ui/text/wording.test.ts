import { describe, expect, it } from 'vitest'
import { countInWords, dateInWords, languageInWords, sizeInWords, initialsOf } from './wording'

describe('counts', () => {
  it.each<[number, string]>([
    [0, '0 words'],
    [1, '1 word'],
    [1240, '1,240 words'],
  ])('%d', (count, expected) => {
    expect(countInWords(count, 'word')).toBe(expected)
  })

  it('takes an odd plural', () => {
    expect(countInWords(2, 'entry', 'entries')).toBe('2 entries')
  })
})

describe('dates', () => {
  it.each<[string | null, string]>([
    [null, ''],
    ['2025', '2025'],
    ['2025-03', 'March 2025'],
    ['2025-03-04', '4 March 2025'],
    ['2025-99', '2025-99'],
    ['Spring 2025', 'Spring 2025'],
    ['', ''],
  ])('%s', (date, expected) => {
    expect(dateInWords(date)).toBe(expected)
  })
})

describe('languages', () => {
  it.each([
    ['fa', 'Persian'],
    ['ko', 'Korean'],
    ['und', ''],
    ['', ''],
    ['not a tag', 'not a tag'],
  ])('%s', (tag, expected) => {
    expect(languageInWords(tag)).toBe(expected)
  })
})

describe('sizes', () => {
  it.each<[number, string]>([
    [0, '0 bytes'],
    [812, '812 bytes'],
    [1024, '1 KB'],
    [1_468_006, '1.4 MB'],
    [5 * 1024 * 1024, '5 MB'],
  ])('%d', (bytes, expected) => {
    expect(sizeInWords(bytes)).toBe(expected)
  })
})

it.each([
  ['Mina Reyes', 'MR'],
  ['Lena van der Oduya', 'LO'],
  ['madonna', 'M'],
  ['  ', ''],
  ['김 민준', '김민'],
  ['سارا احمدی', 'سا'],
  ['“Quoted” (admin)', 'QA'],
  ['𝒜lice', '𝒜'],
])('%s is shortened to %s', (name, expected) => {
  expect(initialsOf(name)).toBe(expected)
})
