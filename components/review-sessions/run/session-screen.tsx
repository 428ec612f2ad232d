'use client'

import { useMemo, useState, type ReactNode } from 'react'
import type { Board } from '@/components/assignments/matrix/board'
import { Distribute } from '@/components/assignments/distribute'
import { MatrixBoard } from '@/components/assignments/matrix/matrix-board'
import { Dialog } from '@/components/ui/overlays/dialog'
import { useLiveRefresh } from '@/lib/client/live/use-live-refresh'
import type { ConflictView } from '@/lib/domain/conflicts-of-interest/schema'
import type { SessionMemberView, SessionView } from '@/lib/domain/review-sessions/schema'
import type { SessionTransition } from '@/lib/domain/review-sessions/states'
import { AddDocuments } from '../documents/add-documents'
import { EditSession } from './edit-session'
import { Blockers } from './blockers'
import { sessionEvents } from './live-events'
import { OwnPart } from './own-part'
import { unpackMatrix, type PackedMatrix } from '../packed-matrix'
import { PlanMembers, type Teammate } from '../members/plan-members'
import { SessionFacts } from './session-facts'
import { SessionHeader, type SessionPanel } from './session-header'
import { TransitionDialog } from './transition-dialog'

/** What only those who plan and lead are shown. */
export interface Planning {
  team: readonly Teammate[]
  conflicts: readonly ConflictView[]
}

export interface SessionScreenProps {
  session: SessionView
  matrix: PackedMatrix
  members: readonly SessionMemberView[]
  planning: Planning | null
  memberId: string
  /** The guidelines as elements; null for none. */
  guidelines: ReactNode
  /** What was settled, once the session is closed; null before. */
  outcome: ReactNode
  since: number
}

/** A session that is under way or done: where it stands, what holds it up, who has what, and everything one does about it. */
export function SessionScreen({
  session,
  matrix: packed,
  members,
  planning,
  memberId,
  guidelines,
  outcome,
  since,
}: SessionScreenProps) {
  const matrix = useMemo(() => unpackMatrix(packed), [packed])
  const [panel, setPanel] = useState<SessionPanel | null>(null)
  const [moving, setMoving] = useState<SessionTransition | null>(null)
  useLiveRefresh(sessionEvents, { sessionId: session.id, since })
  const board: Board = { matrix, conflicts: planning?.conflicts ?? [], leads: planning !== null, memberId }
  const hasOwn = matrix.documents.some(({ cells }) => cells.some((cell) => cell.memberId === memberId))
  const close = () => {
    setPanel(null)
  }
  return (
    <div className="page-column max-w-[88rem]">
      <SessionHeader
        session={session}
        leads={planning !== null}
        hasGuidelines={guidelines !== null}
        onPanel={setPanel}
        onMove={setMoving}
      />
      <SessionFacts session={session} matrix={matrix} />
      {outcome}
      {planning !== null && (
        <Blockers
          board={board}
          onDistribute={() => {
            setPanel('distribute')
          }}
          onMembers={() => {
            setPanel('members')
          }}
        />
      )}
      {(matrix.shows === 'own' || (hasOwn && planning === null)) && <OwnPart matrix={matrix} memberId={memberId} />}
      {matrix.shows === 'everyone' && <MatrixBoard board={board} />}
      {matrix.shows === 'own' && (
        <p className="text-sm text-ink-3">
          While the session is blind you see your own part alone. Everybody’s is shown when the blind phase is over.
        </p>
      )}
      <Dialog open={panel === 'guidelines'} onClose={close} size="large" title="Guidelines">
        {guidelines}
      </Dialog>
      {planning !== null && (
        <>
          <Dialog
            open={panel === 'distribute'}
            onClose={close}
            closeOutside={false}
            size="large"
            title="Distribute the documents"
          >
            <Distribute sessionId={session.id} blocked={null} />
          </Dialog>
          <Dialog open={panel === 'members'} onClose={close} closeOutside={false} size="large" title="Members">
            <PlanMembers
              sessionId={session.id}
              members={members}
              documents={matrix.documents}
              bare
              team={planning.team}
              conflicts={planning.conflicts}
            />
          </Dialog>
          <AddDocuments open={panel === 'documents'} onClose={close} session={session} present={matrix.documents} />
          <EditSession open={panel === 'edit'} onClose={close} session={session} />
          <TransitionDialog
            session={session}
            name={moving}
            onClose={() => {
              setMoving(null)
            }}
          />
        </>
      )}
    </div>
  )
}
