import { expect, it } from 'vitest'
import { fileNameIn } from './read-address'

it.each([
  ['a name', 'https://a.example/x/report.html?y', 'report.html'],
  ['a name that is encoded', 'https://a.example/caf%C3%A9.html', 'café.html'],
  ['no name', 'https://a.example/', undefined],
  ['what encodes nothing', 'https://a.example/%E0%A4%A', undefined],
  ['U+0000, which cannot be stored', 'https://a.example/a%00b.html', undefined],
  ['more than 300 characters', `https://a.example/${'a'.repeat(301)}`, undefined],
])('the file name of an address that ends in %s', (_what, address, name) => {
  expect(fileNameIn(address)).toBe(name)
})
