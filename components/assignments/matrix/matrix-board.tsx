'use client'

import { useMemo, useState, useSyncExternalStore } from 'react'
import type { MatrixReviewer, MatrixDocument, MatrixCell } from '@/lib/domain/assignments/matrix'
import { Select } from '@/components/ui/controls/field'
import { countInWords, numberInWords } from '@/components/ui/text/wording'
import { QuestionDialog } from '../questions/question-dialog'
import { type Board, type Held, heldOf, isMovable } from './board'
import { BulkBar, useAssignmentDeeds, type CellDeeds } from './cell-deeds'
import { MatrixCards } from './matrix-cards'
import { MatrixGrid } from './matrix-grid'

/** The matrix of documents × reviewers with its filters, menus, selection and questions. Shown as cards on small screens. */
export function MatrixBoard({ board }: { board: Board }) {
  const { matrix, leads, memberId } = board
  const { isBusy, question, ask, change } = useAssignmentDeeds(matrix.sessionId)
  const narrowed = useMatrixFilter(matrix)
  const { documents, reviewers } = narrowed
  const { selected, select, selectRow, clear } = useSelection(documents, reviewers)
  const isWide = useWide()
  const held = useMemo(() => heldOf(matrix, selected), [matrix, selected])
  const deeds: CellDeeds = { change, ask, isSelected: (id) => selected.has(id), select }

  const give = (given: readonly Held[], { member }: MatrixReviewer) => {
    const ids = given.map(({ cell }) => cell.assignmentId)
    // While the session is a plan, reassigning asks nothing. Once it is active, both reviewers are notified and a reason can be given.
    if (matrix.state === 'draft') change({ action: 'reassign', ids, memberId: member.id, comment: '' })
    else ask({ kind: 'reassign', held: given, to: member.id })
  }

  const parts = { board, documents, reviewers, selected, deeds }
  const canDrag = reviewers.length > 1 && documents.some(({ cells }) => cells.some((cell) => isMovable(board, cell)))
  return (
    <div>
      {matrix.documents.length > 1 && <MatrixFilterBar matrix={matrix} narrowed={narrowed} canDrag={canDrag} />}
      {documents.length === 0 ? (
        <p className="rounded-lg border border-dashed border-line-strong px-6 py-10 text-center text-ink-2">
          {matrix.documents.length === 0 ? 'The session has no documents.' : 'No document matches these filters.'}
        </p>
      ) : (
        <>
          {isWide !== false && (
            <div className="max-md:hidden">
              <MatrixGrid {...parts} onSelectRow={selectRow} onGive={give} />
            </div>
          )}
          {isWide !== true && (
            <div className="md:hidden">
              <MatrixCards {...parts} isFirst={isWide === null} />
            </div>
          )}
        </>
      )}
      {leads && (
        <BulkBar
          held={held}
          state={matrix.state}
          memberId={memberId}
          busy={isBusy}
          onChange={change}
          onAsk={ask}
          onClear={clear}
        />
      )}
      <QuestionDialog
        board={board}
        question={question}
        busy={isBusy}
        onClose={() => {
          ask(null)
        }}
        onChange={change}
      />
    </div>
  )
}

/** The ids of the selected assignments, and the function that changes them. */
function useSelection(documents: readonly MatrixDocument[], reviewers: readonly MatrixReviewer[]) {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const select = (id: string) => {
    setSelected((before) => {
      const after = new Set(before)
      if (!after.delete(id)) after.add(id)
      return after
    })
  }
  const selectRow = (documentId: string) => {
    const cells = documents.find(({ id }) => id === documentId)?.cells ?? []
    const shown = cells.filter((cell) => reviewers.some(({ member }) => member.id === cell.memberId))
    setSelected((before) => {
      const isWhole = shown.every(({ assignmentId }) => before.has(assignmentId))
      const after = new Set(before)
      for (const { assignmentId } of shown) {
        if (isWhole) after.delete(assignmentId)
        else after.add(assignmentId)
      }
      return after
    })
  }
  const clear = () => {
    setSelected(new Set())
  }
  return { selected, select, selectRow, clear }
}

/** The width from which the matrix is shown; the same as the `md` of the styles. */
const query = '(width >= 45rem)'

function subscribe(listener: () => void): () => void {
  const list = matchMedia(query)
  list.addEventListener('change', listener)
  return () => {
    list.removeEventListener('change', listener)
  }
}

/** Whether the screen has room for a wide table; null on the server, which cannot know. */
function useWide(): boolean | null {
  return useSyncExternalStore<boolean | null>(
    subscribe,
    () => matchMedia(query).matches,
    () => null,
  )
}

