import type { RefObject } from 'react'
import { classNames } from '@/components/ui/class-names'
import { countInWords } from '@/components/ui/text/wording'
import { besideMouse, type CellDrag } from './use-cell-drag'

/** What would happen if the mouse were let go, beside the mouse. */
export function DragLabel({ drag, label }: { drag: CellDrag | null; label: RefObject<HTMLDivElement | null> }) {
  if (drag === null) return null
  const [first] = drag.held
  const what =
    first !== undefined && drag.held.length === 1
      ? `“${first.document.title}”`
      : countInWords(drag.held.length, 'assignment')
  const obstacle = drag.over?.obstacle ?? null
  return (
    <div
      ref={label}
      data-drag-label
      aria-hidden="true"
      style={{ translate: besideMouse(drag.from, 0) }}
      className={classNames(
        'pointer-events-none fixed top-0 left-0 z-50 max-w-72 rounded-md border bg-surface px-3 py-1.5 text-sm shadow-float',
        obstacle === null ? 'border-accent' : 'border-danger text-danger',
      )}
    >
      <span dir="auto" className="block truncate font-medium">
        {what}
      </span>
      <span dir="auto" className="block">
        {obstacle ?? (drag.over === null ? 'Let go over another reviewer' : `to ${drag.over.reviewer.member.name}`)}
      </span>
    </div>
  )
}
