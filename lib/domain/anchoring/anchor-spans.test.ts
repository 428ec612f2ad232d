import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createDocument, seededNumbers } from '@/bench/reader/sample'
import { editText } from '@/bench/anchor/editor'
import { overlap } from '../ranges/text-range'
import { buildTextIndex } from '../text/text-index'
import { anchorSpans, type Anchored, type AnchorState } from './anchor-spans'

const article =
  'The council met on Monday. The bridge opened in May 2012 and cost 5 million crowns. Nobody was hurt. ' +
  'The mayor thanked the builders for their work.'

function anchorOne(before: string, after: string, quote: string, from = 0): Anchored {
  const start = before.indexOf(quote, from)
  const [anchored] = anchorSpans(before, after, [{ start, end: start + quote.length }])
  if (start === -1 || anchored === undefined) throw new Error(`no "${quote}" in the text`)
  return anchored
}

function wordsOf(after: string, anchored: Anchored): string | null {
  return anchored.state === 'lost' ? null : after.slice(anchored.start, anchored.end)
}

const cases: [name: string, before: string, after: string, quote: string, state: AnchorState, words: string | null][] =
  [
    ['an equal text', article, article, 'bridge opened', 'same', 'bridge opened'],
    ['words inserted before', article, `Before that, ${article}`, 'bridge opened', 'same', 'bridge opened'],
    [
      'a corrected year',
      article,
      article.replace('2012', '2013'),
      'opened in May 2012',
      'changed',
      'opened in May 2013',
    ],
    ['a quote of the corrected year', article, article.replace('2012', '2013'), '2012', 'changed', '2013'],
    [
      'a deleted sentence',
      article,
      article.replace('The bridge opened in May 2012 and cost 5 million crowns. ', ''),
      'bridge opened in May 2012',
      'lost',
      null,
    ],
    [
      'a sentence moved to the front',
      article,
      `The mayor thanked the builders for their work. ${article.replace(' The mayor thanked the builders for their work.', '')}`,
      'mayor thanked the builders',
      'moved',
      'mayor thanked the builders',
    ],
    ['lines that end elsewhere', article, article.replaceAll(' ', '\n'), 'May 2012 and', 'same', 'May\n2012\nand'],
    ['another apostrophe', "the mayor's office", 'the mayor’s office', "mayor's", 'changed', 'mayor’s'],
    ['part of a word that stayed', article, `x ${article}`, 'ridge open', 'same', 'ridge open'],
    [
      'Japanese',
      '橋は五月に開通した。市長は感謝した。',
      '橋は六月に開通した。',
      '橋は五月に開通した',
      'changed',
      '橋は六月に開通した',
    ],
    [
      'Chinese after an insertion',
      '大桥五月通车。市长感谢。',
      '据报道，大桥五月通车。市长感谢。',
      '五月通车',
      'same',
      '五月通车',
    ],
    ['Thai after an insertion', 'สะพานเปิดในเดือนพฤษภาคม', 'เมื่อวานสะพานเปิดในเดือนพฤษภาคม', 'เปิดใน', 'same', 'เปิดใน'],
    ['an empty text', article, '', 'bridge opened', 'lost', null],
  ]

