const hrefPattern = /^(?:https?:\/\/|mailto:)[^\s<>"]+$/i

/**
 * Whether an address may stand in a link: http, https or mailto, with no white space, quotes or angle brackets, at most 4,000
 * characters. Everything else (javascript:, data:, file:, relative) is refused.
 */
export function isAllowedHref(href: string): boolean {
  return href.length <= 4000 && hrefPattern.test(href)
}

/** How many words stand at either end of a fragment for a long passage. */
const wordsAtEnd = 6

function encode(words: string): string {
  // A hyphen parts the words of a fragment from what stands around them.
  return encodeURIComponent(words).replaceAll('-', '%2D')
}

/**
 * The fragment of an address that leads to words of a page and lights them, in browsers that know text fragments and without any script:
 * `#:~:text=` and the words, or of long words their first and last ones. Null for words of white space alone.
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
