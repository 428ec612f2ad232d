import { initialsOf } from '@/components/shell/initials'
import { classNames } from '@/components/ui/class-names'

/** Who made a mark: initials in a chip and the name. One's own chip is filled, others' are outlined. */
export function ReviewerChip({ name, own }: { name: string; own: boolean }) {
  return (
    <span className="inline-flex min-w-0 items-center gap-1.5 text-xs text-ink-2">
      <span
        aria-hidden="true"
        className={classNames(
          'grid h-[1.15rem] min-w-[1.15rem] shrink-0 place-items-center rounded-full px-1 text-[0.6rem] leading-none font-semibold tracking-wide',
          own ? 'bg-accent text-on-accent' : 'bg-surface text-ink-2 ring-1 ring-field',
        )}
      >
        {initialsOf(name)}
      </span>
      <span dir="auto" className="truncate">
        {own ? 'You' : name}
      </span>
    </span>
  )
}
