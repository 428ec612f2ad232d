import type { ReactNode } from 'react'
import { classNames } from '../class-names'

export type TagTone = 'neutral' | 'accent' | 'danger'

const tones: Record<TagTone, string> = {
  neutral: 'bg-sunken text-ink-2 border-line',
  accent: 'bg-accent-soft text-accent border-transparent',
  danger: 'bg-contradicted-soft text-danger border-transparent',
}

/** A short label. `rating` (a rating's key) gives it that rating's colours and line style. */
export function Tag({
  tone = 'neutral',
  rating,
  className,
  children,
}: {
  tone?: TagTone | undefined
  rating?: string | undefined
  className?: string | undefined
  children: ReactNode
}) {
  return (
    <span
      data-rating={rating}
      className={classNames(
        'inline-flex max-w-full items-center gap-1.5 rounded-full border px-2 py-px text-xs font-semibold whitespace-nowrap forced-colors:border-current contrast:border-current',
        rating === undefined ? tones[tone] : 'rating-line border-transparent bg-rating-soft text-rating',
        className,
      )}
    >
      {children}
    </span>
  )
}
