'use client'

import { type ReactNode, useEffect, useState } from 'react'
import { type Rating, ratings } from '@/lib/domain/annotations/rating'
import { ratingNames, outcomeNames } from '@/lib/domain/annotations/words'
import { classNames } from '@/components/ui/class-names'
import { Kbd } from '@/components/ui/text/kbd'
import { Button } from '@/components/ui/controls/button'
import { useController, useReview } from '@/components/annotations/review-context'
import { dockHints } from '../keys/use-review-keys'
import { sentenceOutcomes, type Coverage } from '@/lib/domain/annotations/coverage'

/** How long an answer is shown, in ms. A pointer or the focus on it keeps it. */
const shown = { words: 6_000, withUndo: 10_000 }

const shortNames: Record<Rating, string> = {
  sourced: 'Sourced',
  unsourced: 'Unsourced',
  contradicted: 'Contradicted',
  not_checkable: 'Not check.',
}

export interface DockProps {
  /** Comments on the selected words; null for members who may not write. */
  comment: (() => void) | null
  onScope: () => void
  /** Submits the review; null where there is nothing to submit. */
  onSubmit: (() => void) | null
}

/** The bar at the bottom of the screen: the keys and the progress of the review. On small screens the keys are buttons within reach of the thumb. */
export function Dock(props: DockProps) {
  const controller = useController()
  const active = useReview((state) =>
    state.view.activeId === null ? null : (state.review.data.annotations.get(state.view.activeId) ?? null),
  )
  const editing = useReview((state) => state.view.editing)
  const hasSelection = useReview((state) => state.view.selection !== null)
  const isAnswering = useReview((state) => state.answer !== null)
  const hints = dockHints({ active, editing, hasSelection })
  return (
    <div className="relative border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] print:hidden">
      <AnswerLine className="flex border-b border-line px-3 py-1.5 text-sm min-[60rem]:hidden" />
      {controller.mayAnnotate && <ThumbButtons />}
      <div className="flex min-h-11 items-center gap-x-4 gap-y-1 px-3 min-[60rem]:px-6">
        {controller.mayAnnotate && !isAnswering && (
          <div
            data-testid="dock-keys"
            // Hints that do not fit wrap out of sight, each as a whole.
            className="flex h-6 min-w-0 flex-1 flex-wrap items-center gap-x-3 gap-y-6 overflow-hidden text-sm text-ink-2 max-[60rem]:hidden"
            aria-hidden="true"
          >
            {hints.map(({ keys, label, first = false }) => (
              <Hint key={label} keys={keys} first={first}>
                {label}
              </Hint>
            ))}
          </div>
        )}
        <AnswerLine className="flex h-6 min-w-0 flex-1 text-sm max-[60rem]:hidden" />
        <DockButtons {...props} />
      </div>
    </div>
  )
}

/** The rating buttons of small screens, within reach of the thumb. */
function ThumbButtons() {
  const controller = useController()
  return (
    <div
      role="group"
      aria-label="Rate the selection or the current sentence"
      className="flex gap-1 px-2 pt-2 min-[60rem]:hidden"
    >
      {ratings.map((rating) => (
        <ThumbButton
          key={rating}
          rating={rating}
          label={ratingNames[rating]}
          onPress={() => {
            controller.rate(rating)
          }}
        >
          {shortNames[rating]}
        </ThumbButton>
      ))}
      <ThumbButton
        label="No claim here"
        onPress={() => {
          controller.decideNoClaim()
        }}
      >
        No claim
      </ThumbButton>
    </div>
  )
}

