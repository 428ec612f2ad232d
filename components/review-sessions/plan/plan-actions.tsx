'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { deleteWithUndo } from '@/components/shell/lists/delete-with-undo'
import { DueDay } from '@/components/assignments/due-day'
import { AlertDialog } from '@/components/ui/overlays/dialog'
import { Button } from '@/components/ui/controls/button'
import { Card } from '@/components/ui/layout/card'
import { countInWords } from '@/components/ui/text/wording'
import { callApi } from '@/lib/client/api/call'
import { copySession, moveSession } from '@/lib/client/api/review-sessions'
import type { ActivationEffects } from '@/lib/domain/review-sessions/activation'
import { describeActivation } from '@/lib/domain/review-sessions/activation-words'
import type { SessionMatrix } from '@/lib/domain/assignments/matrix'
import type { SessionView } from '@/lib/domain/review-sessions/schema'
import { useRun } from '@/components/shell/use-run'
import type { PlanState } from './plan-keeper'
import { PlanSaving } from './plan-saving'

/** What must be done before the start, whether everything is saved, and the button that starts. */
export function PlanStart({
  state,
  matrix,
  onSettled,
}: {
  state: PlanState
  matrix: SessionMatrix
  /** Saves pending changes. */
  onSettled: () => Promise<void>
}) {
  const { session, saving } = state
  const router = useRouter()
  const { busy, run } = useRun()
  const [asking, setAsking] = useState(false)
  const [hidden, setHidden] = useState<readonly string[]>([])
  const activation = session.transitions.find(({ name }) => name === 'activate')
  const unmet = activation?.unmet ?? []
  const free = matrix.totals.missing ?? 0
  const isBlocked = saving === 'blocked' || saving === 'failed'

  const ask = async () => {
    await onSettled()
    const answer = await callApi<ActivationEffects>({
      method: 'GET',
      path: `/api/v1/review-sessions/${session.id}/activation`,
    })
    setHidden(answer.ok ? describeActivation(answer.value) : [])
    setAsking(true)
  }
  const activate = async () => {
    const { id, version } = session
    const answer = await run(
      'activate',
      () => moveSession({ id, version }, { name: 'activate', withdrawUnfinished: false }),
      () => 'The session is active.',
    )
    if (answer.ok) setAsking(false)
  }
  const use = async () => {
    const answer = await run('use', () => copySession(session.id, {}))
    if (answer.ok) router.push(`/review-sessions/${answer.value.id}`)
  }

  return (
    <Card className="grid gap-3 px-5 py-4.5 lg:sticky lg:top-6">
      <div className="flex items-center justify-between gap-3">
        <h2 className="font-serif text-lg font-semibold">{session.isTemplate ? 'Template' : 'Start'}</h2>
        <PlanSaving state={state} />
      </div>
      {session.isTemplate ? (
        <>
          <p className="text-sm text-ink-2">Sessions made from it begin with this question, these rules and members.</p>
          <Button variant="primary" busy={busy === 'use'} onClick={() => void use()}>
            Plan a session from it
          </Button>
        </>
      ) : (
        <>
          {unmet.length > 0 ? (
            <>
              <p className="text-sm font-medium">Before it can start:</p>
              <ul className="grid list-disc gap-1.5 ps-4 text-sm text-ink-2">
                {unmet.map((condition) => (
                  <li key={condition}>{condition}</li>
                ))}
              </ul>
            </>
          ) : (
            <p className="text-sm text-ink-2">
              Everything needed is there.
              {free > 0 &&
                ` ${countInWords(free, 'place is', 'places are')} free: distribute the documents, or fill them once it is active.`}
            </p>
          )}
          <Button
            variant="primary"
            disabled={unmet.length > 0 || isBlocked}
            busy={busy === 'activate'}
            onClick={() => {
              void ask()
            }}
          >
            Activate …
          </Button>
        </>
      )}
      <ActivateDialog
        session={session}
        matrix={matrix}
        open={asking}
        hidden={hidden}
        busy={busy === 'activate'}
        onConfirm={() => void activate()}
        onCancel={() => {
          setAsking(false)
        }}
      />
    </Card>
  )
}

/** Asks before a session is activated: who is notified, what becomes fixed, and which marks it hides. */
function ActivateDialog({
  session,
  matrix,
  open,
  hidden,
  busy,
  onConfirm,
  onCancel,
}: {
  session: PlanState['session']
  matrix: SessionMatrix
  open: boolean
  /** What activating puts aside, one line each. */
  hidden: readonly string[]
  busy: boolean
  onConfirm: () => void
  onCancel: () => void
}) {
  const reviewers = matrix.reviewers.filter(({ documents }) => documents > 0).length
  return (
    <AlertDialog
      open={open}
      tone="plain"
      title={`Activate “${session.name}”`}
      description={
        <div className="grid gap-2">
          <p>
            {reviewers === 0
              ? 'Nothing is assigned yet; reviewers are notified as soon as you assign documents.'
              : `${countInWords(reviewers, 'reviewer is', 'reviewers are')} told of ${countInWords(matrix.totals.assignments, 'assignment')}`}
            {reviewers > 0 && session.dueAt !== null && (
              <>
                , due <DueDay dueAt={session.dueAt} />
              </>
            )}
            {reviewers > 0 && '.'}
          </p>
          <p>The protocol is fixed from now on. Documents, members and assignments can still change.</p>
          {hidden.length > 0 && (
            <ul
              aria-label="What it hides"
              // A scrolling part must be reachable by keyboard.
              tabIndex={0}
              className="grid max-h-[40dvh] list-disc gap-1.5 overflow-y-auto ps-4"
            >
              {hidden.map((line) => (
                <li key={line} dir="auto">
                  {line}
                </li>
              ))}
            </ul>
          )}
        </div>
      }
      confirmLabel="Activate"
      busy={busy}
      onConfirm={onConfirm}
      onCancel={onCancel}
    />
  )
}

/** The actions on a whole plan: keep it as a template, copy it, delete it. */
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
