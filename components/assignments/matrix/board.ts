import type { MatrixCell, MatrixDocument, MatrixReviewer, SessionMatrix } from '@/lib/domain/assignments/matrix'
import type { ConflictView } from '@/lib/domain/conflicts-of-interest/schema'

/** A cell with its document and reviewer; `cell` is null when the reviewer does not have the document. */
export interface Place {
  document: MatrixDocument
  reviewer: MatrixReviewer
  cell: MatrixCell | null
}

/** A cell that holds an assignment. */
export type Held = Place & { cell: MatrixCell }

/** A question to the current member, asked before assignments change. */
export type Question =
  | {
      kind: 'reassign'
      held: readonly Held[]
      /** The id of the receiving reviewer, when already chosen. */
      to?: string
    }
  | { kind: 'assign'; document: MatrixDocument }
  | { kind: 'extend' | 'return' | 'withdraw'; held: readonly Held[] }
  | { kind: 'why'; held: Held }

/** The session behind the matrix, and what the current member may do in it. */
export interface Board {
  matrix: SessionMatrix
  conflicts: readonly ConflictView[]
  /** Whether the current member plans and leads the session. */
  leads: boolean
  /** The id of the current member, who cannot accept their own work. */
  memberId: string
}

/** Why a reviewer must not have a document; null when they declared no conflict of interest. */
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

/** Why a reviewer cannot be given a document, as a sentence; null when they can. */
export function obstacleOf(
  { conflicts }: Pick<Board, 'conflicts'>,
  { document, reviewer, cell }: Place,
): string | null {
  const { id, name } = reviewer.member
  if (!reviewer.reviews || !reviewer.inSession || !reviewer.active) return `${name} cannot be given documents now.`
  if (cell?.state === 'withdrawn') return `${name} had it before: give it back instead.`
  if (cell !== null) return `${name} has it already.`
  return conflictOf(conflicts, { document, memberId: id }) === null ? null : `${name} declared a conflict of interest.`
}

/** Whether a reviewer can be given a document: they review in this session, have not had it yet, and declared no conflict with it. */
export function canTake(board: Board, place: Place): boolean {
  return obstacleOf(board, place) === null
}

/** Whether an assignment can go from one reviewer to another now. */
export function isMovable({ matrix, leads }: Pick<Board, 'matrix' | 'leads'>, { state }: MatrixCell): boolean {
  if (!leads) return false
  if (matrix.state === 'draft') return true
  return matrix.state === 'active' && (state === 'assigned' || state === 'started' || state === 'returned')
}

/** Why a reviewer cannot take all of the assignments, as a sentence; null when they can. */
export function obstacleToGiving(board: Board, held: readonly Held[], reviewer: MatrixReviewer): string | null {
  const seen = new Set<string>()
  for (const { document } of held) {
    if (seen.has(document.id)) return `“${document.title}” is among them twice, and a reviewer reads it only once.`
    seen.add(document.id)
    const obstacle = obstacleOf(board, placeOf(document, reviewer))
    if (obstacle !== null) return held.length === 1 ? obstacle : `“${document.title}”: ${obstacle}`
  }
  return null
}

/** The cell of a document and a reviewer. */
export function placeOf(document: MatrixDocument, reviewer: MatrixReviewer): Place {
  return { document, reviewer, cell: document.cells.find(({ memberId }) => memberId === reviewer.member.id) ?? null }
}

/** The reviewers who can be given a document, those with the fewest words first. */
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

/** Says of a document of a session with a second reading that it was read once, as soon as claims are shown: it has none to settle. Empty otherwise. */
export function readOnceInWords({ readTwice, claims }: Pick<MatrixDocument, 'readTwice' | 'claims'>): string {
  return readTwice === false && claims !== null ? 'read once' : ''
}
