import { describe, expect, it } from 'vitest'
import { estimateReading, findReadingProblem, maxReadingCost } from './reading-cost'

const megabyte = 1024 * 1024
const fill = (unit: string, length: number) => unit.repeat(Math.floor(length / unit.length))

describe('findReadingProblem', () => {
  it.each([
    [
      'a book',
      'text',
      fill('The harbour froze twice, and nobody kept a log of it. The mayor was glad.\n\n', 5 * megabyte),
    ],
    [
      'a long page',
      'html',
      fill('<p>The harbour froze twice, and nobody kept a log of it. The mayor was glad.</p>\n', 5 * megabyte),
    ],
    [
      'a long Markdown file',
      'markdown',
      fill('The harbour froze twice, and nobody kept a log.[^12]\n\n', megabyte / 2),
    ],
    ['nothing', 'text', ''],
  ] as const)('lets %s be read', (_name, format, text) => {
    expect(findReadingProblem(text, format)).toBeNull()
  })

  it.each([
    ['cells between tabs', 'text', fill(`${'a\t'.repeat(20)}\n`, 5 * megabyte), /table cells/],
    ['cells between bars', 'text', fill('| a | b |\n', 5 * megabyte), /2 parts|3 parts|lines/],
    ['lines', 'text', fill('ab\n', 5 * megabyte), /1,747,626 lines, and about 700,000 of them/],
    ['elements', 'html', fill('<a>', 5 * megabyte), /tags/],
    ['footnotes', 'markdown', fill('word[^1] ', 450_000), /50,000 footnotes/],
  ] as const)('refuses too many %s, and says how many would work', (_name, format, text, message) => {
    const problem = findReadingProblem(text, format)
    expect(problem).toMatch(message)
    expect(problem).toMatch(/Split it into \d+ parts or more\.$/)
  })

  it('names a number of parts that can each be read', () => {
    const text = fill('ab\n', 5 * megabyte)
    const parts = Number(/into (\d+) parts/.exec(findReadingProblem(text, 'text') ?? '')?.[1])
    expect(estimateReading(text.slice(0, Math.ceil(text.length / parts)), 'text')).toBeLessThanOrEqual(maxReadingCost)
  })
})
