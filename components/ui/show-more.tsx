import { Button } from './button'
import { LinkButton } from './link-button'

/** The foot of a long list: how much of it is shown, and more of it by a link or by a callback. */
export function ShowMore({
  shown,
  total,
  href,
  onMore,
  busy,
}: {
  shown: number
  total?: number | undefined
  href?: string | undefined
  onMore?: (() => void) | undefined
  busy?: boolean | undefined
}) {
  const label = 'Show more'
  return (
    <div className="mt-4 flex flex-wrap items-center justify-center gap-3 text-ink-3 print:hidden">
      <span className="tabular">{total === undefined ? `${shown} shown` : `${shown} of ${total} shown`}</span>
      {href !== undefined && (
        <LinkButton size="small" href={href} scroll={false}>
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
