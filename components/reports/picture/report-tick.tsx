import { TickShape } from '@/components/claims/tick-shape'
import type { AssessedRating } from '@/lib/domain/reports/schema'
import { classNames } from '@/components/ui/class-names'

/** The mark of one claim as large as a report draws it, in the shape and colour of its rating. */
export function ReportTick({ rating, className }: { rating: AssessedRating; className?: string }) {
  return (
    <svg
      viewBox="0 0 4 12"
      width={8}
      height={24}
      fill="none"
      stroke="currentColor"
      data-rating={rating}
      aria-hidden
      className={classNames('shrink-0 overflow-visible text-rating', className)}
    >
      <TickShape end={rating} />
    </svg>
  )
}
