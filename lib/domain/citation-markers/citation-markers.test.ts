import { describe, expect, test } from 'vitest'
import type { BlockNode, DocumentContent, InlineNode, Mark } from '../text/model'
import { markersAt, readCitationMarkers } from './citation-markers'
import { labelsOf } from './entries'

const words = (text: string, ...marks: Mark[]): InlineNode => ({ type: 'text', text, marks })
const cite = (label: string, text = `[${label}]`) => words(text, { type: 'citation', attrs: { label } })
const note = (label: string, ...content: InlineNode[]): BlockNode => ({
  type: 'note',
  attrs: { label, scope: 'reference-list' },
  content,
})
const paragraph = (...content: InlineNode[]): BlockNode => ({ type: 'paragraph', content })
const read = (...content: BlockNode[]) => readCitationMarkers({ type: 'doc', content })

/** Each marker as "label: entries", with what is missing behind a question mark. */
function said(content: DocumentContent): string[] {
  return readCitationMarkers(content).markers.map(
    ({ label, entries, unresolved }) =>
      `${label}: ${[...entries.map((entry) => entry.words), ...unresolved.map((each) => `?${each}`)].join(', ')}`,
  )
}

describe('labelsOf', () => {
  test.each([
    ['12', ['12']],
    ['[3–5]', ['3', '4', '5']],
    ['1, 4-6', ['1', '4', '5', '6']],
    ['2,2', ['2']],
    ['1-400', ['1', '400']],
    ['9-3', ['9', '3']],
    ['a', ['a']],
    ['note 2', ['note2']],
    ['¹²', ['12']],
    ['(1)', ['1']],
    ['†', ['†']],
    ['', []],
  ])('%s', (label, labels) => {
    expect(labelsOf(label)).toEqual(labels)
  })
})

describe('readCitationMarkers', () => {
  const list: BlockNode = {
    type: 'orderedList',
    attrs: { scope: 'reference-list', start: 1 },
    content: ['Tide tables.', 'Pier report.'].map((text) => ({
      type: 'listItem',
      content: [paragraph(words(text))],
    })),
  }
  const cases: { name: string; content: BlockNode[]; says: string[] }[] = [
    {
      name: 'figures in brackets, alone and as a range',
      content: [
        paragraph(words('Piers sink.'), cite('1'), words(' Cars cross.'), cite('2–4')),
        note('1', words('1. ', { type: 'syntax' }), words('Pier report.')),
        note('2', words('[2] Traffic count.')),
        note('3', words('↑ Toll ledger.')),
        note('4', words('12. Bridge Congress.')),
      ],
      says: ['1: Pier report.', '2–4: Traffic count., Toll ledger., 12. Bridge Congress.'],
    },
    {
      name: 'a letter, and a sign',
      content: [
        paragraph(words('Piers'), cite('a'), words(' sink'), cite('*', '*')),
        note('a', words('All of them.')),
        note('*', words('Slowly.')),
      ],
      says: ['a: All of them.', '*: Slowly.'],
    },
    {
      name: 'a raised figure with an entry, not the square of a unit',
      content: [
        paragraph(
          words('Piers sink.'),
          words('1', { type: 'superscript' }),
          words(' On 3 km'),
          words('2', { type: 'superscript' }),
        ),
        note('1', words('Pier report.')),
      ],
      says: ['1: Pier report.'],
    },
    {
      name: 'raised characters behind a word, not behind a unit',
      content: [paragraph(words('Piers sink¹ on 3 km¹.')), note('1', words('Pier report.'))],
      says: ['¹: Pier report.'],
    },
    {
      name: 'a list of references that numbers itself',
      content: [paragraph(words('Piers sink.'), cite('2'), words(' Tides rise.'), cite('1')), list],
      says: ['2: Pier report.', '1: Tide tables.'],
    },
    {
      name: 'a missing entry',
      content: [paragraph(words('Piers sink.'), cite('1, 7')), note('1', words('Pier report.'))],
      says: ['1, 7: Pier report., ?7'],
    },
    {
      name: 'a request for a reference stands for none',
      content: [paragraph(words('Piers sink.'), cite('citation needed'))],
      says: [],
    },
    {
      name: 'notes that begin anew: the next one behind the marker, else the last before',
      content: [
        paragraph(words('Piers sink.'), cite('1')),
        note('1', words('First.')),
        paragraph(words('Tides rise.'), cite('1')),
        note('1', words('Second.')),
        paragraph(words('Cars cross.'), cite('1')),
      ],
      says: ['1: First.', '1: Second.', '1: Second.'],
    },
    {
      name: 'the number that a note begins with is no marker',
      content: [paragraph(words('Piers sink.'), cite('1')), note('1', cite('1', '1'), words(' Pier report.'))],
      says: ['1: 1 Pier report.'],
    },
    {
      name: 'a marker in two pieces is one',
      content: [
        paragraph(
          words('Piers sink.'),
          cite('1', '['),
          words('1]', { type: 'italic' }, { type: 'citation', attrs: { label: '1' } }),
        ),
        note('1', words('Pier report.')),
      ],
      says: ['1: Pier report.'],
    },
  ]
  test.each(cases)('$name', ({ content, says }) => {
    expect(said({ type: 'doc', content })).toEqual(says)
  })

  test('has the places of markers and entries, the addresses, and what no marker stands for', () => {
    const { markers, dangling } = read(
      paragraph(words('Piers sink.'), cite('1')),
      note('1', words('Pier report. '), words('Read it', { type: 'link', attrs: { href: 'https://piers.example/1' } })),
      note('2', words('Never cited.')),
    )
    expect(markers).toMatchObject([{ start: 11, end: 14, entries: [{ start: 16, end: 36 }] }])
    expect(markers[0]?.entries[0]?.addresses).toEqual(['https://piers.example/1'])
    expect(dangling.map(({ label }) => label)).toEqual(['2'])
  })
})

