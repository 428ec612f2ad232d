/** Converts between UTF-16 code units, which all of this program counts, and Unicode code points, which files that leave it count. */
export interface CodePoints {
  /** The code points before an offset in UTF-16 code units. */
  fromUnits: (units: number) => number
  /** The offset in UTF-16 code units of a number of code points; past the end, as many more as are asked for. */
  toUnits: (points: number) => number
}

/** The conversion for one text: it is read once, each conversion takes the logarithm of its characters beyond U+FFFF. */
export function countCodePoints(text: string): CodePoints {
  // Where each character of two code units begins. A lone half is a code point of its own.
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
