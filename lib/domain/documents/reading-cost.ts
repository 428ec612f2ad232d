import { keysOf } from '../keys'

/**
 * Estimates how long reading a text will take, from counts taken in one pass over it, so that a text that takes too long is refused at once. Reading
 * takes time in proportion to characters, lines, table cells, tags and notes; the weights were measured with texts made of one of these alone.
 */

type Format = 'text' | 'html' | 'markdown'

/** The counts that reading takes time for. */
interface Parts {
  characters: number
  /** Lines that are not empty. */
  lines: number
  /** Tabs and vertical bars, which separate table cells. */
  cells: number
  /** Openings of tags. */
  tags: number
  /** Openings of Markdown's footnotes and of references to them. */
  notes: number
}

/** Microseconds for one of each count, by format. */
const weights: Record<Format, Parts> = {
  text: { characters: 0.35, lines: 16, cells: 4, tags: 0, notes: 0 },
  html: { characters: 0.35, lines: 1, cells: 0, tags: 9, notes: 0 },
  markdown: { characters: 0.6, lines: 40, cells: 6, tags: 9, notes: 400 },
}

/** The longest estimated time to read one text, in microseconds. */
export const maxReadingCost = 12_000_000

const names: Record<keyof Parts, string> = {
  characters: 'characters',
  lines: 'lines',
  cells: 'table cells',
  tags: 'tags',
  notes: 'footnotes and references to them',
}

function countParts(text: string): Parts {
  const parts: Parts = { characters: text.length, lines: 0, cells: 0, tags: 0, notes: 0 }
  let isBlank = true
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === 0x0a || code === 0x0d) {
      isBlank = true
      continue
    }
    if (isBlank && code > 0x20) {
      parts.lines += 1
      isBlank = false
    }
    if (code === 0x09 || code === 0x7c) parts.cells += 1
    else if (code === 0x3c) parts.tags += 1
    else if (code === 0x5e && text.charCodeAt(at - 1) === 0x5b) parts.notes += 1
  }
  return parts
}

/** The estimated microseconds to read a text. */
export function estimateReading(text: string, format: Format): number {
  const parts = countParts(text)
  const weight = weights[format]
  return keysOf(parts).reduce((sum, part) => sum + parts[part] * weight[part], 0)
}

/** Says why a text takes too long to read at once, and what would work; null when it does not. */
export function findReadingProblem(text: string, format: Format): string | null {
  const parts = countParts(text)
  const weight = weights[format]
  const costs = keysOf(parts).map((part) => ({ part, cost: parts[part] * weight[part] }))
  const cost = costs.reduce((sum, entry) => sum + entry.cost, 0)
  if (cost <= maxReadingCost) return null
  const most = costs.reduce((one, other) => (other.cost > one.cost ? other : one)).part
  const allowed = Math.floor((parts[most] * maxReadingCost) / cost)
  const rounded = Math.max(1, Number(allowed.toPrecision(2)))
  const words = (count: number) => count.toLocaleString('en-GB')
  return `Reading this text would take too long: it has ${words(parts[most])} ${names[most]}, and about ${words(rounded)} of them can be read at once. Split it into ${String(Math.ceil(cost / maxReadingCost))} parts or more.`
}
