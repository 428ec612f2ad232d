import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { BlockNode } from '../model'
import { findSentences } from '../sentences'
import { buildTextIndex } from '../text-index'
import { parsePlainText } from './parse-plain'

const paragraphs = [
  'The harbour board paid for the new quay in eleven yearly parts. Nobody in the town had asked for it, and few of the ferrymen ever used it.',
  'Its first winter was hard on the piles, which had been driven into mud instead of rock. The engineer said so at the time. He was not heard.',
  'Repairs went on until the spring of the third year, when the money was gone. The board then sold the crane to a yard across the river for a small sum.',
]
const sentencesOf = (text: string) => {
  const index = buildTextIndex(parsePlainText(text))
  return findSentences(index, 'en').map(({ start, end }) => index.text.slice(start, end).replace(/\s+/g, ' '))
}
const wanted = sentencesOf(paragraphs.join('\n\n'))
const kindsOf = (text: string) =>
  parsePlainText(text).content.map(({ type, attrs }) => `${type}${attrs?.scope ? `!${attrs.scope}` : ''}`)

function wrap(text: string, width: number): string[] {
  return text.split(' ').reduce<string[]>((lines, word) => {
    const last = lines.at(-1)
    if (last === undefined || last.length + 1 + word.length > width) return [...lines, word]
    return [...lines.slice(0, -1), `${last} ${word}`]
  }, [])
}

describe('the way a text is laid out changes none of its sentences', () => {
  const layouts: [name: string, text: string][] = [
    ...[24, 38, 55, 72, 100].map((width): [string, string] => [
      `wrapped at ${String(width)}`,
      paragraphs.map((one) => wrap(one, width).join('\n')).join('\n\n'),
    ]),
    ['wrapped at 140', [...paragraphs, ...paragraphs].map((one) => wrap(`${one} ${one}`, 140).join('\n')).join('\n\n')],
    ['double spaced', paragraphs.map((one) => wrap(one, 60).join('\n\n')).join('\n\n\n')],
    [
      'double spaced with indented paragraphs',
      paragraphs.map((one) => wrap(`#### ${one}`, 60).join('\n\n').replace('####', '    ')).join('\n\n'),
    ],
    ['a sentence a line', paragraphs.map((one) => one.replaceAll('. ', '.\n')).join('\n\n')],
  ]
  it.each(layouts)('%s', (name, text) => {
    const doubled = [...paragraphs, ...paragraphs].flatMap((one) => sentencesOf(`${one} ${one}`))
    expect(sentencesOf(text)).toEqual(name === 'wrapped at 140' ? doubled : wanted)
    expect(new Set(kindsOf(text))).toEqual(new Set(['paragraph']))
    expect(kindsOf(text)).toHaveLength(name === 'wrapped at 140' ? 6 : 3)
  })

  it('words cut at the ends of narrow lines hold them together', () => {
    const text = 'The infor-\nmation was pub-\nlished in a well-\nknown paper of\nthe harbour town,\nwhich nobody read.'
    expect(kindsOf(text)).toEqual(['paragraph'])
  })

  it('verse, lists of names and paragraphs of one line stay apart', () => {
    expect(kindsOf('The quay is long\nThe night is cold\nNo ship is in\nNo tale is told')).toHaveLength(4)
    expect(kindsOf(paragraphs.join('\n'))).toHaveLength(3)
  })
})

describe('running heads and page numbers', () => {
  const lines = wrap(
    Array.from({ length: 12 }, (_, at) => paragraphs.join(` In year ${String(at)} it rained. `)).join(' '),
    70,
  )
  const pages = (makeNumber: (page: number) => string) =>
    Array.from({ length: 5 }, (_, at) => [
      ...lines.slice(at * 12, at * 12 + 12),
      '',
      makeNumber(at + 1),
      'The Board’s Report',
      '',
    ])
      .flat()
      .join('\n')

  it.each([
    ['a number', (page: number) => String(page)],
    ['a number of a number', (page: number) => `Page ${String(page)} of 5`],
    ['a number between dashes', (page: number) => `- ${String(page)} -`],
  ])('stand in the text as syntax: %s', (_name, makeNumber) => {
    const index = buildTextIndex(parsePlainText(pages(makeNumber)))
    const broken = findSentences(index, 'en').filter(({ start }) => /^\p{Ll}/u.test(index.text.slice(start)))
    expect(broken).toEqual([])
    const noted = index.blocks.flatMap(({ quiet }) => quiet.map(({ start, end }) => index.text.slice(start, end)))
    expect(noted).toContain(makeNumber(2))
    expect(noted).toContain('The Board’s Report')
  })

  it('numbered chapters are none', () => {
    const text = Array.from({ length: 4 }, (_, at) => `${String(at + 1)}\n\n${lines.slice(0, 10).join('\n')}.\n`).join(
      '\n',
    )
    expect(buildTextIndex(parsePlainText(text)).blocks.every(({ scope }) => scope === null)).toBe(true)
  })
})

