import type { MatrixCell, MatrixDocument, MatrixReviewer, SessionMatrix } from '@/lib/domain/assignments/matrix'
import type { ConflictView } from '@/lib/domain/conflicts-of-interest/schema'

/** A cell with the document and the reviewer it stands for; `cell` is null where the reviewer does not have the document. */
export interface Place {
  document: MatrixDocument
  reviewer: MatrixReviewer
  cell: MatrixCell | null
}

/** A cell that holds an assignment. */
export type Held = Place & { cell: MatrixCell }

/** What is asked of the person before something is done to assignments. */
export type Question =
  | {
      kind: 'reassign'
      held: readonly Held[]
      /** Who is to get it, where that was said already. */
      to?: string
    }
  | { kind: 'assign'; document: MatrixDocument }
  | { kind: 'extend' | 'return' | 'withdraw'; held: readonly Held[] }
  | { kind: 'why'; held: Held }

/** What the matrix is of, and what may be done in it. */
export interface Board {
  matrix: SessionMatrix
  conflicts: readonly ConflictView[]
  /** Whether the current member plans and leads. */
  leads: boolean
  /** The current member, whose own work is not theirs to accept. */
  memberId: string
}

/** Why a reviewer is never given a document; null when nothing was declared. */
export function conflictOf(
  conflicts: readonly ConflictView[],
  { document, memberId }: { document: MatrixDocument; memberId: string },
): ConflictView | null {
  return (
    conflicts.find(
      (conflict) =>
        conflict.member.id === memberId &&
        (conflict.document?.id === document.id || conflict.source?.id === document.source.id),
    ) ?? null
  )
}

/** Why a reviewer cannot be given a document, in a sentence; null when they can. */
export function obstacleOf(
  { conflicts }: Pick<Board, 'conflicts'>,
  { document, reviewer, cell }: Place,
): string | null {
  const { id, name } = reviewer.member
  if (!reviewer.reviews || !reviewer.inSession || !reviewer.active) return `${name} cannot be assigned anything now.`
  if (cell?.state === 'withdrawn') return `${name} had it before: give it back instead.`
  if (cell !== null) return `${name} has it already.`
  return conflictOf(conflicts, { document, memberId: id }) === null ? null : `${name} declared a conflict of interest.`
}

/** Whether a reviewer can be given a document: they review here, have not had it yet, and declared nothing against it. */
export function canTake(board: Board, place: Place): boolean {
  return obstacleOf(board, place) === null
}

/** Whether an assignment can go from one reviewer to another now. */
export function isMovable({ matrix, leads }: Pick<Board, 'matrix' | 'leads'>, { state }: MatrixCell): boolean {
  if (!leads) return false
  if (matrix.state === 'draft') return true
  return matrix.state === 'active' && (state === 'assigned' || state === 'started' || state === 'returned')
}

/** Why assignments cannot all go to a reviewer, in a sentence; null when they can. */
export function obstacleToGiving(board: Board, held: readonly Held[], reviewer: MatrixReviewer): string | null {
  const seen = new Set<string>()
  for (const { document } of held) {
    if (seen.has(document.id)) return `“${document.title}” is among them twice, and nobody reads it twice.`
    seen.add(document.id)
    const obstacle = obstacleOf(board, placeOf(document, reviewer))
    if (obstacle !== null) return held.length === 1 ? obstacle : `“${document.title}”: ${obstacle}`
  }
  return null
}

/** The place of a reviewer in a document. */
export function placeOf(document: MatrixDocument, reviewer: MatrixReviewer): Place {
  return { document, reviewer, cell: document.cells.find(({ memberId }) => memberId === reviewer.member.id) ?? null }
}

/** Who can be given a document, those with the fewest words first. */
export function takersOf(board: Board, document: MatrixDocument): MatrixReviewer[] {
  return board.matrix.reviewers
    .filter((reviewer) => canTake(board, placeOf(document, reviewer)))
    .sort((one, other) => one.words - other.words)
}

/** The assignments with the given ids, in the order of the matrix; ids that are gone are left out. */
export function heldOf({ documents, reviewers }: SessionMatrix, ids: ReadonlySet<string>): Held[] {
  if (ids.size === 0) return []
  const byId = new Map(reviewers.map((reviewer) => [reviewer.member.id, reviewer]))
  return documents.flatMap((document) =>
    document.cells.flatMap((cell) => {
      const reviewer = byId.get(cell.memberId)
      return ids.has(cell.assignmentId) && reviewer !== undefined ? [{ document, reviewer, cell }] : []
    }),
  )
}
