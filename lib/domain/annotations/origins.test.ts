import { expect, test } from 'vitest'
import { findTwins, type MarkOrigin } from './origins'

function mark(id: string, sessionId: string | null, start: number, end: number, authorId = 'ann'): MarkOrigin {
  return { id, authorId, sessionId, start, end }
}

test.each<[string, MarkOrigin[], string[]]>([
  ['the same words before and in a session', [mark('a', null, 0, 9), mark('b', 's', 2, 12)], ['a', 'b']],
  ['words side by side', [mark('a', null, 0, 9), mark('b', 's', 9, 12)], []],
  ['the same words of two people', [mark('a', null, 0, 9), mark('b', 's', 0, 9, 'ben')], []],
  ['overlapping words in one session', [mark('a', 's', 0, 9), mark('b', 's', 4, 12)], []],
  [
    'one long mark over several',
    [mark('long', 's', 0, 40), mark('a', null, 2, 5), mark('b', 's', 6, 8), mark('c', null, 30, 35)],
    ['a', 'c', 'long'],
  ],
  ['two sessions', [mark('a', 's', 0, 9), mark('b', 't', 0, 9)], ['a', 'b']],
])('twins: %s', (_, marks, ids) => {
  expect([...findTwins(marks)].sort()).toEqual(ids)
})
