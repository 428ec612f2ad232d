import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'parse5'
import { parsePlainText } from '@/lib/domain/text/plain/parse-plain'
import { findSentences } from '@/lib/domain/text/sentences'
import { buildTextIndex } from '@/lib/domain/text/text-index'
import { isElement, readText, walkTree } from '@/lib/server/importing/html-tree'
import { listPages, pagesFolder } from './pages'

/** How far the sentences of a laid-out text agree with those of the same paragraphs on one line each, from 0 to 1. */
export interface LayoutScore {
  layout: string
  precision: number
  recall: number
}

/** Breaks text into lines of at most `width` characters; with `cuts`, words of ten or more plain letters are hyphenated at line ends. */
function wrap(paragraph: string, width: number, cuts = false): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of paragraph.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      const room = width - line.length - 2
      const part = cuts && /^[a-z]{10,}$/.test(word) && room >= 4 ? Math.min(room, word.length - 4) : 0
      lines.push(part > 0 ? `${line} ${word.slice(0, part)}-` : line)
      line = word.slice(part)
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line]
}

/**
 * A text as copied from a printed page: 80 columns, words of ten letters hyphenated at line ends, and a page number with a running head every 40
 * lines.
 */
function print(paragraphs: readonly string[]): string {
  const lines = paragraphs.flatMap((paragraph, at) => {
    const wrapped = wrap(paragraph, 80, true)
    return at === 0 ? wrapped : ['', ...wrapped]
  })
  const pages: string[] = []
  for (let from = 0; from < lines.length; from += 40) {
    const number = String(from / 40 + 1)
    pages.push(...lines.slice(from, from + 40), number, 'Harbour Board, Yearly Report')
  }
  return pages.join('\n')
}

const layouts: Record<string, (paragraphs: readonly string[]) => string> = {
  'wrapped at 72': (paragraphs) => paragraphs.map((one) => wrap(one, 72).join('\n')).join('\n\n'),
  'wrapped at 40': (paragraphs) => paragraphs.map((one) => wrap(one, 40).join('\n')).join('\n\n'),
  'wrapped at 140': (paragraphs) => paragraphs.map((one) => wrap(one, 140).join('\n')).join('\n\n'),
  'double spaced': (paragraphs) => paragraphs.map((one) => wrap(one, 72).join('\n\n')).join('\n\n\n\n'),
  'double spaced, indented': (paragraphs) =>
    paragraphs.map((one) => wrap(`#####${one}`, 72).join('\n\n').replace('#####', '     ')).join('\n\n'),
  'quoted in a letter': (paragraphs) =>
    paragraphs
      .map((one) =>
        wrap(one, 70)
          .map((line) => `> ${line}`)
          .join('\n'),
      )
      .join('\n>\n'),
  'copied from print': print,
}

const spaced = (text: string) =>
  text
    .replace(/(?<=[a-z])-\n(?:\d{1,3}\nHarbour Board, Yearly Report\n)?/g, '')
    .replace(/(?:^|\n)[> ]+/g, ' ')
    .replace(/\s\d{1,3}\nHarbour Board, Yearly Report/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()

function sentencesOf(text: string): string[] {
  const index = buildTextIndex(parsePlainText(text))
  return findSentences(index, 'en').map(({ start, end }) => spaced(index.text.slice(start, end)))
}

function paragraphsOf(page: string): string[] {
  const found: string[] = []
  walkTree(parse(readFileSync(path.join(pagesFolder, page, 'expected.html'), 'utf8')), {
    enter(node) {
      if (isElement(node) && node.tagName === 'p') found.push(spaced(readText(node, 5000)))
      return 'childNodes' in node
    },
  })
  return found.filter((text) => text.length > 100 && /[a-z]{3}/.test(text) && text.includes(' '))
}

/** Lays out the paragraphs of all pages in each way, and compares the sentences that are read. */
export function scoreLayouts(): LayoutScore[] {
  const texts = listPages()
    .map(paragraphsOf)
    .filter(({ length }) => length >= 4)
  return Object.entries(layouts).map(([layout, make]) => {
    let [hits, found, wanted] = [0, 0, 0]
    for (const paragraphs of texts) {
      const expected = sentencesOf(paragraphs.join('\n\n'))
      const read = sentencesOf(make(paragraphs))
      const left = new Map<string, number>()
      for (const sentence of expected) left.set(sentence, (left.get(sentence) ?? 0) + 1)
      for (const sentence of read) {
        const count = left.get(sentence) ?? 0
        if (count > 0) hits += 1
        left.set(sentence, count - 1)
      }
      found += read.filter((sentence) => !/^(?:\d+|Harbour Board, Yearly Report)$/.test(sentence)).length
      wanted += expected.length
    }
    return { layout, precision: hits / Math.max(1, found), recall: hits / Math.max(1, wanted) }
  })
}
