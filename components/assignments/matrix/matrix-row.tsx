'use client'

import { memo } from 'react'
import { Link } from '@/components/ui/controls/link'
import { classNames } from '@/components/ui/class-names'
import type { MenuTrigger } from '@/components/ui/overlays/menu'
import { Parts } from '@/components/ui/layout/parts'
import { numberInWords } from '@/components/ui/text/wording'
import type { MatrixDocument, MatrixReviewer } from '@/lib/domain/assignments/matrix'
import type { SessionState } from '@/lib/domain/review-sessions/states'
import { type Board, conflictOf, isMovable, placeOf, readOnceInWords } from './board'
import { CellContent } from './matrix-cell'

/** The height of a row, in rem. */
export const rowHeight = 3.75

/** The heads of the figures at the end of a row. A plan has nothing to count yet, and there are no claims before adjudication. */
export function figureColumns(state: SessionState): readonly string[] {
  if (state === 'draft') return []
  return state === 'active' ? ['Covered'] : ['Covered', 'Claims', 'To settle']
}

const cellClasses = 'flex min-w-0 items-center border-b border-line px-3'

export interface MatrixRowProps {
  board: Board
  document: MatrixDocument
  /** The index of the document among those shown. */
  index: number
  reviewers: readonly MatrixReviewer[]
  columns: string
  top: number
  /** The column that has the focus, or would get it; null when the focus belongs to another row. */
  activeColumn: number | null
  selected: ReadonlySet<string>
  /** Spread on the active cell, so that it opens the menu. */
  trigger: MenuTrigger | null
  /** The ids of the dragged assignments. */
  dragged: ReadonlySet<string>
  /** The index of the reviewer's column where assignments of this row would be dropped; null for none. */
  dropColumn: number | null
  /** Whether that drop would be accepted. */
  dropFits: boolean
}

function figuresOf({ covered, total, claims, openClaims }: MatrixDocument, state: SessionState): string[] {
  if (state === 'draft') return []
  const share =
    covered === null ? '' : total === 0 ? 'nothing to cover' : `${String(Math.floor((covered / total) * 100))} %`
  if (state === 'active') return [share]
  const counted = (count: number | null) => (count === null ? 'hidden' : numberInWords(count))
  return [share, counted(claims), counted(openClaims)]
}

/** One document with the cells of all reviewers. Memoised: moving the focus draws two rows again, not all. */
export const MatrixRow = memo(function MatrixRow({
  board,
  document,
  index,
  reviewers,
  columns,
  top,
  activeColumn,
  selected,
  trigger,
  dragged,
  dropColumn,
  dropFits,
}: MatrixRowProps) {
  const { matrix, leads } = board
  const focusable = (column: number) => ({
    'data-at': `${String(index)}:${String(column)}`,
    tabIndex: activeColumn === column ? 0 : -1,
  })
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className="group absolute inset-x-0 grid [contain:strict]"
      style={{
        gridTemplateColumns: columns,
        height: `${String(rowHeight)}rem`,
        transform: `translateY(${String(top)}px)`,
      }}
    >
      <DocumentHead document={document} leads={leads} selected={selected} focus={focusable(0)} />
      {reviewers.map((reviewer, at) => (
        <ReviewerCell
          key={reviewer.member.id}
          board={board}
          document={document}
          reviewer={reviewer}
          column={at + 1}
          focus={focusable(at + 1)}
          selected={selected}
          trigger={activeColumn === at + 1 ? trigger : null}
          dragged={dragged}
          drop={dropColumn !== at ? null : dropFits ? 'fits' : 'refused'}
        />
      ))}
      {figuresOf(document, matrix.state).map((figure, at) => (
        <div
          key={at}
          role="gridcell"
          aria-colindex={reviewers.length + at + 2}
          {...focusable(reviewers.length + at + 1)}
          className={classNames(
            cellClasses,
            'tabular justify-end text-end focus-visible:-outline-offset-2 group-hover:bg-hover/50',
            at === 2 && figure !== '0' ? 'font-semibold' : 'text-ink-2',
          )}
        >
          {figure === '' ? <span className="sr-only">not shown</span> : figure}
        </div>
      ))}
    </div>
  )
})

/** The attributes that make a cell reachable by arrow keys. */
interface Focusable {
  'data-at': string
  tabIndex: number
}

