'use client'

import { type ReactNode, useMemo, useState } from 'react'
import { Link } from '@/components/ui/controls/link'
import type { Board } from '@/components/assignments/matrix/board'
import { Distribute } from '@/components/assignments/distribute'
import { MatrixBoard } from '@/components/assignments/matrix/matrix-board'
import { Dialog } from '@/components/ui/overlays/dialog'
import { secondReadingInWords } from '@/lib/domain/review-sessions/protocol'
import { useLiveRefresh } from '@/lib/client/live/use-live-refresh'
import type { ConflictView } from '@/lib/domain/conflicts-of-interest/schema'
import type { SessionMemberView, SessionView } from '@/lib/domain/review-sessions/schema'
import type { SessionTransition } from '@/lib/domain/review-sessions/states'
import { DueDay, DueDistance } from '@/components/assignments/due-day'
import { CellContent } from '@/components/assignments/matrix/matrix-cell'
import { LinkButton } from '@/components/ui/controls/button'
import { Parts } from '@/components/ui/layout/parts'
import { numberInWords } from '@/components/ui/text/wording'
import { isOpenForMarks } from '@/lib/domain/assignments/states'
import type { SessionMatrix } from '@/lib/domain/assignments/matrix'
import { AddDocuments } from '../documents/add-documents'
import { EditSession } from './edit-session'
import { Blockers } from './blockers'
import { sessionEvents } from './live-events'
import { type PackedMatrix, unpackMatrix } from '../packed-matrix'
import { PlanMembers, type Teammate } from '../members/plan-members'
import { SessionHeader, type SessionPanel } from './session-header'
import { TransitionDialog } from './transition-dialog'

/** Shown only to those who plan and lead. */
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
  /** The rendered guidelines; null for none. */
  guidelines: ReactNode
  /** The results of a closed session; null before. */
  outcome: ReactNode
  since: number
}

/** A session that is under way or done: its state, its blockers, its assignments, and all actions on it. */
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
          While the session is blind you see your own part alone. The other reviewers’ parts are shown when the blind
          phase is over.
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

/** The current member's own documents in a session, with their progress. */
function OwnPart({ matrix, memberId }: { matrix: SessionMatrix; memberId: string }) {
  const own = matrix.documents.flatMap((document) =>
    document.cells.filter((cell) => cell.memberId === memberId).map((cell) => ({ document, cell })),
  )
  return (
    <section aria-labelledby="own-part" className="mb-6">
      <h2 id="own-part" className="mb-2.5 font-serif text-xl font-semibold">
        Your part
      </h2>
      {own.length === 0 ? (
        <p className="rounded-lg border border-dashed border-line-strong px-6 py-8 text-center text-ink-2">
          Nothing is assigned to you here. Assignments will also appear in your inbox.
        </p>
      ) : (
        <ul className="grid rounded-lg border border-line bg-surface shadow-card">
          {own.map(({ document, cell }) => (
            <li
              key={cell.assignmentId}
              className="grid items-center gap-x-5 gap-y-1.5 border-b border-line px-4 py-2.5 last:border-b-0 md:grid-cols-[minmax(0,1fr)_11rem_11rem_5rem]"
            >
              <div className="min-w-0">
                <Link
                  dir="auto"
                  href={`/documents/${document.id}`}
                  className="font-serif text-md font-medium hover:underline"
                >
                  {document.title}
                </Link>
                <p className="truncate text-sm text-ink-3">
                  <Parts parts={[document.source.name, `${numberInWords(document.words)} words`]} />
                </p>
              </div>
              <CellContent cell={cell} total={document.total} at={matrix.at} planned={false} conflicted={false} />
              <span className="text-sm text-ink-3">
                {cell.dueAt !== null && (
                  <>
                    due <DueDay dueAt={cell.dueAt} />
                  </>
                )}
              </span>
              <span className="md:justify-self-end">
                {matrix.state === 'active' && isOpenForMarks(cell.state) && (
                  <LinkButton
                    size="small"
                    href={`/documents/${document.id}`}
                    variant={cell.overdue ? 'primary' : 'secondary'}
                    aria-label={`${cell.state === 'assigned' ? 'Start' : 'Go on with'} “${document.title}”`}
                  >
                    {cell.state === 'assigned' ? 'Start' : 'Go on'}
                  </LinkButton>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Fact({ children }: { children: ReactNode }) {
  return <li className="[&_b]:font-semibold [&_b]:text-ink">{children}</li>
}

function ClaimsFact({ claims, open }: { claims: number; open: number }) {
  return (
    <Fact>
      <b>{numberInWords(claims)}</b> {claims === 1 ? 'claim' : 'claims'}
      {open > 0 && (
        <>
          , <b>{numberInWords(open)}</b> to settle
        </>
      )}
    </Fact>
  )
}

/** A share in whole per cent, rounded down so that 100 means all; null when nothing can be counted. */
function percentOf(part: number | null, whole: number | null): number | null {
  return part === null || whole === null || whole === 0 ? null : Math.floor((part / whole) * 100)
}

/** The figures of a session, on one line. Agreement is left out until the blind phase is over. */
function SessionFacts({ session, matrix }: { session: SessionView; matrix: SessionMatrix }) {
  const { totals, at, documents, shows } = matrix
  const words = documents.reduce((sum, document) => sum + document.words, 0)
  const { state, protocol, dueAt } = session
  const settling = state === 'adjudication' || state === 'closed'
  const decided = percentOf(totals.decided, totals.total)
  const covered = percentOf(totals.covered, totals.coverable)
  return (
    <ul aria-label="The session in figures" className="tabular mb-5 flex flex-wrap gap-x-6 gap-y-1.5 text-ink-2">
      <Fact>
        <b>{numberInWords(totals.documents)}</b> {totals.documents === 1 ? 'document' : 'documents'},{' '}
        <b>{numberInWords(words)}</b> words
      </Fact>
      <Fact>
        {protocol.secondReading === undefined ? (
          <>
            <b>{numberInWords(protocol.reviewersPerDocument)}</b>{' '}
            {protocol.reviewersPerDocument === 1 ? 'reviewer' : 'reviewers'} each
          </>
        ) : (
          <>
            <b>1</b> reviewer each, <b>{numberInWords(protocol.reviewersPerDocument)}</b> for{' '}
            {secondReadingInWords(protocol.secondReading)}
          </>
        )}
      </Fact>
      {dueAt !== null && state !== 'closed' && (
        <Fact>
          due{' '}
          <b>
            <DueDay dueAt={dueAt} />
          </b>
          , <DueDistance dueAt={dueAt} at={at} />
        </Fact>
      )}
      {decided !== null && state === 'active' && (
        <Fact>
          <b>{String(decided)} %</b> of {shows === 'own' ? 'your sentences' : 'sentences'} decided
        </Fact>
      )}
      {covered !== null && settling && (
        <Fact>
          <b>{String(covered)} %</b> of sentences covered
        </Fact>
      )}
      {settling && totals.claims !== null && <ClaimsFact claims={totals.claims} open={totals.openClaims ?? 0} />}
      {state === 'active' && protocol.blind && shows === 'everyone' && (
        <Fact>
          agreement <b>hidden until reviews are in</b>
        </Fact>
      )}
    </ul>
  )
}
