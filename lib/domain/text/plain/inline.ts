import { citationPattern } from '../sentence-rules/mask'
import { isAllowedHref } from '../href'
import type { InlineNode, Mark } from '../model'

const addressPattern = /\bhttps?:\/\/[^\s<>"”“]+/g

interface MarkedRange {
  start: number
  end: number
  mark: Mark
}

/** Finds citation markers in a text: "[12]" right behind a word, a stop or another marker. Offsets into the text. */
export function findCitations(text: string): { start: number; end: number; label: string }[] {
  if (!text.includes('[')) return []
  const found: { start: number; end: number; label: string }[] = []
  for (const match of text.matchAll(citationPattern)) {
    const before = text.charAt(match.index - 1)
    const after = text.charAt(match.index + match[0].length)
    if (match.index === 0 || /[\s([{]/.test(before)) continue
    if (/[a-z]\]$/.test(match[0]) && match[0].length === 3 && /\p{L}/u.test(after)) continue
    found.push({ start: match.index, end: match.index + match[0].length, label: match[0].slice(1, -1) })
  }
  return found
}

const endMarks = new Set(".,;:!?'’»")

/** Not by a regular expression: one anchored to the end starts anew at every mark, which takes quadratic time in a long run of them. */
function withoutEndMarks(address: string): string {
  let end = address.length
  while (end > 0 && endMarks.has(address.charAt(end - 1))) end -= 1
  return address.slice(0, end)
}

/** Finds web addresses in a text, without the punctuation that ends the sentence around them. Offsets into the text. */
export function findAddresses(text: string): { start: number; end: number; href: string }[] {
  if (!text.includes('://')) return []
  const found: { start: number; end: number; href: string }[] = []
  for (const match of text.matchAll(addressPattern)) {
    let href = withoutEndMarks(match[0])
    if (href.endsWith(')') && !href.includes('(')) href = href.slice(0, -1)
    if (isAllowedHref(href)) found.push({ start: match.index, end: match.index + href.length, href })
  }
  return found
}

/**
 * Makes inline content of a text: citation markers and web addresses are marked, `syntax` ranges (offsets into the text, sorted, disjoint) are marked
 * as kept characters, and the markers of `notes` as citations. Every character of the text is kept. An empty text gives no nodes.
 */
export function buildInline(
  text: string,
  syntax: readonly { start: number; end: number }[] = [],
  notes: readonly { start: number; end: number; label: string }[] = [],
): InlineNode[] {
  const ranges: MarkedRange[] = [
    ...syntax
      .filter(({ start, end }) => start < end)
      .map(({ start, end }) => ({ start, end, mark: { type: 'syntax' } as const })),
    ...findAddresses(text).map(({ start, end, href }) => ({
      start,
      end,
      mark: { type: 'link', attrs: { href } } as const,
    })),
    ...[...findCitations(text), ...notes].map(({ start, end, label }) => ({
      start,
      end,
      mark: { type: 'citation', attrs: { label } } as const,
    })),
  ].sort((a, b) => a.start - b.start)
  const nodes: InlineNode[] = []
  let done = 0
  for (const { start, end, mark } of ranges) {
    if (start < done) continue
    if (start > done) nodes.push({ type: 'text', text: text.slice(done, start) })
    nodes.push({ type: 'text', text: text.slice(start, end), marks: [mark] })
    done = end
  }
  if (done < text.length) nodes.push({ type: 'text', text: text.slice(done) })
  return nodes
}
