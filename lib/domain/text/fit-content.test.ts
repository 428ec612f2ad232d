import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitContent } from './fit-content'
import { buildTextIndex } from './text-index'

const words = (text: string, ...marks: object[]) => ({ type: 'text', text, ...(marks.length > 0 ? { marks } : {}) })
const paragraph = (...content: object[]) => ({ type: 'paragraph', content })
const doc = (...content: object[]) => ({ type: 'doc', content })

describe('a stored document that is not wholly known', () => {
  it('comes back as the same object when all of it is known', () => {
    const stored = doc(paragraph(words('One.', { type: 'bold' })), {
      type: 'bulletList',
      content: [{ type: 'listItem', content: [paragraph(words('Two.'))] }],
    })
    const fitted = fitContent(stored, 'One.\n\nTwo.')
    expect(fitted.content).toBe(stored)
    expect(fitted.leftOut).toEqual([])
  })

  it.each<[string, object, string, string[]]>([
    ['an unknown block of words', doc({ type: 'callout', content: [words('Note this.')] }), 'Note this.', ['callout']],
    [
      'an unknown container',
      doc({ type: 'columns', content: [paragraph(words('Left.')), paragraph(words('Right.'))] }),
      'Left.\n\nRight.',
      ['columns'],
    ],
    ['an unknown mark', doc(paragraph(words('Lit.', { type: 'highlight' }))), 'Lit.', ['highlight']],
    ['an unknown leaf', doc(paragraph(words('Before.')), { type: 'video' }), 'Before.', ['video']],
    ['a link to nowhere', doc(paragraph(words('Go.', { type: 'link', attrs: { href: 'javascript:1' } }))), 'Go.', []],
  ])('is shown as far as it can be: %s', (_, stored, text, leftOut) => {
    const fitted = fitContent(stored, text)
    expect(buildTextIndex(fitted.content).text).toBe(text)
    expect(fitted.leftOut).toEqual(leftOut)
  })

  it.each<[string, unknown]>([
    ['nothing', null],
    ['a string', 'doc'],
    ['a tree without a doc', paragraph(words('a'))],
    ['a block whose words are lost', doc({ type: 'secret', attrs: { text: 'a b' } })],
    ['a text on its own', doc(words('a b'))],
    ['a list item on its own', doc({ type: 'listItem', content: [{ type: 'table', content: [] }] })],
  ])('becomes plain paragraphs when its words would move: %s', (_, stored) => {
    const fitted = fitContent(stored, 'a b\n\nc')
    expect(buildTextIndex(fitted.content).text).toBe('a b\n\nc')
    expect(fitted.leftOut).toEqual(['document'])
  })

  it('never throws and always keeps the text', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), (stored, text) => {
        expect(buildTextIndex(fitContent(stored, text).content).text).toBe(text)
      }),
    )
  })
})
