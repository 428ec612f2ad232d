import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readMarkdown, writeMarkdown, sameMarkdown } from './field-content'

/** Texts as they were stored when fields took plain text only, and as other programs send them. */
const held = [
  'The register says 27,400.',
  'First line\nsecond line',
  'One.\n\nTwo.',
  'a_b @Ana Lee',
  '**bold**, *italic*, ~~gone~~, `code`',
  '- a\n- b\n  - c',
  '1. a\n2. b',
  '> quoted\n> on',
  '[words](https://example.org/a_b)',
  'see https://example.org/a_b for it',
  'x < y & y > z',
  '# Figures\n\nCheck **every** figure.',
  '```\nx *y*\n```',
  '#1 is wrong',
  '10% + 5% = 15%',
]

describe('a stored text in the field', () => {
  it.each(held)('is written back as it was: %j', (source) => {
    const document = readMarkdown(source)
    expect(document).not.toBeNull()
    expect(document === null ? null : writeMarkdown(document)).toBe(source)
  })

  it.each([
    ['a table', '| a | b |\n|---|---|\n| 1 | 2 |'],
    ['a picture', '![wall](https://example.org/wall.png)'],
    ['a footnote', 'It fell.[^1]\n\n[^1]: In 2011.'],
    ['boxes', '- [x] a\n- [ ] b'],
    ['what is too much to parse', 'a\n=\n'.repeat(3_000)],
  ])('is left as it is written when it holds %s', (_, source) => {
    expect(readMarkdown(source)).toBeNull()
  })

  const pieces = [
    'a',
    'B c',
    '*',
    '**',
    '_',
    '~~',
    '`',
    '[',
    ']',
    '(https://e.org)',
    '# ',
    '- ',
    '1. ',
    '> ',
    '<b>',
    '&amp;',
    '&',
    '\\',
    '\n',
    '\n\n',
    '  ',
    '|',
    '!',
    'é',
    '\u202E',
    '@Ana',
  ]

  it('loses nothing that is shown, of any kind', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 14 }), (parts) => {
        const source = parts.join('')
        const document = readMarkdown(source)
        if (document === null || source.trim() === '') return
        const written = writeMarkdown(document)
        expect(sameMarkdown(written, source)).toBe(true)
        // Writing it again changes nothing.
        const again = readMarkdown(written)
        if (again !== null) expect(writeMarkdown(again)).toBe(written)
      }),
      {
        numRuns: 400,
        examples: [[['  ', '- ']], [['> ', '  ', '- ']], [['a', '*', '~~', '**']]],
      },
    )
  })

  it('keeps words that look like Markdown as words', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...pieces.filter((piece) => !piece.includes('\n'))), { minLength: 1, maxLength: 8 }),
        (parts) => {
          const text = parts.join('').trim()
          if (text === '') return
          const written = writeMarkdown({
            type: 'doc',
            content: [{ type: 'paragraph', content: [{ type: 'text', text: `x${text}x` }] }],
          })
          const read = readMarkdown(written)
          if (read === null) return
          expect(
            read.content?.[0]?.content?.every(({ marks = [] }) => marks.every(({ type }) => type === 'link')) ?? true,
          ).toBe(true)
        },
      ),
      { numRuns: 400, examples: [[['*', '~~', '**', '[']]] },
    )
  })
})
