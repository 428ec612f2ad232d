/** The reader alone in a real browser: offsets, marks, keys, folds, paper, and the way without CSS highlights. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import AxeBuilder from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'
import type { Rating } from '@/lib/domain/annotations/rating'
import type { BlockNode, DocumentContent } from '@/lib/domain/text/model'
import { parsePlainText } from '@/lib/domain/text/plain/parse-plain'
import { findSentences } from '@/lib/domain/text/sentences'
import { buildTextIndex } from '@/lib/domain/text/text-index'
import type { ReaderAnnotation, TextRange } from '@/components/reader/types'
import { openReader } from './reader-engine-harness'
import type { PageState } from './reader-engine-page'

const paragraph = (text: string): BlockNode => ({ type: 'paragraph', content: [{ type: 'text', text }] })

/** Every kind of block, several scripts, and characters that HTML treats in its own way. */
const mixed: DocumentContent = {
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

const corpusFolder = process.env['SOURCEMARK_CORPUS']
const corpus: { name: string; content: DocumentContent }[] =
  corpusFolder !== undefined && existsSync(corpusFolder)
    ? readdirSync(corpusFolder)
        .filter((name) => name.endsWith('.txt'))
        .map((name) => ({ name, content: parsePlainText(readFileSync(`${corpusFolder}/${name}`, 'utf8')) }))
    : []
const documents = [{ name: 'every kind of block', content: mixed }, ...corpus]

function stateOf(content: DocumentContent, change: Partial<PageState> = {}): Partial<PageState> {
  const sentences = findSentences(buildTextIndex(content), 'en').map(({ start, end }) => ({ start, end }))
  return { content, language: 'en', sentences, ...change }
}

async function show(page: Page, state: Partial<PageState>): Promise<void> {
  await page.evaluate((change) => {
    window.reader.set(change)
  }, state)
  await page.waitForSelector('.reader[data-ready]')
}

function mark(id: string, range: TextRange, rating: Rating = 'sourced', own = true): ReaderAnnotation {
  return { id, ...range, rating, authorId: own ? 'me' : 'other', own, missing: null }
}

const textOf = (content: DocumentContent) => buildTextIndex(content).text
function rangeOf(content: DocumentContent, words: string): TextRange {
  const start = textOf(content).indexOf(words)
  expect(start).toBeGreaterThanOrEqual(0)
  return { start, end: start + words.length }
}
const selected = (page: Page) => page.evaluate(() => window.reader.events.select.at(-1) ?? null)
const current = (page: Page) => page.locator('[role=status]').textContent()

/** What is drawn, read back from the browser: names with the words under them. */
function drawn(page: Page): Promise<Record<string, string>> {
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

test.beforeEach(({ page }) => {
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text())
  })
  page.on('close', () => {
    expect(problems).toEqual([])
  })
})

