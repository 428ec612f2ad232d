/** Words up to this length are searched by the language's own search, whose worst case grows with their length. */
const mostForOwnSearch = 100

/**
 * Where words stand in a text, overlapping places too: offsets in UTF-16 code units, ascending, at most `most`. Takes time in proportion to the text however
 * the words repeat themselves (Knuth, Morris and Pratt).
 */
export function findAll(text: string, words: string, most: number): number[] {
  const places: number[] = []
  if (words === '') return places
  if (words.length <= mostForOwnSearch) {
    for (let at = text.indexOf(words); at !== -1 && places.length < most; at = text.indexOf(words, at + 1))
      places.push(at)
    return places
  }
  const fallbacks = fallbacksOf(words)
  let matched = 0
  for (let at = 0; at < text.length && places.length < most; at += 1) {
    const sign = text.charCodeAt(at)
    while (matched > 0 && words.charCodeAt(matched) !== sign) matched = fallbacks[matched - 1] ?? 0
    if (words.charCodeAt(matched) === sign) matched += 1
    if (matched === words.length) {
      places.push(at + 1 - words.length)
      matched = fallbacks[matched - 1] ?? 0
    }
  }
  return places
}

/** For each beginning of the words, how long the longest shorter beginning is that it ends with. */
function fallbacksOf(words: string): Uint32Array {
  const fallbacks = new Uint32Array(words.length)
  let length = 0
  for (let at = 1; at < words.length; at += 1) {
    while (length > 0 && words.charCodeAt(at) !== words.charCodeAt(length)) length = fallbacks[length - 1] ?? 0
    if (words.charCodeAt(at) === words.charCodeAt(length)) length += 1
    fallbacks[at] = length
  }
  return fallbacks
}
