import { Bar } from '@/components/ui/layout/bar'
import { classNames } from '@/components/ui/class-names'
import type { MatrixCell } from '@/lib/domain/assignments/matrix'
import { cellInWords } from './cell-words'

/** What a cell shows: a bar and words; for a place without an assignment a dash, or that a conflict was declared. */
export function CellContent({
  cell,
  total,
  at,
  planned,
  conflicted,
}: {
  cell: MatrixCell | null
  total: number
  at: string
  planned: boolean
  conflicted: boolean
}) {
  if (cell === null) {
    return conflicted ? (
      <span className="text-sm text-ink-3">conflict declared</span>
    ) : (
      <span role="img" aria-label="not assigned" className="text-ink-3">
        –
      </span>
    )
  }
  const { text, tone, share } = cellInWords(cell, { total, at, planned })
  return (
    <span className="grid w-full min-w-0 gap-1">
      {share !== null && <Bar share={share} />}
      <span
        className={classNames(
          'tabular line-clamp-2 text-sm leading-[1.15]',
          tone === 'late' ? 'font-medium text-danger' : tone === 'quiet' ? 'text-ink-3 italic' : 'text-ink-2',
        )}
        title={text}
      >
        {text}
      </span>
    </span>
  )
}
