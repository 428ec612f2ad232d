'use client'

import { useMemo, useState } from 'react'
import { Select } from '@/components/ui/controls/field'
import { countInWords, numberInWords } from '@/components/ui/text/wording'
import type { MatrixCell, MatrixDocument, MatrixReviewer } from '@/lib/domain/assignments/matrix'
import type { Board } from './board'

/** What the matrix can be narrowed to. */
const matrixFilters = ['all', 'late', 'not-started', 'submitted', 'short', 'to-settle'] as const

type MatrixFilter = (typeof matrixFilters)[number]

/** The filters in words. */
const filterNames: Record<MatrixFilter, string> = {
  all: 'All documents',
  late: 'Late',
  'not-started': 'Not started',
  submitted: 'Submitted',
  short: 'Short of reviewers',
  'to-settle': 'To settle',
}

/** What of the matrix is shown. */
interface Narrowed {
  filter: MatrixFilter
  setFilter: (filter: MatrixFilter) => void
  /** The one reviewer who is shown; empty for all. */
  reviewerId: string
  setReviewerId: (id: string) => void
  documents: readonly MatrixDocument[]
  reviewers: readonly MatrixReviewer[]
}

/** Narrows the matrix to some documents and to one reviewer. */
export function useMatrixFilter(matrix: Board['matrix']): Narrowed {
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

/** The choices that narrow the matrix, and how much of it they leave. */
export function MatrixFilterBar({
  matrix,
  narrowed: { filter, setFilter, reviewerId, setReviewerId, documents },
  canDrag,
}: {
  matrix: Board['matrix']
  narrowed: Narrowed
  /** Whether work can be dragged here, which is then said. */
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
 * The documents that a filter leaves: those with a cell that fits (of the reviewer, when one is named); for `short` and `to-settle` those that
 * lack reviewers or verdicts.
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
