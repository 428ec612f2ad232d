/** Where a quote stands in a text: UTF-16 offsets, half-open. */
export interface QuotePlace {
  start: number
  end: number
}

const whiteSpace = /\s/

/**
 * Finds a quote in a reference's snapshot: word for word first, then with any run of white space counted as one space (line ends of a page
 * differ from those of a pasted quote). The first place wins; null when it stands nowhere or holds only white space.
 */
export function locateQuote(snapshot: string, quote: string): QuotePlace | null {
  const wanted = quote.trim()
  if (wanted === '') return null
  const exact = snapshot.indexOf(wanted)
  if (exact !== -1) return { start: exact, end: exact + wanted.length }
  const { collapsed, places } = collapse(snapshot)
  const words = wanted.split(/\s+/).join(' ')
  const found = collapsed.indexOf(words)
  if (found === -1) return null
  const start = places[found]
  const last = places[found + words.length - 1]
  return start === undefined || last === undefined ? null : { start, end: last + 1 }
}

/** The text with every run of white space as one space, and for each of its code units where that stood. */
function collapse(text: string): { collapsed: string; places: Uint32Array } {
  const places = new Uint32Array(text.length)
  const parts: string[] = []
  let length = 0
  let from = 0
  for (let index = 0; index < text.length; index++) {
    const isSpace = whiteSpace.test(text.charAt(index))
    if (isSpace && index > 0 && whiteSpace.test(text.charAt(index - 1))) {
      from = index + 1
      continue
    }
    places[length++] = index
    if (isSpace) {
      parts.push(text.slice(from, index), ' ')
      from = index + 1
    }
  }
  parts.push(text.slice(from))
  return { collapsed: parts.join(''), places }
}