/** The buttons beside the keys, and the progress of the review. */
function DockButtons({ comment, onScope, onSubmit }: DockProps) {
  const controller = useController()
  const coverage = useReview((_, derived) => derived.coverage)
  const hasSelection = useReview((state) => state.view.selection !== null)
  const isDone = coverage.total > 0 && coverage.decided === coverage.total
  return (
    <div className="ms-auto flex min-w-0 items-center gap-2 max-[60rem]:w-full">
      <button
        type="button"
        className="rounded-md px-2 py-1 font-medium whitespace-nowrap text-ink-2 hover:bg-hover hover:text-ink min-[60rem]:hidden"
        title="What counts and what does not (S)"
        onClick={onScope}
      >
        Scope
      </button>
      {hasSelection && comment !== null && (
        <button
          type="button"
          className="rounded-md px-2 py-1 font-medium whitespace-nowrap text-accent hover:bg-accent-soft min-[60rem]:hidden"
          // A press must not clear the selection before it is commented on.
          onPointerDown={(event) => {
            event.preventDefault()
          }}
          onClick={comment}
        >
          Comment
        </button>
      )}
      {isDone && onSubmit !== null && (
        <Button size="small" variant="primary" onClick={onSubmit}>
          Submit
        </Button>
      )}
      {controller.mayAnnotate && !(isDone && onSubmit !== null) && (
        <button
          type="button"
          className={classNames(
            'rounded-md px-2 py-1 font-medium whitespace-nowrap text-accent hover:bg-accent-soft',
            // Small screens have room for one button: the action for the selected words.
            hasSelection && 'max-[60rem]:hidden',
          )}
          title="Next undecided sentence (J)"
          onClick={() => {
            controller.nextUndecided()
          }}
        >
          {isDone ? 'All decided' : 'Next undecided'}
          {!isDone && (
            <span className="ms-1.5 max-[60rem]:hidden">
              <Kbd>J</Kbd>
            </span>
          )}
        </button>
      )}
      <span className="max-[60rem]:ms-auto">
        <CoverageBar coverage={coverage} />
      </span>
    </div>
  )
}

function Hint({ keys, first, children }: { keys: string[]; first: boolean; children: ReactNode }) {
  return (
    <span
      className={classNames('flex h-6 items-center gap-1.5 whitespace-nowrap', first && 'font-semibold text-unsourced')}
    >
      {keys.map((key) => (
        <Kbd key={key}>{key}</Kbd>
      ))}
      {children}
    </span>
  )
}

function ThumbButton({
  rating,
  label,
  onPress,
  children,
}: {
  rating?: Rating
  label: string
  onPress: () => void
  children: ReactNode
}) {
  return (
    <button
      type="button"
      data-rating={rating}
      aria-label={label}
      className={`grid min-h-12 min-w-0 flex-1 place-items-center content-center rounded-md border border-line px-0.5 text-2xs font-semibold ${
        rating === undefined ? 'text-ink-2' : 'rating-line bg-rating-soft text-rating'
      }`}
      // A press must not clear the selection before it is rated.
      onPointerDown={(event) => {
        event.preventDefault()
      }}
      onClick={onPress}
    >
      <span className="truncate">{children}</span>
    </button>
  )
}

/** The outcome of the person's last action: refused, undone, deleted or copied. It is shown at the foot of the screen, where it covers nothing. */
function AnswerLine({ className }: { className: string }) {
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

/** The decisions in words: "7 sourced, 2 unsourced". Empty when there are none. */
function outcomeWords({ counts }: Pick<Coverage, 'counts'>): string {
  return sentenceOutcomes
    .filter((outcome) => counts[outcome] > 0)
    .map((outcome) => `${String(counts[outcome])} ${outcomeNames[outcome]}`)
    .join(', ')
}

/** The number of decided sentences, with a bar of the outcomes. */
function CoverageBar({ coverage }: { coverage: Coverage }) {
  const { total, decided, counts } = coverage
  const words = outcomeWords(coverage)
  return (
    <div className="flex min-w-0 items-center gap-3" title={words === '' ? 'Nothing decided yet' : words}>
      <span className="tabular whitespace-nowrap text-ink-2" data-testid="coverage">
        {decided} of {total} <span className="max-sm:sr-only">sentences decided</span>
      </span>
      <span
        role="img"
        aria-label={words === '' ? 'Nothing decided yet' : words}
        className="flex h-1.5 w-16 shrink-0 overflow-hidden rounded-full bg-sunken ring-1 ring-line sm:w-28"
      >
        {sentenceOutcomes.map((outcome) => (
          <span
            key={outcome}
            data-rating={outcome}
            className={outcome === 'no_claim' ? 'bg-line-strong' : 'bg-rating'}
            style={{ width: `${String((counts[outcome] / Math.max(1, total)) * 100)}%` }}
          />
        ))}
      </span>
    </div>
  )
}
