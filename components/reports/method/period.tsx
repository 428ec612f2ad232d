import { LocalTime } from '@/components/ui/text/local-time'
import { countInWords, dateInWords } from '@/components/ui/text/wording'
import type { ReportView } from '@/lib/domain/reports/schema'

/** When the reviewed documents were published, and when they were reviewed. */
export function PeriodInWords({ report: { period, reviewedDocuments } }: { report: ReportView }) {
  const { published, reviewed } = period
  const { from, to, undated } = published
  const dated = reviewedDocuments - undated
  return (
    <p className="mb-4 max-w-2xl text-ink-2">
      {from === null || to === null ? (
        'None of the reviewed documents has a publication date. '
      ) : (
        <>
          {countInWords(dated, 'reviewed document was', 'reviewed documents were')} published{' '}
          {from === to ? `on ${dateInWords(from)}` : `from ${dateInWords(from)} to ${dateInWords(to)}`}
          {undated > 0 && `; ${countInWords(undated, 'other has no date', 'others have no date')}`}.{' '}
        </>
      )}
      {reviewed !== null && (
        <>
          Reviewed from <LocalTime instant={reviewed.from} /> to <LocalTime instant={reviewed.to} />.
        </>
      )}
    </p>
  )
}
