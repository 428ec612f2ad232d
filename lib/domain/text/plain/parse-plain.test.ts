import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { documentContentSchema } from '../schema'
import { buildTextIndex } from '../text-index'
import { parsePlainText } from './parse-plain'

const body = 'The harbour bridge was built over eleven years and paid for by the towns on both banks of the river.'
const second = 'Nobody had asked the ferrymen, who lost their work within a week of the opening and were never paid.'
const third = 'The council published its accounts in a book of nine hundred pages that few people ever read.'

/** Blocks as short lines: type, level or label, `!` with the reason when out of scope, then the opening of the text. */
function outline(source: string, length = 24): string[] {
  const content = parsePlainText(source)
  const index = buildTextIndex(content)
  return content.content.map((block, at) => {
    const parts = index.blocks.filter(({ topIndex }) => topIndex === at)
    const text = index.text.slice(parts[0]?.start, parts.at(-1)?.end)
    const attrs: { scope?: string | null | undefined; level?: number; label?: string } = block.attrs ?? {}
    const scope = attrs.scope ? `!${attrs.scope}` : ''
    return `${block.type}${String(attrs.level ?? attrs.label ?? '')}${scope}: ${text.slice(0, length)}`
  })
}

function types(source: string): string[] {
  return outline(source).map((line) => line.replace(/: .*$/s, ''))
}

describe('headings and titles', () => {
  const cases: [name: string, source: string, expected: string[]][] = [
    [
      'a title and paragraphs',
      `A Bridge Nobody Wanted\n\n${body}\n\n${second}`,
      ['heading1', 'paragraph', 'paragraph'],
    ],
    [
      'headings with a colon',
      `A Bridge Nobody Wanted\nThe Long Way Round:\n${body}\nWho Paid:\n${second}`,
      ['heading1', 'heading2', 'paragraph', 'heading2', 'paragraph'],
    ],
    [
      'one-word headings',
      `${body}\nHistory\n${second}\nCosts\n${third}`,
      ['paragraph', 'heading2', 'paragraph', 'heading2', 'paragraph'],
    ],
    [
      'a heading that is a question',
      `${body}\n\nWho Paid for the Bridge?\n${second}`,
      ['paragraph', 'heading2', 'paragraph'],
    ],
    ['capitals', `${body}\n\nTHE COST\n\n${second}`, ['paragraph', 'heading2', 'paragraph']],
    [
      'sentence case over a paragraph',
      `${body}\n\nWhat the ferrymen lost\n\n${second}`,
      ['paragraph', 'heading2', 'paragraph'],
    ],
    [
      'numbered',
      `${body}\n\n1. The First Years\n${second}\n\n1.1 Before the Works\n${third}`,
      ['paragraph', 'heading2', 'paragraph', 'heading3', 'paragraph'],
    ],
    [
      'hash marks',
      `# A Bridge\n\n${body}\n\n## Costs\n\n${second}`,
      ['heading1', 'paragraph', 'heading2', 'paragraph'],
    ],
    [
      'underlined',
      `${body}\n\nCosts and Time\n==============\n\n${second}`,
      ['paragraph', 'heading1', 'paragraph', 'paragraph'],
    ],
    [
      'Korean',
      `${body}\n\n다리의 역사\n\n다리는 오월에 열렸고 비용은 네 배로 늘었으며 아무도 그 이유를 설명하지 않았고 사람들은 오랫동안 기다렸다.`,
      ['paragraph', 'heading2', 'paragraph'],
    ],
    [
      'glued to the end of a paragraph',
      `${body}The Long Way Round\n${second}The Price of Stone\n${third}`,
      ['paragraph', 'heading2', 'paragraph', 'heading2', 'paragraph'],
    ],
    [
      'glued behind a citation marker',
      `${body.slice(0, -1)}.[4]The Long Way Round\n${second}`,
      ['paragraph', 'heading2', 'paragraph'],
    ],
    [
      'glued behind a quotation',
      `${body} They called it "a wonder."The Long Way Round\n${second}`,
      ['paragraph', 'heading2', 'paragraph'],
    ],
  ]
  it.each(cases)('%s', (_name, source, expected) => {
    expect(types(source)).toEqual(expected)
  })

  const negative: [name: string, source: string, expected: string[]][] = [
    ['a sentence is no title', `${body}\n${second}`, ['paragraph', 'paragraph']],
    [
      'an acronym glued to the next sentence',
      `${body} It was built in the U.S.The Works Were Slow\n${second}`,
      ['paragraph', 'paragraph'],
    ],
    ['a glued sentence stays where it is', 'They opened the bridge.The mayor came.', ['paragraph']],
    ['an address is no seam', `${body} See www.example.Org/The Long Way\n${second}`, ['paragraph', 'paragraph']],
    ['a byline', `A Bridge Nobody Wanted\nBy Ada Holm\n${body}`, ['heading1', 'paragraph', 'paragraph']],
    ['a date line', `A Bridge Nobody Wanted\nMarch 5, 2019\n${body}`, ['heading1', 'paragraph', 'paragraph']],
    [
      'a line that introduces a list',
      `${body}\nThe works needed four things:\n- stone\n- sand\n- water\n- patience`,
      ['paragraph', 'paragraph', 'bulletList'],
    ],
    [
      'verse',
      'The river runs\nThe river turns\nThe lamp is out\nThe paper burns',
      ['paragraph', 'paragraph', 'paragraph', 'paragraph'],
    ],
  ]
  it.each(negative)('not: %s', (_name, source, expected) => {
    expect(types(source)).toEqual(expected)
  })

  it('cuts glued paragraphs apart when both are paragraphs of their own', () => {
    expect(outline(`${body} ${second}${third} ${body}`)).toHaveLength(2)
  })
})

