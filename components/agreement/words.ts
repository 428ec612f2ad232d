import type { Agreement, Figure } from '@/lib/domain/agreement/schema'
import { percent } from '@/lib/domain/statistics/number-words'
import { countInWords, numberInWords } from '@/components/ui/text/wording'

/** A figure of agreement with three decimals and no leading zero, as statistics writes it: ".743", "−.120", "1". */
export function figureInWords(value: number): string {
  const text = Math.abs(value).toFixed(3)
  const short = text.startsWith('0') ? text.slice(1) : text === '1.000' ? '1' : text
  return value < 0 && text !== '0.000' ? `−${short}` : short
}

/** The interval of a figure, or the reason why there is none. */
export function intervalInWords({ interval, intervalReason }: Figure): string {
  if (interval === null) return intervalReason?.says ?? ''
  return `${figureInWords(interval.low)} to ${figureInWords(interval.high)}`
}

const units: Record<Figure['unit'], string> = { claims: 'claim', characters: 'character', pairs: 'pair' }

/** The base of a figure: "48 claims, 3 reviewers". */
export function basisInWords({ unit, n, raters }: Figure): string {
  return `${countInWords(n, units[unit])}, ${countInWords(raters, 'reviewer')}`
}

/** What a figure leaves out, in sentences. */
export function leftOutInWords({ leftOut }: Figure): string {
  return leftOut
    .filter(({ count }) => count > 0)
    .map(({ count, says }) => (says === '' ? numberInWords(count) : says))
    .join(' ')
}

/**
 * The agreement of a session for people who do not read statistics: how often two reviewers rated a claim alike, and whether other reviewers can be
 * expected to. A comparison is a pair of ratings of one claim by two reviewers; comparisons are weighted so that each rating counts once.
 */
export function agreementInPlainWords({
  coincidences,
  claims: { coMarked },
  established,
}: Pick<Agreement, 'coincidences' | 'claims' | 'established'>): string {
  const alike = coincidences.coMarked.reduce((sum, row, place) => sum + (row[place] ?? 0), 0)
  const all = coincidences.coMarked.flat().reduce((sum, count) => sum + count, 0)
  if (coMarked === 0 || all === 0) return 'No claim was marked by two reviewers, so their agreement cannot be measured.'
  const share = percent(alike / all)
  const judged = established
    ? 'That is enough to expect the same of others who follow these guidelines.'
    : 'That is not enough to say how others would judge.'
  return `Where two reviewers marked the same claim without seeing each other, they rated it alike in ${share} % of cases, over ${countInWords(coMarked, 'claim')}. ${judged}`
}
