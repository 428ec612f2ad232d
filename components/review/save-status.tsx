'use client'

import type { SaveState } from '@/lib/client/saving/save-queue'
import { useController, useReview } from './review-context'

/** The state of saving in words. `tone` chooses the dot. */
export function saveWords({ unsaved, blocked, waiting }: SaveState): {
  words: string
  tone: 'saved' | 'busy' | 'problem'
  retry: boolean
} {
  if (waiting?.reason === 'signed-out')
    return { words: `Signed out, ${count(unsaved)} waiting`, tone: 'problem', retry: true }
  if (waiting?.reason === 'offline')
    return { words: `Offline, ${count(unsaved)} waiting`, tone: 'problem', retry: true }
  if (waiting !== null) return { words: `Not saved: ${waiting.message}`, tone: 'problem', retry: true }
  if (unsaved === 0) return { words: 'All saved', tone: 'saved', retry: false }
  if (blocked > 0)
    return {
      words: `Not saved: ${String(blocked)} ${blocked === 1 ? 'needs' : 'need'} you`,
      tone: 'problem',
      retry: false,
    }
  return { words: 'Saving…', tone: 'busy', retry: false }
}

function count(unsaved: number): string {
  return unsaved === 1 ? '1 change' : `${String(unsaved)} changes`
}

const dots = {
  saved: 'border-sourced bg-sourced',
  busy: 'border-ink-3 bg-transparent',
  problem: 'border-danger bg-danger rounded-none rotate-45',
}

/** The line that always says whether everything is saved, with what to do when it is not. */
export function SaveStatus() {
  const controller = useController()
  const save = useReview((state) => state.review.save)
  const firstProblem = useReview((state) => state.review.problems.keys().next().value ?? null)
  const { words, tone, retry } = saveWords(save)
  return (
    <div className="flex min-w-0 items-center gap-2 text-sm">
      <span aria-hidden="true" className={`size-[7px] shrink-0 rounded-full border ${dots[tone]}`} />
      <span
        className={`truncate ${tone === 'problem' ? 'font-medium text-danger' : 'text-ink-3'}`}
        title={words}
        data-save={tone}
      >
        {words}
      </span>
      {save.waiting?.reason === 'signed-out' && (
        <a
          href="/sign-in"
          target="_blank"
          rel="opener"
          className="font-medium whitespace-nowrap text-accent underline underline-offset-2"
        >
          Sign in again in a new tab
        </a>
      )}
      {retry && (
        <button
          type="button"
          className="font-medium text-accent underline underline-offset-2"
          onClick={() => {
            controller.store.retryNow()
          }}
        >
          Retry
        </button>
      )}
      {!retry && tone === 'problem' && controller.annotation(firstProblem) !== null && (
        <button
          type="button"
          className="font-medium text-accent underline underline-offset-2"
          onClick={() => {
            controller.open(firstProblem)
          }}
        >
          Show
        </button>
      )}
    </div>
  )
}
