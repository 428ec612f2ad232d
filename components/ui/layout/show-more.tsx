import { Button } from '../controls/button'
import { LinkButton } from '../controls/link-button'

export interface ShowMoreProps {
  /** How many are shown now, and of how many if that is known. */
  shown: number
  total?: number | undefined
  /** More of it by a link … */
  href?: string | undefined
  /** … or by a callback. */
  onMore?: (() => void) | undefined
  busy?: boolean | undefined
  label?: string | undefined
}

/** The foot of a long list: how much of it is shown, and the way to more. */
export function ShowMore({ shown, total, href, onMore, busy, label = 'Show more' }: ShowMoreProps) {
  return (
    <div className="mt-4 flex flex-wrap items-center justify-center gap-3 text-ink-3 print:hidden">
      <span className="tabular">
        {total === undefined ? `${String(shown)} shown` : `${String(shown)} of ${String(total)} shown`}
      </span>
      {href !== undefined && (
        <LinkButton size="small" href={href}>
          {label}
        </LinkButton>
      )}
      {onMore !== undefined && (
        <Button size="small" busy={busy} onClick={onMore}>
          {label}
        </Button>
      )}
    </div>
  )
}
