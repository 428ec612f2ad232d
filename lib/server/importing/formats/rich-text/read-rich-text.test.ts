import { describe, expect, it } from 'vitest'
import { buildTextIndex } from '@/lib/domain/text/text-index'
import { readRichText } from './read-rich-text'

const head = String.raw`{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fnil Calibri;}{\f1\fcharset204 Arial Cyr;}}{\stylesheet{\s0 Normal;}{\s1 heading 1;}}`
const read = (body: string) => readRichText(Buffer.from(`${head}${body}}`, 'latin1'))
const textOf = (body: string) => buildTextIndex(read(body).content).text

describe('a rich text file', () => {
  it.each<[name: string, body: string, text: string]>([
    ['bytes of the code page', String.raw`Caf\'e9 \'93quoted\'94`, 'Café “quoted”'],
    ['bytes of a font with another', String.raw`{\f1 \'cc\'ee\'f1\'f2} and more`, 'Мост and more'],
    ['numbered characters with their stand-ins', String.raw`\u1052?\uc2\u8364\'80\'80 \u-10179??\u-8704??`, 'М€ 😀'],
    ['words for signs', String.raw`a\emdash b\~c \ldblquote d\rdblquote`, 'a—b\u00a0c “d”'],
    ['paragraphs and lines', String.raw`One.\par Two\line three.\par`, 'One.\n\nTwo\nthree.'],
    ['hidden text and pictures left out', String.raw`Seen{\v hidden}{\pict 89504e47}{\*\unknown {\b x}}.`, 'Seen.'],
    ['page heads left out', String.raw`{\header Gazette {\field{\fldrslt 7}}}The text.`, 'The text.'],
    ['text of a box', String.raw`{\shp{\*\shpinst{\sp{\sn a}}{\shptxt In a box.\par}}}`, 'In a box.'],
    [
      'an item with its marker',
      String.raw`{\listtext\'95\tab}Ropes\par{\listtext\'95\tab}Planks\par\pard After.\par`,
      '• Ropes\n• Planks\n\nAfter.',
    ],
    [
      'a table',
      String.raw`\trowd\intbl A\cell B\cell\row\trowd\intbl C\cell D\cell\row\pard After.\par`,
      'A\tB\nC\tD\n\nAfter.',
    ],
  ])('has %s', (_name, body, text) => {
    expect(textOf(body)).toBe(text)
  })

  it('has headings, marks, links and notes', () => {
    const { content } = read(
      String.raw`\pard\s1 Costs\par\pard The {\b ferry}{\super{\footnote Harbour log.}} and {\field{\*\fldinst HYPERLINK "https://gazette.example/"}{\fldrslt the log}}.\par`,
    )
    expect(content.content).toMatchObject([
      { type: 'heading', attrs: { level: 1 } },
      { type: 'paragraph' },
      { type: 'note', attrs: { label: '1', scope: 'reference-list' }, content: [{ text: 'Harbour log.' }] },
    ])
    expect(JSON.stringify(content)).toContain('{"type":"link","attrs":{"href":"https://gazette.example/"}}')
    expect(JSON.stringify(content)).toContain('"text":"ferry","marks":[{"type":"bold"}]')
  })

  it('says its title and author, and what was left out', () => {
    const body = String.raw`{\info{\title Ferries}{\author Ines Falk}{\creatim\yr2021}}A{\deleted b}{\*\annotation x}.`
    expect(read(body)).toMatchObject({
      title: 'Ferries',
      author: 'Ines Falk',
      notices: ['1 comment and 1 deletion were left out.'],
    })
    expect(textOf(body)).toBe('A.')
  })
})
