import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { Markdown } from './markdown'

const cases: { name: string; source: string; holds: string[]; lacks?: string[] }[] = [
  { name: 'words and emphasis', source: 'Read **twice**, _slowly_.', holds: ['<strong', 'twice', '<em>slowly</em>'] },
  { name: 'lists', source: '1. Read\n2. Decide', holds: ['<ol', 'Decide'] },
  { name: 'a list that starts later', source: '4. Fourth', holds: ['start="4"'] },
  { name: 'a table', source: '| A | B |\n|---|---|\n| 1 | 2 |', holds: ['<th scope="col">A', '<td>2'] },
  {
    name: 'HTML as it is written',
    source: '<img src=x onerror="alert(1)">\n\nand <b>bold</b>',
    holds: ['&lt;img src=x', '&lt;b&gt;'],
    lacks: ['<img', '<b>'],
  },
  {
    name: 'links that lead somewhere',
    source: '[register](https://dams.example) [bad](javascript:alert(1)) [named][r]\n\n[r]: https://dams.example/r',
    holds: ['href="https://dams.example"', 'href="https://dams.example/r"', 'bad'],
    lacks: ['javascript:'],
  },
  {
    name: 'pictures by name only',
    source: '![the wall](https://dams.example/wall.png)',
    holds: ['Picture: the wall'],
    lacks: ['wall.png', '<img'],
  },
  {
    name: 'what nests too deep, as plain text',
    source: `${'> '.repeat(60)}deep`,
    holds: ['whitespace-pre-wrap'],
    lacks: ['<blockquote'],
  },
  {
    name: 'what would take a minute to pair, as plain text',
    source: '*a_'.repeat(16_000),
    holds: ['whitespace-pre-wrap'],
    lacks: ['<em'],
  },
]

describe('Markdown', () => {
  it.each(cases)('shows $name', ({ source, holds, lacks = [] }) => {
    const html = renderToStaticMarkup(<Markdown source={source} />)
    for (const part of holds) expect(html).toContain(part)
    for (const part of lacks) expect(html).not.toContain(part)
  })

  it.each([
    ['underlined headings', 'a\n=\n'.repeat(3_000)],
    ['quotations', '> a\n\n'.repeat(10_000)],
    ['brackets', '['.repeat(50_000)],
    ['footnotes', '[^a]: [^b]\n\n'.repeat(4_000)],
  ])('shows many %s at once, and says why not as Markdown', (_, source) => {
    const before = process.cpuUsage()
    const html = renderToStaticMarkup(<Markdown source={source} />)
    expect(html).toContain('Shown as it is written')
    // In microseconds of CPU time of this process. Parsing them took seconds to minutes.
    expect(process.cpuUsage(before).user).toBeLessThan(1_000_000)
  })
})
