import { expect, it } from 'vitest'
import { initialsOf } from './initials'

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
