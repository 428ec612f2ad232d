import { lineText, type PageLine } from './lines'

/** The lines of one page, divided into text and lines repeated at the edges of pages. */
export interface FurnishedPage {
  text: PageLine[]
  /** Running heads, feet and page numbers. */
  furniture: PageLine[]
}

/** How many lines at the top and the bottom of a page are candidates. */
const edgeLines = 3

/** The most numbers in a line that are compared. */
const maxNumbers = 4

/** The largest share of all text that may be furniture; beyond it the pages are simply alike, and none is removed. */
const mostFurniture = 0.4

const romanDigits: Partial<Record<string, number>> = { i: 1, v: 5, x: 10, l: 50, c: 100 }

function readRoman(text: string): number {
  let sum = 0
  let highest = 0
  for (const letter of [...text].reverse()) {
    const value = romanDigits[letter] ?? 0
    sum += value < highest ? -value : value
    highest = Math.max(highest, value)
  }
  return sum
}

/**
 * The keys by which a line is compared with those of other pages: its words, with each number either as it is or as its difference from the page's
 * number, in all combinations. "Page 3 of 10" on the third page and "Page 4 of 10" on the fourth share one.
 */
function patternsOf(line: PageLine, edge: Edge): string[] {
  const text = lineText(line).toLowerCase().replace(/\s+/gu, ' ').trim()
  const isRoman = /^[ivxlc]{1,7}$/.test(text)
  const pieces = isRoman ? ['', String(readRoman(text)), ''] : text.split(/(\d{1,5})/)
  let patterns: string[] = [edge]
  pieces.forEach((piece, at) => {
    const isNumber = at % 2 === 1
    const variants = isNumber && at < maxNumbers * 2 ? [piece, `#${String(Number(piece) - line.page)}`] : [piece]
    patterns = patterns.flatMap((pattern) => variants.map((variant) => `${pattern}|${variant}`))
  })
  return patterns
}

type Edge = 'top' | 'bottom'

/** The lines at the top and the bottom of a page, by height, with their edge. */
function edgesOf(lines: readonly PageLine[]): Map<PageLine, Edge> {
  const byHeight = [...lines].sort((one, other) => one.baseline - other.baseline)
  const edges = new Map<PageLine, Edge>()
  for (const line of byHeight.slice(-edgeLines)) edges.set(line, 'bottom')
  for (const line of byHeight.slice(0, edgeLines)) edges.set(line, 'top')
  return edges
}

/**
 * Separates repeated lines at the edges of pages from the text: lines at the same edge of several pages that differ at most in numbers counting with
 * the pages. A document of one page has none.
 */
export function partFurniture(pages: readonly (readonly PageLine[])[]): FurnishedPage[] {
  const edges = pages.map((lines) =>
    [...edgesOf(lines)].map(([line, edge]) => ({ line, patterns: patternsOf(line, edge) })),
  )
  const counts = new Map<string, number>()
  for (const lines of edges) {
    for (const pattern of new Set(lines.flatMap(({ patterns }) => patterns)))
      counts.set(pattern, (counts.get(pattern) ?? 0) + 1)
  }
  const least = pages.length <= 3 ? 2 : 3
  const furniture = new Set<PageLine>()
  for (const { line, patterns } of edges.flat()) {
    const isRepeated = patterns.some((pattern) => (counts.get(pattern) ?? 0) >= least)
    if (isRepeated && lineText(line).length < 160) furniture.add(line)
  }
  const lengthOf = (lines: Iterable<PageLine>) => [...lines].reduce((sum, line) => sum + lineText(line).length, 0)
  if (lengthOf(furniture) > lengthOf(pages.flat()) * mostFurniture) furniture.clear()
  return pages.map((lines) => ({
    text: lines.filter((line) => !furniture.has(line)),
    furniture: lines.filter((line) => furniture.has(line)),
  }))
}
