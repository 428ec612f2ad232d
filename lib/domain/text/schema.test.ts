import { describe, expect, it } from 'vitest'
import { isAllowedHref } from './href'
import { documentContentSchema, findSizeProblem, maxDocumentDepth } from './schema'

const paragraph = (text: string, marks?: unknown[]) => ({
  type: 'paragraph',
  content: [{ type: 'text', text, ...(marks ? { marks } : {}) }],
})

describe('documentContentSchema', () => {
  const good: [name: string, content: unknown[]][] = [
    ['nothing', []],
    ['text', [paragraph('a')]],
    ['an empty paragraph', [{ type: 'paragraph' }]],
    ['a link', [paragraph('a', [{ type: 'link', attrs: { href: 'https://example.org/a?b=c' } }])]],
    ['a citation', [paragraph('[1]', [{ type: 'citation', attrs: { label: '1' } }])]],
    [
      'a table',
      [
        {
          type: 'table',
          attrs: { scope: 'navigation' },
          content: [
            { type: 'tableRow', content: [{ type: 'tableHeader', attrs: { colspan: 2 }, content: [paragraph('a')] }] },
          ],
        },
      ],
    ],
    ['an image', [{ type: 'image', attrs: { alt: '', src: null } }]],
  ]
  it.each(good)('takes %s', (_name, content) => {
    expect(documentContentSchema.safeParse({ type: 'doc', content }).success).toBe(true)
  })

  const bad: [name: string, content: unknown[]][] = [
    ['an unknown node', [{ type: 'script', content: [] }]],
    ['an unknown attribute', [{ type: 'paragraph', attrs: { onclick: 'x' } }]],
    ['an unknown mark', [paragraph('a', [{ type: 'style', attrs: { color: 'red' } }])]],
    ['a script address', [paragraph('a', [{ type: 'link', attrs: { href: 'javascript:alert(1)' } }])]],
    ['a data image', [{ type: 'image', attrs: { alt: '', src: 'data:image/svg+xml,x' } }]],
    ['an unknown reason', [{ type: 'paragraph', attrs: { scope: 'because' } }]],
    ['an invalid level', [{ type: 'heading', attrs: { level: 7 }, content: [] }]],
    ['an empty text', [paragraph('')]],
    ['text where blocks stand', [{ type: 'text', text: 'a' }]],
    ['a list without items', [{ type: 'bulletList', content: [] }]],
  ]
  it.each(bad)('refuses %s', (_name, content) => {
    expect(documentContentSchema.safeParse({ type: 'doc', content }).success).toBe(false)
  })

  it('refuses depth and size without recursion', () => {
    let deep: unknown = paragraph('x')
    for (let depth = 0; depth < 100_000; depth += 1) deep = { type: 'blockquote', content: [deep] }
    const result = documentContentSchema.safeParse({ type: 'doc', content: [deep] })
    expect(result.error?.issues[0]?.message).toContain(`at most ${String(maxDocumentDepth)} levels deep`)
    const wide = { type: 'doc', content: Array.from({ length: 500_001 }, () => ({ type: 'horizontalRule' })) }
    expect(findSizeProblem(wide)).toContain('at most 500000 nodes')
  })
})

describe('isAllowedHref', () => {
  it.each(['http://a.b', 'HTTPS://a.b/c', 'mailto:a@b.c'])('takes %s', (href) => {
    expect(isAllowedHref(href)).toBe(true)
  })
  it.each([
    'javascript:alert(1)',
    ' https://a.b',
    'https://a.b/"><x',
    'data:text/html,x',
    'file:///etc/passwd',
    '//a.b',
    '/a',
    '#a',
    'https://',
    'java\nscript:x',
    `https://a.b/${'x'.repeat(4000)}`,
  ])('refuses %j', (href) => {
    expect(isAllowedHref(href)).toBe(false)
  })
})
