import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../prepare/run.mjs'

/**
 * Reads the table under "## Words" of CONTRIBUTING.md.
 * @returns the words to avoid, in lower case, each with its replacement
 */
export function readWordList(text = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8')) {
  const section = /^## Words$(.*?)^## /msu.exec(text)?.[1] ?? ''
  const rows = [...section.matchAll(/^\| (.+?) +\| (.+?) +\|$/gmu)].slice(1).filter(([, words]) => !/^-+$/u.test(words))
  const list = rows.flatMap(([, words, instead]) => words.split(', ').map((word) => [word.toLowerCase(), instead]))
  if (list.length === 0) throw new Error('CONTRIBUTING.md has no table under "## Words": `| avoid | write instead |`.')
  return new Map(list)
}

/** An ESLint rule: strings, text of pages and comments avoid the words that CONTRIBUTING.md lists. */
export const plainWords = {
  meta: {
    type: 'suggestion',
    messages: { avoid: '“{{word}}” has to be read twice. Write {{instead}} (CONTRIBUTING.md, Words).' },
    schema: [],
  },
  create(context) {
    const { sourceCode } = context
    const list = readWordList()
    const pattern = new RegExp(
      String.raw`\b(?:${[...list.keys()].join('|').replaceAll(' ', String.raw`[\s*]+`)})\b`,
      'giu',
    )
    const check = (node) => {
      const start = sourceCode.getRange(node)[0]
      for (const { 0: word, index } of sourceCode.getText(node).matchAll(pattern)) {
        const loc = {
          start: sourceCode.getLocFromIndex(start + index),
          end: sourceCode.getLocFromIndex(start + index + word.length),
        }
        const instead = list.get(word.toLowerCase().replace(/[\s*]+/gu, ' '))
        context.report({ loc, messageId: 'avoid', data: { word, instead } })
      }
    }
    return {
      Program: () => sourceCode.getAllComments().forEach(check),
      Literal: (node) => {
        if (typeof node.value === 'string') check(node)
      },
      TemplateElement: check,
      JSXText: check,
    }
  },
}