describe('tables of contents', () => {
  const sections = ['The First Years', 'The Price of Stone', 'What the Ferrymen Lost', 'After the Opening']
  const written = sections.map((name) => `${name}\n${body}\n${second}`).join('\n')

  it('is recognised with a label and names headings', () => {
    const found = outline(
      `A Bridge Nobody Wanted\n${third}\nTable of Contents\n${sections.map((name) => `- ${name}`).join('\n')}\n${written}`,
    )
    expect(found.slice(2, 4)).toEqual([
      'paragraph!table-of-contents: Table of Contents',
      'bulletList!table-of-contents: - The First Years\n- The ',
    ])
    expect(found.filter((line) => line.startsWith('heading2'))).toEqual(
      sections.map((name) => `heading2: ${name.slice(0, 24)}`),
    )
  })

  it('is recognised without a label, and ends where its titles start again', () => {
    const found = types(`A Bridge Nobody Wanted\n${sections.join('\n')}\n${written}`)
    expect(found.slice(0, 4)).toEqual(['heading1', 'bulletList!table-of-contents', 'heading2', 'paragraph'])
  })

  it('takes page numbers and finds titles glued to paragraphs, even run on into their text', () => {
    const list = sections.map((name, at) => `${name} ........ ${String(at * 7 + 3)}`).join('\n')
    const glued = `${third}The First Years${body}The Price of Stone\n${body}What the Ferrymen Lost\n${second}After the Opening\n${body}`
    const found = outline(`Contents\n${list}\n${glued}`, 60)
    expect(found.filter((line) => line.startsWith('heading2'))).toEqual(sections.map((name) => `heading2: ${name}`))
  })

  it('makes headings below those it names one level deeper', () => {
    const found = types(`A Bridge Nobody Wanted\n${sections.join('\n')}\n${written}\nLetters to the Council\n${third}`)
    expect(found.at(-2)).toBe('heading3')
  })

  it('is not a list of facts', () => {
    expect(types(`${body}\n- It has nine arches\n- It is made of granite\n- It carries two roads\n${second}`)).toEqual([
      'paragraph',
      'bulletList',
      'paragraph',
    ])
  })
})