/** The filters of the matrix. */
const matrixFilters = ['all', 'late', 'not-started', 'submitted', 'short', 'to-settle'] as const

type MatrixFilter = (typeof matrixFilters)[number]

/** The labels of the filters. */
const filterNames: Record<MatrixFilter, string> = {
  all: 'All documents',
  late: 'Late',
  'not-started': 'Not started',
  submitted: 'Submitted',
  short: 'Short of reviewers',
  'to-settle': 'To settle',
}

/** The part of the matrix that is shown. */
interface Narrowed {
  filter: MatrixFilter
  setFilter: (filter: MatrixFilter) => void
  /** The id of the one reviewer shown; empty for all. */
  reviewerId: string
  setReviewerId: (id: string) => void
  documents: readonly MatrixDocument[]
  reviewers: readonly MatrixReviewer[]
}

/** Narrows the matrix to matching documents and to one reviewer. */
function useMatrixFilter(matrix: Board['matrix']): Narrowed {
  const [filter, setFilter] = useState<MatrixFilter>('all')
  const [reviewerId, setReviewerId] = useState('')
  const documents = useMemo(
    () => filterDocuments(matrix.documents, { filter, memberId: reviewerId === '' ? null : reviewerId }),
    [matrix.documents, filter, reviewerId],
  )
  const reviewers = useMemo(
    () => matrix.reviewers.filter(({ member }) => reviewerId === '' || member.id === reviewerId),
    [matrix.reviewers, reviewerId],
  )
  return { filter, setFilter, reviewerId, setReviewerId, documents, reviewers }
}

/** The controls that narrow the matrix, and how many documents are left. */
function MatrixFilterBar({
  matrix,
  narrowed: { filter, setFilter, reviewerId, setReviewerId, documents },
  canDrag,
}: {
  matrix: Board['matrix']
  narrowed: Narrowed
  /** Whether work can be dragged here; if so, a hint says it. */
  canDrag: boolean
}) {
  const filters = matrixFilters.filter(
    (name) =>
      (name !== 'to-settle' || matrix.totals.openClaims !== null) &&
      (matrix.state !== 'draft' || name === 'all' || name === 'short'),
  )
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2 print:hidden">
      <Select
        label="Which documents"
        hideLabel
        fieldClassName="min-w-0 max-md:flex-1 md:w-48"
        value={filter}
        options={filters.map((value) => ({ value, label: filterNames[value] }))}
        onChange={(event) => {
          setFilter(matrixFilters.find((name) => name === event.currentTarget.value) ?? 'all')
        }}
      />
      <Select
        label="Which reviewers"
        hideLabel
        fieldClassName="min-w-0 max-md:flex-1 md:w-48"
        value={reviewerId}
        options={[
          { value: '', label: 'All reviewers' },
          ...matrix.reviewers.map(({ member }) => ({ value: member.id, label: member.name })),
        ]}
        onChange={(event) => {
          setReviewerId(event.currentTarget.value)
        }}
      />
      <span role="status" className="tabular text-sm text-ink-3 max-md:basis-full">
        {documents.length === matrix.documents.length
          ? countInWords(documents.length, 'document')
          : `${numberInWords(documents.length)} of ${countInWords(matrix.documents.length, 'document')}`}
      </span>
      {canDrag && (
        <span className="ms-2 text-sm text-ink-3 max-md:hidden pointer-coarse:hidden">
          Drag work to another reviewer, or open its menu.
        </span>
      )}
    </div>
  )
}

function fits(filter: MatrixFilter, cell: MatrixCell): boolean {
  switch (filter) {
    case 'late':
      return cell.overdue
    case 'not-started':
      return cell.state === 'assigned'
    case 'submitted':
      return cell.state === 'submitted'
    default:
      return cell.state !== 'withdrawn'
  }
}

/**
 * The documents that a filter keeps: those with a matching cell, of the named reviewer if there is one. `short` and `to-settle` keep the documents
 * that lack reviewers or verdicts.
 */
function filterDocuments(
  documents: readonly MatrixDocument[],
  { filter, memberId }: { filter: MatrixFilter; memberId: string | null },
): readonly MatrixDocument[] {
  if (filter === 'all' && memberId === null) return documents
  return documents.filter(({ cells, missing, openClaims }) => {
    const own = memberId === null ? cells : cells.filter((cell) => cell.memberId === memberId)
    if (filter === 'short') return (missing ?? 0) > 0 && (memberId === null || own.length > 0)
    if (filter === 'to-settle') return (openClaims ?? 0) > 0 && (memberId === null || own.length > 0)
    return own.some((cell) => fits(filter, cell))
  })
}
