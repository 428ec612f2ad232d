import { describe, expect, it } from 'vitest'
import { isTangled, markdownWork } from './markdown-work'

/** Shapes that took a parser quadratic time or worse, each 12,000 to 50,000 characters. */
const hostile: [name: string, source: string][] = [
  ['underlined headings', 'a\n=\n'.repeat(3_000)],
  ['underlined headings in a quotation', '> a\n> =\n'.repeat(1_500)],
  ['a quotation in a quotation', `${'> '.repeat(6_000)}a`],
  ['quotations one after the other', '> a\n\n'.repeat(2_400)],
  ['quotations that go on', '> a\nb\n'.repeat(2_000)],
  ['lines that go on in a deep quotation', `${'> '.repeat(39)}a\n${'b\n'.repeat(1_000)}`],
  ['hard breaks', 'a  \n'.repeat(1_500)],
  ['hard breaks by a sign', 'a\\\n'.repeat(1_500)],
  ['lists in one line', '- - - - - - - - - - a\n'.repeat(550)],
  ['lists of changing signs', '- a\n* b\n'.repeat(1_500)],
  ['a list in a list', Array.from({ length: 110 }, (_, at) => `${' '.repeat(at * 2)}- a`).join('\n')],
  ['brackets', '['.repeat(12_000)],
  ['brackets around links', `${'['.repeat(6_000)}${'](a)'.repeat(1_500)}`],
  ['links without an end', '[a]('.repeat(3_000)],
  ['emphasis that does not pair', '*a_'.repeat(4_000)],
  ['strokes that do not pair', '~~a~'.repeat(3_000)],
  ['code without an end', Array.from({ length: 240 }, (_, at) => '`'.repeat(at + 1)).join(' ')],
  ['tags', '<a '.repeat(4_000)],
  ['instructions without an end', 'a <?'.repeat(3_000)],
  ['comments without an end', 'a <!-- '.repeat(1_700)],
  ['a table', `|a|b|\n|-|-|\n${'|c|d|\n'.repeat(2_000)}`],
  ['a wide table', `${'|a'.repeat(3_000)}|\n${'|-'.repeat(3_000)}|\n`],
  ['footnotes', Array.from({ length: 1_000 }, (_, at) => `[^${String(at)}]: [^${String(at + 1)}]`).join('\n\n')],
  ['a long word of dots', 'a.'.repeat(12_000)],
  ['lines', 'a\n'.repeat(12_000)],
]

describe('the work of Markdown', () => {
  it.each(hostile)('is too much for %s', (_, source) => {
    expect(isTangled(source)).toBe(true)
  })

  it('is little for guidelines as people write them', () => {
    const section = [
      '## What counts as a claim',
      '',
      'A **claim** says something that a reader could check: see the [handbook](https://example.org/handbook), part 3.',
      'Opinions and forecasts are no claims, unless they are *reported* as facts.',
      '',
      '- Rate each sentence on its own.',
      '- Cite `at least` one reference for *false*.',
      '',
      '> When in doubt, ask.',
      '',
    ].join('\n')
    expect(isTangled(section.repeat(60))).toBe(false)
  })

  it('is estimated in time proportional to the length', () => {
    const spent = (source: string) => {
      const before = process.cpuUsage()
      markdownWork(source)
      return process.cpuUsage(before).user
    }
    for (const [, source] of hostile) {
      const long = source.repeat(Math.ceil(200_000 / source.length))
      // Microseconds; a quadratic step would need minutes.
      expect(spent(long)).toBeLessThan(3_000_000)
    }
  })

  it('grows with what is added', () => {
    for (const [, source] of hostile)
      expect(markdownWork(`${source}\n\n- b`)).toBeGreaterThanOrEqual(markdownWork(source))
  })
})
