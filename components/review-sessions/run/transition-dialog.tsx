'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/controls/button'
import { Checkbox } from '@/components/ui/controls/choices'
import { Dialog } from '@/components/ui/overlays/dialog'
import { countInWords } from '@/components/ui/text/wording'
import { moveSession } from '@/lib/client/api/review-sessions'
import type { SessionView } from '@/lib/domain/review-sessions/schema'
import { conditionsUnmet, type SessionState, type SessionTransition } from '@/lib/domain/review-sessions/states'
import { useRun } from '@/components/shell/use-run'

/** The words of a transition: the label of its button, what it does, and what was done. */
export function transitionInWords(
  name: SessionTransition,
  state: SessionState,
): { label: string; does: string; done: string } {
  switch (name) {
    case 'activate':
      return {
        label: 'Activate',
        does: 'Reviewers are told of their assignments. The protocol is fixed.',
        done: 'The session is active.',
      }
    case 'start-adjudication':
      return {
        label: 'Start adjudication',
        does: 'Ends the blind phase for all reviewers, for good. The reviewers’ marks are locked and matched into claims, which adjudicators settle one by one.',
        done: 'Adjudication has started.',
      }
    case 'close':
      return {
        label: 'Close the session',
        does: 'Reports count the verdicts as they are now; later changes do not affect them. Reopening keeps everything.',
        done: 'The session is closed.',
      }
    case 'reopen':
      return state === 'closed'
        ? {
            label: 'Reopen adjudication',
            does: 'Verdicts can be changed again. Until the session is closed again they do not count, and reports say so. Everything that was done stays.',
            done: 'The session is in adjudication again.',
          }
        : {
            label: 'Reopen the review',
            does: 'Assignments can be returned and made again. Blind ratings stay on record; new ratings count as made afterwards. Claims that have a verdict keep it.',
            done: 'The session is active again.',
          }
  }
}

/** Which unmet conditions disappear when unfinished work is withdrawn. */
function aboutUnfinished(count: number): string[] {
  return conditionsUnmet('start-adjudication', {
    isTemplate: false,
    documents: 1,
    deletedDocuments: 0,
    reviewers: 1,
    adjudicators: 1,
    reviewersPerDocument: 1,
    minimumReviewers: 1,
    secondReading: null,
    unfinishedAssignments: count,
    openClaims: 0,
    unquotedClaims: 0,
  })
}

/** Asks before a session moves to another state: shows the effects, and the unmet conditions. */
export function TransitionDialog({
  session,
  name,
  onClose,
}: {
  session: SessionView
  name: SessionTransition | null
  onClose: () => void
}) {
  const { busy, run } = useRun()
  const [withdraws, setWithdraws] = useState(false)
  const transition = session.transitions.find((other) => other.name === name)
  const words = transition === undefined ? null : transitionInWords(transition.name, session.state)
  const { assigned, started, returned } = session.progress
  const unfinished = name === 'start-adjudication' ? assigned + started + returned : 0
  const solvable = aboutUnfinished(unfinished)
  const unmet = transition?.unmet.filter((condition) => !(withdraws && solvable.includes(condition))) ?? []
  const move = async () => {
    if (transition === undefined || words === null) return
    const answer = await run(
      'move',
      () =>
        moveSession(
          { id: session.id, version: session.version },
          { name: transition.name, withdrawUnfinished: withdraws && unfinished > 0 },
        ),
      () => words.done,
    )
    if (!answer.ok) return
    setWithdraws(false)
    onClose()
  }
  return (
    <Dialog
      open={words !== null}
      onClose={onClose}
      closeOutside={false}
      role="alertdialog"
      size="small"
      title={words?.label ?? ''}
      description={words?.does}
      footer={
        <>
          <Button data-autofocus onClick={onClose}>
            Cancel
          </Button>
          <Button variant="primary" busy={busy !== null} disabled={unmet.length > 0} onClick={() => void move()}>
            {words?.label}
          </Button>
        </>
      }
    >
      {unfinished > 0 && (
        <Checkbox
          label={`Withdraw ${countInWords(unfinished, 'assignment')} that ${unfinished === 1 ? 'is' : 'are'} not submitted`}
          hint="The work done in them is kept, locked, and does not count."
          checked={withdraws}
          onChange={(event) => {
            setWithdraws(event.currentTarget.checked)
          }}
        />
      )}
      {unmet.length > 0 && (
        <div role="status" className="grid gap-1.5 rounded-md bg-sunken px-3.5 py-2.5">
          <p className="text-sm font-medium">First:</p>
          <ul className="grid list-disc gap-1 ps-4 text-sm">
            {unmet.map((condition) => (
              <li key={condition}>{condition}</li>
            ))}
          </ul>
        </div>
      )}
    </Dialog>
  )
}
