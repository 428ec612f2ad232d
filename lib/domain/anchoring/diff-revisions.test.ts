import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diffRevisions, type BlockChange, type DiffableText } from './diff-revisions'

/** A text whose lines are its blocks. */
function toText(text: string): DiffableText {
  const blocks = [...text.matchAll(/[^\n]+/g)].map(({ 0: line, index }) => ({ start: index, end: index + line.length }))
  return { text, blocks }
}

/** A change in one line: `changed: in [-May-] {+June+}`. */
function write({ kind, parts }: BlockChange): string {
  const signs = { equal: ['', ''], removed: ['[-', '-]'], added: ['{+', '+}'] } as const
  return `${kind}: ${parts.map((part) => signs[part.kind].join(part.text)).join('')}`
}

const flood = 'The flood'
const bridge = 'The council met on Monday. The bridge opened in May 2012.'
const accident = 'Nobody was hurt in the accident of last year.'
const mayor = 'The mayor thanked the builders for their work.'

const cases: [name: string, before: string[], after: string[], changes: string[]][] = [
  ['nothing changed', [flood, bridge], [flood, bridge], [`same: ${flood}`, `same: ${bridge}`]],
  [
    'edited words',
    [flood, bridge, accident],
    [flood, bridge.replace('2012', '2013'), accident.replace('Nobody was', 'Two people were')],
    [
      `same: ${flood}`,
      'changed: The council met on Monday. The bridge opened in May [-2012-]{+2013+}.',
      'changed: [-Nobody was-]{+Two people were+} hurt in the accident of last year.',
    ],
  ],
  [
    'a block removed and one added',
    [flood, bridge, accident, mayor],
    [flood, bridge, mayor, 'Written now.'],
    [`same: ${flood}`, `same: ${bridge}`, `removed: [-${accident}-]`, `same: ${mayor}`, 'added: {+Written now.+}'],
  ],
  [
    'a block moved and edited',
    [flood, bridge, accident, mayor],
    [flood, mayor.replace('work', 'fine work'), bridge, accident],
    [
      `same: ${flood}`,
      'moved: The mayor thanked the builders for their {+fine +}work.',
      `same: ${bridge}`,
      `same: ${accident}`,
    ],
  ],
  [
    'a block split',
    [flood, bridge, accident],
    [flood, ...bridge.split(/(?<=Monday\.) /), accident],
    [
      `same: ${flood}`,
      'changed: The council met on Monday.[- -]{+\n+}The bridge opened in May 2012.',
      `same: ${accident}`,
    ],
  ],
  [
    'blocks joined',
    [flood, accident, mayor],
    [flood, `${accident} ${mayor}`],
    [`same: ${flood}`, `changed: ${accident}[-\n-]{+ +}${mayor}`],
  ],
  [
    'a cell of a table',
    [flood, '12', '14'],
    [flood, '13', '14'],
    [`same: ${flood}`, 'changed: [-12-]{+13+}', 'same: 14'],
  ],
  [
    'text without spaces, by whole words',
    ['市は月曜日に決めた。'],
    ['市は火曜日に決めた。'],
    ['changed: 市は[-月曜日-]{+火曜日+}に決めた。'],
  ],
  ['an empty text before', [], [flood], [`added: {+${flood}+}`]],
  ['an empty text after', [flood], [], [`removed: [-${flood}-]`]],
]

describe('diffRevisions', () => {
  it.each(cases)('%s', (_name, before, after, changes) => {
    expect(diffRevisions(toText(before.join('\n')), toText(after.join('\n'))).map(write)).toEqual(changes)
  })

  it('joins to both texts, and has each block once', () => {
    const line = fc
      .array(fc.constantFrom('the', 'bridge', 'opened', 'May', '2012', '，', '橋', '👩‍🚀', 'e\u0301', ' ', '-'), {
        maxLength: 8,
      })
      .map((words) => words.join(' '))
    const lines = fc.array(line, { maxLength: 8 }).map((all) => all.join('\n'))
    fc.assert(
      fc.property(lines, lines, (one, other) => {
        const [before, after] = [toText(one), toText(other)]
        const changes = diffRevisions(before, after)
        for (const { before: range, after: place, parts } of changes) {
          const join = (without: string) => parts.flatMap(({ kind, text }) => (kind === without ? [] : [text])).join('')
          expect(join('added')).toBe(range === null ? '' : one.slice(range.start, range.end))
          expect(join('removed')).toBe(place === null ? '' : other.slice(place.start, place.end))
        }
        const covered = (side: 'before' | 'after', { blocks }: DiffableText) =>
          blocks.map(
            ({ start, end }) =>
              changes.filter(({ [side]: at }) => at !== null && at.start <= start && end <= at.end).length,
          )
        expect(covered('before', before)).toEqual(before.blocks.map(() => 1))
        expect(covered('after', after)).toEqual(after.blocks.map(() => 1))
      }),
      { numRuns: 300 },
    )
  })

  it('is done soon with one word many times, with many equal blocks, and with islands between edits without end', () => {
    const started = performance.now()
    const many = 'same '.repeat(50_000)
    expect(diffRevisions(toText(many), toText(`${many}same`))).toHaveLength(1)
    expect(diffRevisions(toText('yes\n'.repeat(20_000)), toText('yes\n'.repeat(19_000)))).toHaveLength(20_000)
    const islands = (letter: string) =>
      Array.from({ length: 20_000 }, (_, at) => `q${String(at)} ${letter.repeat(9)}${String(at)}`)
    diffRevisions(toText(islands('x').join(' ')), toText(islands('y').join(' ')))
    expect(performance.now() - started).toBeLessThan(10_000)
  })
})
