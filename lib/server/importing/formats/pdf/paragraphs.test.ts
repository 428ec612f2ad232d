import { describe, expect, it } from 'vitest'
import { collectWords, joinByLine, joinParts } from './paragraphs'
import type { PageLine } from './lines'

function line(text: string): PageLine {
  return {
    parts: [{ text, isRaised: false }],
    left: 0,
    right: 1,
    baseline: 0,
    size: 1,
    font: '',
    longest: 1,
    page: 0,
    cells: [],
  }
}

function join(...texts: string[]): string {
  const lines = texts.map(line)
  return joinParts(joinByLine(lines, collectWords(lines)))
    .map(({ text }) => text)
    .join('')
}

describe('lines of one passage', () => {
  it.each<[string[], string]>([
    [['The ferry', 'sank.'], 'The ferry sank.'],
    [['The infor-', 'mation'], 'The information'],
    [['TraceLog wrote to Trace-', 'Log.'], 'TraceLog wrote to TraceLog.'],
    [['a well-known log, a well-', 'known one'], 'a well-known log, a well-known one'],
    [['a trace of one mode, a trace-', 'mode'], 'a trace of one mode, a trace-mode'],
    [['of Nor-', 'Sund'], 'of Nor-Sund'],
    [['infor\u00ad', 'mation'], 'information'],
    [['橋は五月に', '開通した。'], '橋は五月に開通した。'],
  ])('%j', (texts, joined) => {
    expect(join(...texts)).toBe(joined)
  })

  it('take time in proportion to their number', () => {
    const many = Array.from(
      { length: 20_000 },
      () => 'the ferry crossed the sound at nine and came back before noon with',
    )
    const start = performance.now()
    expect(join(...many)).toHaveLength(20_000 * 67 - 1)
    expect(performance.now() - start).toBeLessThan(5000)
  })
})
