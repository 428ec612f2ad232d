import { describe, expect, it } from 'vitest'
import { documentContentSchema } from '@/lib/domain/text/schema'
import { buildTextIndex } from '@/lib/domain/text/text-index'
import type { ParsedSource } from './imported-document'
import { parseMarkdown } from './markdown'
import { cutMarkdown } from './markdown-source'

async function parse(source: string): Promise<ParsedSource> {
  const parsed = await parseMarkdown(source)
  if ('code' in parsed) throw new Error(parsed.message)
  expect(documentContentSchema.safeParse(parsed.content).error).toBeUndefined()
  return parsed
}

describe('parseMarkdown', () => {
  const cases: [name: string, source: string, text: string, types: string[]][] = [
    [
      'headings and paragraphs',
      '# A *bridge*\n\nOne.\nStill one.\n\nTwo.',
      'A bridge\n\nOne. Still one.\n\nTwo.',
      ['heading', 'paragraph', 'paragraph'],
    ],
    ['lists', '- a\n  - b\n- c\n\n4. d\n5. e', 'a\nb\nc\n\nd\ne', ['bulletList', 'orderedList']],
    ['a task list keeps its boxes', '- [x] a\n- [ ] b', '[x] a\n[ ] b', ['bulletList']],
    ['a table', '| a | b |\n|---|---|\n| c | d |', 'a\tb\nc\td', ['table']],
    [
      'a quotation, a rule, code',
      '> a\n\n---\n\n```js\nb  c\n```',
      'a\n\nb  c',
      ['blockquote', 'horizontalRule', 'codeBlock'],
    ],
    ['footnotes', 'It fell.[^1]\n\n[^1]: Holm 2011.', 'It fell.[1]\n\nHolm 2011.', ['paragraph', 'note']],
    [
      'a footnote of two paragraphs is one note',
      'It fell.[^1]\n\n[^1]: Holm 2011.\n\n    See there.',
      'It fell.[1]\n\nHolm 2011.\n\nSee there.',
      ['paragraph', 'note', 'paragraph'],
    ],
    [
      'what only looks like a definition',
      '[quay]: /q "A title" and more\n\nSee [quay].',
      '[quay]: /q "A title" and more\n\nSee [quay].',
      ['paragraph', 'paragraph'],
    ],
    [
      'definitions in code and in a paragraph are none',
      '```\n[quay]: /q\n```\n\nSo it is:\n[gate]: /g\n\nSee [quay] and [gate].',
      '[quay]: /q\n\nSo it is: [gate]: /g\n\nSee [quay] and [gate].',
      ['codeBlock', 'paragraph', 'paragraph'],
    ],
    ['front matter that ends with dots', '---\ntitle: The Quay\n...\n\nIt opened.', 'It opened.', ['paragraph']],
    ['hard breaks', 'a  \nb\\\nc', 'a\nb\nc', ['paragraph']],
    [
      'HTML blocks are read, inline tags go',
      '<div><p>a</p><script>x</script></div>\n\nb <span onclick="x">c</span><br>d',
      'a\n\nb c\nd',
      ['paragraph', 'paragraph'],
    ],
    [
      'references',
      '# A\n\nb\n\n## References\n\n- Holm, A. (2011). Bridges.\n\n# C',
      'A\n\nb\n\nReferences\n\nHolm, A. (2011). Bridges.\n\nC',
      ['heading', 'paragraph', 'heading', 'bulletList', 'heading'],
    ],
  ]
  it.each(cases)('%s', async (...[, source, text, types]) => {
    const { content } = await parse(source)
    expect([buildTextIndex(content).text, content.content.map(({ type }) => type)]).toEqual([text, types])
  })

  it('keeps web links, direct and by reference, and drops others', async () => {
    const { content } = await parse(
      '[a](https://e.org/1) [b][x] [c](javascript:alert(1)) https://e.org/3 ![d](https://e.org/4.png)\n\n[x]: https://e.org/2',
    )
    const found = [...JSON.stringify(content).matchAll(/"(?:href|src)":"([^"]+)"/g)].map((match) => match[1])
    expect(found).toEqual(['https://e.org/1', 'https://e.org/2', 'https://e.org/3', 'https://e.org/4.png'])
  })

  it.each([
    ['underlined headings', 'a\n=\n'.repeat(3_000)],
    ['quotations that go on', '> a\nb\n'.repeat(4_000)],
    ['emphasis that does not pair', '*a_'.repeat(10_000)],
    ['definitions that are used', `${'[a] '.repeat(4_000)}\n\n[a]: b`],
  ])('keeps the words of many %s, without holding the server', async (_, source) => {
    let longest = 0
    let last = performance.now()
    const timer = setInterval(() => {
      longest = Math.max(longest, performance.now() - last)
      last = performance.now()
    }, 1)
    const before = process.cpuUsage()
    const { content } = await parse(source)
    clearInterval(timer)
    expect(buildTextIndex(content).text.replaceAll(/\W/g, '').length).toBeGreaterThan(2_000)
    // Microseconds of this process; parsing the first as Markdown took 8 s.
    expect(process.cpuUsage(before).user).toBeLessThan(1_500_000)
    expect(longest).toBeLessThan(1_500)
  })

  it('reads front matter', async () => {
    const parsed = await parse(
      '---\ntitle: "A Bridge"\nauthors:\n  - Ada Holm\n  - B. Vale\ndate: 2019-03-05\nlang: en\n---\n\ntext',
    )
    expect(parsed).toMatchObject({
      title: 'A Bridge',
      author: 'Ada Holm, B. Vale',
      publishedOn: '2019-03-05',
      language: 'en',
    })
    expect(buildTextIndex(parsed.content).text).toBe('text')
    expect(buildTextIndex((await parse('---\n\ntext')).content).text).toBe('text')
  })

  it('reads a long document in pieces as it would in one', async () => {
    const section = (at: number) =>
      `## Part ${String(at)}\n\nSome text with [a link][x] and a note.[^n]\n\n- one\n\n- two\n\n\`\`\`\ncode\n\nmore\n\`\`\`\n\n`
    const source = `${Array.from({ length: 600 }, (_, at) => section(at)).join('')}[x]: https://e.org/\n\n[^n]: The note.\n`
    expect(cutMarkdown(source).length).toBeGreaterThan(3)
    expect(cutMarkdown(source).join('')).toBe(source)
    const { content } = await parse(source)
    const count = (type: string) => content.content.filter((block) => block.type === type).length
    expect([count('heading'), count('bulletList'), count('codeBlock'), count('note')]).toEqual([600, 600, 600, 1])
    expect(JSON.stringify(content).match(/"citation"/g)).toHaveLength(600)
    expect(JSON.stringify(content).match(/"https:\/\/e.org\/"/g)).toHaveLength(600)
  })

  it('refuses thousands of nested quotations and survives other hostile input', async () => {
    expect(await parseMarkdown('>'.repeat(10_000) + ' a')).toMatchObject({ code: 'too-complex' })
    for (const source of [
      '['.repeat(20_000),
      '*a '.repeat(10_000),
      '`'.repeat(20_000),
      '![]('.repeat(5_000),
      '<'.repeat(20_000),
      '_a__'.repeat(10_000),
      '*a_'.repeat(21_000),
    ]) {
      expect(await parseMarkdown(source)).toHaveProperty('content')
    }
  })
})
