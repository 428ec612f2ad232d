import type { MenuItem } from '@/components/ui/overlays/menu'
import type { BulkAssignments } from '@/lib/domain/assignments/schema'
import { canTake, conflictOf, type Board, type Held, type Place, type Question } from './board'

/** What a cell's menu can set off. */
export interface CellDeeds {
  change: (input: BulkAssignments) => void
  ask: (question: Question) => void
  select: (assignmentId: string) => void
  isSelected: (assignmentId: string) => boolean
}

function emptyCell(board: Board, place: Place, deeds: CellDeeds): MenuItem[] {
  const { document, reviewer } = place
  const { id, name } = reviewer.member
  if (canTake(board, place)) {
    return [
      {
        kind: 'action',
        label: `Assign to ${name}`,
        onSelect: () => {
          deeds.change({ action: 'assign', pairs: [{ documentId: document.id, memberId: id }], dueAt: null })
        },
      },
    ]
  }
  const conflict = conflictOf(board.conflicts, { document, memberId: id })
  return [
    {
      kind: 'heading',
      label:
        conflict === null
          ? `${name} cannot be assigned anything now.`
          : `Conflict of interest${conflict.reason === '' ? '' : `: ${conflict.reason}`}`,
    },
  ]
}

/** The assignment's actions that its state allows, for a lead. */
function deedsOf(board: Board, held: Held, deeds: CellDeeds): MenuItem[] {
  const { cell, reviewer } = held
  const ids = [cell.assignmentId]
  const act = (label: string, onSelect: () => void, tone?: 'danger'): MenuItem => ({
    kind: 'action',
    label,
    onSelect,
    ...(tone === undefined ? {} : { tone }),
  })
  const simple = (label: string, action: 'remind' | 'accept' | 'release' | 'reinstate' | 'remove') =>
    act(label, () => {
      deeds.change({ action, ids })
    })
  const asking = (label: string, kind: 'extend' | 'return' | 'withdraw' | 'reassign') =>
    act(label, () => {
      deeds.ask({ kind, held: [held] })
    })
  const { state } = board.matrix
  if (state === 'draft') {
    return [asking('Give to another reviewer …', 'reassign'), simple('Take out of the plan', 'remove')]
  }
  const isOwn = cell.memberId === board.memberId
  const accept = cell.state === 'submitted' && !isOwn ? [simple('Accept', 'accept')] : []
  if (state !== 'active') return state === 'adjudication' ? accept : []
  switch (cell.state) {
    case 'assigned':
    case 'started':
    case 'returned':
      return [
        ...(isOwn ? [] : [simple(`Remind ${reviewer.member.name}`, 'remind')]),
        asking('Change the due date …', 'extend'),
        asking('Give to another reviewer …', 'reassign'),
        cell.overdue ? simple('Release: take back, late', 'release') : asking('Take back …', 'withdraw'),
      ]
    case 'submitted':
      return [...accept, asking('Return with a comment …', 'return'), asking('Take back …', 'withdraw')]
    case 'accepted':
      return [asking('Return with a comment …', 'return')]
    case 'withdrawn':
      return reviewer.active ? [simple('Give it back', 'reinstate')] : []
  }
}

/** What can be done in a cell of the matrix, for its menu. */
export function cellMenu(board: Board, place: Place, deeds: CellDeeds): MenuItem[] {
  const { document, cell } = place
  const open: MenuItem = { kind: 'link', label: 'Open the document', href: `/documents/${document.id}` }
  const { state } = board.matrix
  if (cell === null) {
    const isOpen = board.leads && (state === 'draft' || state === 'active')
    return [...(isOpen ? emptyCell(board, place, deeds) : []), open]
  }
  const held: Held = { ...place, cell }
  const why: MenuItem = {
    kind: 'action',
    label: 'Why this reviewer …',
    onSelect: () => {
      deeds.ask({ kind: 'why', held })
    },
  }
  if (!board.leads) return [open]
  const isSelected = deeds.isSelected(cell.assignmentId)
  return [
    ...deedsOf(board, held, deeds),
    { kind: 'separator' },
    open,
    why,
    {
      kind: 'action',
      label: isSelected ? 'Deselect' : 'Select',
      hint: 'X',
      onSelect: () => {
        deeds.select(cell.assignmentId)
      },
    },
  ]
}
