'use client'

import { Link } from '@/components/ui/controls/link'
import { type ReactNode, Suspense, useState } from 'react'
import type { DocumentView } from '@/lib/domain/documents/schema'
import { DiscussionButton } from '@/components/threads/discussion/discuss-buttons'
import { IconButton } from '@/components/ui/controls/button'
import { Icon } from '@/components/ui/icon'
import { useController, useReview } from '@/components/annotations/review-context'
import { lazyPart } from '@/lib/client/lazy-part'
import { saveWords } from '../saving/save-words'

/** The top bar: the document, the state of saving, and the way back. */
export function TopBar({
  document,
  live,
  onList,
  onScope,
}: {
  document: DocumentView
  /** The activity of other members here. */
  live: ReactNode
  onList: () => void
  onScope: () => void
}) {
  const controller = useController()
  const undoLabel = useReview((state) => state.history.done.at(-1)?.label ?? null)
  const redoLabel = useReview((state) => state.history.undone.at(-1)?.label ?? null)
  const count = useReview((_, derived) => derived.visible.length)
  return (
    <div className="flex min-h-11 items-center gap-x-2 border-b border-line bg-paper px-3 min-[60rem]:min-h-[3.25rem] min-[60rem]:gap-x-4 min-[60rem]:px-6 print:hidden">
      <nav aria-label="Where you are" className="flex min-w-0 flex-1 items-baseline gap-2.5">
        <Link
          href={`/sources/${document.source.id}`}
          dir="auto"
          className="max-w-60 shrink-0 truncate text-ink-2 underline-offset-2 hover:underline max-md:hidden"
        >
          {document.source.name}
        </Link>
        <span aria-hidden="true" className="text-ink-3 max-md:hidden">
          /
        </span>
        <span dir="auto" aria-current="page" className="min-w-0 truncate font-semibold">
          {document.title}
        </span>
      </nav>
      {live}
      <SaveStatus />
      <DiscussionButton />
      <button
        type="button"
        title="What counts and what does not (S)"
        className="rounded-md px-2 py-1 text-sm font-medium text-ink-2 hover:bg-hover hover:text-ink max-[60rem]:hidden"
        onClick={onScope}
      >
        Scope
      </button>
      <div className="flex shrink-0 items-center">
        {controller.mayAnnotate && (
          <>
            <IconButton
              label={undoLabel === null ? 'Undo' : `Undo: ${undoLabel}`}
              size="small"
              icon={<Icon name="undo" />}
              disabled={undoLabel === null}
              onClick={() => {
                controller.undo()
              }}
            />
            <IconButton
              label={redoLabel === null ? 'Redo' : `Redo: ${redoLabel}`}
              size="small"
              icon={<Icon name="redo" />}
              disabled={redoLabel === null}
              onClick={() => {
                controller.redo()
              }}
            />
          </>
        )}
        <IconButton
          label={`Annotations (${String(count)})`}
          size="small"
          className="min-[60rem]:hidden"
          icon={<Icon name="list" />}
          onClick={onList}
        />
      </div>
    </div>
  )
}

const UnsavedDialog = lazyPart(() => import('../saving/unsaved-dialog').then((part) => part.default))

const dots = {
  saved: 'border-sourced bg-sourced',
  busy: 'border-ink-3 bg-transparent',
  problem: 'border-danger bg-danger rounded-none rotate-45',
}

const wayClasses = 'font-medium whitespace-nowrap text-accent underline underline-offset-2'

/** The line that always shows the state of saving, with what to do when something is not saved. */
function SaveStatus() {
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
          title="This browser stores nothing for Sourcemark, as in a private window, or has no room left. Changes wait in this page until they are saved: keep it open."
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

/** The link to signing in and back here. It opens in a new tab when leaving would lose work that only this page has. */
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