describe('links', () => {
  const link = (text: string, href: string, ...marks: Mark[]): InlineNode =>
    words(text, { type: 'link', attrs: { href } }, ...marks)

  test('a link stands for where it leads, in one piece however it is set', () => {
    const { markers } = read(
      paragraph(
        words('The '),
        link('tide ', 'https://tides.example/log'),
        link('log', 'https://tides.example/log', { type: 'italic' }),
        words(' says so.'),
      ),
    )
    expect(markers).toEqual([
      {
        kind: 'link',
        label: 'tide log',
        start: 4,
        end: 12,
        entries: [{ label: '', start: 4, end: 12, words: 'tide log', addresses: ['https://tides.example/log'] }],
        unresolved: [],
      },
    ])
  })

  test.each<[string, BlockNode[]]>([
    ['of a numbered marker', [paragraph(words('Piers sink'), cite('1')), note('1', link('Log', 'https://a.example/'))]],
    ['in a heading', [{ type: 'heading', attrs: { level: 2 }, content: [link('Log', 'https://a.example/')] }]],
    [
      'out of scope',
      [{ type: 'paragraph', attrs: { scope: 'navigation' }, content: [link('Log', 'https://a.example/')] }],
    ],
    ['to a mailbox', [paragraph(link('write', 'mailto:log@a.example'))]],
    ['without a word', [paragraph(words('See'), link('→', 'https://a.example/'))]],
  ])('a link %s is no marker of its own', (_, content) => {
    expect(read(...content).markers.filter(({ kind }) => kind === 'link')).toEqual([])
  })
})

test('markersAt finds what stands in a range, right behind it, or around a place', () => {
  const { markers } = read(
    paragraph(words('Piers sink'), cite('1'), cite('2'), words('. Tides rise.'), cite('3')),
    ...['1', '2', '3'].map((label) => note(label, words('Entry.'))),
  )
  const at = (start: number, end: number) => markersAt(markers, { start, end }).map(({ label }) => label)
  expect(at(0, 10)).toEqual(['1', '2'])
  expect(at(0, 5)).toEqual([])
  expect(at(0, 17)).toEqual(['1', '2'])
  expect(at(11, 11)).toEqual(['1'])
  expect(at(18, 29)).toEqual(['3'])
})
