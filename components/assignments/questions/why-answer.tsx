'use client'

import { useEffect, useState } from 'react'
import { DueDay } from '../due-day'
import { LocalTime } from '@/components/ui/text/local-time'
import type { CallResult } from '@/lib/client/api/call'
import { getAssignment } from '@/lib/client/api/review-sessions'
import type { AssignmentView } from '@/lib/domain/assignments/schema'

function Dates({ assignment }: { assignment: AssignmentView }) {
  const dates: [string, string | null][] = [
    ['Assigned', assignment.createdAt],
    ['Started', assignment.startedAt],
    ['Submitted', assignment.submittedAt],
    ['Returned', assignment.returnedAt],
    ['Accepted', assignment.acceptedAt],
    ['Taken back', assignment.withdrawnAt],
    ['Reminded', assignment.remindedAt],
  ]
  return (
    <ul className="flex flex-wrap gap-x-4 text-sm text-ink-3">
      {dates.map(
        ([name, at]) =>
          at !== null && (
            <li key={name}>
              {name} <LocalTime instant={at} />
            </li>
          ),
      )}
      {assignment.dueAt !== null && (
        <li>
          Due <DueDay dueAt={assignment.dueAt} />
        </li>
      )}
    </ul>
  )
}

/** Why a reviewer has a document, and what became of it. */
export function WhyAnswer({ assignmentId }: { assignmentId: string }) {
  const [answer, setAnswer] = useState<CallResult<AssignmentView> | null>(null)
  useEffect(() => {
    let isCurrent = true
    void getAssignment(assignmentId).then((found) => {
      if (isCurrent) setAnswer(found)
    })
    return () => {
      isCurrent = false
    }
  }, [assignmentId])
  if (answer === null) return <p role="status">Looking …</p>
  if (!answer.ok) return <p role="alert">{answer.message}</p>
  const { why, comment } = answer.value
  return (
    <div className="grid gap-3">
      {why.length === 0 ? (
        <p>It was assigned by hand.</p>
      ) : (
        <ul className="grid list-disc gap-1 ps-4">
          {why.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
      {comment !== '' && (
        <p className="grid gap-0.5 rounded-md bg-sunken px-3 py-2">
          <span className="text-sm text-ink-3">The last comment</span>
          <span dir="auto" className="whitespace-pre-wrap">
            {comment}
          </span>
        </p>
      )}
      <Dates assignment={answer.value} />
    </div>
  )
}
