import { describe, expect, test } from 'vitest'
import type { BlockNode, DocumentContent, OutOfScopeReason } from './model'
import { makePagesOf, pagesByStarts, pagesInWords } from './pages'
import { buildTextIndex } from './text-index'

function paragraph(text: string, page?: string, scope?: OutOfScopeReason): BlockNode {
  return {
    type: 'paragraph',
    attrs: { ...(page === undefined ? {} : { page }), ...(scope === undefined ? {} : { scope }) },
    content: [{ type: 'text', text }],
  }
}

function placeOf(content: DocumentContent, words: string): string | null {
  const index = buildTextIndex(content)
  const start = index.text.indexOf(words)
  const pages = makePagesOf(content, index)({ start, end: start + words.length })
  return pages === null ? null : pagesInWords(pages)
}

describe('the pages of a range', () => {
  const report: DocumentContent = {
    type: 'doc',
    content: [
      paragraph('Preface.', 'iv'),
      paragraph('Piers sink.', '1'),
      paragraph('Tides rise.', '1'),
      paragraph('Harbour report 2', '2', 'boilerplate'),
      paragraph('Cars cross.', '2'),
      paragraph('Ropes wear out.', '4'),
    ],
  }

  test.each([
    ['of a block with others behind it on its page', 'Piers', 'p. 1'],
    ['of the last block of a page, which may go on', 'Tides', 'pp. 1–2'],
    ['over a page without text', 'Cars', 'pp. 2–4'],
    ['in the last block of all', 'Ropes', 'p. 4'],
    ['with another numbering', 'Preface', 'pp. iv–1'],
    ['over several blocks', 'sink.\n\nTides rise.\n\nHarbour report 2\n\nCars', 'pp. 1–4'],
  ])('%s', (_, words, said) => {
    expect(placeOf(report, words)).toBe(said)
  })

  test.each<[string, number, number, string | null]>([
    ['in front of the first', 0, 5, null],
    ['on one', 10, 20, 'p. iv'],
    ['up to the very end of one', 15, 30, 'p. iv'],
    ['over two', 29, 31, 'pp. iv–1'],
    ['behind the last', 90, 95, 'p. 1'],
  ])('by where pages begin: %s', (_, start, end, said) => {
    const pages = pagesByStarts([
      { start: 10, label: 'iv' },
      { start: 30, label: '1' },
    ])({ start, end })
    expect(pages === null ? null : pagesInWords(pages)).toBe(said)
  })

  test('are unknown in a document without pages', () => {
    expect(placeOf({ type: 'doc', content: [paragraph('Piers sink.')] }, 'Piers')).toBeNull()
  })
})
