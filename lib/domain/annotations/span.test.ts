import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { checkSpan, type SpanInput, findTwins, type MarkOrigin } from './span'

const text = 'One fish 🐟 and two.\n\n   \n\nOne more fish.'

const refused: [name: string, span: SpanInput, path: string, says: string][] = [
  ['an empty span', { start: 3, end: 3 }, 'end', 'at least one character'],
  ['an inverted span', { start: 5, end: 3 }, 'end', 'at least one character'],
  ['a span past the end', { start: 0, end: 999 }, 'end', `has ${text.length} UTF-16`],
  ['a start inside a character', { start: 10, end: 14 }, 'start', '9 is before it'],
  ['an end inside a character', { start: 4, end: 10 }, 'end', '11 is after it'],
  ['white space alone', { start: 20, end: 25 }, 'start', 'white space'],
  ['other words', { start: 0, end: 3, exact: 'Two' }, 'exact', 'is "One", not "Two". Those words do not occur'],
  ['words that stand elsewhere', { start: 1, end: 5, exact: 'two' }, 'exact', 'Those words are at 16'],
]

describe('checkSpan', () => {
  it.each(refused)('refuses %s', (_name, span, path, says) => {
    const checked = checkSpan(text, span)
    expect(checked.ok).toBe(false)
    if (checked.ok) return
    expect(checked.problem.path).toBe(path)
    expect(checked.problem.message).toContain(says)
  })

  it('points to the nearest place of the words', () => {
    const checked = checkSpan(text, { start: 27, end: 31, exact: 'fish' })
    expect(checked).toMatchObject({ ok: false, problem: { message: expect.stringContaining('are at 36') as string } })
  })

  it('answers the slice, and takes its own answer as exact', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(), fc.nat(), (words, start, end) => {
        const checked = checkSpan(words, { start, end })
        if (!checked.ok) return
        expect(checked.exact).toBe(words.slice(start, end))
        expect(checkSpan(words, { start, end, exact: checked.exact })).toEqual(checked)
        expect(checkSpan(words, { start, end, exact: `${checked.exact}x` }).ok).toBe(false)
      }),
    )
  })
})

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
