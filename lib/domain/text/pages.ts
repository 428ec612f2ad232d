import type { DocumentContent } from './model'
import { blockAtOffset, type TextIndex } from './text-index'

/** The pages on which a range stands, as the document numbers them; the same twice where it stands on one. */
export interface Pages {
  first: string
  last: string
}

/** Says on which pages a range (UTF-16 code units) stands; null where the document has no pages. */
export type PagesOf = (range: Readonly<{ start: number; end: number }>) => Pages | null

/**
 * Makes the function that says on which pages of its document a range (UTF-16 code units) stands; null in a document without pages. A document knows where each
 * block begins: the last block of a page may go on over to the next one, so its words are said to stand on both.
 */
export function makePagesOf(content: DocumentContent, index: TextIndex): PagesOf {
  const pages = content.content.map((block) => block.attrs?.page ?? null)
  if (pages.every((page) => page === null)) return () => null
  /** For each top-level block, the page on which it ends at the latest. */
  const ends: (string | null)[] = []
  let next: string | null = null
  for (let at = pages.length - 1; at >= 0; at -= 1) {
    const block = content.content[at]
    ends[at] = next ?? pages[at] ?? null
    // Heads and numbers of pages stand behind the passage in which their page begins.
    if (block?.attrs?.scope !== 'boilerplate' && block?.attrs?.scope !== 'navigation') next = pages[at] ?? next
  }
  return ({ start, end }) => {
    const first = blockAtOffset(index, start)
    const last = blockAtOffset(index, Math.max(start, end - 1)) ?? first
    const from = first === null ? null : (pages[first.topIndex] ?? null)
    const to = last === null ? null : (ends[last.topIndex] ?? null)
    return from === null ? null : { first: from, last: to ?? from }
  }
}

/** Where a page begins in a text (UTF-16 code units), and what it is called. */
export interface PageStart {
  start: number
  label: string
}

/**
 * Makes the function that says on which pages a range of a text stands, by where its pages begin, in the order of the text. What stands in front of the first
 * one, and everything in a text without pages, stands on none: null.
 */
export function pagesByStarts(starts: readonly PageStart[]): PagesOf {
  const labelAt = (offset: number) => starts.findLast(({ start }) => start <= offset)?.label ?? null
  return ({ start, end }) => {
    const first = labelAt(start)
    return first === null ? null : { first, last: labelAt(Math.max(start, end - 1)) ?? first }
  }
}

/** Pages as a locator names them: "p. 12", "pp. 12–13". */
export function pagesInWords({ first, last }: Pages): string {
  return first === last ? `p. ${first}` : `pp. ${first}–${last}`
}
