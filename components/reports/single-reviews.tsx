import { Link } from '@/components/ui/controls/link'
import { countInWords } from '@/components/ui/text/wording'
import type { ReportView } from '@/lib/domain/reports/schema'

/**
 * Whether claims that one person alone judged are counted, and the way to the other choice. Nothing where there are none, or where a session read them once by
 * design: then they are in its estimate.
 */
export function SingleReviews({ report: { source, claims, choices, twoPhase } }: { report: ReportView }) {
  const { singleReview } = claims
  if (singleReview === 0 || twoPhase !== undefined) return null
  const counted = choices.singleReviews === 'counted'
  const address = `/sources/${source.id}/report`
  return (
    <p className="mb-5 text-sm text-ink-2 print:hidden">
      {countInWords(singleReview, 'claim')} that one person alone judged {singleReview === 1 ? 'is' : 'are'}{' '}
      {counted ? 'counted, because you chose so.' : 'not counted.'}{' '}
      <Link
        href={counted ? address : `${address}?singles=counted`}
        className="whitespace-nowrap text-ink underline decoration-line-strong underline-offset-2 hover:decoration-current"
      >
        {counted ? 'Leave them out' : 'Count them too'}
      </Link>
    </p>
  )
}
