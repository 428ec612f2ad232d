import fc from 'fast-check'
import { expect, it } from 'vitest'
import { contentOfText } from './plain-content'
import { buildTextIndex } from './text-index'

const awkward = fc.string({ unit: fc.constantFrom('a', ' ', '\n', '\r', '\t', '\0', 'é', '🚢') })

it('has the text it was made of as its canonical text', () => {
  fc.assert(
    fc.property(awkward, (text) => {
      expect(buildTextIndex(contentOfText(text)).text).toBe(text)
    }),
  )
})

it('makes paragraphs of what blank lines part', () => {
  expect(contentOfText('one\ntwo\n\nthree').content).toEqual([
    {
      type: 'paragraph',
      content: [{ type: 'text', text: 'one' }, { type: 'hardBreak' }, { type: 'text', text: 'two' }],
    },
    { type: 'paragraph', content: [{ type: 'text', text: 'three' }] },
  ])
})
