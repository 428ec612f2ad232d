import { pathToFileURL } from 'node:url'
import { resolve } from 'node:path'
import { Linter, type Rule } from 'eslint'
import { expect, test } from 'vitest'

const { simpleFunctions } = (await import(pathToFileURL(resolve('scripts/checks/simple-functions.mjs')).href)) as {
  simpleFunctions: Rule.RuleModule
}

/** The rule's messages about a program, configured as in the project. */
function saidOf(code: string): string[] {
  const messages = new Linter().verify(code, [
    {
      plugins: { sourcemark: { rules: { 'simple-functions': simpleFunctions } } },
      rules: { 'sourcemark/simple-functions': 'error' },
    },
  ])
  return messages.map(({ message }) => message)
}

/** The given number of conditions, one after another. */
function conditions(count: number): string {
  return Array.from({ length: count }, (_, number) => `if (a === ${String(number)}) b()`).join('\n')
}
const cases = Array.from({ length: 40 }, (_, number) => `case ${String(number)}: return b()`).join('\n')

test.each([
  ['nineteen conditions', `function f(a) {\n${conditions(19)}\n}`],
  ['a long switch, which is one decision', `function f(a) {\nswitch (a) {\n${cases}\n}\n}`],
  ['a function for each half', `function f(a) {\n${conditions(15)}\n}\nfunction g(a) {\n${conditions(15)}\n}`],
])('%s', (_, code) => {
  expect(saidOf(code)).toEqual([])
})

test.each([
  ['twenty conditions', `function f(a) {\n${conditions(20)}\n}`, "Function 'f' has 21 ways through it"],
  ['conditions inside a condition', `const f = (a) => a && (${Array(20).fill('a').join(' || ')})`, 'has 21 ways'],
])('%s are too many', (_, code, words) => {
  const said = saidOf(code)
  expect(said).toHaveLength(1)
  expect(said[0]).toContain(words)
  expect(said[0]).toContain('Give a step its own function')
})
