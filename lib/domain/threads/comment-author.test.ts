import { expect, test } from 'vitest'
import { speakerAs } from './comment-author'

const masked = new Map([['mina', 'Reviewer B']])
const mina = { id: 'mina', name: 'Mina Reyes' }
const joan = { id: 'joan', name: 'Joan Marsh' }

test.each([
  ['a reviewer to others', mina, 'joan', masked, { id: null, name: 'Reviewer B' }],
  ['a reviewer to themselves', mina, 'mina', masked, mina],
  ['who did not review', joan, 'mina', masked, joan],
  ['a reviewer where nobody is masked', mina, 'joan', null, mina],
])('%s', (_who, person, viewerId, names, expected) => {
  expect(speakerAs(person, { viewerId, masked: names })).toEqual(expected)
})
