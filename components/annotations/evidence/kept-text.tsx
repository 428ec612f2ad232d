'use client'

import { useEffect, useId, useRef, useState } from 'react'
import type { ReferenceSummary, ReferenceView } from '@/lib/domain/references/schema'
import { callApi } from '@/lib/client/api/call'
import { controlClasses } from '@/components/ui/controls/field'

/** The most characters of a kept text that are shown to select in. */
const mostShown = 200_000

/** The kept text of a reference of the library, once it is loaded; null while it is not, and when there is none. */
export function useKeptText(reference: ReferenceSummary | null): string | null {
  const [loaded, setLoaded] = useState<{ id: string; text: string | null } | null>(null)
  const id = reference?.hasSnapshot === true ? reference.id : null
  useEffect(() => {
    if (id === null) return
    let isStale = false
    void callApi<ReferenceView>({ method: 'GET', path: `/api/v1/references/${id}` }).then((result) => {
      if (!isStale && result.ok) setLoaded({ id, text: result.value.snapshotText })
    })
    return () => {
      isStale = true
    }
  }, [id])
  return loaded !== null && loaded.id === id ? loaded.text : null
}

/** The kept text, to take the quote from: the words selected in it, by mouse or with Shift and the arrows, are handed on with their place. */
export function KeptText({
  text,
  onSelect,
}: {
  text: string
  /** `start` in UTF-16 code units of the kept text. */
  onSelect: (quote: { words: string; start: number | null }) => void
}) {
  const id = useId()
  const area = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    const element = area.current
    const refuse = (event: Event) => {
      event.preventDefault()
    }
    element?.addEventListener('beforeinput', refuse)
    return () => {
      element?.removeEventListener('beforeinput', refuse)
    }
  }, [])
  const shown = text.slice(0, mostShown)
  // A text area reads every line end as one character.
  const isShifted = shown.includes('\r')
  return (
    <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-1">
      <label htmlFor={id} className="text-sm font-medium">
        Kept text
      </label>
      <textarea
        ref={area}
        id={id}
        // Refuses every change itself: what is `readOnly` takes no selection from the keyboard.
        aria-readonly="true"
        inputMode="none"
        spellCheck={false}
        dir="auto"
        rows={5}
        aria-describedby={`${id}-hint`}
        className={`${controlClasses} max-h-40 resize-y font-serif text-sm leading-relaxed`}
        value={shown}
        onChange={() => undefined}
        onSelect={({ currentTarget }) => {
          const { selectionStart, selectionEnd, value } = currentTarget
          const words = value.slice(selectionStart, selectionEnd)
          if (document.activeElement !== currentTarget || words.trim() === '') return
          const lead = words.length - words.trimStart().length
          onSelect({ words: words.trim(), start: isShifted ? null : selectionStart + lead })
        }}
      />
      <p id={`${id}-hint`} className="text-xs text-ink-3">
        {text.length > mostShown
          ? 'Its beginning; the whole text is on the page of the reference. Words selected here become the quote.'
          : 'Words selected here become the quote.'}
      </p>
    </div>
  )
}