describe('anchorSpans', () => {
  it.each(cases)('%s', (_name, before, after, quote, state, words) => {
    const anchored = anchorOne(before, after, quote)
    expect({ state: anchored.state, words: wordsOf(after, anchored) }).toEqual({ state, words })
  })

  it('keeps the order of the spans', () => {
    const spans = [
      { start: 20, end: 25 },
      { start: 4, end: 11 },
    ]
    expect(anchorSpans(article, article, spans)).toEqual(spans.map((span) => ({ state: 'same', ...span, score: 1 })))
  })

  it('says "moved" where nobody can tell which of several places stayed', () => {
    for (const from of [0, 1]) expect(anchorOne('one one', 'one', 'one', from).state).toBe('moved')
    const rows = 'yes no \n'.repeat(4)
    expect(anchorOne(rows, 'yes no \n'.repeat(3), 'yes no', 9).state).toBe('moved')
  })

  it('says so also where each of two equal quotes kept one neighbour', () => {
    const before = 'alpha ruled no beta ruled no gamma'
    for (const from of [0, 15]) expect(anchorOne(before, 'alpha ruled no gamma', 'ruled no', from).state).toBe('moved')
    const after = 'alpha ruled no beta ruled no gamma'
    expect(anchorOne('alpha ruled no gamma', after, 'ruled no').state).toBe('moved')
  })

  it('tells equal quotes apart by what stands around them', () => {
    const before = 'First the court ruled no. Then the senate ruled no. Last the mayor ruled no.'
    const after = 'First the court ruled no. Last the mayor ruled no.'
    expect(anchorOne(before, after, 'ruled no', before.indexOf('mayor'))).toMatchObject({ state: 'same', start: 41 })
    expect(anchorOne(before, after, 'senate ruled no').state).not.toBe('same')
  })

  it('gives the same place in the same text, for any span', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(), fc.nat(), (text, one, other) => {
        const [start = 0, end = 0] = [one % (text.length + 1), other % (text.length + 1)].sort((a, b) => a - b)
        expect(anchorSpans(text, text, [{ start, end }])).toEqual([{ state: 'same', start, end, score: 1 }])
      }),
    )
  })

  it('finds the same words after any one edit outside of them', () => {
    const words = (least: number) =>
      fc.array(fc.constantFrom('a', 'b', 'The', 'end.', '橋', '\n', 'é', '👩‍🚀'), { minLength: least, maxLength: 12 })
    const marks = fc.array(fc.constantFrom('a', 'b', 'The', 'end.', '橋', '👩‍🚀'), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(
        words(0),
        words(0),
        words(0),
        marks,
        words(0),
        fc.boolean(),
        (...[kept, removed, added, quoted, rest, isFirst]) => {
          const quote = quoted.join(' ')
          const join = (edited: string[]) => {
            const [left, right] = isFirst ? [[...kept, ...edited], rest] : [rest, [...edited, ...kept]]
            const head = left.map((word) => `${word} `).join('')
            return { text: `${head}${quote}${right.map((word) => ` ${word}`).join('')}`, start: head.length }
          }
          const [before, after] = [join(removed), join(added)]
          const [anchored] = anchorSpans(before.text, after.text, [
            { start: before.start, end: before.start + quote.length },
          ])
          expect(anchored?.state).toMatch(/^(same|moved)$/)
          if (anchored !== undefined) expect(wordsOf(after.text, anchored)?.split(/\s+/)).toEqual(quoted)
        },
      ),
      { numRuns: 2000 },
    )
  })

  it('never answers outside of the text, after any edit', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', ' ', '\n', '橋', '👩‍🚀', '.', '\ud800', 'e\u0301'), { maxLength: 40 })
      .map((all) => all.join(''))
    fc.assert(
      fc.property(
        text,
        text,
        fc.integer({ min: -5, max: 60 }),
        fc.integer({ min: -5, max: 60 }),
        (before, after, start, end) => {
          for (const anchored of anchorSpans(before, after, [{ start, end }])) {
            expect(anchored.score).toBeGreaterThanOrEqual(0)
            expect(anchored.score).toBeLessThanOrEqual(1)
            if (anchored.state === 'lost') continue
            expect(anchored.start).toBeGreaterThanOrEqual(0)
            expect(anchored.end).toBeGreaterThanOrEqual(anchored.start)
            expect(anchored.end).toBeLessThanOrEqual(after.length)
          }
        },
      ),
      { numRuns: 2000 },
    )
  })

  it.each([
    ['edits', { words: 0.05, moved: 0.08, gone: 0 }],
    ['harder edits', { words: 0.15, moved: 0.1, gone: 0.05 }],
  ])('puts none of 1,000 quotes on other words, and has all whose words stayed, after %s', (_name, edits) => {
    const index = buildTextIndex(createDocument(8000))
    const paragraphs = index.blocks.map(({ start, end }) => index.text.slice(start, end).trim())
    const { before, after, quotes } = editText(paragraphs, { edits, quotes: 1000, random: seededNumbers(7) })
    const anchored = anchorSpans(
      before,
      after,
      quotes.map((quote) => quote.before),
    )
    const wrong = quotes.flatMap(({ before: range, after: truth }, at) => {
      const words = before.slice(range.start, range.end)
      const place = anchored[at]
      if (place === undefined) return [`no answer for "${words}"`]
      const isKept = truth !== null && after.slice(truth.start, truth.end) === words
      if (place.state === 'lost') return isKept ? [`lost "${words}"`] : []
      const isThere = truth !== null && overlap(truth, place)
      if (place.state === 'same' && !(isKept && truth.start === place.start)) return [`"${words}" is not the same`]
      return isThere ? [] : [`"${words}" on "${after.slice(place.start, place.end)}"`]
    })
    expect(wrong).toEqual([])
  })

  it('is done soon with a text of one word, and with words that repeat without rule', () => {
    const many = 'same '.repeat(100_000)
    const spans = Array.from({ length: 500 }, (_, at) => ({ start: at * 50, end: at * 50 + 24 }))
    const started = performance.now()
    anchorSpans(many, `${many}same `, spans)
    const ab = (factor: number) =>
      Array.from({ length: 100_000 }, (_, at) => (((at * factor) ^ (at >> 3)) % 7 < 3 ? 'a' : 'b')).join(' ')
    anchorSpans(ab(5), ab(11), spans)
    expect(performance.now() - started).toBeLessThan(10_000)
  })
})
