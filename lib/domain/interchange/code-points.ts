/** Converts between UTF-16 code units, the unit inside this program, and Unicode code points, the unit of exported files. */
export interface CodePoints {
  /** The code points before an offset in UTF-16 code units. */
  fromUnits: (units: number) => number
  /** The UTF-16 offset of a code point; beyond the end of the text, each further code point adds one. */
  toUnits: (points: number) => number
}

/** Makes the conversion for one text. The text is read once; each conversion then takes the logarithm of its characters beyond U+FFFF. */
export function countCodePoints(text: string): CodePoints {
  // The starts of characters with two code units. A lone half is a code point of its own.
  const pairs: number[] = []
  for (const { index } of text.matchAll(/[\u{10000}-\u{10FFFF}]/gu)) pairs.push(index)
  const countBelow = (limit: (at: number) => number, value: number) => {
    let low = 0
    let high = pairs.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (limit(middle) < value) low = middle + 1
      else high = middle
    }
    return low
  }
  return {
    fromUnits: (units) => units - countBelow((at) => (pairs[at] ?? 0) + 1, units),
    toUnits: (points) => points + countBelow((at) => (pairs[at] ?? 0) - at, points),
  }
}
