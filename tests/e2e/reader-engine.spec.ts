/** The reader alone in a real browser: offsets, marks, keys and folds, with CSS highlights and without them. */
import { expect, type Page } from '@playwright/test'
import type { DocumentContent } from '@/lib/domain/text/model'
import { parsePlainText } from '@/lib/domain/text/plain/parse-plain'
import { buildTextIndex } from '@/lib/domain/text/text-index'
import { openReader } from './reader-engine-harness'
import {
  current,
  drawn,
  mark,
  mixed,
  paragraph,
  pressWords,
  rangeOf,
  selected,
  show,
  stateOf,
  test,
  textOf,
} from './reader-engine-steps'
import { findProblems } from './support/axe'
import { findShared, textFilesOf } from './support/shared'

const corpus = findShared('corpus')
if (corpus.missing !== null) process.stderr.write(`${corpus.missing}\n`)
const articles = (corpus.missing === null ? textFilesOf(corpus.path) : []).map(({ name, bytes }) => ({
  name,
  content: parsePlainText(bytes.toString('utf8')),
}))
const documents = [{ name: 'every kind of block', content: mixed }, ...articles]

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

        // Selects by the browser's own means, from any block to any block, and compares the reported selection with the slice.
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
          for (let step = 0; step < 12; step++) {
            const first = blocks[(step * 7) % blocks.length]
            const last = blocks[Math.min(blocks.length - 1, ((step * 7) % blocks.length) + (step % 3))]
            const from = first && textNodes(first)[step % textNodes(first).length]
            const to = last && textNodes(last).at(-1)
            if (!from || !to) continue
            window.reader.handle()?.clearSelection()
            window.reader.events.select.length = 0
            getSelection()?.setBaseAndExtent(
              from,
              Math.min(from.length - 1, step % 5),
              to,
              Math.max(1, to.length - (step % 4)),
            )
            // Read before the reader reacts: drawing must not move the selection.
            const words = getSelection()?.toString() ?? ''
            document
              .querySelector('.reader-text [data-text]')
              ?.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }))
            document.dispatchEvent(new PointerEvent('pointerup', { bubbles: true }))
            for (let wait = 0; wait < 100 && window.reader.events.select.length === 0; wait++)
              await new Promise((resolve) => setTimeout(resolve, 10))
            found.push({ range: window.reader.events.select.at(-1) ?? null, words })
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
        mark('long', rangeOf(mixed, 'Traffic doubled within ten years.'), { rating: 'contradicted' }),
        mark('short', rangeOf(mixed, 'doubled'), { rating: 'sourced' }),
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
      expect(await page.evaluate(() => document.activeElement?.matches('.reader-text'))).toBe(true)
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
        mark('outer', rangeOf(mixed, 'When the bridge opened in 1974 the ferries went.'), { rating: 'sourced' }),
        mark('inner', rangeOf(mixed, 'opened in 1974'), { rating: 'contradicted' }),
        mark('theirs', rangeOf(mixed, 'Nobody had planned for that.'), { rating: 'unsourced', own: false }),
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
      expect(names['sm-active-unsourced']).toBe('Nobody had planned for that.')
      expect(names['sm-decided']).toBe('One pier sinks.')

      await pressWords(page, 'in 1974')
      expect(await page.evaluate(() => window.reader.events.activate)).toEqual([['inner', 'outer']])
      await page.evaluate(() => {
        window.reader.set({ annotations: [] })
      })
      expect(
        Object.keys(await drawn(page)).filter((name) => /sourced|contradicted|checkable|active/.test(name)),
      ).toEqual([])
    })

    test('finds the words under a press also when the text was moved as a whole', async ({ page }) => {
      const marks = [
        mark('above', rangeOf(mixed, 'opened in 1974'), { rating: 'contradicted' }),
        mark('below', rangeOf(mixed, '1974년에 개통되었다'), { rating: 'sourced' }),
      ]
      await show(page, stateOf(mixed, { annotations: marks }))
      await pressWords(page, '개통되었다')
      await pressWords(page, 'in 1974')
      // Neither a scroll nor a resize event reports this move.
      await page.locator('#scroller').evaluate((scroller) => {
        scroller.style.translate = '0 200px'
      })
      await pressWords(page, '개통되었다')
      expect(await page.evaluate(() => window.reader.events.activate)).toEqual([['below'], ['above'], ['below']])
    })

    test('draws discussed words beside marks, and tells of a press on them before it opens the marks there', async ({
      page,
    }) => {
      const inner = rangeOf(mixed, 'opened in 1974')
      await show(
        page,
        stateOf(mixed, {
          annotations: [
            mark('outer', rangeOf(mixed, 'When the bridge opened in 1974 the ferries went.'), { rating: 'sourced' }),
          ],
          commented: [inner, rangeOf(mixed, 'One pier sinks.')],
          commentedNow: inner,
          takesPresses: true,
        }),
      )
      const names = await drawn(page)
      expect(names['sm-sourced-own-1']?.replaceAll('|', '')).toBe('When the bridge opened in 1974 the ferries went.')
      expect(names['sm-commented']).toBe('opened in 1974|One pier sinks.')
      expect(names['sm-commented-now']).toBe('opened in 1974')
      await pressWords(page, 'in 1974')
      const events = () => page.evaluate(() => window.reader.events)
      const { press, activate } = await events()
      expect(press).toEqual([[expect.any(Number), ['outer']]])
      const [[offset] = [NaN]] = press
      expect(offset).toBeGreaterThanOrEqual(inner.start)
      expect(offset).toBeLessThan(inner.end)
      expect(activate).toEqual([])
      await page.evaluate(() => {
        window.reader.set({ takesPresses: false, commented: [], commentedNow: null })
      })
      await pressWords(page, 'in 1974')
      expect((await events()).activate).toEqual([['outer']])
      expect(Object.keys(await drawn(page)).filter((name) => name.startsWith('sm-commented'))).toEqual([])
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

      // The browser's own search opens the fold with its match.
      await inside.evaluate((element) => element.dispatchEvent(new Event('beforematch', { bubbles: true })))
      await expect(inside).toBeVisible()
      await page.getByRole('button', { name: 'Out of scope: 2 links Hide' }).click()

      // A selection inside a fold opens it; sentences inside are skipped.
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

    test('ends a selection that is dragged past the text in the line at that height', async ({ page }) => {
      await show(page, stateOf(mixed))
      const first = page.locator('.reader-text p').first()
      const box = await first.boundingBox()
      if (box === null) throw new Error('The paragraph is not laid out.')
      await page.mouse.move(box.x + 1, box.y + 8)
      await page.mouse.down()
      await page.mouse.move(box.x + box.width + 60, box.y + box.height - 8, { steps: 6 })
      await page.mouse.up()
      await expect
        .poll(() => selected(page))
        .toEqual(
          rangeOf(
            mixed,
            'When the bridge opened in 1974 the ferries went. Traffic doubled within ten years. Nobody had planned for that.',
          ),
        )
    })

    test('copies the words as they stand, without what is folded', async ({ page }) => {
      const folded = [
        { ...rangeOf(mixed, 'You may also like: ten other bridges.'), reason: 'link-list', label: 'Links' },
      ]
      await show(page, stateOf(mixed, { folded }))
      const range = { start: rangeOf(mixed, 'Three are new.').start, end: rangeOf(mixed, 'And a ferry').end }
      const copied = await page.evaluate(async (place) => {
        window.reader.handle()?.selectRange(place)
        const data = new DataTransfer()
        document
          .querySelector('.reader-text p')
          ?.dispatchEvent(new ClipboardEvent('copy', { clipboardData: data, bubbles: true, cancelable: true }))
        await Promise.resolve()
        return { text: data.getData('text/plain'), html: data.getData('text/html') }
      }, range)
      expect(copied.text).toBe('Three are new.\n\nYear\tCars a day\n2024\t27,400\n\nAnd a ferry')
      expect(copied.html).toContain('27,400')
      expect(copied.html).not.toContain('ten other bridges')
    })

    test('moves the ends of the open mark by its handles and by keys', async ({ page }) => {
      const span = rangeOf(mixed, 'bridge opened in 1974')
      await show(page, stateOf(mixed, { annotations: [mark('open', span)], activeAnnotationId: 'open' }))
      const moves = () => page.evaluate(() => window.reader.events.move.at(-1))
      await page.locator('.reader-text').focus()
      await page.keyboard.press('Shift+ArrowLeft')
      expect(await moves()).toEqual(['open', rangeOf(mixed, 'bridge opened in')])
      await page.keyboard.press('Alt+Shift+ArrowLeft')
      expect(await moves()).toEqual(['open', rangeOf(mixed, 'the bridge opened in 1974')])

      const handle = page.locator('.reader-handle[data-edge=end]')
      const box = await handle.boundingBox()
      if (box === null) throw new Error('The handle is not shown.')
      await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
      await page.mouse.down()
      await page.mouse.move(box.x + 60, box.y + box.height / 2, { steps: 4 })
      await page.mouse.up()
      const [id, range] = (await moves()) ?? ['', span]
      expect(id).toBe('open')
      expect(range.start).toBe(span.start)
      expect(range.end).toBeGreaterThan(span.end)
      expect(textOf(mixed).slice(range.start, range.end)).toMatch(/^bridge opened in 1974 [\w ]+$/)
    })

    test('is a Tiptap editor that nothing can be typed, dropped or pasted into', async ({ page }) => {
      await show(page, stateOf(mixed))
      const answers = await page.evaluate(() => {
        const root: (Element & { editor?: { isEditable: boolean } }) | null = document.querySelector('.reader-text')
        const editor = root?.editor
        const drop = new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: new DataTransfer() })
        const paste = new ClipboardEvent('paste', {
          bubbles: true,
          cancelable: true,
          clipboardData: new DataTransfer(),
        })
        root?.querySelector('p')?.dispatchEvent(drop)
        root?.querySelector('p')?.dispatchEvent(paste)
        return {
          editable: editor?.isEditable,
          contenteditable: root?.getAttribute('contenteditable'),
          refused: [drop.defaultPrevented, paste.defaultPrevented],
        }
      })
      expect(answers).toEqual({ editable: false, contenteditable: 'false', refused: [true, true] })
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
      // The reader is here without its usual page.
      expect(await findProblems(page, { label: 'reader', without: ['page-has-heading-one', 'region'] })).toEqual([])
    })
  })
}

