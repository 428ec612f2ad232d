'use client'

import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { useRouter } from 'next/navigation'
import { Distribute } from '@/components/assignments/distribute'
import { MatrixBoard } from '@/components/assignments/matrix/matrix-board'
import { TextField, TextArea } from '@/components/ui/controls/field'
import { patchSession, copySession } from '@/lib/client/api/review-sessions'
import { useLiveRefresh } from '@/lib/client/live/use-live-refresh'
import type { ConflictView } from '@/lib/domain/conflicts-of-interest/schema'
import type { SessionMemberView, SessionView } from '@/lib/domain/review-sessions/schema'
import { deleteWithUndo } from '@/components/shell/lists/delete-with-undo'
import { Button } from '@/components/ui/controls/button'
import { useRun } from '@/components/shell/use-run'
import { GuidelinesField } from './guidelines-field'
import { planEvents } from '../run/live-events'
import { unpackMatrix, type PackedMatrix } from '../packed-matrix'
import { PlanDocuments } from '../documents/plan-documents'
import { PlanKeeper } from './plan-keeper'
import { PlanMembers, type Teammate } from '../members/plan-members'
import { PlanProtocol } from './plan-protocol'
import { PlanClashes } from './plan-saving'
import { PlanSection } from './plan-section'
import { PlanStart } from './plan-start'

export interface PlanEditorProps {
  session: SessionView
  matrix: PackedMatrix
  members: readonly SessionMemberView[]
  team: readonly Teammate[]
  /** The sources that its sample was drawn from. */
  sampleSources: readonly { id: string; name: string }[]
  conflicts: readonly ConflictView[]
  memberId: string
  since: number
}

/** The plan of a session that is a draft, or of a template: everything on one page, saved as one writes. */
export function PlanEditor({
  session,
  matrix: packed,
  members,
  team,
  sampleSources,
  conflicts,
  memberId,
  since,
}: PlanEditorProps) {
  const [keeper] = useState(() => new PlanKeeper(session, patchSession))
  const state = useSyncExternalStore(keeper.subscribe, keeper.read, keeper.read)
  useEffect(() => {
    keeper.adopt(session)
  }, [keeper, session])
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (keeper.read().saving !== 'saved') event.preventDefault()
    }
    window.addEventListener('beforeunload', warn)
    return () => {
      window.removeEventListener('beforeunload', warn)
      void keeper.flush()
    }
  }, [keeper])
  useLiveRefresh(planEvents, { sessionId: session.id, since })
  const matrix = useMemo(() => unpackMatrix(packed), [packed])
  const { plan, clashes } = state
  const { documents } = matrix
  const flush = () => void keeper.flush()
  return (
    <div className="grid gap-5 lg:grid-cols-[minmax(0,1fr)_17.5rem] lg:items-start">
      <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-5">
        <PlanClashes clashes={clashes} onSettle={keeper.settle} />
        <PlanSection title="Question and guidelines">
          <TextField
            label="Name"
            maxLength={300}
            autoComplete="off"
            value={plan.name}
            error={plan.name.trim() === '' ? 'Give the session a name.' : null}
            onBlur={flush}
            onChange={(event) => {
              keeper.change({ name: event.currentTarget.value })
            }}
          />
          <TextArea
            label="Question"
            optional
            rows={2}
            maxLength={2_000}
            hint="What this session is to find out."
            value={plan.question}
            onBlur={flush}
            onChange={(event) => {
              keeper.change({ question: event.currentTarget.value })
            }}
          />
          <GuidelinesField
            value={plan.guidelines}
            onBlur={flush}
            onChange={(guidelines) => {
              keeper.change({ guidelines })
            }}
          />
        </PlanSection>
        <PlanProtocol plan={plan} onChange={keeper.change} />
        {!session.isTemplate && <PlanDocuments session={session} documents={documents} sampleSources={sampleSources} />}
        <PlanMembers sessionId={session.id} members={members} team={team} conflicts={conflicts} documents={documents} />
        {!session.isTemplate && (
          <PlanSection
            title="Who reviews what"
            hint="Distribute the documents, then change by hand what you want otherwise. Places can also be filled once the session is active."
          >
            <Distribute
              sessionId={session.id}
              blocked={
                documents.length === 0
                  ? 'Add documents first.'
                  : members.some(({ reviews }) => reviews)
                    ? null
                    : 'Add reviewers first.'
              }
            />
            {documents.length > 0 && matrix.reviewers.length > 0 && (
              <MatrixBoard board={{ matrix, conflicts, leads: true, memberId }} />
            )}
          </PlanSection>
        )}
      </div>
      <PlanStart state={state} matrix={matrix} onSettled={keeper.flush} />
    </div>
  )
}

/** What can be done to a whole plan: keep it as a template, copy it, delete it. */
export function DraftActions({ session }: { session: SessionView }) {
  const router = useRouter()
  const { busy, run } = useRun()
  const copy = async (asTemplate: boolean) => {
    const answer = await run(
      asTemplate ? 'template' : 'copy',
      () => copySession(session.id, { asTemplate, documents: !asTemplate }),
      ({ name }) => (asTemplate ? `Saved “${name}” as a template.` : `This is the copy, “${name}”.`),
    )
    if (answer.ok) router.push(`/review-sessions/${answer.value.id}`)
  }
  return (
    <>
      {session.may.delete && (
        <Button
          variant="quiet"
          onClick={() =>
            void deleteWithUndo({
              path: `/api/v1/review-sessions/${session.id}`,
              version: session.version,
              name: session.name,
              after: (state) => {
                router.push(state === 'deleted' ? '/review-sessions' : `/review-sessions/${session.id}`)
                router.refresh()
              },
            })
          }
        >
          Delete
        </Button>
      )}
      {!session.isTemplate && (
        <>
          <Button busy={busy === 'copy'} onClick={() => void copy(false)}>
            Copy
          </Button>
          <Button busy={busy === 'template'} onClick={() => void copy(true)}>
            Save as template
          </Button>
        </>
      )}
    </>
  )
}
