'use client'

import { useId, useRef, useState, type KeyboardEvent } from 'react'
import { Button } from '@/components/ui/button'
import { controlClasses } from '@/components/ui/field'
import {
  keptMentions,
  mentionAtCaret,
  parseMentions,
  suggestMembers,
  type Nameable,
  type TypedMention,
} from '@/lib/domain/threads/mentions'
import { maxCommentLength } from '@/lib/domain/threads/schema'
import { useDraft, type DraftStart } from './use-draft'

/** What was written: the words, and whom they name (left out while the members are not known). */
export interface Written {
  id: string
  body: string
  mentions?: string[]
}

export interface ComposerProps {
  /** Names the draft, which outlives the panel. */
  draftKey: string
  label: string
  placeholder?: string
  /** Null while they are on their way. */
  members: readonly Nameable[] | null
  sendLabel: string
  autoFocus?: boolean
  /** What is there at first, for a change. */
  start?: DraftStart
  /** Answers null when it is stored, else in words why not; what was written stays. */
  onSend: (written: Written) => Promise<string | null>
  onCancel?: (() => void) | undefined
}

/** A field for a comment. `@` suggests members: arrows choose, Enter or Tab takes, Escape closes. Ctrl or ⌘ with Enter sends. */
export function Composer(props: ComposerProps) {
  const { draftKey, label, placeholder, members, sendLabel, autoFocus = false, start, onSend, onCancel } = props
  const id = useId()
  const field = useRef<HTMLTextAreaElement>(null)
  const [draft, changeDraft, clearDraft] = useDraft(draftKey, start)
  const [typed, setTyped] = useState<TypedMention | null>(null)
  const [place, setPlace] = useState(0)
  const [problem, setProblem] = useState<string | null>(null)
  const [isSending, setIsSending] = useState(false)
  const { body } = draft
  const suggestions = typed === null ? [] : suggestMembers(typed.query, members ?? [])
  const active = suggestions[Math.min(place, suggestions.length - 1)]
  const parsed = parseMentions(body, members ?? [])
  const ambiguous = parsed.ambiguous.filter(
    (name) => !draft.chosen.some((member) => member.name.toLowerCase().startsWith(name.toLowerCase())),
  )

  const look = (element: HTMLTextAreaElement) => {
    const found = element.selectionStart === element.selectionEnd ? element.selectionStart : null
    setTyped(found === null ? null : mentionAtCaret(element.value, found))
    setPlace(0)
  }
  const take = (member: Nameable) => {
    if (typed === null) return
    const end = typed.start + 1 + typed.query.length
    const before = `${body.slice(0, typed.start)}@${member.name} `
    changeDraft({
      body: before + body.slice(end).replace(/^ /, ''),
      chosen: [...draft.chosen, { id: member.id, name: member.name }],
    })
    setTyped(null)
    requestAnimationFrame(() => {
      field.current?.focus()
      field.current?.setSelectionRange(before.length, before.length)
    })
  }
  const send = async () => {
    if (isSending || body.trim() === '') return
    setIsSending(true)
    setProblem(null)
    const mentions = [...new Set([...keptMentions(body, draft.chosen), ...parsed.ids])]
    const refused = await onSend({ id: draft.id, body, ...(members === null ? {} : { mentions }) })
    setIsSending(false)
    if (refused === null) clearDraft()
    else setProblem(refused)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      void send()
      return
    }
    if (active === undefined) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) {
      event.preventDefault()
      setPlace((Math.min(place, suggestions.length - 1) + step + suggestions.length) % suggestions.length)
    } else if (event.key === 'Enter' || event.key === 'Tab') {
      event.preventDefault()
      take(active)
    } else if (event.key === 'Escape') {
      event.preventDefault()
      event.stopPropagation()
      setTyped(null)
    }
  }
  return (
    <form
      className="relative grid gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <label htmlFor={`${id}-field`} className="sr-only">
        {label}
      </label>
      <textarea
        id={`${id}-field`}
        ref={field}
        dir="auto"
        rows={2}
        maxLength={maxCommentLength}
        // The panel was opened to write here.
        {...(autoFocus ? { 'data-autofocus': '' } : {})}
        placeholder={placeholder}
        value={body}
        aria-autocomplete="list"
        aria-controls={active === undefined ? undefined : `${id}-list`}
        aria-activedescendant={active === undefined ? undefined : `${id}-${active.id}`}
        aria-describedby={problem === null ? undefined : `${id}-problem`}
        aria-invalid={problem !== null || undefined}
        className={`${controlClasses} min-h-16 field-sizing-content leading-relaxed`}
        onChange={(event) => {
          changeDraft({ body: event.currentTarget.value, chosen: draft.chosen })
          look(event.currentTarget)
        }}
        onSelect={(event) => {
          if (typed !== null) {
            const found = mentionAtCaret(event.currentTarget.value, event.currentTarget.selectionStart)
            if (found?.start !== typed.start || found.query !== typed.query) setTyped(found)
          }
        }}
        onBlur={() => {
          setTyped(null)
        }}
        onKeyDown={onKeyDown}
      />
      <span role="status" className="sr-only">
        {active === undefined ? '' : `${String(suggestions.length)} members fit. ${active.name}`}
      </span>
      {active !== undefined && (
        <ul
          id={`${id}-list`}
          role="listbox"
          aria-label="Members"
          // Above the field, which stands at the bottom of the screen.
          className="absolute inset-x-0 bottom-full z-10 mb-1 rounded-md border border-line-strong bg-surface py-1 shadow-float"
        >
          {suggestions.map((member) => (
            <li
              key={member.id}
              id={`${id}-${member.id}`}
              role="option"
              aria-selected={member.id === active.id}
              dir="auto"
              className="cursor-pointer px-3 py-1 aria-selected:bg-sunken aria-selected:font-medium"
              // Before the field loses the focus.
              onPointerDown={(event) => {
                event.preventDefault()
                take(member)
              }}
            >
              {member.name}
            </li>
          ))}
        </ul>
      )}
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