test('draws marks alike where elements inherit highlights and where they do not', async ({ page, context }) => {
  const content: DocumentContent = {
    type: 'doc',
    content: [paragraph('The bridge opened in 1974 and the ferries went.')],
  }
  const marked = stateOf(content, {
    annotations: [
      mark('a', rangeOf(content, 'opened in 1974')),
      mark('b', rangeOf(content, '1974 and the ferries'), { rating: 'contradicted' }),
    ],
  })
  const picture = async (of: Page, state: typeof marked) => {
    await show(of, state)
    return of.locator('.reader-text').screenshot()
  }
  await openReader(page)
  const bare = await picture(page, stateOf(content))
  const inherited = await picture(page, marked)
  expect(inherited.equals(bare)).toBe(false)
  expect(await page.evaluate(() => document.adoptedStyleSheets.length)).toBe(0)

  const other = await context.newPage()
  await other.addInitScript(() => {
    const own = window.getComputedStyle.bind(window)
    window.getComputedStyle = (element, pseudo) =>
      pseudo?.startsWith('::highlight') === true && !element.classList.contains('reader-text')
        ? own(document.documentElement, pseudo)
        : own(element, pseudo)
  })
  await openReader(other)
  await show(other, marked)
  // Without the rules for the root there is nothing to inherit.
  await other.evaluate(() => {
    for (const sheet of document.styleSheets)
      for (let at = sheet.cssRules.length - 1; at >= 0; at--)
        if (sheet.cssRules[at]?.cssText.includes('::highlight') === true) sheet.deleteRule(at)
  })
  expect((await picture(other, marked)).equals(inherited)).toBe(true)
})
