import type { Figure } from '@/lib/domain/agreement/schema'
import { countInWords, numberInWords } from '@/components/ui/wording'

/** A figure of agreement with three decimals, without the zero before the point, as the field writes them: ".743", "−.120", "1". */
export function figureInWords(value: number): string {
  const text = Math.abs(value).toFixed(3)
  const short = text.startsWith('0') ? text.slice(1) : text === '1.000' ? '1' : text
  return value < 0 && text !== '0.000' ? `−${short}` : short
}

/** The interval of a figure, or why there is none. */
export function intervalInWords({ interval, intervalReason }: Figure): string {
  if (interval === null) return intervalReason?.says ?? ''
  return `${figureInWords(interval.low)} to ${figureInWords(interval.high)}`
}

const units: Record<Figure['unit'], string> = { claims: 'claim', characters: 'character', pairs: 'pair' }

/** What a figure rests on: "48 claims, 3 reviewers". */
export function basisInWords({ unit, n, raters }: Figure): string {
  return `${countInWords(n, units[unit])}, ${countInWords(raters, 'reviewer')}`
}

/** What did not enter a figure, in sentences. */
export function leftOutInWords({ leftOut }: Figure): string {
  return leftOut
    .filter(({ count }) => count > 0)
    .map(({ count, says }) => (says === '' ? numberInWords(count) : says))
    .join(' ')
}
