import { describe, expect, it } from 'vitest'
import type { BlockNode, DocumentContent, InlineNode } from '@/lib/domain/text/model'
import { buildTextIndex } from '@/lib/domain/text/text-index'
import { renderText } from './render-text'

function render(
  content: BlockNode[],
  folded: { start: number; end: number; label: string; reason: string }[] = [],
): string {
  const document: DocumentContent = { type: 'doc', content }
  return renderText({ content: document, index: buildTextIndex(document), folded })
}
const paragraph = (...content: InlineNode[]): BlockNode => ({ type: 'paragraph', content })
const text = (words: string, ...marks: NonNullable<Extract<InlineNode, { type: 'text' }>['marks']>): InlineNode => ({
  type: 'text',
  text: words,
  marks,
})
const open = '<p data-text dir="auto">'

describe('renderText', () => {
  const cases: { name: string; blocks: BlockNode[]; html: string }[] = [
    {
      name: 'escapes what would be markup',
      blocks: [paragraph(text('<img onerror=x> & "y"'))],
      html: `${open}&lt;img onerror=x&gt; &amp; &quot;y&quot;</p>`,
    },
    {
      name: 'keeps the length of characters that HTML cannot hold',
      blocks: [paragraph(text('a\0b\rc'))],
      html: `${open}a\uFFFDb&#13;c</p>`,
    },
    {
      name: 'keeps a line break at the start of preformatted text',
      blocks: [{ type: 'preformatted', content: [text('\nx')] }],
      html: '<pre data-text dir="auto">\n\nx</pre>',
    },
    {
      name: 'writes hard breaks',
      blocks: [paragraph(text('a'), { type: 'hardBreak' }, text('b'))],
      html: `${open}a<br>b</p>`,
    },
    {
      name: 'ends a block without a last line as ProseMirror does',
      blocks: [{ type: 'paragraph' }, paragraph(text('a'), { type: 'hardBreak' })],
      html: `${open}<br class="ProseMirror-trailingBreak"></p>${open}a<br><br class="ProseMirror-trailingBreak"></p>`,
    },
    {
      name: 'keeps one link around words that are partly bold',
      blocks: [
        paragraph(
          text('a', { type: 'link', attrs: { href: 'https://x.example/' } }),
          text('b', { type: 'bold' }, { type: 'link', attrs: { href: 'https://x.example/' } }),
        ),
      ],
      html: `${open}<a href="https://x.example/" rel="noopener noreferrer nofollow" target="_blank" title="Hold Ctrl or ⌘ to open https://x.example/">a<strong>b</strong></a></p>`,
    },
    {
      name: 'takes the address off an unsafe link',
      blocks: [paragraph(text('a', { type: 'link', attrs: { href: 'javascript:alert(1)' } }))],
      html: `${open}<a>a</a></p>`,
    },
    {
      name: 'clamps heading levels',
      blocks: [{ type: 'heading', attrs: { level: 9 as 6 }, content: [text('t')] }],
      html: '<h6 data-text dir="auto">t</h6>',
    },
    {
      name: 'names pictures and never fetches them',
      blocks: [{ type: 'image', attrs: { alt: 'a "map"', src: 'https://x.example/a.png' } }],
      html: '<div data-kind="image" role="img" aria-label="Picture: a &quot;map&quot;" data-alt="a &quot;map&quot;" dir="auto" contenteditable="false"></div>',
    },
    {
      name: 'turns lists of right-to-left words',
      blocks: [{ type: 'bulletList', content: [{ type: 'listItem', content: [paragraph(text('پل بسته است'))] }] }],
      html: `<ul dir="rtl"><li>${open}پل بسته است</p></li></ul>`,
    },
    { name: 'writes rules', blocks: [{ type: 'horizontalRule' }], html: '<hr contenteditable="false">' },
  ]
  it.each(cases)('$name', ({ blocks, html }) => {
    expect(render(blocks)).toBe(html)
  })

  it('hides folded blocks under a bar, and what stands between them', () => {
    const html = render(
      [
        paragraph(text('one')),
        paragraph(text('two')),
        { type: 'horizontalRule' },
        paragraph(text('three')),
        paragraph(text('four')),
      ],
      [{ start: 5, end: 15, label: '2 <links>', reason: 'link-list' }],
    )
    expect(html.match(/ hidden="until-found"/g)).toHaveLength(3)
    expect(html).toContain(
      '<button type="button" aria-expanded="false"><span class="reader-fold-label" dir="auto">2 &lt;links&gt;</span>',
    )
    expect(html.indexOf('reader-fold')).toBeGreaterThan(html.indexOf('one'))
    expect(html.indexOf('reader-fold')).toBeLessThan(html.indexOf('two'))
  })

  it('ignores a fold that covers no whole block', () => {
    expect(render([paragraph(text('one two'))], [{ start: 1, end: 4, label: 'x', reason: 'comments' }])).not.toContain(
      'reader-fold',
    )
  })
})
