/**
 * The Tiptap editor on server-rendered HTML: no writes, no layout shift, the same nodes, the stored document. It relies on how ProseMirror builds its
 * view (decision 19); if an upgrade changes that, this file fails.
 */
import { expect, type Page } from '@playwright/test'
import { readdirSync, readFileSync } from 'node:fs'
import { createElement, type FunctionComponent } from 'react'
import { renderToString } from 'react-dom/server'
import { createDocument } from '@/bench/reader/sample'
import type { DocumentContent } from '@/lib/domain/text/model'
import { parsePlainText } from '@/lib/domain/text/plain/parse-plain'
import { parseHtml } from '@/lib/server/importing/html'
import type { AdoptionInput } from './reader-adoption-page'
import { loadForServer, openReader } from './reader-engine-harness'
import { mixed, paragraph, rangeOf, test } from './reader-engine-steps'
import { bare } from './support/live-text'
import { findShared, textFilesOf } from './support/shared'

const corpus = findShared('corpus')
const pages = findShared('testdata/import/html-pages')
for (const { missing } of [corpus, pages]) if (missing !== null) process.stderr.write(`${missing}\n`)

const articles = (corpus.missing === null ? textFilesOf(corpus.path) : []).map(({ name, bytes }) => ({
  name,
  content: parsePlainText(bytes.toString('utf8')),
}))

const edges: DocumentContent = {
  type: 'doc',
  content: [
    { type: 'paragraph' },
    { type: 'paragraph', content: [{ type: 'text', text: 'Ends with a break' }, { type: 'hardBreak' }] },
    { type: 'preformatted', content: [{ type: 'text', text: 'ends with a line\n' }] },
    { type: 'paragraph', content: [{ type: 'text', text: 'bold\n', marks: [{ type: 'bold' }] }] },
    { type: 'paragraph', content: [{ type: 'text', text: ' \u00A0 spaces \t and a\rreturn' }] },
    {
      type: 'blockquote',
      content: [
        paragraph('A quote.'),
        { type: 'bulletList', content: [{ type: 'listItem', content: [paragraph('ten')] }] },
      ],
    },
    { type: 'horizontalRule' },
  ],
}

async function adopt(page: Page, input: AdoptionInput) {
  const { AdoptedReader } = (await loadForServer('reader-adoption-page')) as {
    AdoptedReader: FunctionComponent<AdoptionInput>
  }
  const html = renderToString(createElement(AdoptedReader, input))
  await openReader(page, { name: 'reader-adoption-page', html, given: input })
  return page.evaluate(() => window.adopt())
}

function checkAdopted(result: Awaited<ReturnType<typeof adopt>>, content: DocumentContent): void {
  expect(result.replaced).toBe(false)
  expect(result.writes).toEqual([])
  expect(result.sameNodes).toBe(true)
  expect(result.shift).toBe(0)
  expect(bare(result.document)).toEqual(bare(content))
}

for (const { name, content } of [
  { name: 'every kind of block', content: mixed },
  { name: 'empty blocks and blocks that end in a line', content: edges },
  { name: '5,000 words', content: createDocument(5_000) },
  { name: '150,000 words', content: createDocument(150_000) },
  ...articles,
])
  test(`adopts what the server wrote: ${name}`, async ({ page }) => {
    checkAdopted(await adopt(page, { content, folded: [] }), content)
  })

test('adopts folded parts with their bars', async ({ page }) => {
  const range = { start: rangeOf(mixed, 'You may also like').start, end: rangeOf(mixed, 'ferry or two.').end }
  const folded = [{ ...range, reason: 'link-list', label: 'Out of scope: 2 links' }]
  checkAdopted(await adopt(page, { content: mixed, folded }), mixed)
  await expect(page.getByText('And a ferry or two.')).toBeHidden()
  await page.getByRole('button', { name: 'Out of scope: 2 links Show' }).click()
  await expect(page.getByText('And a ferry or two.')).toBeVisible()
})

test('adopts 66 saved pages', async ({ page }) => {
  test.skip(pages.missing !== null, pages.missing ?? '')
  test.setTimeout(300_000)
  const names = readdirSync(pages.path)
  expect(names.length).toBe(66)
  for (const name of names) {
    const parsed = parseHtml(readFileSync(`${pages.path}/${name}/source.html`, 'utf8'))
    if (!('content' in parsed)) throw new Error(`${name} was not read.`)
    const { content } = parsed
    const result = await adopt(page, { content, folded: [] })
    expect({ name, writes: result.writes, replaced: result.replaced }).toEqual({ name, writes: [], replaced: false })
    expect(bare(result.document)).toEqual(bare(content))
  }
})
