const hrefPattern = /^(?:https?:\/\/|mailto:)[^\s<>"]+$/i

/**
 * Whether an address is allowed in a link: http, https or mailto, with no white space, quotes or angle brackets, at most 4,000 characters. Everything
 * else (javascript:, data:, file:, relative) is refused.
 */
export function isAllowedHref(href: string): boolean {
  return href.length <= 4000 && hrefPattern.test(href)
}

/** The number of words at either end that identify a long passage in a fragment. */
const wordsAtEnd = 6

function encode(words: string): string {
  // Escapes the hyphen, which separates the words of a fragment from their context.
  return encodeURIComponent(words).replaceAll('-', '%2D')
}

/**
 * Builds the text fragment that leads to words of a page and highlights them: `#:~:text=` with the words, or with the first and last ones of a long
 * passage. It needs no script, but a browser that knows text fragments. Null for white space alone.
 */
export function textFragment(exact: string): string | null {
  // No part of a fragment reaches over the end of a block or of a cell.
  const lines = exact.split(/[\n\t]+/u).map((line) => line.split(/\s+/u).filter((word) => word !== ''))
  const [first, ...more] = lines.filter((words) => words.length > 0)
  if (first === undefined) return null
  const last = more.at(-1)
  const isShort = last === undefined && first.length <= 2 * wordsAtEnd
  const ends = isShort ? [first] : [first.slice(0, wordsAtEnd), (last ?? first).slice(-wordsAtEnd)]
  return `#:~:text=${ends.map((part) => encode(part.join(' '))).join(',')}`
}
