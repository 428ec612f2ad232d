import { memo, type ReactNode } from 'react'
import { classNames } from '@/components/ui/class-names'
import { countInWords } from '@/components/ui/text/wording'
import type { MatrixReviewer } from '@/lib/domain/assignments/matrix'

/** The line below a reviewer's name: how much of their work is finished. */
function headInWords({
  given,
  finished,
  inSession,
  isActive,
  isPlan,
}: {
  given: number
  finished: number
  inSession: boolean
  isActive: boolean
  isPlan: boolean
}): string {
  if (!isActive) return 'left the team'
  if (!inSession) return 'not in it any more'
  return isPlan ? countInWords(given, 'document') : `${String(finished)} of ${String(given)} in`
}

/** The column heads: the document, the reviewers with their finished work, the figures. Sticky while the rows scroll. */
export const MatrixHead = memo(function MatrixHead({
  reviewers,
  figures,
  isPlan,
  columns,
}: {
  reviewers: readonly MatrixReviewer[]
  figures: readonly string[]
  isPlan: boolean
  /** The column widths, as CSS. */
  columns: string
}) {
  return (
    <div
      role="row"
      aria-rowindex={1}
      className="sticky top-0 z-20 grid h-11 bg-surface"
      style={{ gridTemplateColumns: columns }}
    >
      <HeadCell index={1} sticky>
        Document
      </HeadCell>
      {reviewers.map(({ member, documents, finished, inSession, active }, at) => (
        <HeadCell key={member.id} index={at + 2}>
          <span dir="auto" className="block truncate text-ink" title={member.name}>
            {member.name}
          </span>
          <span className="tabular block truncate text-xs font-normal text-ink-3">
            {headInWords({ given: documents, finished, inSession, isActive: active, isPlan })}
          </span>
        </HeadCell>
      ))}
      {figures.map((name, at) => (
        <HeadCell key={name} index={reviewers.length + at + 2} numeric>
          {name}
        </HeadCell>
      ))}
    </div>
  )
})

function HeadCell({
  index,
  sticky = false,
  numeric = false,
  children,
}: {
  index: number
  sticky?: boolean
  numeric?: boolean
  children: ReactNode
}) {
  return (
    <div
      role="columnheader"
      aria-colindex={index}
      className={classNames(
        'grid min-w-0 content-center border-b border-line px-3 text-sm font-medium text-ink-2',
        numeric && 'text-end',
        sticky && 'sticky start-0 z-10 border-e bg-surface',
      )}
    >
      {children}
    </div>
  )
}

/** The widths of three kinds of column: the document, a reviewer, a figure. */
export function columnsOf(reviewers: number, figures: number): { template: string; least: string } {
  if (figures === 0) {
    return {
      template: `minmax(15rem, 2.4fr) repeat(${String(reviewers)}, minmax(8rem, 1fr))`,
      least: `${String(15 + 8 * reviewers)}rem`,
    }
  }
  return {
    template: `minmax(15rem, 2.4fr) repeat(${String(reviewers)}, minmax(7.75rem, 1fr)) 5.25rem${figures > 1 ? ' 4.5rem 6.75rem' : ''}`,
    least: `${String(15 + 7.75 * reviewers + (figures > 1 ? 16.5 : 5.25))}rem`,
  }
}