describe('lists and tables', () => {
  it('keeps markers as syntax and nests by indent', () => {
    const content = parsePlainText(`${body}\n- stone\n  - granite\n  - slate\n- sand\n1. first\n2. second`)
    expect(content.content[1]).toMatchObject({
      type: 'bulletList',
      attrs: { marked: true },
      content: [
        {
          content: [
            { content: [{ text: '- ', marks: [{ type: 'syntax' }] }, { text: 'stone' }] },
            { type: 'bulletList', content: [{}, {}] },
          ],
        },
        { content: [{ content: [{ text: '- ' }, { text: 'sand' }] }] },
      ],
    })
    expect(content.content[2]).toMatchObject({
      type: 'orderedList',
      attrs: { marked: true, start: 1 },
      content: [{}, {}],
    })
  })

  it('does not take a year, a dash of speech or a figure for an item', () => {
    expect(types('1984. That was the year in which the bridge was closed for good, they said.')).toEqual(['paragraph'])
    expect(types('– No, he said, and left the room without another word to anyone.')).toEqual(['paragraph'])
    expect(types('12. August was the day on which the bridge was opened to the public at last.')).toEqual(['paragraph'])
  })

  it('reads a pipe table whose head is broken over lines', () => {
    const content = parsePlainText(`${body}\nNorth |\nSouth |\n---|---|\nBank | |\nLeft bank | Right bank |\n${second}`)
    expect(types(`${body}\nNorth |\nSouth |\n---|---|\nBank | |\n${second}`)).toEqual([
      'paragraph',
      'table',
      'paragraph',
    ])
    expect(content.content[1]).toMatchObject({
      content: [
        {
          content: [
            {
              type: 'tableHeader',
              content: [{ content: [{ text: 'North ' }, { text: '|', marks: [{ type: 'syntax' }] }] }],
            },
            { type: 'tableHeader' },
          ],
        },
        { content: [{ content: [{ content: [{ text: '---|', marks: [{ type: 'syntax' }] }] }] }, {}] },
        { content: [{}, { content: [{ content: [{ text: '|' }] }] }] },
        { content: [{}, {}] },
      ],
    })
    expect(buildTextIndex(content).text).toContain('Left bank |\tRight bank |')
  })

  it('reads rows with outer pipes, rows with tabs, and leaves a single bar alone', () => {
    expect(types('| Town | People |\n|---|---|\n| Orr | 300 |')).toEqual(['table'])
    expect(types('Town\tPeople\nOrr\t300\nVale\t450')).toEqual(['table'])
    expect(types(`He wrote a|b on the wall.\n${body}`)).toEqual(['paragraph', 'paragraph'])
  })

  it('keeps code, quotations and columns together', () => {
    expect(types('```js\nlet a = 1\n\nlet b = 2\n```')).toEqual(['codeBlock'])
    expect(types('> It failed,\n> they wrote.\n\nIt did not.')).toEqual(['blockquote', 'paragraph'])
    expect(types('Orr      300     4\nVale     450     7\nReed     120     2')).toEqual(['preformatted'])
  })
})

describe('hard-wrapped text', () => {
  const wrapped =
    'The harbour bridge was built over eleven years and paid\nfor by the towns on both banks of the river, which had\nnever agreed on anything before and did not agree on it\nthis time either.\nHistory\nNobody had asked the ferrymen, who lost their work in a\nweek and were never paid for what they had lost at all.'

  it('joins the lines of a paragraph and keeps their line ends inside it', () => {
    expect(outline(wrapped, 60)).toHaveLength(3)
    expect(types(wrapped)).toEqual(['paragraph', 'heading2', 'paragraph'])
    expect(buildTextIndex(parsePlainText(wrapped)).text).toContain('eleven years and paid\nfor by the towns')
  })

  it('joins the hanging lines of a list item', () => {
    expect(types('- the first of the reasons that\n  they gave for it\n- the second reason')).toEqual(['bulletList'])
  })

  it('leaves lines that are paragraphs alone', () => {
    expect(
      types(
        'Council rejects the bridge plan for the second time this year\nFerry company announces new boats for the spring and summer',
      ),
    ).toHaveLength(2)
  })
})