for (const withoutHighlights of [false, true]) {
  test.describe(withoutHighlights ? 'without CSS highlights' : 'with CSS highlights', () => {
    test.beforeEach(async ({ page }) => {
      await openReader(page, { withoutHighlights })
    })

    for (const { name, content } of documents) {
      test(`shows every character in its place, and selections equal their slice: ${name}`, async ({ page }) => {
        await show(page, stateOf(content))
        const index = buildTextIndex(content)
        const shown = await page.evaluate(() =>
          [...document.querySelectorAll('.reader-text [data-text]')].map((block) => {
            let text = ''
            const walker = document.createTreeWalker(block)
            for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
              if (node instanceof Text) text += node.data
              else if (node.nodeName === 'BR' && !(node as Element).classList.contains('ProseMirror-trailingBreak'))
                text += '\n'
            }
            return text
          }),
        )
        expect(shown).toEqual(index.blocks.map((block) => index.text.slice(block.start, block.end)))

        // Select by the browser's own means, from any block to any block, and compare what it says it selected with the slice.
        const answers = await page.evaluate(async () => {
          const blocks = [...document.querySelectorAll('.reader-text [data-text]')].filter(
            (block) => block.textContent.trim() !== '',
          )
          const found: { range: { start: number; end: number } | null; words: string }[] = []
          const textNodes = (block: Element) => {
            const nodes: Text[] = []
            const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT)
            for (let node = walker.nextNode(); node instanceof Text; node = walker.nextNode()) nodes.push(node)
            return nodes
          }
          for (let step = 0; step < 24; step++) {
            const first = blocks[(step * 7) % blocks.length]
            const last = blocks[Math.min(blocks.length - 1, ((step * 7) % blocks.length) + (step % 3))]
            const from = first && textNodes(first)[step % textNodes(first).length]
            const to = last && textNodes(last).at(-1)
            if (!from || !to) continue
            window.reader.handle()?.clearSelection()
            window.reader.events.select.length = 0
            getSelection()?.setBaseAndExtent(from, Math.min(from.length - 1, step % 5), to, Math.max(1, to.length - (step % 4)))
            document.querySelector('.reader-text [data-text]')?.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }))
            document.dispatchEvent(new PointerEvent('pointerup', { bubbles: true }))
            for (let wait = 0; wait < 100 && window.reader.events.select.length === 0; wait++) await new Promise((resolve) => setTimeout(resolve, 10))
            found.push({ range: window.reader.events.select.at(-1) ?? null, words: getSelection()?.toString() ?? '' })
          }
          return found
        })
        const bare = (text: string) => text.replace(/\s+/g, '')
        expect(answers.length).toBeGreaterThan(5)
        for (const { range, words } of answers) {
          expect(range).not.toBeNull()
          const slice = range === null ? '' : index.text.slice(range.start, range.end)
          expect(bare(slice)).toBe(bare(words))
          expect(slice).toBe(slice.trim())
        }
      })
    }

    test('selects by mouse, in Persian and Korean too, and keeps the words while a note is typed', async ({ page }) => {
      await show(page, stateOf(mixed))
      for (const words of ['ferries went', 'قدیمی در سال', '1974년에 개통되었다']) {
        const range = rangeOf(mixed, words)
        const box = await page.evaluate((place) => {
          const boxOf = (at: number) => {
            const handle = window.reader.handle()
            handle?.scrollTo({ start: at, end: at + 1 })
            const blocks = [...document.querySelectorAll('.reader-text [data-text]')]
            let offset = at
            for (const block of blocks) {
              const text = block.textContent
              const inside = window.reader.text().indexOf(text, 0)
              if (offset < inside || offset >= inside + text.length) continue
              const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT)
              offset -= inside
              for (let node = walker.nextNode(); node instanceof Text; node = walker.nextNode()) {
                if (offset < node.length) {
                  const probe = document.createRange()
                  probe.setStart(node, offset)
                  probe.setEnd(node, offset + 1)
                  const { left, right, top, bottom } = probe.getBoundingClientRect()
                  return {
                    left,
                    right,
                    y: (top + bottom) / 2,
                    rightToLeft: getComputedStyle(block).direction === 'rtl',
                  }
                }
                offset -= node.length
              }
            }
            return null
          }
          return { first: boxOf(place.start), last: boxOf(place.end - 1) }
        }, range)
        if (box.first === null || box.last === null) throw new Error('The words are not on the page.')
        await page.mouse.move(box.first.rightToLeft ? box.first.right - 0.5 : box.first.left + 0.5, box.first.y)
        await page.mouse.down()
        await page.mouse.move(box.last.rightToLeft ? box.last.left + 0.5 : box.last.right - 0.5, box.last.y, {
          steps: 4,
        })
        await page.mouse.up()
        await expect.poll(() => selected(page)).toEqual(range)
      }
      await page.getByLabel('Note').click()
      await page.keyboard.type('jk note')
      expect(await page.getByLabel('Note').inputValue()).toBe('jk note')
      expect((await drawn(page))['sm-pending']).toBe('1974년에 개통되었다')
      expect(await selected(page)).toEqual(rangeOf(mixed, '1974년에 개통되었다'))
    })

    test('goes through a review by keyboard alone', async ({ page }) => {
      const marks = [
        mark('long', rangeOf(mixed, 'Traffic doubled within ten years.'), 'contradicted'),
        mark('short', rangeOf(mixed, 'doubled'), 'sourced'),
      ]
      await show(page, stateOf(mixed, { annotations: marks }))
      await page.keyboard.press('Tab')
      await page.locator('.reader-text').focus()
      await page.keyboard.press('ArrowDown')
      expect(await current(page)).toContain('The bridge that changed the harbour')
      await page.keyboard.press('j')
      await page.keyboard.press('ArrowDown')
      expect(await current(page)).toContain('Traffic doubled within ten years.')
      expect(await page.locator('.reader-outline path').getAttribute('d')).toMatch(/^M/)

      await page.keyboard.press('Shift+ArrowLeft')
      await page.keyboard.press('Shift+ArrowLeft')
      expect(await selected(page)).toEqual(rangeOf(mixed, 'Traffic doubled within ten'))
      await page.keyboard.press('Alt+Shift+ArrowRight')
      expect(await selected(page)).toEqual(rangeOf(mixed, 'doubled within ten'))
      expect(await current(page)).toBe('doubled within ten')
      await page.keyboard.press('Shift+ArrowRight')
      expect(await selected(page)).toEqual(rangeOf(mixed, 'doubled within ten years'))

      await page.keyboard.press('Enter')
      expect(await page.evaluate(() => window.reader.events.activate.at(-1))).toEqual(['short', 'long'])
      await page.keyboard.press('Escape')
      expect(await selected(page)).toBeNull()
      await page.keyboard.press('k')
      expect(await current(page)).toContain('ferries went.')
      expect(await page.evaluate(() => document.activeElement?.className)).toBe('reader-text')
    })

    test('extends to the left where text runs from right to left', async ({ page }) => {
      const range = rangeOf(mixed, 'پل قدیمی در سال ۱۹۷۴ بسته شد.')
      const at = stateOf(mixed).sentences?.findIndex(({ start }) => start === range.start) ?? -1
      await show(page, stateOf(mixed, { language: 'fa', currentSentence: at }))
      await page.locator('.reader-text').focus()
      await page.keyboard.press('Shift+ArrowRight')
      await page.keyboard.press('Shift+ArrowRight')
      expect(await selected(page)).toEqual(rangeOf(mixed, 'پل قدیمی در سال ۱۹۷۴ بسته'))
      await page.keyboard.press('Shift+ArrowLeft')
      expect(await selected(page)).toEqual(rangeOf(mixed, 'پل قدیمی در سال ۱۹۷۴ بسته شد'))
    })

    test('draws overlaps and answers a press with the shortest first', async ({ page }) => {
      const marks = [
        mark('outer', rangeOf(mixed, 'When the bridge opened in 1974 the ferries went.'), 'sourced'),
        mark('inner', rangeOf(mixed, 'opened in 1974'), 'contradicted'),
        mark('theirs', rangeOf(mixed, 'Nobody had planned for that.'), 'unsourced', false),
      ]
      await show(
        page,
        stateOf(mixed, {
          annotations: marks,
          activeAnnotationId: 'theirs',
          decided: [rangeOf(mixed, 'One pier sinks.')],
        }),
      )
      const names = await drawn(page)
      expect(names['sm-sourced-own-1']).toBe('When the bridge | the ferries went.')
      expect(names['sm-contradicted-own-2']).toBe('opened in 1974')
      expect(names['sm-sourced-second']).toBe('opened in 1974')
      expect(names['sm-unsourced-other-1']).toBe('Nobody had planned for that.')
      expect(names['sm-active']).toBe('Nobody had planned for that.')
      expect(names['sm-decided']).toBe('One pier sinks.')

      const place = await page.evaluate(() => {
        const block = document.querySelectorAll('.reader-text [data-text]')[1]
        const walker = document.createTreeWalker(block as Node, NodeFilter.SHOW_TEXT)
        for (let node = walker.nextNode(); node instanceof Text; node = walker.nextNode()) {
          const at = node.data.indexOf('in 1974')
          if (at < 0) continue
          const probe = document.createRange()
          probe.setStart(node, at)
          probe.setEnd(node, at + 2)
          const box = probe.getBoundingClientRect()
          return { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 }
        }
        return null
      })
      if (place === null) throw new Error('The words are not on the page.')
      await page.mouse.click(place.x, place.y)
      expect(await page.evaluate(() => window.reader.events.activate)).toEqual([['inner', 'outer']])
      await page.evaluate(() => {
        window.reader.set({ annotations: [] })
      })
      expect(
        Object.keys(await drawn(page)).filter((name) => /sourced|contradicted|checkable|active/.test(name)),
      ).toEqual([])
    })

    test('folds what does not count, and keeps it in the document', async ({ page }) => {
      const range = { start: rangeOf(mixed, 'You may also like').start, end: rangeOf(mixed, 'ferry or two.').end }
      await show(page, stateOf(mixed, { folded: [{ ...range, reason: 'link-list', label: 'Out of scope: 2 links' }] }))
      const inside = page.getByText('And a ferry or two.')
      const bar = page.getByRole('button', { name: 'Out of scope: 2 links Show' })
      await expect(bar).toHaveAttribute('aria-expanded', 'false')
      await expect(inside).toBeHidden()
      expect(await inside.getAttribute('hidden')).toBe('until-found')
      expect(await page.evaluate((place) => window.reader.handle()?.extentOf(place), range)).toBeNull()
      const height = await page.evaluate(
        () => document.querySelector('.reader-text [hidden]')?.getBoundingClientRect().height,
      )
      expect(height).toBe(0)

      const before = await page.evaluate(() => window.reader.events.layouts)
      await bar.click()
      await expect(inside).toBeVisible()
      expect(await page.evaluate(() => window.reader.events.layouts)).toBeGreaterThan(before)
      await page.getByRole('button', { name: 'Out of scope: 2 links Hide' }).press('Enter')
      await expect(inside).toBeHidden()

      // The browser's search opens what it finds.
      await inside.evaluate((element) => element.dispatchEvent(new Event('beforematch', { bubbles: true })))
      await expect(inside).toBeVisible()
      await page.getByRole('button', { name: 'Out of scope: 2 links Hide' }).click()

      // Selecting inside a fold opens it; sentences inside are passed over.
      await page.evaluate((place) => window.reader.handle()?.selectRange(place), rangeOf(mixed, 'ferry or two'))
      await expect(inside).toBeVisible()
      expect(await selected(page)).toEqual(rangeOf(mixed, 'ferry or two'))
      await page.getByRole('button', { name: 'Out of scope: 2 links Hide' }).click()
      const last =
        stateOf(mixed).sentences?.findIndex(({ start }) => start === rangeOf(mixed, 'The last words').start) ?? -1
      await page.evaluate((at) => {
        window.reader.set({ currentSentence: at })
      }, last)
      await page.locator('.reader-text').focus()
      await page.keyboard.press('ArrowUp')
      expect(await current(page)).not.toContain('ferry or two')

      await page.evaluate(() => {
        window.reader.set({ folded: [] })
      })
      await expect(inside).toBeVisible()
      await expect(page.locator('.reader-fold')).toHaveCount(0)
    })

    test('leaves keys to fields and to the browser', async ({ page }) => {
      await show(page, stateOf(mixed, { currentSentence: 1 }))
      const taken = await page.evaluate(() => {
        const press = (target: EventTarget | null, init: KeyboardEventInit) =>
          !(target?.dispatchEvent(new KeyboardEvent('keydown', { ...init, bubbles: true, cancelable: true })) ?? true)
        const reader = document.querySelector('.reader-text')
        return {
          note: press(document.querySelector('textarea'), { key: 'j' }),
          ctrl: press(reader, { key: 'ArrowDown', ctrlKey: true }),
          altLeft: press(reader, { key: 'ArrowLeft', altKey: true }),
          letter: press(reader, { key: 'f' }),
          body: press(document.body, { key: 'j' }),
        }
      })
      expect(taken).toEqual({ note: false, ctrl: false, altLeft: false, letter: false, body: true })
    })

    test('does not leave the page on a plain press of a link', async ({ page }) => {
      await show(page, stateOf(mixed))
      const link = page.getByRole('link', { name: 'the register' })
      expect(await link.count()).toBe(1)
      const opened: string[] = []
      page.context().on('page', (next) => opened.push(next.url()))
      await link.click()
      expect(page.url()).toBe('http://reader.test/')
      expect(opened).toEqual([])
      await expect(link).toHaveAttribute('rel', 'noopener noreferrer nofollow')
    })

    test('passes the accessibility checks', async ({ page }) => {
      await show(
        page,
        stateOf(mixed, {
          annotations: [mark('a', rangeOf(mixed, 'opened in 1974'))],
          folded: [
            {
              ...rangeOf(mixed, 'You may also like: ten other bridges.'),
              reason: 'link-list',
              label: 'Out of scope: 1 link',
            },
          ],
        }),
      )
      const { violations } = await new AxeBuilder({ page }).disableRules(['page-has-heading-one', 'region']).analyze()
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`)).toEqual([])
    })
  })
}

test.describe('a long text', () => {
  const long: DocumentContent = {
    type: 'doc',
    content: Array.from({ length: 900 }, (_, at) =>
      paragraph(`Paragraph ${String(at)} says this. ${'Some more words follow here. '.repeat(12)}`),
    ),
  }
  const marks = Array.from({ length: 900 }, (_, at) =>
    mark(`m${String(at)}`, rangeOf(long, `Paragraph ${String(at)} says`), at % 2 === 0 ? 'sourced' : 'contradicted'),
  )

  test.beforeEach(async ({ page }) => {
    await openReader(page)
    await show(page, stateOf(long, { annotations: marks }))
  })

  test('draws what is on the screen and little more, wherever one scrolls', async ({ page }) => {
    for (const at of [0, 450, 899, 120]) {
      await page.evaluate((place) => window.reader.handle()?.scrollTo(place), marks[at] ?? { start: 0, end: 1 })
      await expect
        .poll(() =>
          page.evaluate(() => {
            const seen = [...document.querySelectorAll('.reader-text [data-text]')].filter((block) => {
              const box = block.getBoundingClientRect()
              return box.height > 0 && box.bottom > 0 && box.top < window.innerHeight
            })
            const ranges = [...CSS.highlights.values()].flatMap((highlight) => [...highlight])
            const missing = seen.filter((block) => !ranges.some((range) => block.contains(range.startContainer)))
            return { missing: missing.length, seen: seen.length > 2, few: ranges.length < 60 }
          }),
        )
        .toEqual({ missing: 0, seen: true, few: true })
      await expect
        .poll(() =>
          page.evaluate(
            (place) => {
              const extent = window.reader.handle()?.extentOf(place)
              const scroller = document.getElementById('scroller')
              return (
                extent != null &&
                scroller !== null &&
                extent.top >= scroller.scrollTop &&
                extent.bottom <= scroller.scrollTop + scroller.clientHeight
              )
            },
            marks[at] ?? { start: 0, end: 1 },
          ),
        )
        .toBe(true)
    }
  })

  test('does not scroll to what is in view already', async ({ page }) => {
    const before = await page.evaluate(() => document.getElementById('scroller')?.scrollTop)
    await page.evaluate((place) => window.reader.handle()?.scrollTo(place), marks[1] ?? { start: 0, end: 1 })
    await page.waitForTimeout(300)
    expect(await page.evaluate(() => document.getElementById('scroller')?.scrollTop)).toBe(before)
  })

  test('never changes an element for marks', async ({ page }) => {
    const changes = await page.evaluate(async (list) => {
      const text = document.querySelector('.reader-text')
      let seen = 0
      const watch = new MutationObserver((records) => {
        seen += records.length
      })
      if (text !== null) watch.observe(text, { subtree: true, childList: true, attributes: true, characterData: true })
      window.reader.set({ annotations: list.slice(5), activeAnnotationId: 'm7', currentSentence: 3 })
      document.getElementById('scroller')?.scrollTo({ top: 4000 })
      await new Promise((resolve) => setTimeout(resolve, 200))
      return seen
    }, marks)
    expect(changes).toBe(0)
  })

  test('draws everything for paper, and the window again afterwards', async ({ page }) => {
    const count = () =>
      page.evaluate(() => [...CSS.highlights.values()].reduce((sum, highlight) => sum + highlight.size, 0))
    const before = await count()
    await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')))
    expect(await count()).toBe(marks.length)
    await page.evaluate(() => window.dispatchEvent(new Event('afterprint')))
    expect(await count()).toBe(before)
    expect((await page.pdf()).length).toBeGreaterThan(10_000)
  })

  test('moves by the minimap, with keys and with the pointer', async ({ page }) => {
    const map = page.getByRole('slider', { name: 'Place in the document' })
    await map.focus()
    await page.keyboard.press('End')
    await expect.poll(() => map.getAttribute('aria-valuenow').then(Number)).toBeGreaterThan(95)
    await page.keyboard.press('Home')
    await expect.poll(() => map.getAttribute('aria-valuenow').then(Number)).toBe(0)
    const box = await map.boundingBox()
    if (box === null) throw new Error('There is no minimap.')
    await page.mouse.click(box.x + 10, box.y + box.height / 2)
    await expect.poll(() => map.getAttribute('aria-valuenow').then(Number)).toBeGreaterThan(40)
    await expect.poll(() => map.getAttribute('aria-valuenow').then(Number)).toBeLessThan(60)
  })
})
