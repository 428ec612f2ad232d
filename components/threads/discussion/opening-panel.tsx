'use client'

import { useLayoutEffect, useRef, useState } from 'react'
import { controlClasses } from '@/components/ui/controls/field'
import { panelClasses, startingDraft, titles, type DiscussionTarget } from './discussion-target'
import { startDraft } from '../writing/use-draft'

/** The panel while it is on its way: it has the focus at once, and what is typed in the meantime is in the draft when the field is there. */
export function OpeningPanel({
  documentId,
  memberId,
  mayWrite,
  target,
  onClose,
}: {
  documentId: string
  memberId: string
  mayWrite: boolean
  target: DiscussionTarget
  onClose: () => void
}) {
  const [draft] = useState(() => startDraft(startingDraft({ memberId, documentId, target })))
  const field = useRef<HTMLTextAreaElement>(null)
  // Before the screen is drawn: the next key is a letter here and no shortcut.
  useLayoutEffect(() => {
    const element = field.current
    element?.focus()
    element?.setSelectionRange(element.value.length, element.value.length)
  }, [])
  return (
    <section
      aria-label={titles[target.kind]}
      aria-busy
      className={panelClasses}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Escape') onClose()
      }}
    >
      <h2 className="flex-1 px-4 py-2.5 font-serif text-lg font-semibold">{titles[target.kind]}</h2>
      {mayWrite && target.kind !== 'thread' && (
        <div className="border-t border-line bg-surface p-4">
          <textarea
            ref={field}
            aria-label="The field is opening"
            dir="auto"
            rows={2}
            defaultValue={draft.body}
            className={controlClasses}
            onChange={(event) => {
              draft.keep(event.currentTarget.value)
            }}
          />
        </div>
      )}
    </section>
  )
}