describe('what does not count', () => {
  const article = `A Bridge Nobody Wanted\n\n${body}\n\n${second}\n\n${third}\n`
  const cases: [name: string, source: string, expected: string[]][] = [
    [
      'a list of foreign titles at the end',
      `${article}- Marlo Quint Secret Wedding Photos\n- Best Cheap Running Shoes 2021\n- Tavi Renn Height Weight Fortune`,
      ['bulletList!link-list'],
    ],
    [
      'a list of titles made from addresses',
      `${article}- How To Win At Cards Without Luck\n- The Truth About Bridge Prices And More\n- A Guide To The Old Ferry Town\n${body}`,
      ['bulletList!link-list', 'paragraph'],
    ],
    [
      'a call to readers',
      `${article}What do you think of the bridge? Share your thoughts in the comments below.`,
      ['paragraph!boilerplate'],
    ],
    [
      'image markup and its caption',
      `${article}![The bridge at dusk](https://example.org/a.png)\nThe bridge at dusk`,
      ['paragraph!boilerplate', 'paragraph!boilerplate'],
    ],
    [
      'a caption that stands three times',
      `${article}Workers on the north bank in spring\nWorkers on the north bank in spring\nWorkers on the north bank in spring`,
      ['paragraph!boilerplate', 'paragraph!boilerplate', 'paragraph!boilerplate'],
    ],
    [
      'left-over headlines',
      `${article}Council rejects second bridge plan - The Gazette\nFerry company orders three new boats`,
      ['paragraph!link-list', 'paragraph!link-list'],
    ],
    [
      'comments',
      `${article}3 comments on “A Bridge Nobody Wanted”\nReed says:\n${body}`,
      ['paragraph!comments', 'paragraph!comments', 'paragraph!comments'],
    ],
    [
      'a comment form',
      `${article}Leave a Reply\nYour email address will not be published.\nName\nEmail`,
      ['paragraph!comment-form', 'paragraph!comment-form', 'paragraph!comment-form', 'paragraph!comment-form'],
    ],
    [
      'meta lines and footers',
      `${article}Posted in News\nFollow us on Twitter\nJoin 1,204 other followers`,
      ['paragraph!boilerplate', 'paragraph!boilerplate', 'paragraph!boilerplate'],
    ],
    [
      'a blurb over the meta line',
      `${article}Notes on #rivers and harbours, by people who know them well and write often.\nPosted in News`,
      ['paragraph!boilerplate', 'paragraph!boilerplate'],
    ],
    [
      'references',
      `${article}References\n- Holm, A. (2011). "Bridges". Orr Press. Retrieved 4 May 2012.\n- "Ferries of the North". The Gazette. 3 May 2010.`,
      ['heading2!reference-list', 'note1!reference-list', 'note2!reference-list'],
    ],
    [
      'references that have their year in brackets behind the authors',
      `${article}References\nHolm, A. (2011). Bridges that sink in the night. Orr Press.\nVale, B. (2012a): Ferries of the north and of the south. Orr Press.`,
      ['heading2!reference-list', 'paragraph!reference-list', 'paragraph!reference-list'],
    ],
    [
      'numbered references',
      `${article}References\n[1] Holm, A. Bridges. Orr Press, 2011.\n[2] Vale, B. Ferries. Orr Press, 2012.`,
      ['heading2!reference-list', 'note1!reference-list', 'note2!reference-list'],
    ],
    [
      'see also and further reading',
      `${article}See also\n- Ferries of Orr\n- Harbour walls\nFurther reading\n- Holm, A. Bridges. Orr Press, 2011.`,
      ['heading2!link-list', 'bulletList!link-list', 'heading2!reference-list', 'bulletList!reference-list'],
    ],
    [
      'an empty section before another',
      `${article}See also\nReferences\n- Holm, A. Bridges. Orr Press, 2011.`,
      ['heading2!link-list', 'heading2!reference-list', 'note1!reference-list'],
    ],
    [
      'a pointer to another page',
      `${article}Bridges\nList of bridges over the Orr\nFerries\n${body}`,
      ['heading2', 'paragraph!link-list', 'heading2', 'paragraph'],
    ],
  ]
  it.each(cases)('%s', (_name, source, expected) => {
    expect(types(source).slice(4)).toEqual(expected)
  })

  const counted: [name: string, source: string][] = [
    [
      'a list of facts',
      `${article}- It has nine arches and two towers\n- It carries 40,000 people a day\n- It was closed in 1984\n${body}`,
    ],
    [
      'a list of names with an introduction',
      `${article}The members of the council were:\n- Marlo Quint Tavish\n- Renn Holm Barlow\n- Tavi Orr Vale`,
    ],
    [
      'a list of names under a heading',
      `${article}Members of the Council\n- Marlo Quint Tavish\n- Renn Holm Barlow\n- Tavi Orr Vale`,
    ],
    ['prose under Sources', `${article}Sources\n${body}\n${second}`],
    ['prose under Notes', `${article}Notes\n${body}\n${second}`],
    ['a section called Comments', `${article}Comments\n${body}\n${second}`],
    [
      'prose about comments',
      `${article}The council said that everyone could leave a comment on the plan until the end of May, and nobody did.`,
    ],
    ['a sign-off', `${article}Ada Holm`],
    ['a sentence that asks', `${article}${body} Who would share your thoughts about such a bridge? ${second} ${third}`],
  ]
  it.each(counted)('counts: %s', (_name, source) => {
    expect(types(source).filter((line) => line.includes('!'))).toEqual([])
  })
})

