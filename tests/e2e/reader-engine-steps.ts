/** Shared parts of the reader engine's tests: documents, and functions to drive and read the page. */
import { test as base, expect, type Page } from '@playwright/test'
import type { Rating } from '@/lib/domain/annotations/rating'
import type { BlockNode, DocumentContent } from '@/lib/domain/text/model'
import { findSentences } from '@/lib/domain/text/sentences'
import { buildTextIndex } from '@/lib/domain/text/text-index'
import type { ReaderAnnotation, TextRange } from '@/components/reader/types'
import type { PageState } from './reader-engine-page'

/**
 * Fails a test whose page throws, warns or logs an error. The tests of a worker share one browser window, which Playwright clears between them:
 * opening a window takes longer than most tests, and the reader alone stores nothing in it.
 */
export const test = base.extend({
  reuseContext: [true, { scope: 'worker' }],
  page: async ({ page }, use) => {
    const problems: string[] = []
    page.on('pageerror', (error) => problems.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text())
    })
    await use(page)
    expect(problems).toEqual([])
  },
})

export const paragraph = (text: string): BlockNode => ({ type: 'paragraph', content: [{ type: 'text', text }] })

/** Every kind of block, several scripts, and characters with a special meaning in HTML. */
export const mixed: DocumentContent = {
  type: 'doc',
  content: [
    { type: 'heading', attrs: { level: 1 }, content: [{ type: 'text', text: 'The bridge that changed the harbour' }] },
    paragraph(
      'When the bridge opened in 1974 the ferries went. Traffic doubled within ten years. Nobody had planned for that.',
    ),
    {
      type: 'paragraph',
      content: [
        { type: 'text', text: 'See ' },
        { type: 'text', text: 'the ', marks: [{ type: 'link', attrs: { href: 'https://register.example/2024' } }] },
        {
          type: 'text',
          text: 'register',
          marks: [{ type: 'bold' }, { type: 'link', attrs: { href: 'https://register.example/2024' } }],
        },
        { type: 'text', text: '[1]', marks: [{ type: 'citation', attrs: { label: '1' } }] },
        { type: 'hardBreak' },
        { type: 'text', text: 'H' },
        { type: 'text', text: '2', marks: [{ type: 'subscript' }] },
        { type: 'text', text: 'O & <b>not bold</b>  two  spaces \u00A0 🚢👩‍👩‍👧 é and e\u0301.' },
      ],
    },
    paragraph('پل قدیمی در سال ۱۹۷۴ بسته شد. ترافیک دو برابر شد و کسی آن را پیش‌بینی نکرده بود.'),
    paragraph('다리는 1974년에 개통되었다. 교통량은 십 년 만에 두 배가 되었다. 아무도 예상하지 못했다.'),
    { type: 'preformatted', content: [{ type: 'text', text: '\n  first line\n\tsecond line\n' }] },
    {
      type: 'bulletList',
      content: ['One pier sinks.', 'Two piers stand.', 'Three are new.'].map((text) => ({
        type: 'listItem',
        content: [paragraph(text)],
      })),
    },
    {
      type: 'table',
      content: [
        {
          type: 'tableRow',
          content: ['Year', 'Cars a day'].map((text) => ({ type: 'tableHeader', content: [paragraph(text)] })),
        },
        {
          type: 'tableRow',
          content: ['2024', '27,400'].map((text) => ({ type: 'tableCell', content: [paragraph(text)] })),
        },
      ],
    },
    { type: 'image', attrs: { alt: 'The bridge at night' } },
    { type: 'horizontalRule' },
    paragraph('You may also like: ten other bridges.'),
    paragraph('And a ferry or two.'),
    paragraph('The last words count again.'),
  ],
}

export function stateOf(content: DocumentContent, change: Partial<PageState> = {}): Partial<PageState> {
  const sentences = findSentences(buildTextIndex(content), 'en').map(({ start, end }) => ({ start, end }))
  return { content, language: 'en', sentences, ...change }
}

export async function show(page: Page, state: Partial<PageState>): Promise<void> {
  await page.evaluate((change) => {
    window.reader.set(change)
  }, state)
  await page.waitForSelector('.reader[data-ready]')
}

export function mark(
  id: string,
  range: TextRange,
  { rating = 'sourced', own = true }: { rating?: Rating; own?: boolean } = {},
): ReaderAnnotation {
  return { id, ...range, rating, authorId: own ? 'me' : 'other', own, missing: null }
}

export const textOf = (content: DocumentContent) => buildTextIndex(content).text
export function rangeOf(content: DocumentContent, words: string): TextRange {
  const start = textOf(content).indexOf(words)
  expect(start).toBeGreaterThanOrEqual(0)
  return { start, end: start + words.length }
}
export const selected = (page: Page) => page.evaluate(() => window.reader.events.select.at(-1) ?? null)
export const current = (page: Page) => page.locator('[role=status]').textContent()

/** The drawn highlights, read back from the browser: names with the words under them. */
export function drawn(page: Page): Promise<Record<string, string>> {
  return page.evaluate(() => {
    const found: Record<string, string> = {}
    if ('highlights' in CSS) {
      for (const [name, highlight] of CSS.highlights) {
        const words = [...highlight].map((range) =>
          (range.startContainer.nodeValue ?? '').slice(range.startOffset, range.endOffset),
        )
        if (words.length > 0) found[name] = words.join('|')
      }
      return found
    }
    for (const span of document.querySelectorAll('.reader-text span[class*="sm-"]'))
      for (const name of span.classList)
        found[name] = name in found ? `${found[name] ?? ''}|${span.textContent}` : span.textContent
    return found
  })
}

/** Presses on the first two characters of words in the text. */
export async function pressWords(page: Page, words: string): Promise<void> {
  const place = await page.evaluate((wanted) => {
    const walker = document.createTreeWalker(document.querySelector('.reader-text') as Node, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node instanceof Text; node = walker.nextNode()) {
      const at = node.data.indexOf(wanted)
      if (at < 0) continue
      const probe = document.createRange()
      probe.setStart(node, at)
      probe.setEnd(node, at + 2)
      const box = probe.getBoundingClientRect()
      return { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 }
    }
    return null
  }, words)
  if (place === null) throw new Error('The words are not on the page.')
  await page.mouse.click(place.x, place.y)
}
