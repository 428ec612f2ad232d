import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Linter, type Rule } from 'eslint'
import { describe, expect, it } from 'vitest'

interface PlainWords {
  plainWords: Rule.RuleModule
  readWordList: (text?: string) => ReadonlyMap<string, string>
}

const { plainWords, readWordList } = (await import(
  pathToFileURL(resolve('scripts/checks/plain-words.mjs')).href
)) as PlainWords

function lint(code: string) {
  return new Linter()
    .verify(code, [
      {
        files: ['**'],
        languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } },
        plugins: { sourcemark: { rules: { 'plain-words': plainWords } } },
        rules: { 'sourcemark/plain-words': 'error' },
      },
    ])
    .map(({ line, message }) => `${line}: ${message}`)
}

describe('the list of words to avoid', () => {
  it.each([...readWordList()])('refuses “%s” and says what to write', (word, instead) => {
    expect(lint(`const words = 'Ask ${word} here.'`)).toEqual([
      `1: “${word}” has to be read twice. Write ${instead} (CONTRIBUTING.md, Words).`,
    ])
  })

  it.each([
    ['a comment', '// Somebody comes.', 1],
    ['a doc comment, over the end of a line', '/**\n * Told to the\n * asker.\n */', 2],
    ['a template', 'const f = (a) => `${a} and everybody’s`', 1],
    ['the text of a page', 'const page = <p>\n  Whatever</p>', 2],
    ['an attribute', 'const page = <p title="Whoever" />', 1],
  ])('looks into %s', (_where, code, line) => {
    expect(lint(code)).toEqual([expect.stringMatching(new RegExp(`^${line}: `))])
  })

  it.each([
    'const somebody = 1',
    'const words = "There is none."',
    '// null when there is none',
    'const x = "somebodyElse"',
  ])('leaves %s alone', (code) => {
    expect(lint(code)).toEqual([])
  })

  it('must be there', () => {
    expect(() => readWordList('## Words\n\nNone.\n\n## Commits\n')).toThrow('has no table')
  })
})
