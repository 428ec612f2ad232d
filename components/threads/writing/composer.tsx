'use client'

import { useId, useRef, useState, type KeyboardEvent } from 'react'
import { RichTextField } from '@/components/editor/rich-text-field'
import { Button } from '@/components/ui/controls/button'
import { keptMentions, parseMentions, type Nameable } from '@/lib/domain/threads/mentions'
import { maxCommentLength } from '@/lib/domain/threads/comment-length'
import { useDraft, type DraftStart } from './use-draft'
import { callApi } from '@/lib/client/api/call'
import { newId } from '@/lib/client/new-id'
import type { ThreadInput, ThreadView } from '@/lib/domain/threads/schema'

/** A written comment: its text, and the mentioned members (left out while the members are unknown). */
export interface Written {
  id: string
  body: string
  mentions?: string[]
}

export interface ComposerProps {
  /** The key of the draft, which outlives the panel. */
  draftKey: string
  label: string
  placeholder?: string
  /** Null while they are loading. */
  members: readonly Nameable[] | null
  sendLabel: string
  autoFocus?: boolean
  /** The initial text, when a comment is changed. */
  start?: DraftStart
  /**
   * Stores the comment. What was written stays when that fails.
   * @returns null when it is stored, else the reason in words
   */
  onSend: (written: Written) => Promise<string | null>
  onCancel?: (() => void) | undefined
}

/** A field for a comment. `@` suggests members: arrows choose, Enter or Tab takes, Escape closes. Ctrl or ⌘ with Enter sends. */
export function Composer(props: ComposerProps) {
  const { draftKey, label, placeholder, members, sendLabel, autoFocus = false, start, onSend, onCancel } = props
  const id = useId()
  const [draft, changeDraft, clearDraft] = useDraft(draftKey, start)
  const chosen = useRef(draft.chosen)
  const [problem, setProblem] = useState<string | null>(null)
  const [isSending, setIsSending] = useState(false)
  const { body } = draft
  const parsed = parseMentions(body, members ?? [])
  const ambiguous = parsed.ambiguous.filter(
    (name) => !draft.chosen.some((member) => member.name.toLowerCase().startsWith(name.toLowerCase())),
  )

  const send = async () => {
    if (isSending || body.trim() === '' || body.length > maxCommentLength) return
    setIsSending(true)
    setProblem(null)
    const mentions = [...new Set([...keptMentions(body, draft.chosen), ...parsed.ids])]
    const refused = await onSend({ id: draft.id, body, ...(members === null ? {} : { mentions }) })
    setIsSending(false)
    if (refused === null) {
      chosen.current = []
      clearDraft()
    } else setProblem(refused)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    void send()
  }
  return (
    <form
      className="relative grid gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <RichTextField
        label={label}
        hideLabel
        rows={2}
        maxLength={maxCommentLength}
        members={members}
        // The panel was opened for writing, so the focus belongs here.
        autoFocus={autoFocus}
        placeholder={placeholder}
        value={body}
        onName={({ id, name }) => {
          chosen.current = [...chosen.current, { id, name }]
        }}
        onChange={(words) => {
          changeDraft({ body: words, chosen: chosen.current })
        }}
        onKeyDown={onKeyDown}
      />
      {ambiguous.length > 0 && (
        <p className="text-sm text-ink-2">
          Several members are called “{ambiguous.join('”, “')}”. Choose one of them from the list to let them know.
        </p>
      )}
      {problem !== null && (
        <p id={`${id}-problem`} role="alert" className="text-sm text-danger">
          Not sent. {problem}
        </p>
      )}
      <div className="flex gap-2">
        <Button type="submit" size="small" variant="primary" busy={isSending} disabled={body.trim() === ''}>
          {problem === null ? sendLabel : 'Try again'}
        </Button>
        {onCancel !== undefined && (
          <Button
            size="small"
            variant="quiet"
            onClick={() => {
              clearDraft()
              onCancel()
            }}
          >
            Cancel
          </Button>
        )}
      </div>
    </form>
  )
}

/** The subject and readers of a thread. */
export type ThreadAbout = Pick<ThreadInput, 'passage' | 'annotationId' | 'claimId'> & {
  audience?: ThreadInput['audience']
}

/**
 * Starts threads on a document. The same draft makes the same thread, however often it has to be sent.
 * @returns null when it is stored, else the reason in words
 */
export function useStartThread(documentId: string, asMember: string) {
  const [threadIds] = useState(() => new Map<string, string>())
  return async (about: ThreadAbout, { id: commentId, ...written }: Written): Promise<string | null> => {
    const id = threadIds.get(commentId) ?? newId()
    threadIds.set(commentId, id)
    const answer = await callApi<ThreadView>({
      method: 'POST',
      path: `/api/v1/documents/${documentId}/threads`,
      asMember,
      body: { id, comment: { id: commentId, ...written }, ...about },
    })
    return answer.ok ? null : answer.message
  }
}
