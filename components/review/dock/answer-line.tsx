'use client'

import { useEffect, useState } from 'react'
import { useController, useReview } from '@/components/annotations/review-context'

/** How long an answer stays, in ms; a pointer or the focus on it holds it. */
const shown = { words: 6_000, withUndo: 10_000 }

/** What the person did last was refused, undone, deleted or copied: said at the foot of the screen, where it covers nothing. */
export function AnswerLine({ className }: { className: string }) {
  const controller = useController()
  const answer = useReview((state) => state.answer)
  const [held, setHeld] = useState(false)
  const hold = () => {
    setHeld(true)
  }
  const release = () => {
    setHeld(false)
  }

  useEffect(() => {
    if (answer === null || held) return
    const timer = setTimeout(
      () => {
        controller.dismissAnswer()
      },
      answer.offersUndo ? shown.withUndo : shown.words,
    )
    return () => {
      clearTimeout(timer)
    }
  }, [answer, held, controller])

  if (answer === null) return null
  return (
    <div
      key={answer.number}
      data-testid="answer"
      className={`animate-appear items-center gap-3 ${className}`}
      onPointerEnter={hold}
      onPointerLeave={release}
      onFocus={hold}
      onBlur={release}
    >
      {/* The live region of the screen says the same words. */}
      <p aria-hidden="true" className="min-w-0 truncate font-medium text-ink" title={answer.words}>
        {answer.words}
      </p>
      {answer.offersUndo && (
        <button
          type="button"
          className="shrink-0 rounded-sm px-2 py-0.5 font-semibold text-accent hover:bg-accent-soft"
          onClick={() => {
            controller.undo()
          }}
        >
          Undo
        </button>
      )}
    </div>
  )
}
