import { pathToFileURL } from 'node:url'
import { resolve } from 'node:path'
import { Linter, type Rule } from 'eslint'
import { expect, test } from 'vitest'

const { shortFunctions } = (await import(pathToFileURL(resolve('scripts/checks/short-functions.mjs')).href)) as {
  shortFunctions: Rule.RuleModule
}

/** The rule's messages about a program in which a function may have five lines. */
function saidOf(code: string): string[] {
  const messages = new Linter().verify(code, [
    {
      plugins: { sourcemark: { rules: { 'short-functions': shortFunctions } } },
      rules: { 'sourcemark/short-functions': ['error', { max: 5 }] },
    },
  ])
  return messages.map(({ message }) => message)
}

const three = 'one()\ntwo()\nthree()'
const four = `${three}\nfour()`

test.each([
  ['a function that fits', `function short() {\n${three}\n}`],
  ['blank lines and comments are not counted', `function short() {\n\n// why\n/* and\nhow */\n${three}\n}`],
  ['two that fit one after the other', `const a = () => {\n${three}\n}\nconst b = () => {\n${three}\n}`],
])('%s', (_, code) => {
  expect(saidOf(code)).toEqual([])
})

test.each([
  ['a declaration', `function long() {\n${four}\n}`, '`long` has 6 lines'],
  ['an arrow function', `const long = () => {\n${four}\n}`, '`long` has 6 lines'],
  ['a method', `class A {\nlong() {\n${four}\n}\n}`, '`long` has 6 lines'],
  ['one without a name', `run(() => {\n${four}\n})`, 'This function has 6 lines'],
  ['code beside a comment counts', `function long() {\n${four} // why\n}`, '`long` has 6 lines'],
])('%s is too long', (_, code, words) => {
  const said = saidOf(code)
  expect(said).toHaveLength(1)
  expect(said[0]).toContain(words)
  expect(said[0]).toContain('Split it by idea')
})
