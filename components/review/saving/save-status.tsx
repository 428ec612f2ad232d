'use client'

import { Suspense, useState } from 'react'
import { lazyPart } from '@/lib/client/lazy-part'
import { useController, useReview } from '@/components/annotations/review-context'
import { saveWords } from './save-words'

const UnsavedDialog = lazyPart(() => import('./unsaved-dialog').then((part) => part.default))

const dots = {
  saved: 'border-sourced bg-sourced',
  busy: 'border-ink-3 bg-transparent',
  problem: 'border-danger bg-danger rounded-none rotate-45',
}

const wayClasses = 'font-medium whitespace-nowrap text-accent underline underline-offset-2'

/** The line that always says whether everything is saved, with what to do when it is not. */
export function SaveStatus() {
  const controller = useController()
  const save = useReview((state) => state.review.save)
  const problems = useReview((state) => state.review.problems)
  const [isListing, setListing] = useState(false)
  const { words, tone, way } = saveWords(save, { name: controller.me.name, timeOf })
  const show = () => {
    const [only] = problems.keys()
    if (problems.size === 1 && only !== undefined && controller.annotation(only) !== null) controller.open(only)
    else setListing(true)
  }
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
      {save.storage === 'page' && (
        <span
          className="truncate text-ink-3"
          title="This browser keeps nothing for Sourcemark, as private windows do, or has no room left. Changes wait in this page until they are saved: keep it open."
        >
          No copy on this device
        </span>
      )}
      {way === 'sign-in' && <SignInAgain leavesPage={save.unkept === 0} />}
      {way === 'retry' && (
        <button
          type="button"
          className={wayClasses}
          onClick={() => {
            controller.store.retryNow()
          }}
        >
          Retry
        </button>
      )}
      {(way === 'show' || (way !== 'none' && save.blocked > 0)) && problems.size > 0 && (
        <button type="button" className={wayClasses} onClick={show}>
          Show
        </button>
      )}
      {isListing && (
        <Suspense>
          <UnsavedDialog
            onClose={() => {
              setListing(false)
            }}
          />
        </Suspense>
      )}
    </div>
  )
}

/** Leads to signing in and back here. What only this page has would be lost on the way, so then it opens beside it. */
function SignInAgain({ leavesPage }: { leavesPage: boolean }) {
  const here = window.location.pathname + window.location.search
  return (
    <a
      href={`/sign-in?next=${encodeURIComponent(here)}`}
      {...(leavesPage ? {} : { target: '_blank', rel: 'opener' })}
      className={wayClasses}
    >
      {leavesPage ? 'Sign in again' : 'Sign in again in a new tab'}
    </a>
  )
}

function timeOf(ms: number): string {
  return new Date(ms).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })
}
