/** Lists that run on within one block: "1) The first 2) The second". */

interface ListStyle {
  /** Finds a marker with the space behind it; its first group is the number or letter. */
  marker: RegExp
  ordinal: (label: string) => number
  /** How many markers in order make a list. */
  least: number
}

const styles: ListStyle[] = [
  { marker: /(?<=^|\s)(\d{1,2})\.?\)\s+(?=\S)/gu, ordinal: Number, least: 2 },
  { marker: /(?<=^|\s)(\d{1,2})\.\s+(?=["“‘«(]?\p{Lu})/gu, ordinal: Number, least: 2 },
  { marker: /(?<=^|\s)\(?([a-z])[.)]\s+(?=\p{Lu})/gu, ordinal: (label) => label.charCodeAt(0) - 96, least: 2 },
]
const bullets = /[•⁃◦▪●]\s?(?=\S)/gu

/** Words that a number belongs to, so that it does not begin an item: "in section 2. The rule". */
const beforeFigures =
  /(?:^|\s)(?:sections?|chapters?|articles?|pages?|figures?|tables?|parts?|steps?|phases?|types?|grades?|levels?|rules?|numbers?|nos?\.|of|in|at|to|and|or|than|is|was|were|by|for|on|from|the|a)\s+$/i

/** Where items begin within a text, but for the first, and the stops in their markers: offsets into the text. */
export interface InlineItems {
  starts: number[]
  stops: ReadonlySet<number>
}

/**
 * Finds a list that runs on within a text: the text begins with the marker of an item, and the ones that follow come in order. Bullets need a second one
 * of the same sign. Nothing where a figure belongs to the words before it.
 */
export function findInlineItems(text: string): InlineItems {
  const first = /^\s*(\S)/u.exec(text)?.[1] ?? ''
  const none: InlineItems = { starts: [], stops: new Set() }
  if (/[•⁃◦▪●]/u.test(first)) {
    const found = [...text.matchAll(bullets)].filter((match) => match[0].startsWith(first))
    const stops = found.flatMap((match) => {
      const number = /^\d{1,2}(?=\.\s)/.exec(text.slice(match.index + match[0].length, match.index + 8))
      return number ? [match.index + match[0].length + number[0].length] : []
    })
    return { starts: found.slice(1).map(({ index }) => index), stops: new Set(stops) }
  }
  if (!/[\da-z(]/.test(first)) return none
  for (const { marker, ordinal, least } of styles) {
    const items: { at: number; length: number }[] = []
    let next: number | null = null
    for (const match of text.matchAll(marker)) {
      const number = ordinal(match[1] ?? '')
      if (next === null) {
        if (text.slice(0, match.index).trim() !== '') break
      } else if (number !== next || beforeFigures.test(text.slice(Math.max(0, match.index - 24), match.index))) continue
      items.push({ at: match.index, length: match[0].length })
      next = number + 1
    }
    if (items.length < least) continue
    const stops = items.flatMap(({ at, length }) => {
      const stop = text.slice(at, at + length).indexOf('.')
      return stop < 0 ? [] : [at + stop]
    })
    return { starts: items.slice(1).map(({ at }) => at), stops: new Set(stops) }
  }
  return none
}
