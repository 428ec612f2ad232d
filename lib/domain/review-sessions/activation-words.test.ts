import { expect, test } from 'vitest'
import { describeActivation, putAsideInWords } from './activation-words'

const ana = { id: 'a', name: 'Ana Ruiz' }
const document = { id: 'd', title: 'The bridge' }

test('activating says whose marks are hidden from whom, until when and why', () => {
  const [marks, references] = describeActivation({
    blind: true,
    total: 23,
    putAside: [{ member: ana, document, marks: 23 }],
  })
  expect(marks).toBe(
    'The 23 earlier marks of Ana Ruiz on “The bridge” will be hidden from them until the reviews are over, since the review is blind and starts afresh.',
  )
  expect(references).toContain('library')
  expect(describeActivation({ blind: false, total: 0, putAside: [] })).toEqual([])
  expect(describeActivation({ blind: false, total: 1, putAside: [{ member: ana, document, marks: 1 }] })).toEqual([
    'The earlier mark of Ana Ruiz on “The bridge” will be hidden from them until the reviews are over, since the review starts afresh.',
  ])
})

test('the reviewer is told how many, until when, and that nothing is lost', () => {
  expect(putAsideInWords(0, 'Second look')).toBe('')
  expect(putAsideInWords(1, 'Second look')).toMatch(
    /^Your earlier mark is put aside until .*“Second look”.* after that it will/,
  )
  expect(putAsideInWords(23, 'Second look')).toMatch(/^Your 23 earlier marks are put aside .* after that they will/)
})
