/** Characters for layout alone: soft hyphens, zero-width characters, marks of direction, variation selectors. */
export const unseen =
  /[\u00AD\u034F\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFE00-\uFE0F\uFEFF]/g

/** Single quotation marks, apostrophes, primes, and signs used in their place. */
export const singleQuotes =
  /[\u0060\u00B4\u02B9\u02BB\u02BC\u02BD\u02C8\u2018-\u201B\u2032\u2035\u2039\u203A\uFF07\uFF40]/g

/** Double quotation marks of all languages, and double primes. */
export const doubleQuotes = /[\u00AB\u00BB\u02BA\u201C-\u201F\u2033\u2036\u301D-\u301F\uFF02]/g

/** Hyphens and dashes of every length, and the minus sign. */
export const dashes = /[\u2010-\u2015\u2043\u2212\uFE58\uFE63\uFF0D]/g

/** How two texts that fold alike can differ; `letter-forms` are ligatures, decomposed letters and full width. */
export const typographicDifferences = ['quotation-marks', 'dashes', 'hyphenation', 'letter-forms', 'capitals'] as const
export type TypographicDifference = (typeof typographicDifferences)[number]

/** The differences that a stored list names, separated by spaces; unknown names are left out. */
export function readDifferences(stored: string): TypographicDifference[] {
  const names = new Set(stored.split(' '))
  return typographicDifferences.filter((kind) => names.has(kind))
}

/** How two texts differ that fold alike (see fold.ts); empty when they differ in white space alone. */
export function compareTypography(one: string, other: string): TypographicDifference[] {
  const first = partsOf(one)
  const second = partsOf(other)
  return typographicDifferences.filter((kind) => first[kind] !== second[kind])
}

/** The signs of a text by kind of difference, each kind in one string. */
function partsOf(text: string): Record<TypographicDifference, string> {
  const only = (pattern: RegExp) => (text.match(pattern) ?? []).join('')
  const letters = text
    .replaceAll(unseen, '')
    .replaceAll(singleQuotes, "'")
    .replaceAll(doubleQuotes, '"')
    .replaceAll(dashes, '-')
    .replaceAll(/\s+/g, '')
  return {
    'quotation-marks': only(singleQuotes) + only(doubleQuotes),
    dashes: only(dashes),
    hyphenation: only(unseen),
    'letter-forms': letters.toLowerCase(),
    capitals: letters.normalize('NFKC').replaceAll(/\P{Lu}/gu, ''),
  }
}

const differenceNames: Record<TypographicDifference, string> = {
  'quotation-marks': 'quotation marks',
  dashes: 'dashes',
  hyphenation: 'hyphenation',
  'letter-forms': 'forms of letters',
  capitals: 'capitals',
}

/** Typographic differences in words: "with other quotation marks and dashes". Empty when there are none. */
export function differencesInWords(differences: readonly TypographicDifference[]): string {
  const names = differences.map((difference) => differenceNames[difference])
  if (names.length === 0) return ''
  const last = names.at(-1) ?? ''
  return `with other ${names.length === 1 ? last : `${names.slice(0, -1).join(', ')} and ${last}`}`
}

/** The result of looking a quote up in the kept text of its reference. `none`: nothing is quoted. */
export const quoteChecks = ['word-for-word', 'other-typography', 'not-found', 'no-kept-text', 'none'] as const
export type QuoteCheck = (typeof quoteChecks)[number]
