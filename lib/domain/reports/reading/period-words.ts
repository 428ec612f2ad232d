import type { ReportView } from '../schema'
import { countOf } from './number-words'

/** A stretch between two days: "on 3 March 2026", "from 3 March 2026 to 9 March 2026". */
function stretch(from: string, to: string, wordOf: (day: string) => string): string {
  return wordOf(from) === wordOf(to) ? `on ${wordOf(from)}` : `from ${wordOf(from)} to ${wordOf(to)}`
}

/**
 * When the documents of a report were published and when they were reviewed, in one sentence; days are those of UTC. Empty where nothing was reviewed.
 * @param wordOf words a date (YYYY, YYYY-MM or YYYY-MM-DD)
 */
export function describePeriod(
  { period, reviewedDocuments }: Pick<ReportView, 'period' | 'reviewedDocuments'>,
  wordOf: (date: string) => string,
): string {
  if (reviewedDocuments === 0) return ''
  const { published, reviewed } = period
  const { from, to, undated } = published
  const dated =
    from === null || to === null
      ? `Documents without a publication date`
      : `Documents published ${/^\d{4}-\d{2}-\d{2}$/.test(from) || from !== to ? stretch(from, to, wordOf) : `in ${wordOf(from)}`}`
  const others = from === null || undated === 0 ? '' : ` (${countOf(undated, 'other has', 'others have')} no date)`
  const when =
    reviewed === null ? '' : `, reviewed ${stretch(reviewed.from.slice(0, 10), reviewed.to.slice(0, 10), wordOf)}`
  return `${dated}${others}${when}.`
}