describe('quotations in letters', () => {
  const inner = (text: string): BlockNode[] => {
    const [block] = parsePlainText(text).content
    return block?.type === 'blockquote' ? block.content : []
  }

  it('have the blocks of the text without its marks', () => {
    const text =
      'Costs Of The Quay\n\n' + paragraphs.map((one) => wrap(one, 60).join('\n')).join('\n\n') + '\n\n- Piles\n- Planks'
    const quoted = text.replace(/^/gm, '> ')
    expect(inner(quoted).map(({ type }) => type)).toEqual([
      'heading',
      'paragraph',
      'paragraph',
      'paragraph',
      'bulletList',
    ])
    expect(sentencesOf(quoted).map((one) => one.replaceAll('> ', ''))).toEqual([
      'Costs Of The Quay',
      ...wanted,
      'Piles',
      'Planks',
    ])
    expect(inner(text.replace(/^/gm, '>> ')).map(({ type }) => type)).toEqual(['blockquote'])
  })

  it('lose no character and move none', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom(...Array.from('aB.> -1)\t|"')), maxLength: 16 }), { maxLength: 12 }),
        (parts) => {
          const source = parts.map((part) => `>${part}`).join('\n')
          const text = buildTextIndex(parsePlainText(source)).text
          expect(text.replace(/\s/g, '')).toBe(source.replace(/\s/g, ''))
        },
      ),
    )
  })
})

describe('items, headings and what surrounds an article', () => {
  const body = paragraphs[0] ?? ''

  it.each([
    ['o', 'o The first gate\no The second gate', 'bulletList'],
    ['・', '・The first gate\n・The second gate', 'bulletList'],
    ['letters in brackets', '(a) The first gate\n(b) The second gate\n(c) The third gate', 'orderedList'],
    ['letters with a bracket', 'a) The first gate\nb) The second gate', 'orderedList'],
    [
      'Roman numerals',
      '(i) The first gate\n(ii) The second gate\n(iii) The third gate\n(iv) The fourth',
      'orderedList',
    ],
    ['figures in brackets', '(1) The first gate\n(2) The second gate', 'orderedList'],
  ])('items marked by %s', (_name, items, list) => {
    expect(kindsOf(`${body}\n\n${items}\n\n${body}`)).toEqual(['paragraph', list, 'paragraph'])
  })

  it.each([
    ['a picture’s credit', 'Photo: Ada Holm / Harbour Post'],
    ['the time of day', '1:39 PM ET'],
    ['what someone says', '“He’s evil!”'],
    ['a figure', 'Unemployment fell to 3.4%'],
  ])('%s is no heading', (_name, line) => {
    expect(kindsOf(`${body}\n\n${line}\n\n${body}\n\n${body}`)).not.toContain('heading')
  })

  it('a numbered heading stands above a deeper one or a list', () => {
    expect(kindsOf(`${body}\n\n2. Costs\n\n2.1 Piles\n\n${body}\n\n3. Gates\n\n- One\n- Two`)).toEqual([
      'paragraph',
      'heading',
      'heading',
      'paragraph',
      'heading',
      'bulletList',
    ])
  })

  it('comments end where the article goes on', () => {
    const counted = `The Quay\n\n${body}\n\n2 comments on “Harbour opens”\n\n${body}\n\nWhat It Cost\n\n${body}`
    expect(kindsOf(counted)).toEqual([
      'heading',
      'paragraph',
      'paragraph!comments',
      'paragraph',
      'heading',
      'paragraph',
    ])
    const replies = `The Quay\n\n${body}\n\n2 comments\n\nAda Holm says:\n\n${body}\n\nReply\n\nWhat It Cost In The End\n\n${body}`
    expect(kindsOf(replies).slice(-2)).toEqual(['heading', 'paragraph'])
    expect(
      kindsOf(replies)
        .slice(2, 6)
        .every((kind) => kind.startsWith('paragraph!comment')),
    ).toBe(true)
  })

  it.each([
    ['raised figures', '¹', '1'],
    ['figures in brackets', '(1)', '1'],
    ['stars', '*', '*'],
    ['daggers', '†', '†'],
  ])('footnotes with %s and their markers', (_name, sign, label) => {
    const { content } = parsePlainText(
      `${body.replace('parts.', `parts.${sign}`)}\n\n${body}\n\n${sign} Accounts of the board, volume 4.`,
    )
    expect(content.map(({ type, attrs }) => [type, attrs?.scope ?? null])).toEqual([
      ['paragraph', null],
      ['paragraph', null],
      ['note', 'reference-list'],
    ])
    expect(content[2]).toMatchObject({
      attrs: { label },
      content: [{ marks: [{ type: 'syntax' }] }, { text: 'Accounts of the board, volume 4.' }],
    })
    const marked = content[0]?.type === 'paragraph' ? content[0].content?.[1] : null
    expect(marked).toEqual({ type: 'text', text: sign, marks: [{ type: 'citation', attrs: { label } }] })
  })

  it('squares, stars without a note and items are not footnotes', () => {
    const { content } = parsePlainText(`The quay has 400 m² and five stars*.\n\n${body}\n\n* One gate\n* Two gates`)
    expect(content.map(({ type }) => type)).toEqual(['paragraph', 'paragraph', 'bulletList'])
    expect(JSON.stringify(content)).not.toContain('citation')
  })

  it('a press release is named by its title', () => {
    const { content } = parsePlainText(`FOR IMMEDIATE RELEASE\n\nThe Quay Opens In May\n\n${body}`)
    expect(content).toMatchObject([
      { type: 'paragraph', attrs: { scope: 'boilerplate' } },
      { type: 'heading', attrs: { level: 1 } },
      { type: 'paragraph' },
    ])
  })
})
