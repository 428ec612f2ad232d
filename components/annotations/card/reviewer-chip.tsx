import { initialsOf } from '@/components/ui/text/wording'
import { classNames } from '@/components/ui/class-names'

/** The author of a mark: initials in a chip and the name, or with `short` the chip alone. One's own chip is filled, others are outlined. */
export function ReviewerChip({ name, own, short = false }: { name: string; own: boolean; short?: boolean }) {
  return (
    <span
      className="inline-flex min-w-0 shrink-0 items-center gap-1.5 text-xs text-ink-2"
      title={short ? name : undefined}
    >
      <span
        aria-hidden="true"
        className={classNames(
          'grid h-[1.15rem] min-w-[1.15rem] shrink-0 place-items-center rounded-full px-1 text-[0.6rem] leading-none font-semibold tracking-wide',
          own ? 'bg-accent text-on-accent' : 'bg-surface text-ink-2 ring-1 ring-field',
        )}
      >
        {initialsOf(name)}
      </span>
      <span dir="auto" className={short ? 'sr-only' : 'truncate'}>
        {own ? 'You' : name}
      </span>
    </span>
  )
}
