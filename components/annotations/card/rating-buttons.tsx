import { ratings, type Rating } from '@/lib/domain/annotations/rating'
import { classNames } from '@/components/ui/class-names'
import { ratingNames } from '@/lib/domain/annotations/words'

/** The key of each rating. */
export const ratingKeys: Record<Rating, string> = {
  sourced: '1',
  unsourced: '2',
  contradicted: '3',
  not_checkable: '4',
}

export interface RatingButtonsProps {
  /** The present rating; null when there is none yet. */
  value: Rating | null
  onRate: (rating: Rating) => void
  label: string
  className?: string | undefined
}

/** The four ratings side by side, each with its line style and name. */
export function RatingButtons({ value, onRate, label, className }: RatingButtonsProps) {
  return (
    <div role="group" aria-label={label} className={classNames('grid grid-cols-2 gap-1.5', className)}>
      {ratings.map((rating) => (
        <button
          key={rating}
          type="button"
          data-rating={rating}
          aria-pressed={value === rating}
          aria-keyshortcuts={ratingKeys[rating]}
          className={classNames(
            'flex min-h-8 items-center gap-2 rounded-md border px-2.5 text-start text-sm font-medium transition-colors duration-100',
            value === rating
              ? 'border-rating bg-rating-soft text-rating'
              : 'border-line text-ink-2 hover:border-line-strong hover:bg-hover hover:text-ink',
          )}
          onClick={() => {
            onRate(rating)
          }}
        >
          <span aria-hidden="true" className="rating-line flex" />
          {ratingNames[rating]}
        </button>
      ))}
    </div>
  )
}
