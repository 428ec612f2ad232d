'use client'

import { Link } from '@/components/ui/controls/link'
import type { ReactNode } from 'react'
import type { DocumentView } from '@/lib/domain/documents/schema'
import { DiscussionButton } from '@/components/threads/discussion/discuss-buttons'
import { IconButton } from '@/components/ui/controls/icon-button'
import { ListIcon, RedoIcon, UndoIcon } from '@/components/ui/icons'
import { useController, useReview } from '@/components/annotations/review-context'
import { SaveStatus } from '../saving/save-status'

/** Where one is, whether everything is saved, and the way back. */
export function TopBar({
  document,
  live,
  onList,
  onScope,
}: {
  document: DocumentView
  /** What others do here. */
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
              icon={<UndoIcon />}
              disabled={undoLabel === null}
              onClick={() => {
                controller.undo()
              }}
            />
            <IconButton
              label={redoLabel === null ? 'Redo' : `Redo: ${redoLabel}`}
              size="small"
              icon={<RedoIcon />}
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
          icon={<ListIcon />}
          onClick={onList}
        />
      </div>
    </div>
  )
}
