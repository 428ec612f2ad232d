import type { MatrixCell, MatrixDocument } from '@/lib/domain/assignments/matrix'

/** What the matrix can be narrowed to. */
export const matrixFilters = ['all', 'late', 'not-started', 'submitted', 'short', 'to-settle'] as const
export type MatrixFilter = (typeof matrixFilters)[number]

/** The filters in words. */
export const filterNames: Record<MatrixFilter, string> = {
  all: 'All documents',
  late: 'Late',
  'not-started': 'Not started',
  submitted: 'Submitted',
  short: 'Short of reviewers',
  'to-settle': 'To settle',
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
export function filterDocuments(
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
