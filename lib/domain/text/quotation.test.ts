import { describe, expect, test } from 'vitest'
import type { DocumentContent, InlineNode } from './model'
import { piecesOf, quoteInPlainText, scriptIn } from './quotation'
import { buildTextIndex } from './text-index'

const plain = (text: string): InlineNode => ({ type: 'text', text })
const raised = (text: string): InlineNode => ({ type: 'text', text, marks: [{ type: 'superscript' }] })
const lowered = (text: string): InlineNode => ({ type: 'text', text, marks: [{ type: 'subscript' }] })
const documentOf = (...paragraphs: InlineNode[][]): DocumentContent => ({
  type: 'doc',
  content: paragraphs.map((content) => ({ type: 'paragraph', content })),
})

const index = buildTextIndex(
  documentOf(
    [plain('Before.')],
    [
      plain('It weighs 3 × 10'),
      raised('6'),
      plain(' tonnes, 5'),
      raised('1'),
      plain('/'),
      lowered('2'),
      plain(' per cent.'),
    ],
    [plain('The 4'), raised('th'), plain(' of H'), lowered('2'), plain('O, x'), lowered('max')],
  ),
)

function quoted(words: string): string {
  const start = index.text.indexOf(words)
  expect(start).toBeGreaterThanOrEqual(0)
  return quoteInPlainText(words, scriptIn(index.scripts, { start, end: start + words.length }))
}

describe('quoteInPlainText', () => {
  test.each([
    ['a power', '3 × 106 tonnes', '3 × 10⁶ tonnes'],
    ['a fraction', '51/2 per cent', '5¹/₂ per cent'],
    ['letters that have no raised form', '4th of', '4^(th) of'],
    ['a formula', 'H2O', 'H₂O'],
    ['letters that have no lowered form', 'xmax', 'x_(max)'],
    ['words without any', 'Before.', 'Before.'],
    ['a quotation that begins inside', '6 tonnes', '⁶ tonnes'],
  ])('shows %s', (_name, words, expected) => {
    expect(quoted(words)).toBe(expected)
  })
})

test('pieces are the words, regardless of the runs', () => {
  const runs = [
    { start: 1, end: 3, is: 'raised' as const },
    { start: 2, end: 9, is: 'lowered' as const },
    { start: 40, end: 50, is: 'raised' as const },
  ]
  const pieces = piecesOf('abcdef', runs)
  expect(pieces.map(({ text }) => text).join('')).toBe('abcdef')
  expect(pieces[1]).toEqual({ text: 'bc', is: 'raised' })
  expect(piecesOf('', runs)).toEqual([])
})
