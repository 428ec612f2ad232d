import type { QuotePlace } from './locate-quote'
import type { TypographicDifference } from '../text/typography'

/** What looking a quote up in the kept text of its reference came to. `none`: nothing is quoted. */
export const quoteChecks = ['word-for-word', 'other-typography', 'not-found', 'no-kept-text', 'none'] as const
export type QuoteCheck = (typeof quoteChecks)[number]

/** What the check of a quote came to, from what is stored of it. */
export function checkOfQuote({
  quote,
  hasSnapshot,
  place,
}: {
  quote: string
  hasSnapshot: boolean
  place: Pick<QuotePlace, 'differences'> | null
}): QuoteCheck {
  if (quote.trim() === '') return 'none'
  if (!hasSnapshot) return 'no-kept-text'
  if (place === null) return 'not-found'
  return place.differences.length === 0 ? 'word-for-word' : 'other-typography'
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
