import { describe, expect, test } from 'vitest'
import type { ThreadView } from '@/lib/domain/threads/schema'
import { openPassages, passagesPressed } from './discussed-text'

type Given = Partial<Pick<ThreadView, 'about' | 'resolved' | 'comments'>>

function thread(id: string, given: Given): ThreadView {
  return { id, resolved: null, comments: [{ deleted: false }], ...given } as ThreadView
}

function on(start: number, end: number, revisionId = 'r'): Pick<ThreadView, 'about'> {
  return { about: { kind: 'passage', passage: { revisionId, start, end, exact: '', place: 'sentence 1' } } }
}

describe('open passages', () => {
  test('are of this revision, unresolved and not emptied, by start', () => {
    const deleted = [{ deleted: true }] as ThreadView['comments']
    const threads = [
      thread('later', on(20, 30)),
      thread('first', on(0, 10)),
      thread('of another revision', on(0, 10, 'q')),
      thread('resolved', { ...on(0, 10), resolved: { at: '', by: 'Ana' } }),
      thread('emptied', { ...on(0, 10), comments: deleted }),
      thread('hidden', { about: { kind: 'passage', passage: null } }),
      thread('of the document', { about: { kind: 'document' } }),
    ]
    expect(openPassages(threads, 'r')).toEqual([
      { threadId: 'first', start: 0, end: 10 },
      { threadId: 'later', start: 20, end: 30 },
    ])
  })

  const [alike, around, inside] = [
    { id: 'alike', start: 5, end: 9 },
    { id: 'around', start: 0, end: 30 },
    { id: 'inside', start: 5, end: 7 },
  ]
  test.each<[string, number, (typeof alike)[], string | null, string[]]>([
    ['the shortest first', 5, [], null, ['short', 'long']],
    ['not those that end before', 9, [], null, ['long']],
    ['none beside the words', 20, [], null, []],
    ['inside of an annotation', 5, [around], null, ['short', 'long']],
    ['around an annotation: the annotation', 5, [inside, around], null, []],
    ['as long as an annotation: the annotation', 5, [alike], null, []],
    ['… and at the next press the discussion', 5, [alike], 'alike', ['short', 'long']],
    ['… after the last annotation only', 5, [inside, alike], 'inside', []],
  ])('a press means %s', (_name, offset, marks, activeId, expected) => {
    const passages = [
      { threadId: 'long', start: 0, end: 20 },
      { threadId: 'short', start: 5, end: 9 },
      { threadId: 'elsewhere', start: 30, end: 40 },
    ]
    expect(passagesPressed(passages, { offset, marks, activeId }).map(({ threadId }) => threadId)).toEqual(expected)
  })
})
