import type { DocumentContent } from './model'
import { blockAtOffset, type TextIndex } from './text-index'

/** The first and last page of a range, as the document numbers them; the same twice for a range on one page. */
export interface Pages {
  first: string
  last: string
}

/** Finds the pages of a range (UTF-16 code units); null where the document has no pages. */
export type PagesOf = (range: Readonly<{ start: number; end: number }>) => Pages | null

/**
 * Makes the function that finds the pages of a range (UTF-16 code units) of its document; null in a document without pages. A document knows only the
 * page on which each block begins. The last block of a page may continue on the next one, so its words count as being on both.
 */
export function makePagesOf(content: DocumentContent, index: TextIndex): PagesOf {
  const pages = content.content.map((block) => block.attrs?.page ?? null)
  if (pages.every((page) => page === null)) return () => null
  /** For each top-level block, the latest page on which it can end. */
  const ends: (string | null)[] = []
  let next: string | null = null
  for (let at = pages.length - 1; at >= 0; at -= 1) {
    const block = content.content[at]
    ends[at] = next ?? pages[at] ?? null
    // Running heads and page numbers are put behind the passage in which their page begins.
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

/** The start of a page in a text (UTF-16 code units), and the page's number or name. */
export interface PageStart {
  start: number
  label: string
}

/**
 * Makes the function that finds the pages of a range of a text from the starts of its pages, which are in the order of the text. Null for a range
 * before the first page, and in a text without pages.
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
