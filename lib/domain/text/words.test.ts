import { describe, expect, it } from 'vitest'
import { countWords } from './words'

describe('countWords', () => {
  const cases: [text: string, words: number][] = [
    ['', 0],
    ['  \n\t ', 0],
    ['The bridge opened.', 3],
    ["It doesn't count well-known words twice.", 6],
    ['It cost 1,250.75 crowns in 2012.', 6],
    ['a—b / c', 3],
    ['[12] "quoted" (bracketed)', 3],
    ['다리는 5월에 열렸다.', 3],
    ['پل در اردیبهشت باز شد', 5],
    ['पुल मई में खुला', 4],
    ['👍 🎉', 0],
  ]
  it.each(cases)('%j', (text, words) => {
    expect(countWords(text)).toBe(words)
  })

  it('finds words in scripts without spaces', () => {
    expect(countWords('橋は五月に開通した。')).toBeGreaterThanOrEqual(4)
    expect(countWords('大桥五月通车。')).toBeGreaterThanOrEqual(3)
    expect(countWords('สะพานเปิดในเดือนพฤษภาคม')).toBeGreaterThanOrEqual(3)
    expect(countWords('The 橋 opened')).toBe(3)
  })
})
