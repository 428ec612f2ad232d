'use client'

import type { ScriptRun } from '@/lib/domain/text/quotation'
import { countInWords } from '@/components/ui/text/wording'
import { useDiscussion } from './discussion-context'

/** Opens the discussion of an annotation from its card, and shows the number of comments. */
export function DiscussButton({
  annotationId,
  exact,
  script,
  always,
  disabled,
}: {
  annotationId: string
  exact: string
  /** The raised or lowered characters of the words. */
  script: readonly ScriptRun[] | undefined
  /** Whether it is shown without comments, too. */
  always: boolean
  /** The annotation is still on its way to the server. The button stays, because what is below it would otherwise move away under a press. */
  disabled: boolean
}) {
  const discussion = useDiscussion()
  const count = discussion?.counts.get(annotationId) ?? 0
  if (discussion === null || (count === 0 && !always)) return null
  return (
    <button
      type="button"
      disabled={disabled}
      className="relative z-10 -ms-1.5 -mb-1 justify-self-start rounded-md px-1.5 py-0.5 text-sm font-medium text-ink-2 hover:bg-hover hover:text-ink print:hidden"
      onClick={() => {
        discussion.open({ kind: 'annotation', annotationId, exact, script })
      }}
    >
      {count === 0 ? 'Discuss' : countInWords(count, 'comment')}
    </button>
  )
}

/** Opens all discussions of the document. */
export function DiscussionButton() {
  const discussion = useDiscussion()
  if (discussion === null) return null
  const { total, open } = discussion
  return (
    <button
      type="button"
      aria-label={total === 0 ? 'Discussion' : `Discussion, ${countInWords(total, 'comment')}`}
      className="shrink-0 rounded-md px-2 py-1 text-sm font-medium text-ink-2 hover:bg-hover hover:text-ink"
      onClick={() => {
        open({ kind: 'all' })
      }}
    >
      <span className="max-sm:hidden">Discussion</span>
      <span aria-hidden="true" className="sm:hidden">
        Talk
      </span>
      {total > 0 && <span className="tabular ms-1.5 text-ink-3">{total}</span>}
    </button>
  )
}