/** The first cell of a row: the document, and the checkbox that selects its assignments. */
function DocumentHead({
  document,
  leads,
  selected,
  focus,
}: {
  document: MatrixDocument
  leads: boolean
  selected: ReadonlySet<string>
  focus: Focusable
}) {
  const ids = document.cells.map(({ assignmentId }) => assignmentId)
  const isWhole = ids.length > 0 && ids.every((id) => selected.has(id))
  return (
    <div
      role="rowheader"
      aria-colindex={1}
      className={classNames(
        cellClasses,
        'sticky start-0 z-10 gap-2.5 border-e border-e-line bg-surface group-hover:bg-hover',
      )}
    >
      {leads && (
        <input
          type="checkbox"
          tabIndex={-1}
          aria-label={`Select the assignments of “${document.title}”`}
          data-select-row={document.id}
          disabled={ids.length === 0}
          checked={isWhole}
          readOnly
          className="size-4 shrink-0 accent-accent"
        />
      )}
      <span className="min-w-0">
        <Link
          {...focus}
          dir="auto"
          prefetch={false}
          href={`/documents/${document.id}`}
          className="block font-serif text-md font-medium hover:underline"
          title={document.title}
        >
          <MiddleCut words={document.title} />
        </Link>
        <span className="block truncate text-sm text-ink-3">
          <Parts parts={[document.source.name, `${numberInWords(document.words)} words`, readOnceInWords(document)]} />
        </span>
      </span>
    </div>
  )
}

/** The cell of a reviewer: a button that opens its menu. */
function ReviewerCell({
  board,
  document,
  reviewer,
  column,
  focus,
  selected,
  trigger,
  dragged,
  drop,
}: Pick<MatrixRowProps, 'board' | 'document' | 'selected' | 'trigger' | 'dragged'> & {
  reviewer: MatrixReviewer
  /** Its column index, from 1. */
  column: number
  focus: Focusable
  /** Whether a drop here would be accepted; null when nothing is dragged over the cell. */
  drop: 'fits' | 'refused' | null
}) {
  const { matrix, conflicts, leads } = board
  const { cell } = placeOf(document, reviewer)
  const isSelected = cell !== null && selected.has(cell.assignmentId)
  return (
    <div
      role="gridcell"
      aria-colindex={column + 1}
      {...(leads && cell !== null ? { 'aria-selected': isSelected } : {})}
      className="grid border-b border-line p-1 group-hover:bg-hover/50"
    >
      <button
        type="button"
        {...focus}
        {...(trigger ?? { 'aria-haspopup': 'menu' as const })}
        {...(cell === null ? {} : { 'data-assignment': cell.assignmentId })}
        className={classNames(
          'flex min-w-0 items-center rounded-sm border px-2 text-start hover:bg-hover focus-visible:-outline-offset-2',
          isSelected ? 'border-accent bg-accent-soft' : 'border-transparent',
          cell !== null && isMovable(board, cell) && 'cursor-grab',
          cell !== null && dragged.has(cell.assignmentId) && 'opacity-50',
          drop !== null && (drop === 'fits' ? 'border-dashed border-accent!' : 'border-dashed border-danger!'),
        )}
      >
        <CellContent
          cell={cell}
          total={document.total}
          at={matrix.at}
          planned={matrix.state === 'draft'}
          conflicted={conflictOf(conflicts, { document, memberId: reviewer.member.id }) !== null}
        />
      </button>
    </div>
  )
}

/** The fewest characters always shown at the end, and the length up to which text is cut at its end as usual. */
const kept = 12
const shortest = 28

/**
 * Text on one line that is cut in the middle when it does not fit, so that texts with the same beginning can be told apart. The cut falls between two
 * words; assistive technology reads the whole. The parent needs a `title`.
 */
function MiddleCut({ words }: { words: string }) {
  const cut = words.lastIndexOf(' ', words.length - kept) + 1
  if (words.length <= shortest || cut < kept) return <span className="block truncate">{words}</span>
  return (
    <span className="flex min-w-0">
      <span className="truncate whitespace-pre">{words.slice(0, cut)}</span>
      <span className="max-w-1/2 shrink-0 truncate whitespace-pre">{words.slice(cut)}</span>
    </span>
  )
}
