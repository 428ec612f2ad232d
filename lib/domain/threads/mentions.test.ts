import { describe, expect, test } from 'vitest'
import { keptMentions, mentionAtCaret, parseMentions, suggestMembers } from './mentions'

const members = [
  { id: 'ana', name: 'Ana Reviewer' },
  { id: 'anab', name: 'Ana Reviewer-Braun' },
  { id: 'zoe', name: 'Zoë O’Neil' },
  { id: 'li1', name: '李 明' },
  { id: 'twin1', name: 'Sam Poe' },
  { id: 'twin2', name: 'Sam Poe' },
  { id: 'mona', name: 'Mona' },
]

describe('who a comment names', () => {
  test.each<[string, string[], string[]]>([
    ['@Ana Reviewer, look', ['ana'], []],
    ['thanks @ana reviewer.', ['ana'], []],
    ['@Ana Reviewer-Braun knows', ['anab'], []],
    ['@Ana knows', [], ['Ana']],
    ['(@Mona)', ['mona'], []],
    ['@Monaco is a place', [], []],
    ['mail mona@mona.example', [], []],
    ['mail mona.@mona', [], []],
    ['@Zoe\u0308 O’Neil and @Mona and @mona', ['zoe', 'mona'], []],
    ['@李 明 说', ['li1'], []],
    ['@Sam Poe', [], ['Sam Poe']],
    ['@', [], []],
    ['@@Mona', ['mona'], []],
    ['@nobody', [], []],
  ])('%s', (body, ids, ambiguous) => {
    expect(parseMentions(body, members)).toEqual({ ids, ambiguous })
  })
})

describe('a name being typed', () => {
  test.each<[string, ReturnType<typeof mentionAtCaret>]>([
    ['ask @An', { start: 4, query: 'An' }],
    ['@', { start: 0, query: '' }],
    ['@Ana Rev', { start: 0, query: 'Ana Rev' }],
    ['@Ana ', null],
    ['mail ana@ex', null],
    ['@one two three four', null],
    ['nothing', null],
  ])('%s', (text, found) => {
    expect(mentionAtCaret(text, text.length)).toEqual(found)
  })

  test('what stands after the caret does not count', () => {
    expect(mentionAtCaret('@Anabel', 3)).toEqual({ start: 0, query: 'An' })
  })

  test('suggests those whose name begins so, then those with a word that does', () => {
    expect(suggestMembers('an', members).map(({ id }) => id)).toEqual(['ana', 'anab'])
    expect(suggestMembers('ZO\u00cb', members).map(({ id }) => id)).toEqual(['zoe'])
    expect(suggestMembers('re', members).map(({ id }) => id)).toEqual(['ana', 'anab'])
    expect(suggestMembers('xyz', members)).toEqual([])
    expect(suggestMembers('', members, 2)).toHaveLength(2)
  })

  test('keeps of those chosen whom the text still names', () => {
    const chosen = [members[4], members[6]].filter((member) => member !== undefined)
    expect(keptMentions('@sam poe, please', chosen)).toEqual(['twin1'])
    expect(keptMentions('nobody', chosen)).toEqual([])
  })
})
