import type { Rating } from '@/lib/domain/annotations/rating'
import { ratingNames } from './figures'

/** A rating as a quiet label: its line style, its colour and its name. */
export function RatingLabel({ rating }: { rating: Rating }) {
  return (
    <span
      data-rating={rating}
      className="rating-line inline-flex w-fit items-center gap-1.5 rounded-full bg-rating-soft px-2.5 py-0.5 text-xs font-semibold text-rating"
    >
      {ratingNames[rating]}
    </span>
  )
}