describe('inline marks', () => {
  const marked = (source: string) =>
    parsePlainText(source).content.flatMap((block) =>
      ('content' in block ? (block.content as { text?: string; marks?: { type: string }[] }[]) : [])
        .filter((node) => node.marks)
        .map((node) => [node.marks?.[0]?.type, node.text]),
    )

  it.each<[string, [string, string][]]>([
    [
      'It fell.[1] It rose,[23] they said[note 4] so.[a]',
      [
        ['citation', '[1]'],
        ['citation', '[23]'],
        ['citation', '[note 4]'],
        ['citation', '[a]'],
      ],
    ],
    [
      'See https://example.org/a_(b). Or (https://example.org/c).',
      [
        ['link', 'https://example.org/a_(b)'],
        ['link', 'https://example.org/c'],
      ],
    ],
    ['He wrote w[o]rds in [1984] and [sic] too, see [2] there.', []],
    ['No links: javascript:alert(1) and ftp://example.org here.', []],
  ])('%s', (source, expected) => {
    expect(marked(source)).toEqual(expected)
  })
})

describe('law: nothing is dropped or altered', () => {
  const bare = (text: string) => text.replace(/\s+/gu, '')
  const holds = (source: string) => {
    const content = parsePlainText(source)
    const index = buildTextIndex(content)
    expect(bare(index.text)).toBe(bare(source))
    const plain = source.replace(/\r\n?/g, '\n')
    for (const block of index.blocks) expect(plain.includes(index.text.slice(block.start, block.end))).toBe(true)
    expect(documentContentSchema.safeParse(content).success).toBe(true)
  }

  it('holds for any string', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 120 }), holds), { numRuns: 150 })
  }, 60_000)

  it('holds for lines of every kind in any order', () => {
    const line = fc.constantFrom(
      'A Bridge Nobody Wanted',
      body,
      `${body}The Long Way Round`,
      '- item',
      '  - deeper',
      '1. one',
      '2. two',
      '| a | b |',
      '---|---|',
      'a |',
      '',
      '',
      '   ',
      '# Head',
      '=====',
      '---',
      '> quote',
      '>> more',
      '```',
      'a\tb',
      'References',
      'See also',
      'Table of Contents',
      'The Long Way Round',
      '[1] Holm, A. 2011.',
      '![x](https://e.org/x.png)',
      'Leave a Reply',
      'Posted in News',
      '3 comments',
      'https://e.org/?a=b',
      'It fell.[1][2]',
      'x   y   z',
      '　全角',
      '\u00a0',
      '—',
      '* * *',
      '•',
      '\\|',
      'a \\| b | c',
      '–  dash',
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 25 }), fc.constantFrom('\n', '\r\n', '\n\n', '\u2028'), (lines, end) => {
        holds(lines.join(end))
      }),
      { numRuns: 300 },
    )
  }, 60_000)

  const shared = path.resolve(process.cwd(), '../shared')
  const corpus = path.join(shared, 'corpus')
  const strings = path.join(shared, 'testdata/strings/naughty-strings.json')
  const reason = (place: string) =>
    existsSync(place) ? '' : ' (skipped: the shared test data are not beside the project)'

  it.skipIf(!existsSync(corpus))(`holds for the corpus${reason(corpus)}`, () => {
    for (const name of readdirSync(corpus)) holds(readFileSync(path.join(corpus, name), 'utf8'))
  })

  it.skipIf(!existsSync(strings))(`holds for hostile strings${reason(strings)}`, () => {
    const list = JSON.parse(readFileSync(strings, 'utf8')) as string[]
    for (const text of list) holds(text)
    holds(list.join('\n'))
  })
})
